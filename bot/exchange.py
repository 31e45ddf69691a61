"""A question asked of another: "And Russia's?" after "What is Iran's position on the talks?"."""

import re
from datetime import date

from bot.leaning import following, is_thing, within
from bot.understanding import find_event, find_time, placed
from index.terms import naming_terms

_ENDING = re.compile(r"['’]s?$")
_POSSESSIVE = re.compile(r"(?<=\s)[^\W\d_a-zа-яё][\w-]*(?: [^\W\d_a-zа-яё][\w-]*)*['’]s?(?!\w)")
NAMED = re.compile(r"(?<=\s)[^\W\d_a-zа-яё][\w-]*(?: [^\W\d_a-zа-яё][\w-]*)*(?:['’]s)?(?!\w)")
"""A capitalised name after the first word."""

_ARTICLE = re.compile(r"(?:the|der|die|das|el|la|los|las|le|les)\s", re.IGNORECASE)
_IN = re.compile(r"\b(?:in|inside|near) (?:the )?$", re.IGNORECASE)
_WITHIN_PHRASE = re.compile(r"\b(?:the|this|that|an?)(?: [a-z]+)? $", re.IGNORECASE)

_THINGS = re.compile(
    r"\bthe (?P<thing>[a-z][\w-]*(?: [a-z][\w-]*){0,2}?)"
    r" (?:of|in|on|at|for|from|with|between|against|over|near) (?:the )?[^\W\d_a-z]"
)
"""A thing that belongs to a name: "the election in Greece"."""

_HAD = (
    "reaction response reply answer position stance view views opinion attitude demand demands"
    " condition conditions role comment comments statement statements"
)
_OF_WHOM = frozenset(_HAD.split())
"""What somebody has: "the reaction of Russia" is that of the opposition, too."""

_BEING = re.compile(r"\b(?:was|were|is|are|has|have|had)(?: not|n['’]t)? $", re.IGNORECASE)
"""Behind it "bridge closed" and "old bridge" cannot be told apart: "Was the bridge closed in …"."""

_DOING = (
    "say says said tell tells told write wrote report reported announce announced claim claimed"
    " think thinks thought want wants wanted do does did have has had become became happen happened"
    " get got make made take took give gave call called become mean meant"
)
VERBS = frozenset(_DOING.split())
"""English verbs of questions with which no phrase begins that tells a subject."""

_BY_ANYBODY = frozenset(
    ["say", "tell", "write", "report", "announce", "claim", "think", "want", "do", "make", "take"]
)
"""Of these what people and offices do, whether they are named or not."""

AUXILIARY = re.compile(
    r"\b(?:do|does|did|will|would|can|could|may|might|must|shall|should)(?: not|n['’]t)?"
    r" (?:the )?$",
    re.IGNORECASE,
)
"""What stands before a name that has its verb behind it."""

_WORDS = re.compile(r"[^\W_][\w'’-]*")
_PARALLEL_WORDS = 4
_WHICH = frozenset({"best", "worst", "most", "least", "first", "last", "next"})
"""Before what differs between phrases that are alike."""

_CAPITAL = r"[^\W\d_a-zа-яё][\w-]*"

_ANY_DAY = date(2000, 1, 1)

_OF_ONE = {"does": "do", "is": "are", "was": "were", "has": "have"}
_OF_MANY = {many: one for one, many in _OF_ONE.items()}
_ONE_WITH_S = re.compile(r"(?:States|Netherlands|Philippines|Emirates|Nations|Times|ss|us|is)$")
"""Ends as if it were many and goes with "does"."""


def exchanged(subject: str, question: str, language: str) -> str | None:
    """Return what was asked as it is asked of another; None if `question` does not ask that.

    Args:
        subject: What was asked: "What is Iran's position on the talks?".
        question: As asked after it: "And Russia's?".
        language: ISO 639-1.
    """
    rest = _asked_of(question, language)
    if rest is None:
        return None
    event = find_event(rest, language)
    if event and event.name and event.span == (0, len(rest)):
        return _moved(subject, rest, language)
    if (there := placed(rest, language)) is not None:
        return _displaced(subject, rest, there) or _within(subject, rest, language)
    if (same := _paralleled(subject, rest) or _likened(subject, rest, language)) is not None:
        return same or None
    return _renamed(subject, rest, language)


