"""Questions for news: "latest news", "what happened in December 2014?", "any news on Greece?".

No words of theirs stand in an answer; what is wanted is how the articles of that time, or on that
topic, begin.
"""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from bot.further import further
from bot.leaning import following, is_thing
from bot.outlet import names_only_outlet
from bot.understanding import Asked, news_of, placed
from index.terms import naming_terms, terms

_ENDING = re.compile(r"^['’]\w+")
"""Of a word: "2015'te"."""

_NEXT_DAY = timedelta(days=1)
"""What happened on a day is in the news of the next."""

_FEW_DAYS = 3
"""Of so many, as of a weekend, the news of the next are a good part of what is told."""

_NEWS = {
    "en": (
        "news new happen happened happening happens going on events event headline headlines story"
        " stories report reports reported update updates anything something everything article"
        " articles show give important main top breaking today latest newest recent"
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
    "tr": "haber haberler haberleri yeni son oldu olan olaylar olay neler manşetler önemli göster",
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
        topic: Only those on it; None for those on anything.
        is_short: Whether a day or few are asked for; the last one here is then the one after them.
    """

    first: date | None
    last: date | None
    outlet: str | None
    is_strict: bool
    question: str
    topic: str | None = None
    is_short: bool = False

    @property
    def parts(self) -> tuple[tuple[date | None, date | None], ...]:
        """First and last day of what is wanted first, and then.

        What is told on the days in question comes before what is told on the next, which mostly is
        of these.
        """
        if self.is_short and self.last:
            return (self.first, self.last - _NEXT_DAY), (self.last, self.last)
        return ((self.first, self.last),)

    @property
    def is_of_any_time(self) -> bool:
        """Whether the newest are wanted, of whatever days."""
        return self.first is None and self.last is None


def overview(
    question: str,
    language: str,
    asked: Asked,
    before: tuple[str, Asked] | None,
    today: date,
    whole: str | None = None,
) -> Span | None:
    """Return the days that `question` wants the news of, or None if it asks for something else.

    After such a question "more" wants further ones of its days, and "and in May?" those of others.

    Args:
        question: As asked.
        language: ISO 639-1; those without lists have no such questions.
        asked: The time and outlet in it.
        before: The question that named what the conversation is about, with the time and outlet in
            it, so that "any news?" is about that; None where it begins.
        today: The day on which it is asked.
        whole: The question with what is carried over to it from before; None for nothing.
    """
    if language not in _NEWS:
        return None
    is_dated = asked.time is not None and asked.time.kind != "latest"
    if is_dated and following(question, language) is None and _is_open(question, language, asked):
        # "What happened today?" goes on with nothing.
        return _days(question, asked, today)
    for wording in (whole or question, question):
        topic = _topic(wording, language, asked)
        if topic:
            return _days(wording, asked, today, topic)
    if before is None or names_only_outlet(question, language, asked):
        return _days(question, asked, today) if _is_open(question, language, asked) else None
    subject, then = before
    topic = _topic(subject, language, then)
    is_after = topic is not None or _is_open(subject, language, then)
    if is_after and further(question) == "more":
        return _days(subject, then, today, topic)
    if is_after and (other := _other(question, language, asked, is_named=topic is not None)):
        both = Asked(asked.time or then.time, asked.source or then.source)
        moved = _moved(subject, then, question, asked)
        moved = moved.replace(topic, other) if topic else f"{moved} ({other})"
        return _days(moved, both, today, other)
    if not is_dated or not is_after or not _names_only_time(question, language, asked):
        return None
    return _days(_moved(subject, then, question, asked), asked, today, topic)


def _moved(subject: str, then: Asked, question: str, asked: Asked) -> str:
    """A question asked of the time in another one, if that names any."""
    if asked.time is None:
        return subject
    start, end = then.time.span if then.time else (len(subject), len(subject))
    moved = f"{subject[:start]} {question[slice(*asked.time.span)]}{subject[end:]}"
    return " ".join(moved.split())


def _topic(question: str, language: str, asked: Asked) -> str | None:
    """What a question wants the news of, if that names anything."""
    is_latest = asked.time is None or asked.time.kind == "latest"
    # "The latest" is one of the words by which such questions are known.
    heeded = Asked(None, asked.source) if is_latest else asked
    found = news_of(_own(question, heeded), language)
    if found is None or (found.needs == "outlet" and asked.source is None):
        return None
    if found.needs == "time" and is_latest and asked.source is None:
        return None
    names = set(naming_terms(found.topic, language))
    return found.topic if names - _news(language) else None


def _other(question: str, language: str, asked: Asked, *, is_named: bool) -> str | None:
    """The topic of a question that asks for the same of another: "And in Greece?".

    Where none `is_named` yet, "and Greece?" names one as well: there is nothing to exchange for it.
    """
    rest = following(_own(question, asked), language)
    if rest is None:
        return None
    name = placed(rest, language)
    if is_named or (name is None and not is_thing(rest)):
        return name
    name = name or rest
    return name if set(naming_terms(name, language)) - _news(language) else None


def _is_open(question: str, language: str, asked: Asked) -> bool:
    """Whether it asks for news of a time, or of any."""
    if names_only_outlet(question, language, asked):
        return True
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


def _days(question: str, asked: Asked, today: date, topic: str | None = None) -> Span:
    time, outlet = asked.time, asked.source.name if asked.source else None
    if time is None or time.kind == "latest":
        return Span(None, None, outlet, is_strict=False, question=question, topic=topic)
    if time.kind in {"today", "recent"}:
        return Span(time.first, today, outlet, is_strict=False, question=question, topic=topic)
    if time.first and time.last and (time.last - time.first).days < _FEW_DAYS:
        last = time.last + _NEXT_DAY
        return Span(time.first, last, outlet, True, question, topic, is_short=True)
    return Span(time.first, time.last, outlet, is_strict=True, question=question, topic=topic)


@lru_cache(maxsize=16)
def _news(language: str) -> frozenset[str]:
    return frozenset(terms(_NEWS[language], language))
