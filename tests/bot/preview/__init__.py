"""The package bot.preview."""
