"""A page that a browser saved with all its parts (.mhtml) -> the page."""

from collections.abc import Iterator
from email import message_from_bytes, policy

from corpus.compose import UnreadableError
from corpus.readers.base import Member, Result, Source


def read(data: bytes, _: Source) -> Iterator[Result]:
    """Read the page itself; its parts (pictures, styles, frames) are passed over.

    Raises:
        UnreadableError: There is no page in it.
    """
    message = message_from_bytes(data, policy=policy.compat32)
    root = str(message.get("Snapshot-Content-Location") or message.get("Content-Location") or "")
    pages = [p for p in message.walk() if p.get_content_type() in _PAGES]
    # The first part is the page, unless another one bears its address.
    pages.sort(key=lambda p: p.get("Content-Location") != root)
    for page in pages[:1]:
        content = page.get_payload(decode=True)
        url = str(page.get("Content-Location") or root).strip()
        if isinstance(content, bytes):
            yield Member(
                "page",
                content,
                url=url if url.startswith(("http:", "https:")) else None,
                content_type="text/html",
                charset=page.get_content_charset(),
            )
            return
    raise UnreadableError("no page in it: save it again")


_PAGES = ("text/html", "application/xhtml+xml")
