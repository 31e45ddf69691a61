"""What the head of a web page says of its article: title, address, outlet, authors, dates."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from htmldate import find_date
from lxml.html import HtmlElement
from trafilatura import extract_metadata

from corpus.address import host, is_web
from corpus.compose import Header
from corpus.dates import URL, Named, dated

_ARTICLE = re.compile(r"(?:\w*Article|\w*Posting|Report|NewsMediaArticle|WebPage|ClaimReview)$")
_PUBLISHED = (
    *("article:published_time", "og:published_time", "datepublished", "date", "dc.date.issued"),
    *("dc.date", "dcterms.created", "dcterms.date", "pubdate", "publishdate", "publish-date"),
    *("parsely-pub-date", "sailthru.date", "article.published", "cxenseparse:recs:publishtime"),
    *("citation_publication_date", "dc.terms.issued", "originalpublicationdate"),
)
_UPDATED = (
    *("article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod"),
    *("dcterms.modified", "dc.date.modified", "article.updated", "revised"),
)
_SAVED = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_BY = re.compile(r"by\s+", re.IGNORECASE)
_URL_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)"
)
_BARS = re.compile(r"\s[|•·»]+(?:\s|$)")
"""Between an outlet's name and its address, its sections or what it thinks of itself."""

_PAGE = re.compile(r"[/_-]?(?:page|p|seite|страница)?[/_-]?\d{1,3}(?=/?$|\.html?$)", re.IGNORECASE)
_TIMES = "//article//time[@datetime] | //header//time[@datetime] | //time[@pubdate][@datetime]"
_MOST_JSON = 2_000_000


def header_of(tree: HtmlElement, url: str | None, now: datetime) -> Header:
    """Return what the page says of its article.

    Args:
        tree: The whole page, which is not changed.
        url: Where it was fetched from, if that is known.
        now: No date lies later.
    """
    found = extract_metadata(tree, default_url=url)
    values = _metas(tree)
    linked = next((v for v in _json_ld(tree) if _ARTICLE.search(_kind(v))), {})
    address = _canonical(tree, values, url)
    # Where the page names no outlet, its host stands there.
    named = found.sitename if found.sitename not in {found.hostname, host(url)} else None
    source = _outlet(_name(linked.get("publisher")) or values.get("og:site_name") or named)
    title = _name(linked.get("headline")) or found.title or _own_title(tree)
    return Header(
        title=_without_site(title, (source, found.sitename, values.get("og:site_name"))),
        url=address,
        source=source,
        authors=_authors(linked, found.author),
        dating=dated(
            [*_published(linked, values), *_shown(tree, now, _in_url(address or url))],
            _updated(linked, values),
            now,
        ),
    )


def next_page(tree: HtmlElement, url: str | None) -> str | None:
    """The address of the page that the article goes on at, or None."""
    here = urlsplit(url or "")
    for link in tree.xpath('//link[@rel="next"]/@href | //a[@rel="next"]/@href'):
        address = joined(url, str(link))
        there = urlsplit(address)
        # Blogs call the next post so, too: the next page has the address of this one, and a number.
        if is_web(address) and there.hostname == here.hostname and address != url:
            begun = _PAGE.sub("", there.path)
            if begun.rstrip("/") == _PAGE.sub("", here.path).rstrip("/"):
                return address
    return None


def joined(url: str | None, link: str) -> str:
    """The address that a link on the page at `url` leads to, "" if it is none."""
    try:
        return urljoin(url or "", link)
    except ValueError:
        return ""


def saved_from(page: str) -> str | None:
    """The address that a browser noted when it saved the page, or None."""
    found = _SAVED.search(page[:4000])
    return found[1] if found and is_web(found[1]) else None


def _metas(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.xpath('//script[contains(@type, "ld+json")]/text()'):
        if len(script) > _MOST_JSON:
            continue
        try:
            yield from _objects(json.loads(str(script), strict=False), 0)
        except (ValueError, RecursionError):
            continue


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        for part in value:
            yield from _objects(part, depth + 1)
    elif isinstance(value, dict) and depth < 6:
        yield value
        yield from _objects(value.get("@graph"), depth + 1)
        yield from _objects(value.get("mainEntity"), depth + 1)


def _kind(value: Mapping[str, Any]) -> str:
    kind = value.get("@type")
    return str(kind[0] if isinstance(kind, list) and kind else kind)


def _outlet(name: str | None) -> str | None:
    """The outlet in "The Tidewater Post | TPost.example" or "@tidewaterpost"."""
    parts = [part for part in map(str.strip, _BARS.split(name or "")) if part]
    return parts[0].removeprefix("@") if parts else None


def _name(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name")
    return unescape(value).strip() if isinstance(value, str) else ""


def _without_site(title: str, names: Iterable[str | None]) -> str:
    """The headline alone, where the name of the site was put behind it."""
    for name in names:
        for mark in ("|", "-", "–", "—", "·", "»"):
            if name and title.endswith(ending := f" {mark} {name}"):
                return title.removesuffix(ending)
    return title


def _own_title(tree: HtmlElement) -> str:
    for path in ("//h1", "//title"):
        for element in tree.xpath(path):
            if text := element.text_content().strip():
                return str(text)
    return ""


def _authors(linked: Mapping[str, Any], found: str | None) -> tuple[str, ...]:
    value = linked.get("author")
    names = [_name(v) for v in (value if isinstance(value, list) else [value])]
    names = [n for n in names if n and not is_web(n)] or (found or "").split(";")
    return tuple(n for name in names if (n := _BY.sub("", name.strip())))


def _canonical(tree: HtmlElement, values: Mapping[str, str], url: str | None) -> str | None:
    links = [str(v) for v in tree.xpath('//link[@rel="canonical"]/@href')]
    for link in (*links, values.get("og:url", "")):
        address = joined(url, link.strip())
        # A home page is named as canonical by pages whose makers did not fill in a form.
        if link.strip() and is_web(address) and urlsplit(address).path not in {"", "/"}:
            return address
    return url


def _published(linked: Mapping[str, Any], values: Mapping[str, str]) -> Iterator[Named]:
    for key in ("datePublished", "dateCreated"):
        yield _name(linked.get(key)), "JSON-LD"
    for name in _PUBLISHED:
        yield values.get(name), "meta"


def _updated(linked: Mapping[str, Any], values: Mapping[str, str]) -> Iterator[Named]:
    yield _name(linked.get("dateModified")), "JSON-LD"
    for name in _UPDATED:
        yield values.get(name), "meta"


def _shown(tree: HtmlElement, now: datetime, in_url: str | None) -> Iterator[Named]:
    """What the page shows. Of all the days in its text only one that its address bears out."""
    for time in tree.xpath(_TIMES):
        yield time.get("datetime"), "visible"
    body = deepcopy(tree)
    for head in body.xpath("./head"):
        head.drop_tree()  # its dates were told before, and its addresses hold some
    found = find_date(body, original_date=True, extensive_search=False, max_date=now)
    if in_url is None or found == in_url:
        yield found, "visible"
    yield in_url, URL


def _in_url(url: str | None) -> str | None:
    found = _URL_DATE.search(urlsplit(url).path) if url else None
    return "-".join(found.groups()) if found else None
