"""What a question means: with what was said before it, of which time and outlet, which news.

And which of its words are looked for, since those that only say so stand in no article.
"""

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from bot.casing import resolved_as_written
from bot.conversation import Resolved, Turn, Wording, leaned, near, resolve
from bot.further import further
from bot.leaning import following
from bot.outlet import names_only_outlet, of_outlet
from bot.overview import Span, overview
from bot.understanding import (
    Asked,
    Introduced,
    Office,
    Time,
    asked_about,
    asked_office,
    introduced,
    wants_news,
)
from bot.understanding.words import ACCORDING
from corpus.text import has_words
from index.terms import naming_terms

Heeding = Callable[[str], Asked]
"""Says which time and outlet a question asks for, as far as they are to be heeded."""


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_TOLD = 3
"""Of the articles whose beginnings were shown, it is the first ones that are asked about next."""


class Meant(NamedTuple):
    """A question as it is meant.

    Attributes:
        text: As typed, or what is asked with it: "latest news on Cuba" for "and on Cuba?".
        resolved: The same in its conversation.
        asked: The time and outlet in the text.
        news: The days and topic that it wants the news of; None if it asks for something else.
        alone: The same taken by itself, if it wants the newest there is: of that, or of anything.
        introduced: Whom or what it wants introduced, or the holder of which office; None if it
            asks for something else.
        about: What the conversation is about, where no question of it has named that.
    """

    text: str
    resolved: Resolved
    asked: Asked
    news: Span | None = None
    alone: tuple[Resolved, Span] | None = None
    introduced: Introduced | Office | None = None
    about: str | None = None


def meant(
    text: str,
    language: str,
    subjects: Set[str],
    said: Sequence[Turn],
    heeded: Heeding,
    today: date | None,
    title: Callable[[str], str | None] = lambda _: None,
    held: Set[str] = frozenset(),
    written: Callable[[str], str] = str,
) -> Meant:
    """Understand a question.

    Args:
        text: As typed.
        language: ISO 639-1.
        subjects: Those terms of it, and of what was said, that articles are about.
        said: The conversation before it, oldest first.
        heeded: Which time and outlet a question asks for.
        today: The day on which it is asked; None where no article has a date.
        title: That of an article, by its id.
        held: The terms of it that the articles quoted last hold.
        written: Writes names as the collection does.
    """
    before = (said[-1].subject, heeded(said[-1].subject)) if said else None
    text = _in_its_year(text, language, before, heeded) if before else text
    about = _told_of(said, before, language, today, title)
    resolved = _of_outlet(text, language, said, heeded)
    resolved = resolved or resolved_as_written(
        text,
        said,
        written,
        lambda words, turns: resolve(words, language, subjects, turns, about, held),
    )
    if resolved.is_asked_anew:
        # With its time and outlet, and for news if that asked for news.
        text = resolved.text
    asked = heeded(text)
    wanted = asked_office(text, language) or introduced(text, language)
    if today is None:
        return Meant(text, resolved, asked, introduced=wanted, about=about)
    alone = None
    is_alone = said and wants_news(text, language)
    anything = overview(text, language, asked, None, today) if is_alone else None
    if anything and anything.is_of_any_time:
        # "What's new?" is about what was spoken of, whatever its words.
        alone = (resolve(text, language, subjects, ()), anything)
        resolved = leaned(text, language, subjects, said)
    news = overview(text, language, asked, before, today, resolved.text)
    if news and not further(text):
        text = news.question
        asked, resolved = heeded(text), resolve(text, language, subjects, ())
    # "What's new?" asks for no thing of that name.
    return Meant(text, resolved, asked, news, alone, None if news or alone else wanted, about)


def _in_its_year(text: str, language: str, before: tuple[str, Asked], heeded: Heeding) -> str:
    """A question that goes on to another date, with the year that was named before.

    "And in August?" after "What happened in July 2015?" is about that year.
    """
    (subject, then), time = before, heeded(text).time
    if time is None or then.time is None or following(text, language) is None:
        return text
    named = _YEAR.search(subject[slice(*then.time.span)])
    said = text[slice(*time.span)]
    if named is None or _YEAR.search(said):
        return text
    dated = heeded(f"{said} {named[0]}").time
    # "Last week" of a year is not the same days in it.
    if dated is None or _day_of_year(dated) != _day_of_year(time):
        return text
    return f"{text[: time.span[1]]} {named[0]}{text[time.span[1] :]}"


