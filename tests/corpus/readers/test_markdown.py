"""corpus.markdown: bytes of a file -> Article, or the reason why not."""

import hashlib
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus
from corpus.paragraphs import sentences
from corpus.readers.markdown import read_markdown
from corpus.text import normalise
from corpus.types import Article, ReadError
from tests.corpus.samples import HARBOUR, SHARED, markdown, readable

SAMPLES = sorted((Path(corpus.__file__).parent / "articles").glob("*.md"))
SEED = SHARED / "data" / "seed" / "iran-backs-russian-push.md"

HEADER = "# Title\n\n3 March 2015\n\n**Outlet**\n\n"


def read(text: str) -> Article:
    return readable(read_markdown(text.encode(), "news/a.md"))


def body(text: str) -> tuple[str, ...]:
    """The paragraphs that come of `text` below a whole header."""
    return read(HEADER + text).paragraphs


def reason(data: bytes | str) -> str:
    """Why `data` is no article."""
    found = read_markdown(data.encode() if isinstance(data, str) else data, "news/a.md")
    assert isinstance(found, ReadError)
    assert found.origin == "news/a.md"
    return found.reason


def identity(named: str) -> str:
    return hashlib.sha256(named.encode()).hexdigest()[:12]


FOOTER = "Original url:\n\n<https://news.example/harbour>"

# A whole article


def test_every_field_of_a_whole_article() -> None:
    assert read(markdown()) == Article(
        id=identity("https://news.example/harbour"),
        url="https://news.example/harbour",
        title="Harbour Reopens After the Storm",
        source="The Tidewater Post",
        authors=(),
        published=datetime(2015, 3, 3, tzinfo=UTC),
        published_from="date line",
        language="en",
        paragraphs=HARBOUR.paragraphs,
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: "\ufeff\ufeff" + text,
        lambda text: text.replace("**The", "\ufeff**The"),
        lambda text: "\n\n" + text + "\n\n",
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("days after", "days\nafter"),
        lambda text: text.replace("days after", "days  \nafter"),
        lambda text: text.replace("days after", "days\\\nafter"),
        lambda text: text.replace("days after", "days   after"),
        lambda text: text.replace("days after", "days\tafter"),
        lambda text: text.replace("Tidewater", "  Tidewater"),
        lambda text: text.replace("storm", "st\x00or\x08m\ufeff"),
        lambda text: text.replace("The harbour opened", "    The harbour opened"),
        lambda text: text.replace("The harbour opened", "\tThe harbour opened"),
        lambda text: text.replace("opened again", "[opened again](https://news.example/tide)"),
        lambda text: text.replace(
            "opened again", "![map](https://news.example/m.png) opened again"
        ),
        lambda text: text.replace("opened again", "*opened* __again__"),
        lambda text: text.replace("# Harbour", "# *Harbour*"),
        lambda text: text.replace("nets, not", "nets&#44; not"),
        lambda text: text.replace("The harbour opened", "> The harbour opened"),
        lambda text: text.replace("The harbour opened", "- The harbour opened"),
        lambda text: text.replace(FOOTER, FOOTER.replace("\n\n", " ")),
    ],
)
def test_what_does_not_change_what_is_read(change: Callable[[str], str]) -> None:
    text = change(markdown())
    assert text != markdown()
    assert read(text) == read(markdown())


# The seed


@pytest.fixture
def seed() -> str:
    if not SEED.is_file():
        pytest.skip("needs ../shared")
    return SEED.read_text(encoding="utf-8")


@pytest.mark.shared
def test_seed_header_and_footer(seed: str) -> None:
    article = read(seed)
    assert article.title == "Iran Backs Russian Push for Syria Talks in Moscow"
    assert article.published == datetime(2014, 12, 17, tzinfo=UTC)
    assert article.published_from == "date line"
    assert article.source == "The Moscow Times"
    assert article.authors == ()
    assert article.language == "en"
    assert article.url == (
        "https://www.themoscowtimes.com/2014/12/17/"
        "iran-backs-russian-push-for-syria-talks-in-moscow-a42393"
    )
    assert article.id == identity(article.url)


