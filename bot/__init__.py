"""A question to a quoted answer, then to the terminal and to Telegram."""
