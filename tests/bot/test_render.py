import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot import texts
from bot.answer import Answer, Nearest, Understood
from bot.card import Card, Heading
from bot.engine import Engine, update
from bot.languages import ENGLISH
from bot.message import Composer, Message, units
from bot.quote import Elsewhere, Quotation, quote
from bot.render import answer_message, context_message, quotation_message, titles_message
from bot.sent import SentAnswers
from bot.settings import Settings
from bot.terminal import links, shown
from bot.wire import form
from corpus.paragraphs import passages
from corpus.store import Library
from corpus.types import Article
from index.layout import Layout
from tests import telegram_limits as limits
from tests import telegram_menus as menus
from tests.bot.conftest import settings_at, write_article

KEY = "abcdefghijkl"
JUDGE = ["👍", "👎", texts.COPY]
HEADING = Heading(
    resolved="And @who #else? " * 40,
    time="2014-12-31/2015-01-31",
    source="O" * 80,
    is_dated=True,
    is_cut=True,
)
HEAD_MARKS = 5 + 5 + 1
"""Of the names covered in a heading, those in its outlet, and its bold date."""

DAY = datetime(2014, 12, 17, tzinfo=UTC)


def quotations(article: Article) -> Iterator[Quotation]:
    for passage in passages(article, lambda text: len(text.split()), 250):
        found = quote(passage, article)
        yield found.judged((0, len(found.text)), 0.5)


def sendable(message: Message) -> dict[str, Any]:
    """Check a message as Telegram would."""
    given = form(message)
    entities = [e.to_dict() for e in given["entities"]]
    text, found = limits.formatted_text(given["text"], entities)
    markup = given["reply_markup"]
    menus.check_reply_markup(markup.to_dict() if markup else None)
    assert given["link_preview_options"].is_disabled
    return {"text": text, "entities": found}


def card_of(
    quotation: Quotation, key: str, shown: int, count: int, heading: Heading | None = None
) -> Message:
    return quotation_message(quotation, Card(key, shown, count, heading or Heading()))


def context_of(quotation: Quotation, key: str, shown: int, around: int) -> Message:
    return context_message(quotation, Card(key, shown), around)


def titles(head: str, articles: Sequence[Nearest]) -> Message:
    return titles_message(head, articles, ENGLISH)


def test_every_message_of_the_sample_can_be_sent(sample: Settings) -> None:
    with Library(Layout(sample.index.data).library) as library:
        articles = list(library.current())
    for article in articles:
        for number, quotation in enumerate(quotations(article)):
            message = card_of(quotation, KEY, number % 3, 3)
            assert message.text.startswith(quotation.text + "\n" + article.title)
            sendable(message)
            context = context_of(quotation, KEY, 0, 20)
            assert quotation.text in context.text
            sendable(context)


HARD = {
    "long title": ("Words. " * 5, "T" * 5000, "https://news.example/t"),
    "long outlet": ("Words.", "T", "https://news.example/o"),
    "long word": ("x" * 20_000, "T", "https://news.example/w"),
    "emoji": ("Word " + "🙂 " * 3000, "🙂" * 100, "https://news.example/e"),
    "names": (
        " ".join(f"@user{n} #tag{n} /cmd{n}" for n in range(100)),
        "T @abc",
        "https://n.example/",
    ),
    "markup": (
        "a &amp; b &lt;c&gt; [d] e~f `g` *h i_j " * 30,
        "A < B & C",
        "https://news.example/m",
    ),
    "long url": ("Words " * 60, "T", "https://news.example/" + "u" * 1900),
    "one long paragraph": (
        "A sentence of seven short words here. " * 300,
        "T",
        "https://n.example/l",
    ),
}


@pytest.mark.parametrize("name", HARD)
def test_hard_articles_can_be_sent(tmp_path: Path, name: str) -> None:
    body, title, url = HARD[name]
    outlet = "O" * 79 if name == "long outlet" else "The Outlet"
    write_article(tmp_path / "a" / "1.md", body, title=title, outlet=outlet, url=url)
    settings = settings_at(tmp_path, "[corpus]", 'paths = ["a"]')
    report = update(settings)
    assert report is not None
    assert report.read.errors == []
    with Library(Layout(settings.index.data).library) as library:
        (article,) = library.current()
    for quotation in quotations(article):
        sent = sendable(card_of(quotation, KEY, 0, 2, HEADING))
        assert quotation.text in sent["text"]
        sendable(context_of(quotation, KEY, 0, 2))


