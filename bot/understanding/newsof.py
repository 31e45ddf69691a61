"""News of what a person wants: "latest news on Greece", "Ebola updates", "what happened in Paris?".

Wanted are the articles on it, not the passage in which most of these words stand.
"""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from bot.understanding import words

_PLEASE = (
    r"please|thanks|thank you|bitte|danke|por favor|gracias|s'il te plaît|s'il vous plaît|merci"
    r"|пожалуйста|спасибо|будь ласка|дякую|lütfen|من فضلك|شكرا|لطفا"
)

_ON = {
    "en": r"about|on|from|in|at|of|for|with|around|regarding|concerning|out of",
    "de": r"über|zu|zum|zur|von|vom|aus|in|im|mit|bei|rund um",
    "es": r"sobre|de|del|desde|en|con|acerca de|respecto a",
    "fr": r"sur|de|du|des|en|au|aux|à|avec|dans|concernant|à propos de",
    "ru": r"о|об|обо|про|по|из|в|во|с|со|на|вокруг",
    "uk": r"про|о|об|по|з|із|зі|у|в|на|навколо",
    "ar": r"عن|حول|في|من|بشأن|بخصوص|مع",
    "fa": r"درباره|درباره‌ی|در مورد|از|در",
}
"""What stands before that which news is wanted of, by language; in Turkish nothing does."""

_NEWS = {
    "en": (
        r"(?:(?:what(?:'s| is| are)|(?:are|is) there|do you have|have you got|tell me"
        r"|(?:can|could|would) you (?:show|give|tell|send|get|find)(?: (?:me|us))?"
        r"|(?:show|give|send|get|find|bring|read)(?: (?:me|us))?|list|search for|look for"
        r"|i(?:'d like|'m looking for| am looking for| want| need)(?: to (?:see|read|hear))?) )?"
        r"(?:(?:the|some|all|any|your|our|latest|newest|most recent|recent|breaking|current|new|top"
        r"|main|last|important|more|today's) )*"
        r"(?:news|headlines?|updates?|developments?|articles?|stories|reports?|coverage)"
        r"|(?:what(?:'s| is) )?(?:the )?(?:very )?(?:latest|newest|most recent)"
        r"|what(?:'s| is|'s been| has been) (?:new|going on|happening|up)|anything new"
    ),
    "de": (
        r"(?:(?:was sind|welche|gibt es|gib mir|zeige?(?: mir)?"
        r"|ich (?:will|möchte|suche|brauche)) )?"
        r"(?:(?:die|alle|ein paar|irgendwelche|neuen?|neuesten?|aktuellen?|letzten?|jüngsten?"
        r"|wichtigsten?|etwas) )*"
        r"(?:nachrichten|neues|neuigkeiten|meldungen|schlagzeilen|artikel|berichte)"
        r"|was (?:gibt es neues|gibt's neues|ist neu|ist los|passiert)|das neueste"
    ),
    "es": (
        r"(?:(?:cuáles son|qué|hay|dame|muéstrame|quiero|busco) )?"
        r"(?:(?:las|los|algunas?|últimas?|últimos|más|principales) )*"
        r"(?:noticias?|novedades|titulares|artículos)(?: (?:más )?recientes)?"
        r"|(?:qué es )?lo último|qué hay de nuevo|qué (?:pasa|está pasando)"
    ),
    "fr": (
        r"(?:(?:quelles sont|y a-t-il|donne[- ]moi|donnez[- ]moi|montre[- ]moi|montrez[- ]moi"
        r"|je (?:veux|cherche)) )?"
        r"(?:(?:les|des|de|toutes|dernières?|derniers|principales) )*"
        r"(?:nouvelles?|actualités?|actus?|infos|informations|articles|titres)(?: récente?s)?"
        r"|quoi de neuf|que se passe-t-il"
    ),
    "ru": (
        r"(?:(?:какие|есть|есть ли|покажи|покажите|дай|дайте|найди|найдите|хочу|ищу) )?"
        r"(?:(?:последние|свежие|самые свежие|главные|все|какие-нибудь|новые) )*"
        r"(?:новости|новостей|статьи|статей|сообщения|заголовки|события)"
        r"|что (?:нового|слышно|происходит|там)"
    ),
    "uk": (
        r"(?:(?:які|є|чи є|покажи|покажіть|дай|дайте|знайди|знайдіть|хочу|шукаю) )?"
        r"(?:(?:останні|свіжі|найсвіжіші|головні|всі|якісь|нові) )*"
        r"(?:новини|новин|статті|статей|повідомлення|заголовки|події)"
        r"|що (?:нового|чути|відбувається)"
    ),
    "ar": (
        r"(?:(?:ما هي|ما|هل هناك|هل توجد|أعطني|أرني|أريد) )?(?:(?:آخر|أحدث|أهم|كل) )*"
        r"(?:الأخبار|الاخبار|أخبار|اخبار|مقالات|المستجدات|مستجدات|التطورات|تطورات|عناوين)"
        r"|ما الجديد|ما جديد|ماذا يحدث"
    ),
    "fa": (
        r"(?:(?:آخرین|تازه‌ترین|جدیدترین|مهم‌ترین) )*"
        r"(?:اخبار|خبرهای|خبرها|خبر|مقالات|مقاله‌ها|تحولات|رویدادهای)"
        r"|چه خبر|چه خبرها"
    ),
}
"""What asks for news before what they shall be of, by language."""

