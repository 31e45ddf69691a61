"""What is wanted, looked for in the way that suits it: an introduction, news, a summary, a fact."""

from dataclasses import replace

from bot.beginning import Beginner
from bot.conversation import Resolved, Wording
from bot.introducing.introducer import Introducer
from bot.looking import Looker, Seen
from bot.meant import Meant
from bot.understanding import (
    Introduced,
    Office,
    asked_about,
    happened_to,
    may_be_name,
    wants_summary,
)
from bot.wanted import Wanted

_MARKS = " \t?!.,:;\"'«»“”"


class Finder:
    """Finds what questions want. For one thread.

    Args:
        looker: Looks for passages.
        beginner: Looks for how articles begin.
        introducer: Looks for introductions.
        threshold: Below this confidence a passage does not answer.
    """

    def __init__(
        self, looker: Looker, beginner: Beginner, introducer: Introducer, threshold: float
    ) -> None:
        self._looker = looker
        self._beginner = beginner
        self._introducer = introducer
        self._threshold = threshold

    def find(
        self, wanted: Wanted, meaning: Meant, resolved: Resolved, leaning: Resolved | None
    ) -> Seen:
        """Look for what is wanted.

        Args:
            wanted: What is looked for.
            meaning: Of the question.
            resolved: The question as its words have it.
            leaning: The same taken as leaning on its conversation, or None if that is no other.

        Raises:
            UnusableError: Not one passage found is as the library has it.
        """
        news = meaning.news
        if meaning.introduced and (told := self._told(meaning.introduced, wanted, resolved)):
            return told
        begun = self._beginner.begin(wanted, resolved, news) if news else None
        if begun and begun.best:
            return begun
        if meaning.alone:
            # "Latest news" has no words to look for, whatever was spoken of.
            return self._beginner.begin(wanted, *meaning.alone)
        # "What happened in 1917?" may be told by an article of today.
        found = self._looker.look(wanted, resolved, leaning)
        if news and news.is_strict and news.first:
            found = found.since(news.first)
        if found.confidence >= self._threshold:
            return self._from_beginning(wanted, meaning.text, found)
        if not news and (again := self._topic_alone(wanted, meaning.text, resolved)):
            return self._from_beginning(wanted, meaning.text, again)
        # "Tell me about Putin".
        name = meaning.text[slice(*asked_about(meaning.text))].strip(_MARKS)
        if may_be_name(name, wanted.language):
            person = Introduced(name, is_person=True)
            if told := self._told(person, wanted, resolved):
                return told
        return begun if begun and news and news.topic is None else found

    def _topic_alone(self, wanted: Wanted, text: str, resolved: Resolved) -> Seen | None:
        """What "Cuba" finds of "What happened with Cuba?", if that is answered better alone."""
        has_lead = happened_to(text, wanted.tongue) or asked_about(text) != (0, len(text))
        if resolved.is_leaning or not has_lead:
            return None
        topic = happened_to(wanted.bare, wanted.tongue) or wanted.bare
        alone = replace(resolved, wordings=(Wording(topic, 1.0),))
        found = replace(self._looker.look(wanted, alone, None), resolved=resolved)
        if found.confidence < self._threshold:
            return None
        # Of Mo Farah nothing is told by Farah Griffin.
        return found if self._beginner.is_on(found.best[0], topic, wanted.language) else None

    def _from_beginning(self, wanted: Wanted, text: str, found: Seen) -> Seen:
        """What was found with how that begins before it, if that is wanted."""
        if wants_summary(text, wanted.tongue):
            return self._beginner.from_beginning(wanted, found, wanted.bare)
        topic = happened_to(text, wanted.tongue)
        return self._beginner.event(wanted, found, topic) if topic else found

    def _told(self, asked: Introduced | Office, wanted: Wanted, resolved: Resolved) -> Seen | None:
        told = self._introducer.introduce(asked, wanted.language, resolved.passed)
        return Seen(resolved, told, (), is_hasty=False) if told else None