@pytest.mark.shared
def test_seed_paragraphs_verbatim_with_the_broken_one_healed(seed: str) -> None:
    blocks = [block.strip() for block in seed.split("\n\n") if block.strip()]
    assert blocks[-2] == "Original url:"
    written = blocks[3:-2]
    torn = next(i for i, block in enumerate(written) if block.endswith("one of key"))
    written[torn : torn + 2] = [f"{written[torn]} {written[torn + 1]}"]
    assert "one of key issues of contention in the past." in written[torn]
    paragraphs = read(seed).paragraphs
    assert len(paragraphs) == 10
    assert paragraphs == tuple(written)


@pytest.mark.shared
def test_seed_no_sentence_lost_or_doubled(seed: str) -> None:
    article = read(seed)
    found = [p[start:end] for p in article.paragraphs for start, end in sentences(p, "en")]
    assert len(found) == len(set(found)) == 11
    assert " ".join(found) == " ".join(article.paragraphs)


# The sample collection


@pytest.fixture(scope="module")
def samples() -> dict[str, Article]:
    return {p.name: readable(read_markdown(p.read_bytes(), p.name)) for p in SAMPLES}


def test_samples_have_the_shape_of_the_collection(samples: dict[str, Article]) -> None:
    assert len(samples) >= 20
    for name, article in samples.items():
        assert article.published is not None, name
        assert article.source == "Verbatim sample", name
        assert 5 <= len(article.paragraphs) <= 10, name
        assert article.url is not None, name
        assert article.url.startswith("https://news.example/"), name
    assert len({a.id for a in samples.values()}) == len(samples)


def test_samples_are_read_verbatim(samples: dict[str, Article]) -> None:
    for path in SAMPLES:
        blocks = [" ".join(b.split()) for b in path.read_text(encoding="utf-8").split("\n\n")]
        assert samples[path.name].title == blocks[0].removeprefix("# ")
        assert samples[path.name].paragraphs == tuple(blocks[3:-2])
        assert f"<{samples[path.name].url}>" == blocks[-1]


def test_samples_are_in_english_but_for_one_in_russian(samples: dict[str, Article]) -> None:
    others = {name: a.language for name, a in samples.items() if a.language != "en"}
    assert others == {"fily-sovershil-posadku-na-kometu.md": "ru"}


# Header


@pytest.mark.parametrize(
    ("header", "published", "source"),
    [
        ("3 March 2015\n\n**Outlet**", True, "Outlet"),
        ("**Outlet**\n\n3 March 2015", True, "Outlet"),
        ("**3 March 2015**\n\n__Outlet__", True, "Outlet"),
        ("## 3 March 2015\n\n**Out  let**", True, "Out let"),
        ("3. März 2015\n\n**Outlet**", True, "Outlet"),
        ("3 March 2015", True, None),
        ("**Outlet**", False, "Outlet"),
        ("**The *Outlet***", False, "The Outlet"),
        ("**[Outlet](https://outlet.example)**", False, "Outlet"),
        ("**The\nOutlet**", False, "The Outlet"),
        ("", False, None),
    ],
)
def test_date_line_and_outlet_in_any_order_or_missing(
    header: str, published: bool, source: str | None
) -> None:
    article = read(f"# Title\n\n{header}\n\nThe first paragraph.\n\nThe second.")
    assert article.published == (datetime(2015, 3, 3, tzinfo=UTC) if published else None)
    assert article.published_from == ("date line" if published else None)
    assert article.source == source
    assert article.paragraphs == ("The first paragraph.", "The second.")


@pytest.mark.parametrize(
    "first",
    [
        "**Bold** in part.",
        "**Bold** and **bold.**",
        "All plain.",
        "***Bold and slanted.***",
        "**" + "Longer than the name of an outlet. " * 3 + "End.**",
        "*3 March*",
        "4 March 2015",
        "**Second Outlet**",
    ],
)
def test_what_is_no_header_is_a_paragraph(first: str) -> None:
    plain = first.replace("*", "").strip()
    assert body(f"{first}\n\nThe second.") == (plain, "The second.")


