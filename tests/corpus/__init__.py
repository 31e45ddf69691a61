"""Tests of the package `corpus`, one module for each of its own."""