def displaced(subject: str, question: str, language: str) -> str | None:
    """Return what was asked as it is asked of another place; None if `question` asks no such thing.

    Args:
        subject: What was asked: "How high is inflation in Turkey?".
        question: As asked after it: "And in Germany?".
        language: ISO 639-1.
    """
    rest = _asked_of(question, language)
    there = placed(rest, language) if rest else None
    return _displaced(subject, rest, there) if rest and there else None


def _asked_of(question: str, language: str) -> str | None:
    """What the same is asked of: "in Germany" of "And in Germany?"."""
    return following(question, language) or within(question, language)


def _renamed(subject: str, rest: str, language: str) -> str | None:
    """The subject with another name or thing in place of its name."""
    if not is_thing(rest):
        return None
    own = _POSSESSIVE.search(subject) if _ENDING.search(rest) else None
    if own is None and re.search(r"\b[a-zа-яё]\w*['’]s?$", rest):
        # "And the women's?" is about the same: "Who won Wimbledon?".
        return None
    name = own or NAMED.search(subject)
    if name is None or name[0].casefold() == rest.casefold():
        return None
    if _ARTICLE.match(rest) and _is_attribute(subject, name, language):
        return None
    if own is None and rest == rest.lower() and _IN.search(subject[: name.start()]):
        # "And the prime minister?" is no place like Sri Lanka.
        return None
    does = _WORDS.search(subject, name.end())
    is_done = AUXILIARY.search(subject[: name.start()]) and rest == rest.lower()
    if is_done and does and does[0].casefold() not in _BY_ANYBODY:
        # Whether the turnout can become independent as Scotland can is not told by words.
        return None
    if _ENDING.search(name[0]) and not _ENDING.search(rest):
        rest += name[0][-2:]
    head, tail = subject[: name.start()], subject[name.end() :]
    if _ARTICLE.match(rest) or not _goes_on(head, name[0], tail, language):
        # "What does the IAEA want?" of Russia is "What does Russia want?".
        head = re.sub(r"\b[Tt]he $", "", head)
    return _agreeing(head, name[0], rest) + rest + tail


def _paralleled(subject: str, rest: str) -> str | None:
    """The subject with a phrase like the one it is asked of: "the second half" for "the first".

    Like are phrases of as many words with one last word, "first half" and "second half", or with
    one first word that only says which of many, "best picture" and "best actor".
    """
    wanted = _WORDS.findall(_ARTICLE.sub("", rest))
    if not 1 < len(wanted) <= _PARALLEL_WORDS:
        return None
    words = list(_WORDS.finditer(subject))
    for at in range(len(words) - len(wanted), -1, -1):
        found = words[at : at + len(wanted)]
        if _ARTICLE.match(f"{found[0][0]} "):
            continue
        pairs = zip(found, wanted, strict=True)
        same = [one[0].casefold() == other.casefold() for one, other in pairs]
        is_like = same[-1] or (same[0] and wanted[0].casefold() in _WHICH)
        if is_like and sum(same) == len(wanted) - 1:
            return subject[: found[0].start()] + " ".join(wanted) + subject[found[-1].end() :]
    return None


def _likened(subject: str, rest: str, language: str) -> str | None:
    """The subject with another thing in place of the one that belongs to a name.

    The referendum is asked about like the election in Greece, not like Greece, and the prime
    minister like the president of France.

    Returns:
        "" where it is unclear which words are that thing; None where there is none.
    """
    if rest != rest.lower() or not _ARTICLE.match(rest):
        return None
    found = list(_THINGS.finditer(subject))
    if not found:
        return None
    start, phrase = found[0].start(), found[0]["thing"].split()
    head = subject[:start]
    if len(phrase) > 1 and AUXILIARY.search(head):
        # "When did the truce begin in Ukraine?".
        phrase = phrase[:-1]
    is_clear = len(phrase) == 1 or not _BEING.search(head)
    if phrase[-1] in _OF_WHOM:
        return None
    thing = f"the {' '.join(phrase)}"
    is_clear = is_clear and len(found) == 1 and thing != rest
    if not (is_clear and all(naming_terms(one, language) for one in phrase)):
        return ""
    return _agreeing(head, thing, rest) + rest + subject[start + len(thing) :]


