"""Keeping the collection fresh while questions are answered: one job at a time, in its own process.

Knows nothing of Telegram: `bot/handlers/keeping.py` and its neighbours are its face there.
"""
