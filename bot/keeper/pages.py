"""Lists for admins, a page at a time: articles, acts, and questions asked in vain.

Nothing is kept between two presses: a button's data names list, page, and what is sought,
"p:a:2:syria".
"""

import re
from typing import NamedTuple

from bot import texts
from bot.covering import shortened, write_covered, write_list
from bot.desk import Desk
from bot.keeper.missed import Missed
from bot.keeper.wording import printable
from bot.languages import Language
from bot.message import Button, Composer, Message
from corpus.audit import Act

_DATA = re.compile(r"p:([alm]):(\d{1,6})(?::(.+))?", re.DOTALL)
_ON_A_PAGE = 8
_DATA_BYTES = 64
_LONGEST = 200
"""Characters of a question, or of what came of an act."""


class Page(NamedTuple):
    """A page of a list.

    Attributes:
        kind: "a" for articles, "l" for the log, "m" for questions asked in vain.
        number: From 0.
        words: That are sought in articles.
    """

    kind: str
    number: int = 0
    words: str = ""

    def data(self) -> str:
        """Return what a button that leads to it sends back."""
        return f"p:{self.kind}:{self.number}" + (f":{self.words}" if self.words else "")


def parsed(data: str) -> Page | None:
    """Return the page that a button's data names, or None if it names none."""
    found = _DATA.fullmatch(data)
    return Page(found[1], int(found[2]), found[3] or "") if found else None


def search(words: str) -> Page:
    """Return the first page of the articles with these words, as many as fit into a button."""
    room = _DATA_BYTES - len(Page("a", 10**6 - 1, "-").data().encode()) + 1
    fitting = " ".join(printable(words).split()).encode()[:room].decode(errors="ignore")
    return Page("a", 0, fitting.strip())


def shown(desk: Desk, page: Page, spoken: Language) -> Message:
    """Return a page; one behind the last is an empty one."""
    show = {"a": _articles, "l": _acts, "m": _missed}[page.kind]
    return show(desk, page, spoken)


def _articles(desk: Desk, page: Page, spoken: Language) -> Message:
    first = page.number * _ON_A_PAGE
    articles, count = desk.engine.library.listed(page.words, _ON_A_PAGE, first)
    text = texts.ARTICLES_FOUND if page.words else texts.ARTICLES_LIST
    out = Composer()
    write_covered(out, spoken.say(text, words=spoken.isolated(page.words), count=count))
    write_list(out, articles, spoken)
    return out.message(_pager(page, count, spoken))


def _acts(desk: Desk, page: Page, spoken: Language) -> Message:
    acts = desk.engine.library.audit.list((page.number + 1) * _ON_A_PAGE + 1)
    here = acts[page.number * _ON_A_PAGE :]
    out = Composer()
    out.write(spoken.say(texts.LOG_LIST if acts else texts.LOG_NONE))
    for act in here[:_ON_A_PAGE]:
        _write_act(out, act)
    return out.message(_turning(page, is_last=len(here) <= _ON_A_PAGE))


def _write_act(out: Composer, act: Act) -> None:
    out.write(f"\n{act.at:%Y-%m-%d %H:%M} UTC\n", "bold")
    words = printable(f"{act.who} – {act.act}" + (f" – {act.detail}" if act.detail else ""))
    write_covered(out, shortened(words, _LONGEST))


def _missed(desk: Desk, page: Page, spoken: Language) -> Message:
    first = page.number * _ON_A_PAGE
    missed = desk.kept.missed.latest(_ON_A_PAGE + 1, first)
    out = Composer()
    out.write(spoken.say(texts.MISSED_LIST if missed or first else texts.MISSED_NONE))
    for question in missed[:_ON_A_PAGE]:
        _write_missed(out, question, spoken)
    return out.message(_turning(page, is_last=len(missed) <= _ON_A_PAGE))


def _write_missed(out: Composer, missed: Missed, spoken: Language) -> None:
    out.write("\n• ")
    write_covered(out, spoken.isolated(shortened(printable(missed.question), _LONGEST)))
    often = spoken.counted(texts.MISSED_TIMES, missed.count, day=spoken.day(missed.last))
    parts = [often, *([spoken.say(texts.MISSED_BAD)] if missed.is_bad else [])]
    out.write(f" – {spoken.listed(parts)}")


def _pager(page: Page, count: int, spoken: Language) -> tuple[Button, ...]:
    """Buttons to the pages before and after, round and round, and which one this is."""
    pages = -(-count // _ON_A_PAGE)
    if pages < 2:
        return ()
    before, after = (page.number - 1) % pages, (page.number + 1) % pages
    here = spoken.say(texts.PAGE, page=page.number + 1, count=pages)
    return (
        Button("◀", data=page._replace(number=before).data()),
        Button(here, data=page.data()),
        Button("▶", data=page._replace(number=after).data()),
    )


def _turning(page: Page, *, is_last: bool) -> tuple[Button, ...]:
    """Buttons to the pages before and after, where there are any."""
    before = (Button("◀", data=page._replace(number=page.number - 1).data()),)
    after = (Button("▶", data=page._replace(number=page.number + 1).data()),)
    return (*(before if page.number else ()), *(() if is_last else after))
