"""The languages that the program itself speaks: its words, its numbers and its dates.

Catalogues are gettext's, one `locales/CODE.po` for each; English is in `texts` itself. Numbers,
dates and plural rules come from the CLDR by way of Babel.
"""

import gettext
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, format_timedelta
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bot import texts

DEFAULT = "en"
CODES = ("en", "ru", "uk", "de", "es", "fr", "tr", "fa", "ar")
"""ISO 639-1, in the order in which people choose among them."""

Forms = tuple[str, str]
"""A sentence for one thing and for several, each with its number as {number}."""

_LOCALES = {"en": "en_GB"}
"""Where the language's own first choice of formats is not ours: days stand before months."""

_ISOLATE, _END = "\u2068", "\u2069"


class Language:
    """One language of the interface; `language` gives each once.

    Args:
        code: One of `CODES`.

    Attributes:
        code: ISO 639-1.
        is_right_to_left: How it is written.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        self._locale = Locale.parse(_LOCALES.get(code, code))
        self._words = _catalogue(code)
        self.is_right_to_left = self._locale.character_order == "right-to-left"

    @property
    def name(self) -> str:
        """The language's name for itself, such as "Deutsch"."""
        return str(Locale.parse(self.code).get_display_name(self.code)).capitalize()

    def say(self, text: str, **values: object) -> str:
        """Return a sentence of `texts` in this language, its {named} places filled in."""
        return self._words.gettext(text).format(**values)

    def counted(self, forms: Forms, number: int, **values: object) -> str:
        """Return the form of a sentence that fits `number`, with the number in it."""
        shown = format_decimal(number, locale=self._locale)
        return self._words.ngettext(*forms, number).format(number=shown, **values)

    def day(self, when: date | datetime | None) -> str:
        """Return a date as in "17 December 2014", or "undated"."""
        return format_date(when, "long", self._locale) if when else self.say(texts.UNDATED)

    def month(self, when: date) -> str:
        """Return a month as in "December 2014"."""
        return str(format_skeleton("yMMMM", when, locale=self._locale))

    def days(self, first: date, last: date) -> str:
        """Return a span of days as in "1–3 Dec 2014"."""
        return str(format_interval(first, last, "yMMMd", locale=self._locale))

    def ago(self, seconds: float) -> str:
        """Return roughly how long ago something was, such as "3 hours ago"."""
        # With a threshold of 1, a unit is used from one of it on. Nothing is "in 0 seconds".
        past = -timedelta(seconds=max(seconds, 1))
        return format_timedelta(past, threshold=1, add_direction=True, locale=self._locale)

    def later(self, seconds: float) -> str:
        """Return roughly when something will be, such as "in 3 hours"."""
        length = timedelta(seconds=max(seconds, 1))
        return format_timedelta(length, threshold=1, add_direction=True, locale=self._locale)

    def listed(self, things: Sequence[str]) -> str:
        """Return things in a row, with this language's comma."""
        return ("، " if self.is_right_to_left else ", ").join(things)

    def isolated(self, foreign: str) -> str:
        """Return words of unknown direction so that they do not turn round what is beside them.

        Between Unicode's isolates (UAX 9) where the language is written from the right, as they
        are elsewhere.
        """
        return f"{_ISOLATE}{foreign}{_END}" if self.is_right_to_left and foreign else foreign


@lru_cache
def _of(code: str) -> Language:
    return Language(code)


def language(*wished: str | None) -> Language:
    """Return the first language wished for that there is, or else English.

    Args:
        wished: BCP 47 tags such as Telegram's "pt-br"; None and unknown ones are passed over.
    """
    codes = ((tag or "").partition("-")[0].lower() for tag in wished)
    return _of(next((code for code in codes if code in CODES), DEFAULT))


def _catalogue(code: str) -> gettext.NullTranslations:
    if code == DEFAULT:
        return gettext.NullTranslations()
    source = files("bot").joinpath("locales", f"{code}.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source), locale=code, abort_invalid=True))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


ENGLISH = language(DEFAULT)
"""The command line speaks no other."""
