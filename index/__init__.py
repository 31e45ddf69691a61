"""Passages to ranked hits: encoders, dense and sparse indexes, and generations of both."""

import os

# The products of vectors here are small: on several threads they take twice the processor time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