_NO_PREPOSITION = {
    "ar": r"(?:(?:آخر|أحدث|أهم|كل) )*(?:أخبار|اخبار|مستجدات|تطورات)",
    "fa": r"(?:(?:آخرین|تازه‌ترین|جدیدترین|مهم‌ترین) )*(?:اخبار|خبرهای|تحولات|رویدادهای)",
}
"""Of these, what stands right before it."""

_BEHIND = {
    "en": (
        r"(?:(?:the|any|some|all|latest|newest|recent|breaking|new|show me|give me) )*"
        r"(?P<rest>[^\s?!.,]+(?: [^\s?!.,]+){0,3}) (?:news|headlines|updates?|developments)"
    ),
    "de": r"was (?:ist|war) (?:in|im|mit|bei)(?: der| dem| den)? (?P<rest>\S.*?) los",
    "tr": (
        r"(?P<rest>[^\s?!.,]+(?: [^\s?!.,]+){0,4}?)"
        r"(?: (?:hakkında|hakkındaki|ile ilgili|konusunda|üzerine))?(?: (?:en )?(?:son|yeni))*"
        r" (?:haber(?:ler|leri|i|lerini)?|gelişme(?:ler|leri)?)"
        r"(?: (?:neler?|var|var m[ıi]|göster|ver|nedir))*"
    ),
}
"""The same where it comes before "news". In English it may be anything but a question."""

_ALONE = {
    "tr": (
        r"(?:(?:en )?(?:son|yeni) )*(?:haber(?:ler|leri)?|gelişme(?:ler|leri)?)"
        r"(?: (?:neler?|ne|var|var m[ıi]|göster|ver|nedir))*|ne haber(?: var)?|ne var ne yok"
    ),
}
"""What asks for news of nothing in particular, where that is not what stands before a topic."""

_NO_NAME = re.compile(
    r"\b(?:[Ww]ho"
    r"|(?i:whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can"
    r"|could|will|would|should|i|you|he|she|it|we|they|this|that|there|about|by|with|to|in|on|at"
    r"|from|for|not|no|latest|newest|recent|breaking|new|top|main|any|some|all|more))\b"
)
"""Words that stand in no name, unlike the WHO."""

_HAPPENED = {
    "en": r"what(?:'s| has| have)? (?:happened|been happening|went on|occurred|took place)",
    "de": r"was (?:ist )?(?:geschah|passierte|geschehen|passiert|war los)",
    "es": r"qué (?:le )?(?:pasó|ocurrió|sucedió|ha pasado)",
    "fr": r"que s'est-il passé|qu'est-ce qui s'est passé|qu'est-(?:il|ce qui est) arrivé",
    "ru": r"что (?:произошло|случилось|происходило|стало|было)",
    "uk": r"що (?:сталося|трапилося|відбулося|відбувалося|було)",
    "ar": r"ماذا (?:حدث|جرى|حصل)",
    "fa": r"چه (?:اتفاقی|شد|گذشت)",
}
"""What asks for the events of a time, by language."""

_TO = {"en": "to|near", "es": "a|al", "ar": "ل"}
"""What stands before that to which it happened, beside what stands before a topic."""

_CHANGED = {
    "en": r"what(?:'s| has| have)? changed",
    "de": r"was hat sich (?:geändert|verändert|getan)",
    "es": r"qué (?:cambió|ha cambiado)",
    "fr": r"qu'est-ce qui a changé",
    "ru": r"что (?:изменилось|поменялось)",
    "uk": r"що змінилося",
}
"""Of a time since when, this asks for its events, too."""

_DOER = r"he|she|it|they|we|you|i|there|er|sie|es|wir|il|elle|ils|on"
"""Behind "since" these begin what somebody did, which is no topic."""

_REST = r"(?P<rest>[^\s(].*?)"
_CARRIED = r"(?P<carried>[^()]+)"

_Needs = Literal["time", "outlet"] | None


