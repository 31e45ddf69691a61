"""Words that stand for something named before, and whether the question names that itself."""

import re
from collections.abc import Container
from datetime import date

from bot.understanding import find_time
from index.terms import content_terms, naming_terms

_ANAPHORS = {
    "en": (
        "he she it they him her them his hers its their theirs this that these those there then"
        " afterwards thereafter such both former latter himself herself itself themselves so same"
        " either neither others"
    ),
    "ru": (
        "он она оно они его её ее ему ей им ими них нее неё него это этот эта эти этого этой этому"
        " тот та те того там тогда потом затем так такой такое такие оба свой свою своей"
    ),
    "uk": (
        "він вона воно вони його її йому їй їм ними них це цей ця ці цього цієї той та ті там тоді"
        " так такий обидва свій"
    ),
    "de": (
        "er sie es ihn ihm ihr ihnen ihre ihren sein seine seinen das dies diese dieser dieses"
        " dort da damals danach dann davon dazu dabei dafür dagegen darüber beide so solche"
    ),
    "es": (
        "él ella ello ellos ellas le les lo su sus eso esto ese esa esos esas este esta ahí allí"
        " entonces ambos así"
    ),
    "fr": (
        "il elle ils elles lui leur leurs son sa ses cela ça ce cet cette ces celui celle ceux là"
        " y alors ainsi"
    ),
    "tr": (
        "o onlar onu ona onun onları onların bu bunu buna bunun şu şunu orada burada böyle ikisi"
    ),
    "ar": "هو هي هم هن ذلك تلك هذا هذه هؤلاء هناك حينها كلاهما",
    "fa": "او آن آنها ایشان این اینها آنجا همان همین هردو وی",
}
"""Words that stand for something named before, by language."""

_OWN = (
    "his her its their его её ее их свой свою своей sein seine seinen ihre ihren su sus son sa ses"
    " leur leurs"
)
_POSSESSIVES = frozenset(_OWN.split())
"""Of these, those that often stand for something in the same sentence."""

_OBJECTS = frozenset(["him", "her", "it", "them", "this", "that", "these", "those"])
_BEHIND_OBJECT = re.compile(
    r"\W*(?:$|[?!.,;]|(?:back|home|out|off|up|down|alone|free|again|away|yet|now|today|first"
    r"|in|on|at|by|with|to|from|for|about|over|after|before|as|so|the|a|an)\b)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\b(?:and|or|but|who|whom|which|that|when|where|while|if|because|since|after|before|than|as)\b"
    r"|[.?!;:]\s",
    re.IGNORECASE,
)
"""Between a name and what stands for it in another clause."""

_EXPLETIVES = re.compile(
    r"\b(?:is|are|was|were|will|has|have|had) there\b|\bthere (?:is|are|was|were)\b",
    re.IGNORECASE,
)
"""English "there" that stands for no place."""

NAME = re.compile(r"(?<=\s)[^\W\d_a-zа-яё][\w'’.-]*|\d{4}")
"""A capital letter after the first word, or a year. Scripts without capitals have none."""

_WHOLE_NAME = re.compile(
    r"(?<=[^\s.?!:;]\s)[^\W\d_a-zа-яё][\w'’.-]*(?:\s+[^\W\d_a-zа-яё][\w'’.-]*)*"
)

_OF_THEMSELVES = re.compile(
    r"\b(?:lost|lose|cast|left|leave|fled|flee|gave up|give up|risked|risk|changed|quit|kept|sold)"
    r" (?:his|her|its|their)(?: own)?"
    r" (?:life|lives|jobs?|homes?|houses?|seats?|posts?|votes?|ballots?|minds?|work|money|savings"
    r"|limbs?|sight|country|countries|villages?|title)\b",
    re.IGNORECASE,
)
"""In English what somebody has who does that: "How many lost their jobs?"."""

_CLAUSE_WORDS = 3
"""Behind a "that" which begins a clause, unlike "Who signed that agreement?"."""

_BEFORE_THING = (
    "after before since until during about over under against for with by from of at on in to"
)
_PREPOSITIONS = frozenset(_BEFORE_THING.split())

