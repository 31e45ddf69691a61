"""A question in the light of what was said before it.

A leaning question (`bot.leaning`) is searched twice, as typed and with the subject of the
conversation before it, and what stands in and around the last quotation comes first. Which sentence
answers is then asked of its own words, as the model reads them behind the subject. What is carried
over is shown, never hidden.
"""

import re
from collections.abc import Container, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.anaphora import anaphor
from bot.exchange import AUXILIARY, NAMED, VERBS, displaced, exchanged
from bot.further import further, points, wants_others
from bot.leaning import following, is_thing, leans
from bot.quote import Quotation
from bot.understanding import asked_about, find_event, introduced
from corpus.types import Passage
from index.search import Near
from index.terms import content_terms, terms

_CARRIED_WORDS = 10
_POINTED_CHARACTERS = 200
"""Of the words pointed at; the question stands behind them, and a model reads 250 words or so."""

_TYPED = 0.5
"""Weight of the question as typed; the rest is that of the question with its subject."""


_OF = frozenset({"of", "de", "del", "du", "des", "von", "van"})
"""Between the parts of a name."""

_PERSON = frozenset(["he", "she", "him", "her", "his", "hers"])

_ENOUGH = 2
"""Words that a question must have beside those of an event, unless one is a name."""


@dataclass(frozen=True, slots=True, order=True)
class Quoted:
    """What a conversation remembers of a quotation.

    Attributes:
        article_id: Whose.
        paragraph: Position in the article, from 0.
        start: First character within the paragraph.
    """

    article_id: str
    paragraph: int
    start: int = 0

    @classmethod
    def of(cls, passage: Passage) -> "Quoted":
        """Return where a passage stands."""
        return cls(passage.article_id, passage.paragraph, passage.start)


class Told(NamedTuple):
    """Where the sentence stands that was marked in a quotation.

    The sentence itself is not kept: what is forgotten must not stand in a conversation.

    Attributes:
        place: Of the quotation.
        span: Of the sentence in its paragraph.
    """

    place: Quoted
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what was quoted for it.

    Attributes:
        question: As asked.
        resolved: As understood.
        subject: The question that named what the conversation is about.
        quoted: Best first; empty when there was no answer.
        is_pointed_at: Whether the person points at it, so that the next question leans on it
            whatever its words.
        passed: What was not wanted again, because it had come first before.
        told: Span of the sentence that was marked first, in its paragraph.
    """

    question: str
    resolved: str
    subject: str
    quoted: tuple[Quoted, ...]
    is_pointed_at: bool = False
    passed: tuple[Quoted, ...] = ()
    told: tuple[int, int] | None = None


class Wording(NamedTuple):
    """A wording of a question.

    Attributes:
        text: What is asked.
        weight: Beside the other wordings.
        context: What it is about, if that has to be said before it.
    """

    text: str
    weight: float
    context: str = ""

    @property
    def whole(self) -> str:
        """The text behind its context."""
        return f"{self.context} {self.text}" if self.context else self.text


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question as it is understood.

    Attributes:
        text: To be shown; the question itself where nothing was carried over.
        subject: For the turns to come.
        wordings: To be searched, the fullest last.
        near: Where the conversation is, if the question leans on it.
        is_leaning: Whether it is taken to need what was said before it.
        passed: What had come first before and is not wanted again.
        is_asked_anew: Whether the text is an earlier question asked of something else.
        told: Where the sentence stands that was marked before, if the question leans on it.
        unanswered: What it leans on, if nothing was quoted for that.
        before: What was spoken of before it, if it stands alone.
    """

    text: str
    subject: str
    wordings: tuple[Wording, ...]
    near: Near | None
    is_leaning: bool
    passed: frozenset[Quoted] = frozenset()
    is_asked_anew: bool = False
    told: Told | None = None
    unanswered: str = ""
    before: str = ""


