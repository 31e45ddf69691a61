"""A question to a quoted answer, then to the terminal and to Telegram."""

import os

# python-telegram-bot warns at each flood limit unless times are to be timedelta objects, which
# will be its default; it reads this when a limit is met.
os.environ.setdefault("PTB_TIMEDELTA", "true")
