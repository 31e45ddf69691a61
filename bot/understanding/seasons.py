"""Rules for seasons: "in the summer of 2014", "last winter": the north's, by whole months."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from bot.understanding.moment import Moment, Rule, Time, compiled

_FIRST_MONTHS = (3, 6, 9, 12)
_MONTHS = 3
_YEAR_MONTHS = 12
_DAYS = 90


class _Words(NamedTuple):
    """How a language speaks of seasons; each is a pattern, "" for nothing.

    Attributes:
        names: Of spring, summer, autumn, winter.
        adverbs: The same, where one word says "in spring".
        before: What stands before a season that means a time; "in the fall" is one, "prices fall"
            none.
        last: What stands before one that is over.
        this: What stands before the one that is or was last.
        behind: What stands behind one that is over.
        follows: What comes then: in "the winter games" no season is meant.
    """

    names: tuple[str, str, str, str]
    adverbs: tuple[str, str, str, str] = ("", "", "", "")
    before: str = ""
    last: str = ""
    this: str = ""
    behind: str = ""
    follows: str = ""


_LANGUAGES = {
    "en": _Words(
        ("spring", "summer", "autumn|fall", "winter"),
        before="in the|in|since|since the|before|until|till|by|over the|during the|during",
        last="last|this past",
        this="this",
        follows=(
            r"(?=\W*$|[^\w\s]|\s+(?:and|or|in|on|at|about|for|with|by|from|to|has|have|had|is|are|was"
            r"|were|did|does|do|when|who|what|after|before)\b)"
        ),
    ),
    "de": _Words(
        ("frühling|frühjahr", "sommer", "herbst", "winter"),
        before="im|seit|bis|seit dem|bis zum|vor dem",
        last="letzten|letztem|vergangenen|vergangenem",
        this="diesen|diesem",
    ),
    "es": _Words(
        ("primavera", "verano", "otoño", "invierno"),
        before="en|en la|en el|desde la|desde el|durante el|durante la|antes del|antes de la|el|la",
        this="este|esta",
        behind="pasado|pasada",
    ),
    "fr": _Words(
        ("printemps", "été", "automne", "hiver"),
        before="en|au|depuis|depuis le|depuis l'|pendant l'|avant l'|l'|le",
        this="cet|ce",
        behind="dernier|passé",
    ),
    "ru": _Words(
        ("весны|весну", "лета|лето", "осени|осень", "зимы|зиму"),
        ("весной|весною", "летом", "осенью", "зимой|зимою"),
        before="с|до|за",
        last="прошл(?:ым|ой|ого|ую)",
        this="эт(?:им|ой|ого|у)",
    ),
    "uk": _Words(
        ("весни|весну", "літа|літо", "осені|осінь", "зими|зиму"),
        ("навесні|весною", "влітку|улітку", "восени", "взимку|узимку"),
        before="з|до|за",
        last="минул(?:ого|ої|у)",
        this="ць(?:ого|ої)|цієї|цю",
    ),
    "tr": _Words(
        ("ilkbahar|bahar", "yaz", "sonbahar|güz", "kış"),
        ("ilkbaharda|baharda", "yazın", "sonbaharda|güzün", "kışın"),
        last="geçen",
        this="bu",
    ),
    "ar": _Words(("ربيع|الربيع", "صيف|الصيف", "خريف|الخريف", "شتاء|الشتاء"), before="في|منذ|قبل"),
    "fa": _Words(("بهار", "تابستان", "پاییز", "زمستان"), before="در|از", behind="گذشته"),
}

_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)(?:\s*[/–-]\s*(?:(?:19|20)\d\d|\d\d)(?!\d))?"
_OF = r"\s*,?\s*(?:of\s+|de\s+|del\s+|des\s+jahres\s+)?"


def named_by_season(language: str) -> Iterator[Rule]:
    """Yield those of a language, if it has any."""
    found = _LANGUAGES.get(language)
    if found is None:
        return
    both = zip(found.names, found.adverbs, strict=True)
    season = "|".join(
        rf"(?P<s{number}>{name}{'|' if adverb else ''}{adverb})"
        for number, (name, adverb) in enumerate(both)
    )
    yield compiled(rf"(?P<said>(?:{season}){_OF}{_YEAR})"), _of_year
    adverbs = "|".join(one for one in found.adverbs if one)
    names = "|".join(found.names)
    says_when = (
        found.before and rf"(?:{found.before})\s*\b",
        adverbs and rf"(?={adverbs})",
        found.last and rf"(?={found.last})",
        found.this and rf"(?={found.this})",
        found.behind and rf"(?=(?:{names})\s+(?:{found.behind})(?!\w))",
    )
    opening = "|".join(one for one in says_when if one)
    which = "|".join(one for one in (found.last, found.this) if one) or r"(?!)"
    behind = rf"(?:\s+(?P<behind>{found.behind or '(?!)'}))?"
    said = rf"(?P<said>(?:(?P<which>{which})\s+)?(?:{season}){behind})"
    yield compiled(rf"(?:{opening}){said}{found.follows}"), partial(_without_year, found.last)


def _of_year(match: re.Match[str], asked: Moment, _: dict[str, int]) -> Time | None:
    return _season(match, int(match["year"]), asked)


def _without_year(over: str, match: re.Match[str], asked: Moment, _: dict[str, int]) -> Time | None:
    """Read a season without a year; `over` is what stands before one that is over."""
    year = asked.year_of(_month(match), 1, _DAYS)
    found = _season(match, year, asked) if year else None
    is_over = match["behind"] or (over and re.fullmatch(over, match["which"] or "", re.IGNORECASE))
    if found and year and is_over and found.last and found.last >= asked.now:
        return _season(match, year - 1, asked)
    return found


def _month(match: re.Match[str]) -> int:
    """The first month of the season that was found."""
    return next(first for number, first in enumerate(_FIRST_MONTHS) if match[f"s{number}"])


def _season(match: re.Match[str], year: int, asked: Moment) -> Time | None:
    first = date(year, _month(match), 1)
    month = first.month + _MONTHS - 1
    end_year, end_month = (
        (year + 1, month - _YEAR_MONTHS) if month > _YEAR_MONTHS else (year, month)
    )
    last = date(end_year, end_month, monthrange(end_year, end_month)[1])
    return Time("dated", first, last, match.span("said")) if first <= asked.now else None