def with_text(
    text: str,
    url: str | None = "https://news.example/a",
    outlet: str | None = "O",
    published: datetime | None = None,
) -> Quotation:
    paragraphs = ("Before.", text, "After.")
    article = Article("i", url, "T", outlet, (), published, None, "en", paragraphs)
    passage = next(p for p in passages(article, lambda t: len(t.split()), 200) if p.text == text)
    return quote(passage, article)


def test_an_article_s_names_tags_and_commands_are_not_live() -> None:
    text = "He wrote @someone and #news, $AAPL and /start."
    linked = card_of(with_text(text), KEY, 0, 1)
    covered = [linked.text[m.start : m.end] for m in linked.marks if m.kind == "text_link"]
    assert covered == ["@someone", "#news", "$AAPL", "/start", "T"]
    bare = card_of(with_text(text, None), KEY, 0, 1)
    assert [bare.text[m.start : m.end] for m in bare.marks if m.kind == "code"] == covered[:4]
    assert [[b.label for b in row] for row in bare.rows] == [[texts.CONTEXT], JUDGE]


@pytest.mark.parametrize("url", ["https://news.example/a", "https://n.example/" + "u" * 400, None])
def test_no_name_stays_live_however_many(url: str | None) -> None:
    text = "Said @user0. " + " ".join(f"@user{n} #tag{n} /cmd{n}" for n in range(1, 41))
    quotation = with_text(text, url)
    for answer in ((0, len(text)), (0, 12), (13, len(text))):
        for message in (
            card_of(quotation.judged(answer, 0.5), KEY, 0, 3),
            context_of(quotation, KEY, 0, 2),
        ):
            sent = sendable(message)
            kinds = {e["type"] for e in sent["entities"]}
            assert not kinds & {"mention", "hashtag", "bot_command", "cashtag"}
            closed = [m for m in message.marks if m.kind in {"code", "text_link"}]
            for found in re.finditer(r"@\w+|#\w+|/cmd\w+", text):
                start = found.start() + message.text.index(text)
                end = start + len(found[0])
                assert any(m.start <= start and end <= m.end for m in closed)


def test_names_everywhere_can_be_sent() -> None:
    names = " ".join(["@abc"] * 300)
    article = Article(
        *("i", None, names, names, (), None, None, "en"), (names[:999].replace("@abc", "b @abc"),)
    )
    for quotation in quotations(article):
        sendable(card_of(quotation, KEY, 0, 1))
        sendable(context_of(quotation, KEY, 0, 1))
    sendable(titles(names[:400], [Nearest(names, None, None, names)] * 5))


def test_lists_cover_names_too() -> None:
    outlet = Nearest("See @news", None, None, "@outlet")
    message = titles("From @outlet.", [outlet])
    assert [(m.kind, message.text[m.start : m.end]) for m in message.marks] == [
        ("code", "@outlet"),
        ("code", "@news"),
        ("code", "@outlet"),
    ]


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/a",
        "http://n.example:99999/a",
        "http://[::1]/a",
        "http://[/a",
        "https://n.example/" + "u" * 3000,
        "https://n.example/" + "я" * 400,
    ],
)
def test_an_address_that_telegram_refuses_is_left_out(url: str) -> None:
    message = card_of(with_text("Oil fell.", url).judged((0, 9), 0.5, (Elsewhere(url),)), KEY, 0, 1)
    assert message.text == "Oil fell.\nT\nO, undated"
    assert [m.kind for m in message.marks] == ["blockquote", "bold"]
    assert [[b.label for b in row] for row in message.rows] == [[texts.CONTEXT], JUDGE]
    assert links(titles("Head", [Nearest("T", url, None, None)])) == []


def test_the_heaviest_card_can_be_sent() -> None:
    host = ".".join(["h" * 60] * 4)
    also = tuple(f"https://{host}/{n}" + "u" * 700 for n in range(4))
    text = " ".join(["@someone and others"] * 60)
    url = "https://n.example/" + "u" * 1900
    outlet = "@outlet " * 40
    copies = tuple(map(Elsewhere, also))
    quotation = with_text(text, url, outlet, DAY).judged((0, len(text)), 0.5, copies)
    message = card_of(quotation, KEY, 1, 3, HEADING)
    assert links(message) == [url, *also[:3]]
    assert f"Also in: {also[0][8:207]}…, h" in message.text
    assert len(sendable(message)["entities"]) == HEAD_MARKS + 1 + 36 + 36 + 1 + 5 + 3
    bare = with_text(text, None, outlet, DAY).judged((0, len(text)), 0.5, copies)
    assert len(sendable(card_of(bare, KEY, 1, 3, HEADING))["entities"]) <= 100
    assert links(context_of(quotation, KEY, 1, 2)) == [url]
    sendable(context_of(quotation, KEY, 1, 2))
    sendable(titles("Head", [Nearest("T" * 300, also[0], None, "O" * 500)] * 5))