@pytest.mark.parametrize(
    "first",
    [
        "**Bold** in part.",
        "**Bold** and **bold**",
        "*Slanted*",
        "***Bold and slanted***",
        "**" + "Longer than the name of an outlet. " * 3 + "End.**",
    ],
)
def test_what_is_no_outlet_is_a_paragraph(first: str) -> None:
    article = read(f"# Title\n\n3 March 2015\n\n{first}\n\nThe second.")
    assert article.source is None
    assert "".join(article.paragraphs) == first.replace("*", "") + "The second."


def test_without_url_the_id_is_of_title_outlet_and_date() -> None:
    assert read(HEADER + "Text.").id == identity("Title\nOutlet\n2015-03-03T00:00:00+00:00")
    assert read("# Title\n\nText.").id == identity("Title\n\n")


def test_the_id_outlives_edits_of_the_text() -> None:
    assert read(markdown(title="New", paragraphs=["New."])).id == read(markdown()).id
    assert read(markdown(url="https://news.example/b")).id != read(markdown()).id


# Footer


@pytest.mark.parametrize(
    ("footer", "url"),
    [
        ("Original url:\n\n<https://news.example/a?b=1&c=2>", "https://news.example/a?b=1&c=2"),
        ("Original url:\n<https://news.example/a>", "https://news.example/a"),
        ("original URL : https://news.example/a", "https://news.example/a"),
        ("Original url\n\nhttps://news.example/a", "https://news.example/a"),
        ("Original url <http://news.example/a>", "http://news.example/a"),
        ("**Original url:**\n\n[the page](https://news.example/a)", "https://news.example/a"),
        ("[Original url](https://news.example/a)", "https://news.example/a"),
        ("## Original url:\n\n<https://news.example/a>", "https://news.example/a"),
        ("Original url:\n\n<https://новости.example/а>", "https://xn--b1amnebsh.example/%D0%B0"),
        ("Original url:\n\n<https://a.example/1>\n\n<https://a.example/2>", "https://a.example/1"),
        ("Original url:", None),
        ("Original url: lost", None),
        ("Original url:\n\n<ftp://news.example/a>", None),
        ("Original url:\n\n[mail](mailto:desk@news.example)", None),
        ("Original url:\n\n<https://>", None),
        ("Original url:\n\nhttps://[::1/a", None),
        ("Original url:\n\n[page](/a)", None),
    ],
)
def test_footer(footer: str, url: str | None) -> None:
    article = read(f"{HEADER}The only paragraph.\n\n{footer}\n")
    assert article.url == url
    assert article.paragraphs == ("The only paragraph.",)


def test_no_footer() -> None:
    article = read(HEADER + "See https://news.example/other for more.")
    assert article.url is None
    assert article.paragraphs == ("See https://news.example/other for more.",)


def test_the_last_footer_is_the_footer() -> None:
    article = read(
        f"{HEADER}One.\n\nOriginal url: lost\n\nTwo.\n\nOriginal url: https://a.example/"
    )
    assert article.url == "https://a.example/"
    assert article.paragraphs == ("One.", "Original url: lost", "Two.")


@pytest.mark.parametrize(
    "text",
    [
        "Original urls were lost in the move, the archive said.",
        "Original url and author are unknown.",
        "The original url: nobody knew it.",
    ],
)
def test_a_sentence_about_urls_is_no_footer(text: str) -> None:
    assert body(f"{text}\n\nThe last paragraph.") == (text, "The last paragraph.")


# Paragraphs, letter by letter


