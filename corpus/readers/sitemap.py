"""Sitemaps, news sitemaps among them: leads to the pages that they list."""

from collections.abc import Iterator

from lxml import etree

from corpus.address import is_web
from corpus.compose import UnreadableError
from corpus.dates import dated
from corpus.readers.base import Result, Source
from corpus.text import normalise
from corpus.types import Lead


def read(data: bytes, source: Source) -> Iterator[Result]:
    """Read the addresses of a sitemap, or of the sitemaps that an index of them lists.

    Raises:
        UnreadableError: It is no XML.
    """
    root = parse(data)
    kind = "sitemap" if _name(root) == "sitemapindex" else "page"
    for number, entry in enumerate(root.iterchildren("{*}*"), 1):
        said: dict[str, str] = {}
        for part in entry.iter("{*}*"):
            if (part.text or "").strip():
                said.setdefault(_name(part), (part.text or "").strip())
        url = said.get("loc", "")
        if not is_web(url):
            yield source.fault("an entry without an address of the web: remove it", str(number))
            continue
        dating = dated(
            [(said.get("publication_date"), "sitemap")],
            [(said.get("lastmod"), "sitemap")],
            source.now,
        )
        yield Lead(
            source.origin,
            url,
            kind=kind,
            title=normalise(said.get("title", "")) or None,
            source=normalise(said.get("name", "")) or None,
            published=dating.published,
            updated=dating.updated,
        )


def parse(data: bytes) -> etree._Element:
    """Parse XML with entities off: none is replaced, no file is opened, nothing is fetched.

    Raises:
        UnreadableError: It is no XML, not even damaged XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root: etree._Element | None = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(f"not XML ({error.msg}): is the file whole?") from None
    if root is None:  # what is left of bytes that are no XML at all
        raise UnreadableError("not XML: is the file whole?")
    return root


def _name(element: etree._Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]
