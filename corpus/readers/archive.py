"""zip, tar and gzip -> the files in them. Nothing is ever written to disk, so no name escapes."""

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import IO

from corpus.compose import UnreadableError
from corpus.readers.base import Member, Result, Source
from corpus.readers.kinds import SUFFIXES, largest

_LARGE = 1_000_000
_DAMAGED = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError,
    NotImplementedError,  # packed in a way that is not known
    struct.error,
    ValueError,  # places that lie before the beginning
)  # fmt: skip
_TOO_MUCH = "more is in it than may be unpacked: split it"
_CHUNK = 65_536


def read_zip(data: bytes, source: Source) -> Iterator[Result]:
    """Read the files in a zip archive, those of an e-book without its label included.

    Raises:
        UnreadableError: It is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in sorted(archive.infolist(), key=lambda i: i.filename):
                if info.is_dir() or not _is_wanted(info.filename):
                    continue
                if info.flag_bits & 1:
                    yield source.fault("it is locked by a password: unlock it", info.filename)
                    continue
                if info.file_size > _LARGE and info.file_size > _most(info.compress_size, source):
                    yield source.fault("unpacks to far more than it is: remove it", info.filename)
                    continue
                yield _taken(info.filename, partial(archive.open, info), source)
    except UnreadableError:
        raise
    except _DAMAGED as error:
        raise UnreadableError(f"a damaged archive ({error}): pack it again") from error


def read_tar(data: bytes, source: Source) -> Iterator[Result]:
    """Read the files in a tar archive; links and devices are passed over.

    Raises:
        UnreadableError: It is damaged; what stood before the damage has been read.
    """
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for info in archive:
                if info.isreg() and _is_wanted(info.name):
                    yield _taken(info.name, partial(_opened, archive, info), source)
    except UnreadableError:
        raise
    except _DAMAGED as error:
        raise UnreadableError(f"a damaged archive ({error}): pack it again") from error


def _opened(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    return archive.extractfile(info) or io.BytesIO()


def read_gzip(data: bytes, source: Source) -> Iterator[Result]:
    """Read the one file that was packed.

    Raises:
        UnreadableError: It is damaged, or far too much comes out of it.
    """
    room = source.room.total if source.room else source.options.limits.total
    content = _inflated(data, int(min(room, max(_LARGE, _most(len(data), source)))))
    if source.room and not source.room.take(len(content)):
        raise UnreadableError(_TOO_MUCH)
    path = PurePosixPath(source.name)
    name = f"{path.stem}.tar" if path.suffix == ".tgz" else path.stem
    yield Member(name or "file", content, source.url, None, source.charset, source.header)


def _inflated(data: bytes, most: int) -> bytes:
    """Unpack all parts of a gzip file, bounded: each part of a WARC is one of its own."""
    out = bytearray()
    while data:
        part = zlib.decompressobj(wbits=31)
        try:
            while not part.eof:
                piece = part.decompress(data, _CHUNK)
                data = part.unconsumed_tail
                out += piece
                if len(out) > most:
                    raise UnreadableError(_TOO_MUCH)
                if not piece and not data:
                    raise UnreadableError("a damaged archive (it ends too early): pack it again")
        except zlib.error as error:
            if out and not piece_begins(data):
                break
            raise UnreadableError(f"a damaged archive ({error}): pack it again") from error
        data = part.unused_data.lstrip(b"\x00")
    return bytes(out)


def piece_begins(data: bytes) -> bool:
    """Whether these bytes look like packed ones: behind them there may be padding."""
    return data.startswith(b"\x1f\x8b")


def _taken(name: str, opened: Callable[[], IO[bytes]], source: Source) -> Result:
    """One file of an archive, or why it is not read."""
    try:
        with opened() as file:
            content = _bounded(file, largest(name, source.options.limits))
    except _DAMAGED as error:
        return source.fault(f"damaged ({error}): pack it again", name)
    if source.room and not source.room.take(len(content)):
        raise UnreadableError(_TOO_MUCH)
    return Member(name, content)


def _bounded(file: IO[bytes], most: int) -> bytes:
    """Read one byte more than may be: whoever gets it sees that it is too large."""
    return file.read(most + 1)


def _most(packed: int, source: Source) -> float:
    return packed * source.options.limits.ratio


def _is_wanted(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    hidden = any(p.startswith((".", "__MACOSX")) and p != ".." for p in parts)
    return not hidden and PurePosixPath(name.lower()).suffix in SUFFIXES