@pytest.mark.parametrize(
    "text",
    [
        "\"Straight\" and 'single', “curly” and ‘single’, «angle», „low“.",
        "[Syrian]: text that begins with a bracket.",
        "[Syrian] authorities and [sic] more.",
        "[1]: https://news.example/not-a-definition",
        "He [the minister] spoke (and left).",
        "Кириллица: «Ёж», й и ё; 5 № 7.",
        "قال الوزير: «لن نذهب»، ثم غادر.",
        "او گفت: «می\u200cروم و کتاب\u200cها را می\u200cبرم».",
        "他说：“走吧。快走！”",
        "הוא אמר: “לא נלך”.",
        "A family 👨\u200d👩\u200d👧\u200d👦, a flag 🇮🇷, a hand 👍🏽, a heart ❤\ufe0f.",
        "Combining cafe\u0301 and composed café.",
        "Non-breaking 10\u00a0000\u202f€.",
        "AT&T, R&D, 1 < 2 > 0, a <b> tag, <br/> and </p>.",
        "<div>A block of HTML</div>",
        "<!-- a comment -->",
        "<b>Bold</b> it was.",
        "snake_case_name, 2 * 3 * 4, 5*6, _unclosed and *unclosed",
        "C:\\path\\file and 100 \\ 7",
        "``We agree,'' he said. ``We do,'' she said.",
        "A `tick` and ```three```.",
        "```no fence",
        "~~~ no fence",
        "Title =====",
        "| a | table | row |",
        "2014. A hard year.",
        "007. The name is Bond.",
        "1) First of all.",
        "#hashtag and no heading",
        "— A dash opens speech.",
        "– So does this one.",
        "$5, 50%, £7, ^8, ~9, @desk, {x}",
        "Stop! (Really.) [No?]",
        "https://news.example/a_b_c?d=e*f",
        "&nosuchentity; and &;",
        "-5 degrees and +3",
    ],
)
def test_a_paragraph_stays_as_it_is(text: str) -> None:
    assert body(text) == (text,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("&amp; &lt; &copy; 10&nbsp;m", "& < © 10\u00a0m"),
        (r"\*not slanted\* and 2014\. A year", "*not slanted* and 2014. A year"),
        ("*slanted*, **bold**, ***both***", "slanted, bold, both"),
        (
            "<https://news.example/a> and <desk@news.example>",
            "https://news.example/a and desk@news.example",
        ),
        ("the [third *man*](https://a.example 'title') came", "the third man came"),
        ("a ![picture](p.png) b", "a b"),
        ("## A heading ##", "A heading"),
        ("&#0; and &#xD800;", "\ufffd and \ufffd"),
    ],
)
def test_markup_becomes_what_the_page_shows(text: str, expected: str) -> None:
    assert body(text) == (expected,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Above.\n---\nBelow.", ("Above.", "Below.")),
        ("Above.\n\n* * *\n\nBelow.", ("Above.", "Below.")),
        ("Above\n=====\nBelow.", ("Above ===== Below.",)),
        ("## Heading\nText.", ("Heading", "Text.")),
        ("# Another title\n\nText.", ("Another title", "Text.")),
        ("> Quoted\n> twice.\n\nText.", ("Quoted twice.", "Text.")),
        (
            "- Apples\n- pears\n- and plums\n\nfor all.",
            ("Apples", "pears", "and plums", "for all."),
        ),
        ("1. One\n2. two\n10. ten", ("1. One", "2. two", "10. ten")),
        ("1. 2. Nested", ("1. 2. Nested",)),
        ("2014. - Both", ("2014. Both",)),
        ("1. One\n\n   more\n\nText.", ("1. One", "more", "Text.")),
        ("1918.\n\nThe war ended.", ("1918.", "The war ended.")),
        ("-\n\nAn empty point.", ("An empty point.",)),
        ("1. # Heading\n\nText.", ("1. Heading", "Text.")),
        ("```\nOne.\n\nTwo.\n```", ("``` One.", "Two. ```")),
        ("![only](p.png)\n\nText.", ("Text.",)),
        ("#\n\nText.", ("Text.",)),
    ],
)
def test_blocks(text: str, expected: tuple[str, ...]) -> None:
    assert body(text) == expected


def test_a_torn_paragraph_is_healed_and_a_heading_is_not() -> None:
    assert body("They spoke, one of many\n\ntimes.\n\n## a heading\n\nwithout an end") == (
        "They spoke, one of many times.",
        "a heading",
        "without an end",
    )


_MARKUP = st.text(alphabet="Aa1 \n\n_*[]<>!#-+.:\"'`~=|\\", max_size=60)


