"""How much a sentence says of who somebody or what something is."""

from bot.introducing.naming import is_acronym, is_name
from bot.introducing.offices import CERTAIN_OF_OFFICE, ENOUGH_OF_OFFICE, holding, is_of
from bot.introducing.persons import ENOUGH, introduction
from bot.introducing.things import ENOUGH_OF_THING, definition

__all__ = [
    "CERTAIN_OF_OFFICE",
    "ENOUGH",
    "ENOUGH_OF_OFFICE",
    "ENOUGH_OF_THING",
    "definition",
    "holding",
    "introduction",
    "is_acronym",
    "is_name",
    "is_of",
]
