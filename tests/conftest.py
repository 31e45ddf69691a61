"""What all tests share."""

import os

# python-telegram-bot warns at each flood limit unless times are timedelta objects, and here a
# warning is an error. It must stand before the library is first imported.
os.environ.setdefault("PTB_TIMEDELTA", "true")
