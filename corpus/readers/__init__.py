"""Bytes -> articles, for every format: one module each, one function each, joined here.

A reader of a format that holds several files yields them as `Member`s and knows nothing of what
they are: they come back here.
"""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module

from corpus.charset import NotTextError
from corpus.compose import UnreadableError
from corpus.readers.base import Found, Limits, Member, Options, Reader, Room, Source
from corpus.readers.kinds import kind_of, largest
from corpus.text import NORMALISATION
from corpus.types import Lead, ReadError

__all__ = ["READER", "Found", "Lead", "Limits", "Options", "ReadError", "Source", "read"]

READER = f"readers-1.{NORMALISATION}"
"""Name and version of the readers: a new one makes every file be read again."""

_READERS = {
    "epub": ("epub", "read"),
    "feed": ("feed", "read"),
    "gzip": ("archive", "read_gzip"),
    "html": ("html", "read"),
    "json": ("rows", "read_lines"),
    "markdown": ("markdown", "read"),
    "mhtml": ("mhtml", "read"),
    "pdf": ("pdf", "read"),
    "plain": ("plain", "read"),
    "rows": ("rows", "read_lines"),
    "sitemap": ("sitemap", "read"),
    "table": ("rows", "read_table"),
    "tar": ("archive", "read_tar"),
    "telegram": ("telegram", "read"),
    "warc": ("warc", "read"),
    "zip": ("archive", "read_zip"),
}
"""Module and function for each kind that `kind_of` tells apart."""


def _reader(kind: str) -> Reader:
    """Import the reader only now: together their libraries take a third of a second."""
    module, function = _READERS[kind]
    reader: Reader = getattr(import_module(f"{__name__}.{module}"), function)
    return reader


def read(data: bytes, source: Source) -> Iterator[Found | Lead | ReadError]:
    """Yield the articles in `data`, the pages that it names, and what in it cannot be read.

    Never raises for what `data` holds: each fault is a `ReadError`, and the others are read.
    """
    limits = source.options.limits
    if source.room is None:
        source = replace(source, room=Room(limits.total, limits.files))
    if source.depth > limits.depth:
        yield source.fault(f"lies in more than {limits.depth} archives: unpack it")
        return
    try:
        for result in _reader(kind_of(data, source))(data, source):
            if isinstance(result, Member):
                yield from _inside(result, source)
            else:
                yield result
    except (NotTextError, UnreadableError) as error:
        yield source.fault(str(error))
    except ImportError:
        raise  # the program is not whole, whatever the file is
    except Exception as error:
        # Whatever a library did not foresee in what others wrote: one bad file stops no other.
        yield source.fault(f"cannot be read ({type(error).__name__}): is the file whole?")


def _inside(member: Member, source: Source) -> Iterator[Found | Lead | ReadError]:
    most = largest(member.name, source.options.limits)
    if len(member.data) > most:
        yield source.fault(f"more than {most / 1e6:g} MB: split the file", member.name)
        return
    yield from read(member.data, source.of(member))
