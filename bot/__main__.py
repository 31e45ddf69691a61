"""`python -m bot` is the command `verbatim`."""

from bot.cli import main

main()