def resolve(
    question: str,
    language: str,
    subjects: Set[str],
    conversation: Sequence[Turn],
    about: str | None = None,
    held: Set[str] = frozenset(),
) -> Resolved:
    """Understand a question in its conversation.

    Args:
        question: As asked.
        language: ISO 639-1.
        subjects: Those terms of it, and of what was said, that articles are about.
        conversation: The turns before it, oldest first.
        about: What it is about, where no question has named that; never shown or kept.
        held: The terms of it that the articles quoted last hold.
    """
    # "How many countries?" names no other subject than "195 Countries Adopt …" has.
    other = subjects - frozenset(content_terms(about, language)) if about else subjects
    leaning = conversation and (
        conversation[-1].is_pointed_at
        or further(question)
        or _points_back(question, language)
        or leans(question, language, other, held)
    )
    if not leaning:
        before = conversation[-1].subject if conversation else ""
        typed = Wording(question, 1.0)
        return Resolved(question, question, (typed,), None, is_leaning=False, before=before)
    last = conversation[-1]
    if not about and (same := _last_of_another(last, question, language)) is not None:
        if there := displaced(last.subject, question, language):
            return _asked_there(there, language, subjects, conversation)
        again = leaned(same, language, subjects, conversation)
        wordings = (Wording(same, _TYPED), Wording(same, 1.0 - _TYPED, last.subject))
        return replace(again, wordings=wordings)
    same = None if about else exchanged(last.subject, question, language)
    if same is not None:
        wordings = (Wording(question, 0.3), Wording(same, 0.7))
        return Resolved(same, same, wordings, None, is_leaning=True, is_asked_anew=True)
    return leaned(question, language, subjects, conversation, about)


def leaned(
    question: str,
    language: str,
    subjects: Container[str],
    conversation: Sequence[Turn],
    about: str | None = None,
) -> Resolved:
    """Understand a question as one that leans on its conversation, whatever its words.

    The arguments are those of `resolve`; there is at least one turn.
    """
    last = conversation[-1]
    subject = context = last.subject
    if last.question not in (subject, question) and last.resolved == last.question:
        # It stood alone and was about the same: "How long had Gross been in jail?".
        context = f"{subject} {last.question}"
    going = further(question)
    context = about or context
    wordings: tuple[Wording, ...]
    told = Told(last.quoted[0], last.told) if last.quoted and last.told else None
    if going:
        # Its own words say nothing about what is wanted.
        wordings, told = (Wording(about or subject, 1.0),), None
    else:
        wordings = (Wording(question, _TYPED), Wording(question, 1.0 - _TYPED, context))
    carried = _carried(last, question, language, subjects)
    text = f"{question} ({carried})" if carried else question
    passed = _seen(conversation) if wants_others(question) else frozenset()
    if going is None and points(question, language):
        going = "about"
    here = near(conversation)
    place = here and here._replace(going=going)
    unanswered = "" if last.quoted else context
    return Resolved(
        *(text, subject, wordings, place),
        is_leaning=True,
        passed=passed,
        told=told,
        unanswered=unanswered,
    )


def _asked_there(
    there: str, language: str, subjects: Container[str], conversation: Sequence[Turn]
) -> Resolved:
    """Understand what was asked last as asked of another place.

    "Why is it so high?", of inflation in Turkey, and "And in Germany?": nothing was quoted of that.

    Args:
        there: What the conversation is about, of that place.
        language: ISO 639-1.
        subjects: As in `resolve`.
        conversation: Likewise, with at least one turn.
    """
    last = replace(conversation[-1], subject=there, quoted=(), told=None)
    asked = leaned(_asked(last), language, subjects, [last])
    return replace(asked, is_asked_anew=True)


def about_event(resolved: Resolved, when: str, language: str) -> Resolved:
    """Understand the words that say after or before which event as what a question is about.

    What Samaras did after the election stands where the election need not be named again; looked
    for among the question's own words it favours the sentence that tells of the election.

    Args:
        resolved: The question as understood.
        when: Those words, as they stand in it.
        language: ISO 639-1.
    """
    fullest = resolved.wordings[-1]
    text = " ".join(fullest.text.replace(when, " ", 1).split()).lstrip(",; ")
    says_enough = len(content_terms(text, language)) >= _ENOUGH or NAMED.search(text)
    if when not in fullest.text or not says_enough:
        return resolved
    context = f"{fullest.context} {when}" if fullest.context else when
    wordings = (*resolved.wordings[:-1], fullest._replace(text=text, context=context))
    return replace(resolved, wordings=wordings)