class NewsOf(NamedTuple):
    """News that a question asks for.

    Attributes:
        topic: What of.
        needs: What it must name beside the topic to ask for news: "What happened in Greece?" asks
            for what stands in any article.
    """

    topic: str
    needs: _Needs = None


def news_of(question: str, language: str) -> NewsOf | None:
    """Return what `question` wants the news of; None if it asks for something else.

    Args:
        question: As asked, without its words of time and outlet.
        language: ISO 639-1; in those without lists no question does.
    """
    asked = " " + " ".join(question.replace("’", "'").split())
    for needs, pattern in _patterns(language):
        found = pattern.fullmatch(asked)
        if not found:
            continue
        topic = _bare(next(part for part in found.groups() if part), language)
        if pattern is _BEHIND_ENGLISH and _NO_NAME.search(topic):
            continue
        return NewsOf(topic, needs)
    return None


def happened_to(question: str, language: str) -> str | None:
    """Return what a question asks the events of, "Philae" of "What happened to Philae?", or None.

    Args:
        question: As asked.
        language: ISO 639-1; in those without lists no question does.
    """
    if language not in _HAPPENED:
        return None
    asked = " ".join(question.replace("’", "'").split())
    on = rf"(?:{_ON[language]}|{_TO.get(language, _ON[language])})"
    found = _compiled(rf"(?:{_HAPPENED[language]}) {on} {_REST}").fullmatch(asked)
    return found["rest"] if found else None


def wants_news(question: str, language: str) -> bool:
    """Say whether a question asks for news of whatever it may be: "any updates?", not "what was?".

    Args:
        question: As asked.
        language: ISO 639-1; in those without lists no question does.
    """
    asked = " ".join(question.replace("’", "'").split())
    found = _ALONE.get(language, _NEWS.get(language))
    return found is not None and _compiled(found).fullmatch(asked) is not None


def _bare(topic: str, language: str) -> str:
    """A topic without the prepositions that stood before a time: "Greece in" of July."""
    if language not in _ON:
        return topic.strip()
    on = rf"(?:{_ON[language]})"
    return re.sub(rf"^(?:{on} )+|(?: {on})+$", "", topic.strip(), flags=re.IGNORECASE)


def placed(said: str, language: str) -> str | None:
    """Return what stands behind a preposition, "Greece" of "in Greece"; None where none begins.

    Args:
        said: Some of a question.
        language: ISO 639-1.
    """
    found = re.fullmatch(_on(language), said.strip(), re.IGNORECASE) if language in _ON else None
    return _bare(found["rest"], language) if found else None


def _on(language: str) -> str:
    return rf"(?:{_ON[language]})(?: (?:the|der|die|das|dem|den))? {_REST}"


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(
        rf"\W*(?:(?:hi|hello|hey|so|ok|okay|and|{_PLEASE})\W+)?(?:{pattern})"
        rf"(?:\W+(?:{_PLEASE}))?\W*",
        re.IGNORECASE,
    )


_BEHIND_ENGLISH = _compiled(_BEHIND["en"])


@lru_cache(maxsize=16)
def _patterns(language: str) -> tuple[tuple[_Needs, re.Pattern[str]], ...]:
    found: list[tuple[_Needs, re.Pattern[str]]] = []
    if language in _ON:
        on = rf" {_on(language)}"
        # What came of an event is in the articles on it.
        changed = _CHANGED.get(language, r"(?!)")
        happened = rf"(?:{_NEWS[language]}|{_HAPPENED[language]}|{changed})"
        since = rf"(?:{words.SINCE_EVENT[language]})(?: (?:the|dem|der))?(?! (?:{_DOER})\b) {_REST}"
        found.append((None, _compiled(f"{happened} {since}")))
        # Carried over from what was said before it, it stands behind in brackets.
        carried = rf"(?: (?:{_ON[language]}))?\W* \({_CARRIED}\)"
        found.append((None, _compiled(rf"(?:{_NEWS[language]})(?:{carried}|{on})")))
        found.append(("time", _compiled(f"(?:{_HAPPENED[language]})(?:{carried}|{on})")))
    if language in words.WROTE:
        # The verb may have gone with the outlet's name.
        carried = rf"\W* \({_CARRIED}\)"
        found.append(("outlet", _compiled(f"(?:{words.WROTE[language]})?(?:{carried}|{on})")))
    if language in _NO_PREPOSITION:
        found.append((None, _compiled(f"(?:{_NO_PREPOSITION[language]}) {_REST}")))
    if language == "en":
        found.append((None, _BEHIND_ENGLISH))
    elif language in _BEHIND:
        found.append((None, _compiled(_BEHIND[language])))
    return tuple(found)