def _day_of_year(time: Time) -> tuple[str, int, int]:
    """Where a time begins, or the month with which it ends, in whatever year."""
    if time.first:
        return time.kind, time.first.month, time.first.day
    return time.kind, time.last.month if time.last else 0, 0


def _told_of(
    said: Sequence[Turn],
    before: tuple[str, Asked] | None,
    language: str,
    today: date | None,
    title: Callable[[str], str | None],
) -> str | None:
    """What was told of, where news of anything was asked for: "latest news" names no subject."""
    if before is None or today is None or near(said) is None:
        return None
    news = overview(before[0], language, before[1], None, today)
    if news is None or news.topic is not None:
        return None
    quoted = next(turn.quoted for turn in reversed(said) if turn.quoted)
    articles = list(dict.fromkeys(one.article_id for one in quoted))[:_TOLD]
    return ". ".join(filter(None, map(title, articles))) or None


def _of_outlet(text: str, language: str, said: Sequence[Turn], heeded: Heeding) -> Resolved | None:
    """The question of a conversation as it is asked of another outlet, if a question does that."""
    if not said:
        return None
    subject = said[-1].subject
    asked, then = heeded(text), heeded(subject)
    rest = following(text, language)
    if then.source and rest and not asked.source and language in ACCORDING:
        # "And TASS?" after "What did Reuters report on Cuba?".
        text = f"{ACCORDING[language]} {rest}"
        asked = heeded(text)
    if asked.source is None or not names_only_outlet(text, language, asked):
        return None
    other = of_outlet(subject, then, text, asked.source, language)
    wordings = (Wording(other, 1.0),)
    return Resolved(other, other, wordings, None, is_leaning=True, is_asked_anew=True)


def looked_for(meaning: Meant, language: str, understood: Heeding) -> tuple[str, str]:
    """Return the words of a question that are looked for, and those that say what else counts.

    Args:
        meaning: Of the question.
        language: ISO 639-1 code of the language whose stemming its words get.
        understood: Which time and outlet a question names: where they shall not be heeded, their
            words are not missed either.
    """
    text, topic = meaning.text, meaning.news and meaning.news.topic
    around = _around(text, topic) if topic else [_lead(text, language, understood)]
    return _parted(text, understood(text), around)


def of_any_outlet(meaning: Meant) -> Meant:
    """Return what a question means where the outlet that it names is not to be heeded.

    "What did TASS report on Cuba?" still wants the news of that.

    Args:
        meaning: Of the question.
    """
    news, alone = meaning.news, meaning.alone
    return meaning._replace(
        asked=replace(meaning.asked, source=None),
        news=news and news._replace(outlet=None),
        alone=alone and (alone[0], alone[1]._replace(outlet=None)),
    )


def news_since(meaning: Meant, day: date) -> Meant:
    """Return what a question means where the news it wants, if it does, are those since an event.

    Args:
        meaning: Of the question.
        day: On which the event was.
    """
    if meaning.news is None or not meaning.news.is_of_any_time:
        return meaning
    return meaning._replace(news=meaning.news._replace(first=day, is_strict=True))


def _lead(question: str, language: str, understood: Heeding) -> tuple[int, int]:
    """The span of the words that lead up to a question, unless they or they alone say something.

    Those that name nothing anyway, such as "tell me about", are not missed in an article. Before a
    mere time they lead up, too: of "what happened in 1917?" only the year can be found.
    """
    first, last = asked_about(question)
    words, rest = question[:first], question[first:last]
    if not naming_terms(words, language) or understood(words).time:
        return (0, 0)
    bare, _ = _parted(rest, understood(rest))
    return (0, first) if naming_terms(bare, language) else (0, 0)


def _around(question: str, topic: str) -> list[tuple[int, int]]:
    """The spans before and behind what a question wants the news of, where that stands in it."""
    before, found, _ = question.partition(topic)
    return [(0, len(before)), (len(before) + len(found), len(question))] if found else []


def _parted(question: str, asked: Asked, around: Sequence[tuple[int, int]] = ()) -> tuple[str, str]:
    """The question without its words of time and outlet and those around it, and those words."""
    spans = sorted([*around, *(one.span for one in (asked.time, asked.source) if one)])
    bare, at = "", 0
    for start, end in spans:
        bare += question[at:start]
        at = max(at, end)
    bare += question[at:]
    words = " ".join(question[start:end] for start, end in spans)
    # What is left of "what is the latest" has nothing to be found by.
    return (bare, words) if has_words(bare) else (question, words)