def unanswered_names(resolved: Resolved, language: str) -> frozenset[str]:
    """Return the terms of the names in what a question leans on, if nothing was quoted for that.

    Args:
        resolved: The question as understood.
        language: ISO 639-1; in German any noun may look like a name, so that there none is one.
    """
    found = NAMED.finditer(resolved.unanswered) if language != "de" else ()
    return frozenset(term for name in found for term in content_terms(name[0], language))


def subject_after(
    resolved: Resolved, conversation: Sequence[Turn], article_id: str | None, language: str
) -> str:
    """What the conversation is about after a question, for the turns to come.

    Args:
        resolved: The question as understood.
        conversation: The turns before it, oldest first.
        article_id: Of the article that answers it, if one does.
        language: ISO 639-1.
    """
    here = near(conversation)
    if here is None or article_id is None or resolved.is_asked_anew:
        return resolved.subject
    if not resolved.is_leaning:
        # "Who is Alan Gross?" leads to him, though the article is the same.
        is_same = here.article_id == article_id and not _introduced(resolved.text, language)
        return conversation[-1].subject if is_same else resolved.subject
    typed = resolved.wordings[0].text
    rest = following(typed, language)
    is_elsewhere = article_id not in {here.article_id, *here.others}
    # "What about the ferry strike?" has led to it.
    return typed if is_elsewhere and rest and is_thing(rest) else resolved.subject


def spoken_of(resolved: Resolved, language: str) -> str:
    """Return the name of the one whom what a question leans on is about, "" if that is not clear.

    Args:
        resolved: The question as understood.
        language: ISO 639-1.
    """
    context = resolved.wordings[-1].context if resolved.is_leaning else ""
    if name := _introduced(context, language):
        return name
    named = {one[0].removesuffix("'s").removesuffix("’s") for one in NAMED.finditer(context)}
    return named.pop() if len(named) == 1 and language == "en" else ""


def person_meant(resolved: Resolved, language: str) -> str:
    """Return the name of the person whom a question means by "he" or "she", "" if none is clear.

    Args:
        resolved: The question as understood.
        language: ISO 639-1.
    """
    found = anaphor(resolved.wordings[0].text, language) if resolved.is_leaning else None
    is_person = language == "en" and found is not None and found[0].casefold() in _PERSON
    return spoken_of(resolved, language) if is_person else ""


def pointed_at(part: str, quoted: Iterable[Quoted]) -> Turn:
    """Return the turn that a person makes of words by pointing at them with a question."""
    subject = part[:_POINTED_CHARACTERS]
    return Turn(subject, subject, subject, tuple(quoted), is_pointed_at=True)


def _last_of_another(last: Turn, question: str, language: str) -> str | None:
    """What was asked last asked of another, where that was not what named the subject."""
    asked = _asked(last)
    return None if asked == last.subject else exchanged(asked, question, language)


def _asked(last: Turn) -> str:
    """A turn's question without what is shown as carried over."""
    if last.resolved.startswith(last.question):
        return last.question
    # "How many died? (Portugal)", of "And in Portugal?".
    return last.resolved.rpartition(" (")[0] if last.resolved.endswith(")") else last.resolved


def _points_back(question: str, language: str) -> bool:
    """Whether it asks for what came after or before what was said, as in "since then"."""
    event = find_event(question, language)
    return event is not None and not event.name


def near(conversation: Sequence[Turn]) -> Near | None:
    """Return where a conversation is; None where nothing was quoted yet."""
    quoted = next((t.quoted for t in reversed(conversation) if t.quoted), ())
    if not quoted:
        return None
    first = quoted[0]
    others = frozenset(q.article_id for q in quoted[1:]) - {first.article_id}
    return Near(first.article_id, first.paragraph, others)


