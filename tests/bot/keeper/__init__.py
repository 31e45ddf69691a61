"""Tests of `bot.keeper`."""
