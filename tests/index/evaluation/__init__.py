"""Tests of `index.evaluation`."""