COPIES = (Elsewhere("https://b.example/x"), Elsewhere("https://c.example/y", "The Mill"))


def test_marks_of_a_card() -> None:
    text = "One two. Three four. Five."
    message = card_of(with_text(text).judged((9, 20), 0.5, COPIES), "k", 1, 3)
    assert message.text == f"{text}\nT\nO, undated\nAlso in: b.example, The Mill"
    assert [(m.kind, message.text[m.start : m.end]) for m in message.marks] == [
        ("blockquote", text),
        ("bold", "Three four."),
        ("text_link", "T"),
        ("text_link", "b.example"),
        ("text_link", "The Mill"),
    ]
    assert [[(b.label, b.data, b.url) for b in row] for row in message.rows] == [
        [("◀", "q:k:0", None), ("2/3", "n:k:1", None), ("▶", "q:k:2", None)],
        [("Context", "c:k:1", None), ("Source", None, "https://news.example/a")],
        [("👍", "g:k:1", None), ("👎", "b:k:1", None), ("Copy citation", None, None)],
    ]


def test_context_holds_what_is_around_as_far_as_it_fits() -> None:
    message = context_of(with_text("One two. Three."), "k", 0, 2)
    assert message.text == "Before.\n\nOne two. Three.\n\nAfter.\nT\nO, undated"
    assert [(m.kind, message.text[m.start : m.end]) for m in message.marks][:2] == [
        ("expandable_blockquote", "Before.\n\nOne two. Three.\n\nAfter."),
        ("bold", "One two. Three."),
    ]
    assert context_of(with_text("One."), "k", 0, 0).text.startswith("One.\nT")
    long = Article(
        "i", None, "T", None, (), None, None, "en", ("A. " * 1500, "Short one.", "B. " * 300)
    )
    passage = next(
        p for p in passages(long, lambda t: len(t.split()), 200) if p.text == "Short one."
    )
    text = context_of(quote(passage, long), "k", 0, 1).text
    assert text.startswith("Short one.\n\nB. ")
    first = next(iter(passages(long, lambda t: len(t.split()), 200)))
    alone = context_of(quote(first, long), "k", 0, 1).text
    assert alone.startswith("A. A.")
    assert units(alone) < 1600


def test_a_heading_in_full() -> None:
    heading = Heading("And gold? (oil)", "2014-12-01/2014-12-31", "O", is_dated=True, is_cut=True)
    message = card_of(with_text("Oil fell.", published=DAY), KEY, 0, 1, heading)
    assert message.text == (
        "Understood as: And gold? (oil)\nO, 17 December 2014:\nOil fell.\nT\nO, 17 December 2014"
        f"\n{texts.CUT}"
    )
    assert [message.text[m.start : m.end] for m in message.marks if m.kind == "bold"] == [
        "17 December 2014",
        "Oil fell.",
    ]
    assert [[(b.label, b.data) for b in row] for row in message.rows[2:]] == [
        [("✕ December 2014", f"w:{KEY}:t"), ("✕ O", f"w:{KEY}:s")],
        [("Ask as typed", f"w:{KEY}:h")],
    ]
    # A date that is not known is not said first; an outlet need not be known.
    for published, outlet, head in ((None, "O", "Oil"), (DAY, None, "17 December 2014:\nOil")):
        quotation = with_text("Oil fell.", outlet=outlet, published=published)
        dated = Heading(is_dated=True)
        assert card_of(quotation, KEY, 0, 1, dated).text.startswith(head)


def test_what_is_too_long_for_a_heading_ends_in_dots() -> None:
    heading = Heading("🙂" * 300, "2014-09-30/2015-11-30", "O" * 80)
    message = card_of(with_text("Oil fell."), KEY, 0, 1, heading)
    sendable(message)
    assert message.text.startswith(f"Understood as: {'🙂' * 199}…\nOil fell.")
    assert [b.label for b in message.rows[2]] == [
        "✕ 30 Sept 2014\u2009–\u200930 Nov 2015",
        f"✕ {'O' * 39}…",
    ]