def _goes_on(head: str, name: str, tail: str, language: str) -> bool:
    """Whether a name is followed by what it only says which of, as in "the Cuba deal"."""
    follows, after = (*re.findall(r"[^\W\d_]+", tail)[:2], "", "")[:2]
    # "What did the Supreme Court decide on abortion?" has no verb but this.
    if AUXILIARY.search(head) and not _may_be_verb(after, language):
        return False
    is_noun = bool(naming_terms(follows, language)) and follows.casefold() not in VERBS
    return is_noun and _ENDING.search(name) is None


def _may_be_verb(word: str, language: str) -> bool:
    """Whether a word, or none, can be what somebody or something does."""
    return word.casefold() in VERBS or bool(naming_terms(word, language))


def _is_attribute(subject: str, name: re.Match[str], language: str) -> bool:
    """Whether a name only says which: no "prisoners" for the "Minsk" of "the Minsk agreement"."""
    head, tail = subject[: name.start()], subject[name.end() :]
    if not (re.match(r" [^\W\d_A-Z]", tail) and _WITHIN_PHRASE.search(head)):
        return False
    # "What did the CDC say?" tells what it did.
    return not AUXILIARY.search(head) or _goes_on(head, name[0], tail, language)


def _displaced(subject: str, rest: str, name: str) -> str | None:
    """The subject asked of another place: "And of Russia?" after "the president of Ukraine"."""
    before = rest.removesuffix(name).strip()
    bare = re.escape(re.sub(r" the$", "", before))
    found = re.search(rf"(?<!\w){bare} (?:the )?(?P<name>{_CAPITAL}(?: {_CAPITAL})*)", subject)
    if found is None or not re.fullmatch(rf"{_CAPITAL}(?: {_CAPITAL})*", name):
        return None
    return subject[: found.start()] + rest + subject[found.end("name") :]


def _within(subject: str, rest: str, language: str) -> str | None:
    """The subject asked of a place, where it names nothing: "how high is inflation in the UK?"."""
    place = within(rest, language)
    is_named = place is not None and re.search(rf"\s{_CAPITAL}", place) is not None
    if not is_named or NAMED.search(subject) or find_time(rest, language, _ANY_DAY):
        return None
    mark = re.search(r"\W*$", subject)
    end = mark.start() if mark else len(subject)
    return f"{subject[:end]} {place}{subject[end:] or '?'}"


def _agreeing(head: str, name: str, rest: str) -> str:
    """What stands before a name, its verb as it goes with another: "do the Europeans"."""
    verb = re.search(r"\b(does|do|is|are|was|were|has|have) (?:the )?$", head, re.IGNORECASE)
    if verb is None or _is_many(name) == _is_many(rest):
        return head
    other = (_OF_ONE if _is_many(rest) else _OF_MANY).get(verb[1].casefold())
    if other is None:
        return head
    said = other.capitalize() if verb[1][0].isupper() else other
    return head[: verb.start(1)] + said + head[verb.end(1) :]


def _is_many(name: str) -> bool:
    """Whether a name is of many, as English has it."""
    return name.endswith("s") and not _ENDING.search(name) and not _ONE_WITH_S.search(name)


def _moved(subject: str, when: str, language: str) -> str:
    """The subject asked of another time: "And after the referendum?"."""
    event = find_event(subject, language)
    if event is None:
        return f"{subject.rstrip('?!. ')} {when}?"
    return subject[: event.span[0]] + when + subject[event.span[1] :]