def _seen(conversation: Iterable[Turn]) -> frozenset[Quoted]:
    """What came first in an answer: the others are seen only by who leafs on to them."""
    firsts = (turn.quoted[0] for turn in conversation if turn.quoted)
    return frozenset([*firsts, *(place for turn in conversation for place in turn.passed)])


def _carried(last: Turn, question: str, language: str, subjects: Container[str]) -> str:
    """The part of a turn's subject that says what it is about and is not in the question.

    It begins with the first name, number or word that titles are made of, or as the subject does
    if that is no question, and ends with the last word that names anything: a phrase that can be
    read. Words that were pointed at are all of it,
    since whoever did so chose them. Of what is too long, only those words are told.
    """
    subject = last.subject
    asked = set(terms(question, language))
    name = "" if last.is_pointed_at else _introduced(subject, language)
    if name and asked.isdisjoint(terms(name, language)):
        return name
    named = set(content_terms(subject, language)) - asked
    words = re.findall(r"[^\s?!,;:\"“”«»()]+", subject)
    naming = [at for at, word in enumerate(words) if named.intersection(terms(word, language))]
    if not last.is_pointed_at:
        # "What did Obama say?" is about Obama; "Leader Says …" about what he says.
        things = [at for at in naming if words[at].casefold() not in VERBS]
        # Of what is named again, "write" is nothing to tell.
        naming = things or (naming if asked.isdisjoint(content_terms(subject, language)) else [])
    telling = [
        at
        for at in naming
        if (at and not words[at][0].islower())
        or any(term in subjects for term in named.intersection(terms(words[at], language)))
    ]
    is_phrase = naming[:1] == [0] and asked_about(subject)[0] == 0
    told = naming if last.is_pointed_at or is_phrase else telling or naming
    if not told:
        return ""
    if not last.is_pointed_at:
        naming = _without_verb(words, naming)
    first = _begun(words, told[0], naming)
    phrase = words[first : naming[-1] + 1]
    if not last.is_pointed_at:
        # "Obama about Cuba", of "What did Obama say about Cuba?".
        pairs = zip(phrase, [*phrase[1:], ""], strict=True)
        phrase = [one for one, next_ in pairs if next_ != "about" or one.casefold() not in VERBS]
    if len(phrase) > _CARRIED_WORDS and not last.is_pointed_at:
        phrase = list(dict.fromkeys(words[at] for at in told))
    return " ".join(phrase[:_CARRIED_WORDS])


def _introduced(question: str, language: str) -> str:
    """The name of whom or what a question wants introduced, "" for another question.

    Where the verb is left out, "who discovered the comet" looks like one.
    """
    found = introduced(question, language) if language == "en" else None
    return found.name if found else ""


def _without_verb(words: Sequence[str], naming: list[int]) -> list[int]:
    """Where words name something, without the verb at the end of "When did Philae land?"."""
    *before, last = naming
    if not before or last != len(words) - 1 or before[-1] != last - 1 or words[last][0].isupper():
        return naming
    name = last - 1
    while name and words[name][0].isupper():
        name -= 1
    is_done = AUXILIARY.search(" ".join([*words[: name + 1], ""]))
    return before if name < last - 1 and is_done else naming


def _begun(words: Sequence[str], at: int, naming: Container[int]) -> int:
    """Where the name begins whose first telling word stands at `at`.

    "China" is the end of the "great wall of China", and "1996" of an "act of 1996".
    """
    is_within = words[at][0].isdigit()
    while at:
        if at > 1 and words[at - 1].casefold() in _OF and at - 2 in naming:
            at, is_within = at - 2, True
        elif is_within and at - 1 in naming:
            at -= 1
        else:
            break
    return at


def turn(
    question: str,
    resolved: str,
    subject: str,
    quotations: Iterable[Quotation],
    passed: tuple[Quoted, ...] = (),
) -> Turn:
    """Return what to remember of an answer; `passed` is what it was not to quote again."""
    given = tuple(quotations)
    quoted = tuple(Quoted.of(q.passage) for q in given)
    told = None
    if given:
        start, end = given[0].answer
        told = (given[0].start + start, given[0].start + end)
    return Turn(question, resolved, subject, quoted, passed=passed, told=told)
