"""A web archive (WARC) -> the pages in it."""

import io
from collections.abc import Iterator
from contextlib import redirect_stderr

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from corpus.compose import UnreadableError
from corpus.readers.base import Member, Result, Source

_READ = ("text/html", "application/xhtml+xml", "application/pdf", "text/markdown", "text/plain",
         "application/rss+xml", "application/atom+xml", "application/feed+json")  # fmt: skip


def read(data: bytes, source: Source) -> Iterator[Result]:
    """Read the documents that were fetched with success.

    Raises:
        UnreadableError: It is damaged; what stood before the damage has been read.
    """
    records = ArchiveIterator(io.BytesIO(data))
    try:
        while record := _following(records):
            if record.rec_type not in {"response", "resource"}:
                continue
            member = _member(record, source)
            if member:
                yield member
    except (ArchiveLoadFailed, AttributeError) as error:  # the latter of a record without a place
        raise UnreadableError(f"damaged ({' '.join(str(error).split())[:100]})") from error


def _following(records: ArchiveIterator) -> ArcWarcRecord | None:
    # It writes to the terminal what is wrong with an archive, and with what words of it.
    with redirect_stderr(io.StringIO()):
        return next(records, None)


def _member(record: ArcWarcRecord, source: Source) -> Result | None:
    headers = record.http_headers
    if headers is not None and not (headers.get_statuscode() or "").startswith("2"):
        return None
    said = headers.get_header("Content-Type") if headers else record.content_type
    kind, _, rest = (said or "").partition(";")
    if kind.strip().lower() not in _READ:
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    limits = source.options.limits
    content = record.content_stream().read(limits.member + 1)
    if source.room and not source.room.take(len(content)):
        raise UnreadableError("more is in it than may be unpacked: split it")
    _, _, charset = rest.partition("charset=")
    return Member(
        url or str(record.rec_headers.get_header("WARC-Record-ID")),
        content,
        url=url if url.startswith(("http:", "https:")) else None,
        content_type=kind.strip(),
        charset=charset.split(";")[0].strip(" \"'") or None,
    )