def test_silence_and_lists() -> None:
    nearest = (Nearest("T" * 300, None, None, None), Nearest("U", "https://u.example/", None, "O"))
    answer = Answer("q", "q", "q", Understood(), (), 0.0, nearest, False, 1, True)
    message = answer_message(answer, "", ENGLISH)
    assert message.text == (
        f"{texts.NO_ANSWER}\n\n{texts.NEAREST}\n• {'T' * 199}… – undated\n• U – O, undated"
        f"\n\n{texts.CUT}"
    )
    understood = Understood("2014-12-01/2014-12-31", None, history=True)
    asked = answer_message(replace(answer, resolved="r", understood=understood), KEY, ENGLISH)
    assert asked.text == "Understood as: r\n" + message.text
    assert [b.data for row in asked.rows for b in row] == [f"w:{KEY}:t", f"w:{KEY}:h"]
    bare = replace(answer, nearest=(), cut=False)
    assert answer_message(bare, "", ENGLISH).text == texts.NO_ANSWER
    assert titles("Head", nearest[1:]).text == "Head\n• U – O, undated"
    assert ENGLISH.day(None) == "undated"


def test_where_more_finds_nothing_more_that_is_said() -> None:
    nearest = (Nearest("T", None, None, None),)
    understood = Understood(history=True)
    answer = Answer("more", "more (Oil)", "Oil", understood, (), 0.0, nearest, False, 1, False)
    message = answer_message(answer, KEY, ENGLISH)
    assert message.text == f"Understood as: more (Oil)\n{texts.NO_MORE}"
    # As typed, nothing would be left of it.
    assert message.rows == ()
    alone = replace(answer, resolved="more", understood=Understood())
    assert answer_message(alone, KEY, ENGLISH).text.startswith(texts.NO_ANSWER)


def test_a_composer_leaves_out_empty_marks() -> None:
    out = Composer()
    out.write("", "bold")
    out.write("a🙂")
    assert out.message((), ()) == Message("a🙂")
    assert units("a🙂") == 3


def test_lengths_in_words() -> None:
    assert [ENGLISH.ago(s) for s in (0, 1, 59, 60, 7200, 86400 * 3)] == [
        *(
            "1 second ago",
            "1 second ago",
            "59 seconds ago",
            "1 minute ago",
            "2 hours ago",
            "3 days ago",
        ),
    ]
    assert ENGLISH.counted(texts.ARTICLES, 2345) == "2,345 articles"


def test_the_words_that_answer_are_underlined_in_the_bold_sentence() -> None:
    quotation = with_text("One two. Three four.").judged((9, 20), 0.5, (), (15, 19))
    message = card_of(quotation, KEY, 0, 1)
    assert [message.text[m.start : m.end] for m in message.marks if m.kind == "underline"] == [
        "four"
    ]
    sendable(message)


def test_words_with_a_name_in_them_that_must_not_be_live_are_not_underlined() -> None:
    quotation = with_text("So @somebody said it.", None).judged((0, 21), 0.5, (), (3, 17))
    message = card_of(quotation, KEY, 0, 1)
    kinds = [m.kind for m in message.marks]
    assert "code" in kinds
    assert "underline" not in kinds
    sendable(message)


@pytest.mark.parametrize("width", [30, 80])
def test_a_terminal_with_style_shows_bold_links_and_bars(width: int) -> None:
    message = card_of(with_text("One two. Three four. Five @someone."), "k", 0, 2)
    out = StringIO()
    console = Console(file=out, force_terminal=True, width=width, color_system="truecolor")
    console.print(shown(message, console))
    text = out.getvalue()
    assert "┃ " in text
    assert "\x1b[1m" in text
    assert "**" not in text
    assert "]8;" in text
    assert links(message)[0].startswith("https://news.example/a#:~:text=")
    table = Console(file=StringIO(), width=width)
    assert table.measure(shown(message, console)).maximum <= width


def test_sent_answers_are_kept_by_chat(tmp_path: Path, engine: Engine) -> None:
    answer = engine.ask("What is Iran's position on the Moscow talks?")
    sent = SentAnswers(tmp_path / "new" / "chats.sqlite")
    key = sent.put(7, answer.quotations)
    assert len(key) == 12
    found = sent.get(key)
    assert found is not None
    assert found.passages == tuple(q.passage for q in answer.quotations)
    assert found.answers == tuple(q.answer for q in answer.quotations)
    sent.migrate(7, -100)
    moved = sent.get(key)
    assert moved is not None
    assert moved.chat == -100
    assert sent.get("unknown") is None
    sent.close()
