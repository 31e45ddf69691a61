"""The numbers that a text gives, in figures or in words.

News writes numbers up to ten or twelve in words: a report of four dead that becomes one of six has
no figure in it. Libraries that spell numbers out know one form of each, where Slavic languages have
several, and the one at hand needs another to be built from its source.
"""

import re
from collections import Counter
from functools import cache

from index.terms import fold

_FIGURES = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
_BETWEEN = re.compile(r"[.,\u00a0\u202f]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

_FIRST = 2
"""One is an article or a pronoun in most languages."""

_WORDS = {
    "en": "two three four five six seven eight nine ten eleven twelve",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "tr": "iki üç dört beş altı yedi sekiz dokuz",
    "ru": (
        "два/две/двух/двое/двоих три/трёх/трех/трое/троих четыре/четырёх/четырех/четверо/четверых"
        " пять/пяти/пятеро шесть/шести/шестеро семь/семи/семеро восемь/восьми девять/девяти"
        " десять/десяти одиннадцать/одиннадцати двенадцать/двенадцати"
    ),
    "uk": (
        "два/дві/двох/двоє три/трьох/троє чотири/чотирьох/четверо п'ять/п'яти/п'ятеро"
        " шість/шести/шестеро сім/семи/семеро вісім/восьми дев'ять/дев'яти десять/десяти"
        " одинадцять/одинадцяти дванадцять/дванадцяти"
    ),
    "ar": (
        "اثنان/اثنين ثلاثة/ثلاث أربعة/أربع خمسة/خمس ستة/ست سبعة/سبع ثمانية/ثماني تسعة/تسع عشرة/عشر"
    ),
    "fa": "دو سه چهار پنج شش هفت هشت نه ده یازده دوازده",
}
"""From two on, the forms of each behind one another. Turkish stops at nine: "on" is ten, and he and
she in some of its forms."""


def numbers(text: str, language: str) -> Counter[str]:
    """Return the numbers in a text, "1,500" as "1500" and "six" as "6", with how often each stands.

    Args:
        text: Any text.
        language: ISO 639-1 code of the language whose words for numbers are known.
    """
    found = Counter(_BETWEEN.sub("", figures) for figures in _FIGURES.findall(text))
    known = _known(language)
    if known:
        words = _WORD.findall(fold(text, language))
        found.update(known[word] for word in words if word in known)
    return found


@cache
def _known(language: str) -> dict[str, str]:
    """The words for numbers, folded, with the figures of each."""
    forms = enumerate(_WORDS.get(language, "").split(), _FIRST)
    return {fold(form, language): str(at) for at, each in forms for form in each.split("/")}
