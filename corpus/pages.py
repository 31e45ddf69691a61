"""Fetched pages, read by the readers of files: what joins `refresh` to `readers`."""

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from corpus.compose import Header
from corpus.dates import Dating
from corpus.fetch import Fetched
from corpus.readers import Found, Options, Source, read
from corpus.refresh import Link, Parsed, Parser
from corpus.types import Article, Lead, ReadError


def parser(options: Options | None = None) -> Parser:
    """Return what makes articles and links of a fetched page.

    Args:
        options: How files are read; None for the defaults.
    """
    settings = options or Options()

    def parse(page: Fetched, said: object = None) -> Parsed:
        source = Source(
            origin=page.url,
            name=PurePosixPath(urlsplit(page.url).path).name,
            url=page.url,
            content_type=page.content_type,
            charset=page.charset,
            header=_header(said) if isinstance(said, Lead) else Header(),
            options=settings,
        )
        articles: list[Article] = []
        links: list[Link] = []
        errors: list[ReadError] = []
        for found in read(page.data, source):
            if isinstance(found, Found):
                articles.append(found.article)
            elif isinstance(found, Lead):
                links.append(_link(found))
            else:
                errors.append(found)
        return Parsed(articles, links, errors)

    return parse


def _header(lead: Lead) -> Header:
    """What a list says of a page. The page itself knows better, but may say nothing."""
    dating = Dating(
        lead.published,
        "feed" if lead.published else None,
        lead.updated,
        "feed" if lead.updated else None,
    )
    return Header(title=lead.title or "", url=lead.url, source=lead.source, dating=dating)


def _link(lead: Lead) -> Link:
    changed = lead.updated or lead.published
    stamp = changed.isoformat() if changed else ""
    return Link(lead.url, stamp, is_list=lead.kind == "sitemap", said=lead)