_OWN_WORDS = 3
_THING_TELLS = 4
_TELLS = 6
"""Words that name something, from which a question tells itself what "its", "it" or others stand
for. Of 148 questions on real news, each asked after another one, 57.4 % had a right passage first
and 11.5 % met silence where every such word leaned; 60.1 and 2.0 % now, 60.8 and 1.4 % asked
alone."""

_THINGS = frozenset(["it", "they", "them"])

_ANY_DAY = date(2000, 1, 1)


def anaphor(question: str, language: str) -> re.Match[str] | None:
    """Find the first word that stands for something else, if there is one."""
    anaphors = _ANAPHORS.get(language, "").split()
    if not anaphors:
        return None
    blanked = _EXPLETIVES.sub(lambda found: " " * len(found[0]), question)
    if time := find_time(question, language, _ANY_DAY):
        # "This week" stands for nothing that was said.
        start, end = time.span
        blanked = blanked[:start] + " " * (end - start) + blanked[end:]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(anaphors)})(?!\w)", re.IGNORECASE)
    found = pattern.finditer(blanked)
    return next((one for one in found if not _is_relative(blanked, one, language)), None)


def stands_for_earlier(
    question: str, found: re.Match[str], language: str, subjects: Container[str]
) -> bool:
    """Say whether an anaphor stands for something that was said before the question.

    Args:
        question: As asked.
        found: What `anaphor` returns for it.
        language: ISO 639-1.
        subjects: Those terms of it that articles are about.
    """
    if _is_of_another(question, found, language):
        return True
    if _is_of_themselves(question, found, language):
        return False
    # "How did tamales make their way …": what stands before "their" is what it means.
    head = question[: found.start()]
    is_own = found[0].casefold() in _POSSESSIVES
    is_named = _names(head, language, subjects) if is_own else NAME.search(head) is not None
    return not (is_named or _tells(head, found[0], language))


def _is_relative(question: str, found: re.Match[str], language: str) -> bool:
    """Whether an English "that" only begins a clause: "a quake this week that killed many"."""
    if language != "en" or found[0].casefold() != "that":
        return False
    before = re.findall(r"[\w'’-]+", question[: found.start()])
    behind = re.findall(r"[\w'’-]+", question[found.end() :])
    if not before or before[-1].casefold() in _PREPOSITIONS or len(behind) < _CLAUSE_WORDS:
        return False
    return bool(naming_terms(before[-1], language))


def _tells(head: str, anaphor: str, language: str) -> bool:
    """Whether what stands before an anaphor is enough for it to stand for a part of that.

    "Which food chain launched a new menu in most of its restaurants?".
    """
    words_before = len(content_terms(head, language))
    if anaphor.casefold() in _POSSESSIVES:
        return words_before >= _OWN_WORDS
    return words_before >= (_THING_TELLS if anaphor.casefold() in _THINGS else _TELLS)


def _is_of_another(question: str, found: re.Match[str], language: str) -> bool:
    """Whether an English anaphor is what a name before it does something to.

    That is not itself: "Why does Manchin oppose it?", "What is Biden doing to get her back?".
    """
    if language != "en" or found[0].casefold() not in _OBJECTS:
        return False
    if not _BEHIND_OBJECT.match(question[found.end() :]):
        return False
    head = question[: found.start()]
    names = list(_WHOLE_NAME.finditer(head))
    return len(names) == 1 and _CLAUSE.search(head, names[0].end()) is None


def _is_of_themselves(question: str, found: re.Match[str], language: str) -> bool:
    """Whether an English possessive stands before what somebody has who loses or leaves it."""
    phrases = _OF_THEMSELVES.finditer(question) if language == "en" else ()
    return any(one.start() < found.start() < one.end() for one in phrases)


def _names(said: str, language: str, subjects: Container[str]) -> bool:
    """Whether there is a name, a year, or a word that is the subject of an article."""
    if NAME.search(said):
        return True
    found = content_terms(said, language)
    return any(term in subjects for term in found)
