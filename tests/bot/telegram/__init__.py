"""The real application against Telegram's side of the wire."""
