"""Whether a question leans on what was said before it.

Most follow-ups stand alone, and history added to one that does costs more than it brings. What
gives a leaning question away is the same in many languages: a pronoun for what was named before,
an opening that goes on ("and …", "what about …"), or too few words of its own to search for.
"""

import re
from enum import Enum

from index.terms import content_terms, fold


class Leaning(Enum):
    """How much a question needs its history."""

    NONE = "stands alone"
    SOME = "may go on with the subject"
    FULL = "cannot be understood by itself"


_ANAPHORS = {
    "en": (
        "he she it they him her them his hers its their theirs this that these those there then"
        " such both former latter himself herself itself themselves so same either neither others"
    ),
    "ru": (
        "он она оно они его её ее ему ей им ими них нее неё него это этот эта эти этого этой этому"
        " тот та те того там тогда так такой такое такие оба свой свою своей"
    ),
    "uk": (
        "він вона воно вони його її йому їй їм ними них це цей ця ці цього цієї той та ті там тоді"
        " так такий обидва свій"
    ),
    "de": (
        "er sie es ihn ihm ihr ihnen ihre ihren sein seine seinen das dies diese dieser dieses"
        " dort da damals dann davon dazu dabei dafür dagegen darüber beide so solche"
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

_OPENINGS = {
    "en": r"and|but|or|also|what about|how about|what if|why so|more|else|what else|who else|go on",
    "ru": r"а|и|но|или|ещё|еще|что насчёт|что насчет|как насчёт|как насчет|почему так|подробнее",
    "uk": r"а|і|й|але|або|ще|що щодо|як щодо|детальніше",
    "de": r"und|aber|oder|auch|was ist mit|wie steht es mit|was noch|wer noch|mehr",
    "es": r"y|e|pero|o|también|qué hay de|y qué|qué más|más",
    "fr": r"et|mais|ou|aussi|qu'en est-il|quoi d'autre|plus",
    "tr": r"ve|ama|ya|peki|başka|daha",
    "ar": r"و\w*|لكن|ماذا عن|أيضا|المزيد",
    "fa": r"و|اما|ولی|یا|همچنین|درباره|بیشتر",
}
"""With which a question goes on, by language."""

_EXPLETIVES = re.compile(
    r"\b(?:is|are|was|were|will|has|have|had) there\b|\bthere (?:is|are|was)\b"
)
"""English "there" that stands for no place."""

_NAME = re.compile(r"(?<=\s)[^\W\d_a-zа-яё][\w'’.-]*|\d{4}")
"""A capital letter after the first word, or a year. Scripts without capitals have none."""

_FEW = 3
_SOME = 5


def leaning(question: str, language: str) -> Leaning:
    """Say how much `question` needs what was said before it.

    Args:
        question: As asked.
        language: ISO 639-1; languages without a list of their own are judged by length only.
    """
    folded = fold(question, language)
    opening = _OPENINGS.get(language)
    if opening and re.match(rf"\W*(?:{opening})\b", folded):
        return Leaning.FULL
    words = set(re.findall(r"\w+", _EXPLETIVES.sub(" ", folded)))
    own = len(content_terms(question, language))
    named = bool(_NAME.search(question))
    if words & _folded_anaphors(language):
        # In a long question with a name, "its" is more likely to be said of that name.
        return Leaning.SOME if named and own > _SOME else Leaning.FULL
    if own <= _FEW and not named:
        return Leaning.FULL
    if own <= _SOME:
        return Leaning.SOME
    return Leaning.NONE


def _folded_anaphors(language: str) -> set[str]:
    return set(fold(_ANAPHORS.get(language, ""), language).split())
