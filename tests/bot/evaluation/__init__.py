"""Tests of `bot.evaluation`."""
