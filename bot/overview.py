"""Questions about a time and nothing else: "latest news", "what happened in December 2014?".

No words of theirs stand in an answer; what is wanted is how the articles of that time begin.
"""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from bot.further import further
from bot.leaning import following
from bot.understanding import Asked
from index.terms import naming_terms, terms

_ENDING = re.compile(r"^['’]\w+")
"""Of a word: "2015'te"."""

_NEXT_DAY = timedelta(days=1)
"""What happened on a day is in the news of the next."""

_NEWS = {
    "en": (
        "news new happen happened happening happens going on events event headline headlines story"
        " stories report reports reported update updates anything something everything article"
        " articles show give important main top breaking today"
    ),
    "de": (
        "neues neu neuigkeiten nachricht nachrichten passiert passierte geschah geschehen ereignis"
        " ereignisse los schlagzeile schlagzeilen meldung meldungen gab gibt etwas wichtig wichtige"
        " zeige"
    ),
    "es": (
        "noticia noticias nuevo novedades pasó pasa pasado ocurrió ocurre sucedió sucede titulares"
        " acontecimientos algo importante importantes"
    ),
    "fr": (
        "nouvelle nouvelles nouveau neuf actualité actualités passé passe infos titres événements"
        " arrivé arrive chose important importantes"
    ),
    "ru": (
        "новости новость новостей нового произошло происходило происходит случилось было события"
        " событие главное важное интересного заголовки покажи"
    ),
    "uk": (
        "новини новина новин нового сталося відбулося відбувалося відбувається було події подія"
        " головне важливе цікавого заголовки покажи"
    ),
    "tr": "haber haberler haberleri yeni oldu olan olaylar olay neler manşetler önemli göster",
    "ar": "أخبار اخبار الأخبار جديد الجديد حدث يحدث جرى يجري أحداث الأحداث أهم عناوين",
    "fa": "خبر خبرها اخبار تازه جدید افتاد اتفاق اتفاقی رخ داد رویداد رویدادها مهم",
}
"""What such questions are made of beside words that name nothing anywhere."""


class Span(NamedTuple):
    """Days whose articles are wanted, the newest first.

    Attributes:
        first: The first, None for open.
        last: The last, included; None for open.
        outlet: Only its articles; None for those of all.
        is_strict: Whether older articles are no answer where there are none of these days.
        question: That wants them, as it stands by itself.
    """

    first: date | None
    last: date | None
    outlet: str | None
    is_strict: bool
    question: str


def overview(
    question: str,
    language: str,
    asked: Asked,
    before: tuple[str, Asked] | None,
    today: date,
) -> Span | None:
    """Return the days that `question` wants the news of, or None if it asks for something.

    After such a question "more" wants further ones of its days, and "and in May?" those of others.

    Args:
        question: As asked.
        language: ISO 639-1; those without lists have no such questions.
        asked: The time and outlet in it.
        before: The question that named what the conversation is about, with the time and outlet in
            it, so that "any news?" is about that; None where it begins.
        today: The day on which it is asked.
    """
    if language not in _NEWS:
        return None
    if before is None:
        return _days(question, asked, today) if _is_open(question, language, asked) else None
    subject, then = before
    is_after = _is_open(subject, language, then)
    if is_after and further(question) == "more":
        return _days(subject, then, today)
    if asked.time is None or asked.time.kind == "latest":
        return None
    if following(question, language) is None and _is_open(question, language, asked):
        return _days(question, asked, today)
    if not is_after or not _names_only_time(question, language, asked):
        return None
    start, end = then.time.span if then.time else (len(subject), len(subject))
    moved = f"{subject[:start]} {question[slice(*asked.time.span)]}{subject[end:]}"
    return _days(" ".join(moved.split()), asked, today)


def _is_open(question: str, language: str, asked: Asked) -> bool:
    """Whether it asks for news of a time, or of any."""
    says_so = (asked.time and asked.time.kind == "latest") or _news(language).intersection(
        terms(_own(question, asked), language)
    )
    return bool(says_so) and _names_only_time(question, language, asked)


def _names_only_time(question: str, language: str, asked: Asked) -> bool:
    return _news(language).issuperset(naming_terms(_own(question, asked), language))


def _own(question: str, asked: Asked) -> str:
    """A question without its words of time and outlet, and what is hung on to them."""
    spans = [one.span for one in (asked.time, asked.source) if one]
    for start, end in sorted(spans, reverse=True):
        question = f"{question[:start]} {_ENDING.sub('', question[end:])}"
    return question


def _days(question: str, asked: Asked, today: date) -> Span:
    time, outlet = asked.time, asked.source.name if asked.source else None
    if time is None or time.kind == "latest":
        return Span(None, None, outlet, is_strict=False, question=question)
    if time.kind in {"today", "recent"}:
        return Span(time.first, today, outlet, is_strict=False, question=question)
    is_day = time.last is not None and time.last == time.first
    last = time.last + _NEXT_DAY if is_day and time.last else time.last
    return Span(time.first, last, outlet, is_strict=True, question=question)


@lru_cache(maxsize=16)
def _news(language: str) -> frozenset[str]:
    return frozenset(terms(_NEWS[language], language))
