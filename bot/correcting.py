"""Corrections: whether a text is one, and which of its sentences only say what was wrong.

Whoever asks for a number wants the one that holds. The sentence that takes the other one back has
more of the question's words in it, and must not be marked for an answer.
"""

import re

from corpus.paragraphs import sentences

_CORRECTS = re.compile(
    r"\W*(?:corrections?|corrected|clarification|erratum|berichtigung|korrektur|richtigstellung"
    r"|corrección|correccion|rectificación|fe de errores|rectificatif|correctif|исправление"
    r"|поправка|уточнение|виправлення|уточнення|düzeltme|تصحيح|اصلاحیه)(?!\w)",
    re.IGNORECASE,
)
"""How the title or the text of an article begins that corrects another."""

_VERSION = re.compile(
    r"(?<!\w)(?:(?:earlier|previous|prior|original) versions?"
    r" of (?:this|the|our) (?:article|story|report|text|headline|item|post|caption)"
    r"|(?:frühere|vorherige|vorige|ursprüngliche)[nr]? (?:version|fassung)"
    r" (?:dieses|des) (?:artikels|berichts|textes|beitrags)"
    r"|versión (?:anterior|previa|original) de (?:este|esta|la) (?:artículo|texto|noticia|nota)"
    r"|version (?:précédente|antérieure|initiale) de (?:cet article|ce texte|cette dépêche)"
    r"|(?:предыдущ|прежн|первоначальн)\w+ верси\w+ (?:этой|данной) (?:стать|новост|публикац)\w+"
    r"|(?:попередн|первісн)\w+ версі\w+ (?:цієї|статт)\w*)",
    re.IGNORECASE,
)
"""What an article is called that says below its text what it had wrong."""

_WRONG = re.compile(
    r"(?<!\w)(?:wrong(?:ly)?|(?:incorrect|inaccurate|erroneous|mistaken)(?:ly)?|in error|by mistake"
    r"|mis(?:stated|identified|spelled|attributed|quoted|reported|spoke)"
    r"|falsch\w*|fehlerhaft\w*|irrtümlich\w*|unrichtig\w*|versehentlich\w*"
    r"|erróne[ao]\w*|incorrect[ao]s?|equivocad\w+|por error"
    r"|erroné\w*|inexact\w*|incorrecte?s?|par erreur"
    r"|ошибочн\w*|неверн\w*|неправильн\w*|по ошибке|помилков\w*|невірн\w*"
    r"|yanlış\w*|hatalı\w*|sehven|خطأ|خاطئ\w*|اشتباه\w*|نادرست\w*)(?!\w)",
    re.IGNORECASE,
)
_OF_THE_ERROR = re.compile(
    r"(?<!\w)(?:mistakes?|errors?|correct(?:ion|ions|ed)|went wrong|fehler\w*|korrektur\w*"
    r"|berichtig\w*|korrigier\w*|errores|error|correcci\w+|corrigi\w+|rectific\w+|erreurs?"
    r"|corrig\w+|rectifi\w+|ошибк\w+|исправ\w+|помилк\w+|виправ\w+|hata\w*|düzelt\w+|أخطاء|تصحيح)"
    r"(?!\w)",
    re.IGNORECASE,
)


def corrects(title: str, text: str) -> bool:
    """Say whether an article with this title or a text of it begins as a correction does."""
    return bool(_CORRECTS.match(title) or _CORRECTS.match(text))


def withdrawn(title: str, text: str, language: str, question: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a correction that only say what was wrong.

    None where the question asks of the error, or where nothing else is said.

    Args:
        title: Of the article.
        text: Of a passage of it.
        language: Of it, ISO 639-1.
        question: As asked.
    """
    if not corrects(title, text) and _VERSION.search(text) is None:
        return []
    if any(of.search(question) for of in (_WRONG, _VERSION, _OF_THE_ERROR)):
        return []
    spans = sentences(text, language)
    wrong = [
        (start, end)
        for start, end in spans
        if _WRONG.search(text, start, end) or _VERSION.search(text, start, end)
    ]
    return wrong if len(wrong) < len(spans) else []
