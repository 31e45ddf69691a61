"""The card that answers a question, saved as a picture."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from bot.card import Card
from bot.engine import Engine
from bot.languages import Language
from bot.message import Message
from bot.preview import EXTRA
from bot.preview.sent import read
from bot.render import answer_message, context_message
from bot.wire import form
from index.types import UnusableError

Kind = Literal["answer", "context", "silence"]

_KEY = "preview"
_ENDING = ".png"


def card_of(engine: Engine, question: str, kind: Kind, around: int, language: Language) -> Message:
    """Return the message that is sent for a question.

    Args:
        engine: Answers.
        question: Any text.
        kind: The answer as it is, the context of its first quotation, or what would be said if the
            collection had no answer.
        around: How many paragraphs before and after a quotation its context has.
        language: In which the program speaks.

    Raises:
        NoQuestionError: The question has no words.
        UnusableError: The context is wanted of an answer that there is not.
    """
    answer = engine.ask(question)
    if kind == "silence":
        nearest = engine.answerer.consider(question, 1).nearest
        answer = replace(answer, quotations=(), nearest=nearest, dated_first=False)
    if kind != "context":
        return answer_message(answer, _KEY, language)
    if not answer.answered:
        raise UnusableError("nothing in the collection answers this, so that it has no context")
    count = len(answer.quotations)
    return context_message(answer.quotations[0], Card(_KEY, 0, count, language=language), around)


def params(message: Message) -> Mapping[str, Any]:
    """Return what `sendMessage` is called with, as JSON has it."""
    sent = form(message)
    markup = sent["reply_markup"]
    return {
        "text": sent["text"],
        "entities": [entity.to_dict() for entity in sent["entities"]],
        "reply_markup": markup.to_dict() if markup else None,
    }


def save(
    message: Mapping[str, Any], path: Path, *, width: int, is_dark: bool, expanded: bool
) -> set[str]:
    """Draw a message; return the characters that are boxes since no font has them.

    Args:
        message: As `sendMessage` is called.
        path: Of the picture; its name ends in .png.
        width: Of the screen, in points.
        is_dark: Whether the screen is.
        expanded: Whether expandable quotations are open.

    Raises:
        UnusableError: The extra is not installed, or the file cannot be written.
    """
    if path.suffix.lower() != _ENDING:
        raise UnusableError(f"{path}: no kind of picture that is drawn: name it {_ENDING}")
    try:
        from bot.preview.faces import check
        from bot.preview.layout import lay_out
        from bot.preview.paint import DARK, LIGHT, paint
    except ImportError as error:
        raise UnusableError(f"{EXTRA} ({error})") from error
    check()
    scene = lay_out(read(message), width, expanded=expanded)
    picture = paint(scene, DARK if is_dark else LIGHT)
    try:
        picture.save(path, optimize=True)
    except OSError as error:
        raise UnusableError(f"{path}: cannot be written ({error})") from error
    return scene.unseen()
