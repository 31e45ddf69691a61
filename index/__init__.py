"""Passages to ranked hits: encoders, dense and sparse indexes, and generations of both."""
