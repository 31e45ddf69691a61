"""Web addresses: which are one, and what in them only says who came from where."""

import re
from urllib.parse import urlsplit, urlunsplit

from w3lib.url import canonicalize_url, safe_url_string, url_query_cleaner

_TRACKING = (
    *("fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "igshid"),
    *("mc_cid", "mc_eid", "_ga", "_gl", "_hsenc", "_hsmi", "ncid", "cmpid", "smid", "sr_share"),
    *("ito", "taid", "at_medium", "at_campaign", "at_custom1", "amp", "amp_js_v", "usqp"),
    *("outputtype", "xtor", "wt_mc", "guccounter", "soc_src", "soc_trk", "ftag", "spm", "openstat"),
)
_TRACKING_PREFIX = re.compile(r"(?:utm_|hsa_|pk_|mtm_|at_|ga_)")
_OTHER_HOST = re.compile(r"^(www\.)?(?:m|mobile|amp)\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"(?:/amp/?|\.amp)$|\.amp(?=\.html$)|(?<=/)amp/(?=\d{4}/)")


def is_web(url: str) -> bool:
    """Whether this is the address of something on the web."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def canonical(url: str) -> str:
    """Return the address under which all ways to one page are kept.

    https stands for both schemes; tracking parameters, the fragment, an AMP or mobile host, and an
    AMP ending are dropped; parameters are put in order. What is no web address comes back as it is.
    """
    url = url.strip()
    if not is_web(url):
        return url
    try:
        cleaned = canonicalize_url(_without_tracking(safe_url_string(url)))
        parts = urlsplit(cleaned)
        host = _OTHER_HOST.sub(r"\1", (parts.hostname or "").lower())
        port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    except ValueError:
        return url
    path = _AMP_PATH.sub("", parts.path) or "/"
    # A slash at the end is part of the address: not every server knows the page without it.
    if path != parts.path and parts.path.endswith("/") and not path.endswith("/"):
        path += "/"
    return urlunsplit(("https", host + port, path, parts.query, ""))


def host(url: str | None) -> str:
    """The host of an address without "www.", "" for none."""
    if not url or not is_web(url):
        return ""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _without_tracking(url: str) -> str:
    query = urlsplit(url).query
    names = {part.split("=")[0] for part in re.split("[&;]", query)}
    unwanted = [n for n in names if n.lower() in _TRACKING or _TRACKING_PREFIX.match(n.lower())]
    return url_query_cleaner(url, unwanted, remove=True, unique=False) if unwanted else url