@settings(max_examples=200, deadline=None)
@given(_MARKUP)
def test_no_letter_is_lost_or_doubled_whatever_stands_around_it(text: str) -> None:
    found = "".join(body("Start.\n\n" + text))
    assert [c for c in found if c.isalnum()] == [c for c in "Start" + text if c.isalnum()]


@settings(max_examples=200, deadline=None)
@given(
    st.binary()
    | st.text().map(lambda t: f"# Title\n\n{t}".encode(errors="surrogatepass"))
    | st.text("Ab1 \n\t_*[]()<>!#-`\\&;:/\x00\x01\ufeff\u00a0\u200c").map(
        lambda t: f"# Title\n\n{t}".encode()
    )
)
def test_any_bytes_are_an_article_in_order_or_an_error(data: bytes) -> None:
    found = read_markdown(data, "news/a.md")
    if isinstance(found, ReadError):
        assert found.origin == "news/a.md"
        assert "\n" not in found.reason
    else:
        assert found.title == normalise(found.title) != ""
        assert found.paragraphs
        assert all(p == normalise(p) != "" for p in found.paragraphs)


# What cannot be read

NO_TITLE = "no title: begin the file with a line such as `# Title`"
NO_PARAGRAPHS = "no paragraphs: write the article's text below its header"
BINARY = "a binary file, not Markdown text: remove or rename it"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeff",
        " \n\t\n",
        "Text without a title.",
        "3 March 2015\n\n# Title\n\nText.",
        "## Title\n\nText.",
        "#Title\n\nText.",
        "Title\n=====\n\nText.",
        "#\n\nText.",
        "# ![picture](p.png)\n\nText.",
    ],
)
def test_no_title(text: str) -> None:
    assert reason(text) == NO_TITLE


@pytest.mark.parametrize(
    "text",
    [
        "# Title",
        "# Title\n\n3 March 2015",
        "# Title\n\n3 March 2015\n\n**Outlet**",
        "# Title\n\n3 March 2015\n\n**Outlet**\n\nOriginal url:\n\n<https://news.example/a>",
        "# Title\n\n* * *\n\n— …\n\n![picture](p.png)",
    ],
)
def test_no_paragraphs(text: str) -> None:
    assert reason(text) == NO_PARAGRAPHS


def test_no_date_is_no_error() -> None:
    article = read(markdown(date=""))
    assert article.published is None
    assert article.published_from is None
    assert article.source == "The Tidewater Post"
    assert article.paragraphs == HARBOUR.paragraphs


def test_an_ambiguous_date_names_the_fix() -> None:
    assert reason(markdown(date="01/02/2014")) == (
        "the date 01/02/2014 can be read in two ways: write it as 2014-12-31"
    )


@pytest.mark.parametrize(
    ("data", "position"),
    [
        (b"\x89PNG\r\n\x1a\n" + random.Random(7).randbytes(4096), 0),
        (markdown().encode("utf-16"), 0),
        (b"# Caf\xe9\n\nText in Latin-1.", 5),
        (b"# Title\n\n\xed\xa0\x80 is a surrogate.", 9),
    ],
    ids=["random", "utf-16", "latin-1", "surrogate"],
)
def test_not_utf_8(data: bytes, position: int) -> None:
    assert reason(data) == (
        f"not UTF-8 text (byte {position} cannot be read): save the file as UTF-8"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"# Title\n\n" + b"ASCII\x00" * 100,
        b"\x00" * 4096,
        markdown().encode("utf-16-le"),
        markdown().encode("utf-16-be"),
        b"\x7fELF\x02\x01\x01\x00\x03\x00\x3e",
    ],
    ids=["nul-rich", "nul-only", "utf-16-le", "utf-16-be", "elf"],
)
def test_binary(data: bytes) -> None:
    assert reason(data) == BINARY


def test_control_characters_are_borne_up_to_one_in_a_hundred() -> None:
    text = "# T\n\n" + "a" * 193
    assert read(text + "\x01" * 2).paragraphs == ("a" * 193,)
    assert reason(text + "\x01" * 3) == BINARY
