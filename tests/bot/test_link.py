import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.link import Fragment, Place, decode, deep_link, encode, locate
from corpus.readers.markdown import read_markdown
from corpus.types import Article
from tests.work import at_most

URL = "https://news.example/a"
SAMPLE = sorted((Path(__file__).parents[2] / "corpus" / "articles").glob("*.md"))

WORDS = st.sampled_from(
    [
        *("the", "the", "talks", "Moscow", "well-known", "a,b", "R&D", "50%", "#tag", "x/y?z=1"),
        *("“quoted”", '"quoted"', "l’été", "Straße", "İzmir", "Москве", "переговоры", "محادثات"),
        *(
            "שיחות",
            "会谈在莫斯科举行。",
            "各方，同意",
            "การเจรจา",
            "🙂",
            "e\u0301te\u0301",
            "—",
            "10\u00a0km",
        ),
    ]
)
PARAGRAPHS = st.lists(
    st.lists(WORDS, min_size=1, max_size=30).map(" ".join), min_size=1, max_size=5
)


@settings(max_examples=300, deadline=None)
@given(PARAGRAPHS, st.data())
def test_a_link_leads_to_exactly_the_quoted_place_or_is_the_plain_url(
    blocks: list[str], data: st.DataObject
) -> None:
    block = data.draw(st.integers(0, len(blocks) - 1))
    words = [m.span() for m in re.finditer(r"\S+", blocks[block])]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    place = Place(block, words[first][0], words[last][1])
    link = deep_link(URL, blocks, place)
    if link == URL:
        return
    assert link.startswith(URL + "#:~:text=")
    fragment = decode(link)
    assert fragment is not None
    assert locate(fragment, blocks) == place
    for term in link.removeprefix(URL + "#:~:text=").split(","):
        assert re.fullmatch(r"-?[\w.~%]+-?", term, re.ASCII)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.text(
            st.sampled_from("aAéaь-,&#%~ \u00a0“”'.文。ทا\u0301🙂\n") | st.characters(), min_size=1
        ),
        min_size=1,
        max_size=4,
    ),
    st.data(),
)
def test_any_text_at_all_gets_a_right_link_or_none(blocks: list[str], data: st.DataObject) -> None:
    block = data.draw(st.integers(0, len(blocks) - 1))
    start = data.draw(st.integers(0, len(blocks[block]) - 1))
    end = data.draw(st.integers(start + 1, len(blocks[block])))
    blocks = [b.encode("utf-8", "replace").decode() for b in blocks]
    link = deep_link(URL + "#own", blocks, Place(block, start, end))
    if link == URL + "#own":
        return
    assert link.startswith(URL + "#own:~:text=")
    fragment = decode(link)
    assert fragment is not None
    assert locate(fragment, blocks) == Place(block, start, end)


@pytest.mark.parametrize("path", SAMPLE, ids=lambda p: p.stem)
def test_every_paragraph_of_the_sample_has_its_link(path: Path) -> None:
    article = read_markdown(path.read_bytes(), path.name)
    assert isinstance(article, Article)
    assert article.url is not None
    blocks = (article.title, *article.paragraphs)
    for number, paragraph in enumerate(article.paragraphs, 1):
        place = Place(number, 0, len(paragraph))
        fragment = decode(deep_link(article.url, blocks, place))
        assert fragment is not None
        assert locate(fragment, blocks) == place


def test_short_quotation_is_named_whole_and_long_one_by_its_ends() -> None:
    short = deep_link(URL, ["Oil fell."], Place(0, 0, 9))
    assert short == URL + "#:~:text=Oil%20fell."
    text = "One two three four five six seven eight nine ten"
    assert deep_link(URL, [text], Place(0, 0, len(text))) == (
        URL + "#:~:text=One%20two%20three,eight%20nine%20ten"
    )


def test_what_the_syntax_uses_is_encoded() -> None:
    text = "R&D, well-known"
    assert (
        deep_link(URL, [text], Place(0, 0, len(text))) == URL + "#:~:text=R%26D%2C%20well%2Dknown"
    )


def test_an_anchor_of_the_url_s_own_is_kept() -> None:
    place = Place(0, 0, 9)
    assert deep_link(URL + "#top", ["Oil fell."], place) == URL + "#top:~:text=Oil%20fell."
    assert deep_link(URL + "#:~:text=x", ["Oil fell."], place) == URL + "#:~:text=Oil%20fell."


def test_words_that_stand_earlier_get_what_is_before_them() -> None:
    blocks = ["Oil fell. Then Gold rose and Oil fell."]
    link = deep_link(URL, blocks, Place(0, 29, 38))
    assert link == URL + "#:~:text=and-,Oil%20fell."
    assert locate(Fragment("and", "Oil fell.", "", ""), blocks) == Place(0, 29, 38)


def test_a_paragraph_that_repeats_one_before_it_has_no_link() -> None:
    assert deep_link(URL, ["Oil fell.", "Oil fell."], Place(1, 0, 9)) == URL
    assert deep_link(URL, ["Oil fell."], Place(0, 3, 4)) == URL


def test_the_title_comes_first_on_the_page() -> None:
    assert deep_link(URL, ["Oil Fell", "Oil fell today."], Place(1, 0, 8)) == URL


def test_accents_do_not_set_words_apart_for_a_browser() -> None:
    blocks = ["A resume here", "A Résumé here"]
    assert locate(Fragment("", "résumé", "", ""), blocks) == Place(0, 2, 8)
    assert deep_link(URL, blocks, Place(1, 2, 8)) == URL
    assert deep_link(URL, ["The resume", "A Résumé"], Place(1, 2, 8)) == (
        URL + "#:~:text=A-,R%C3%A9sum%C3%A9"
    )


def test_whole_words_only_whatever_case_quotes_and_spaces() -> None:
    blocks = ["Oilfields, then “oil” fell", "OIL\u00a0fell"]
    assert locate(Fragment("", "oil", "", ""), blocks) == Place(0, 17, 20)
    assert locate(Fragment("", '"oil"', "", ""), blocks) == Place(0, 16, 21)
    assert locate(Fragment("", "oil fell", "", ""), blocks) == Place(1, 0, 8)
    assert locate(Fragment("", "gold", "", ""), blocks) is None
    assert locate(Fragment("", "then", "gold", ""), blocks) is None
    assert locate(Fragment("", "fell", "", "soon"), blocks) is None
    assert locate(Fragment("then", "“oil”", "", "fell"), blocks) == Place(0, 16, 21)


def test_a_fragment_is_read_as_it_is_written() -> None:
    for fragment in (
        Fragment("", "a-b", "", ""),
        Fragment("x,y", "a&b", "c d", "z"),
        Fragment("", "a", "b", ""),
        Fragment("п", "а", "", "я"),
    ):
        assert decode(f"{URL}#:~:text={encode(fragment)}") == fragment
    assert decode(URL) is None


def test_a_link_that_would_be_too_long_is_plain() -> None:
    text = "я" * 400
    assert deep_link(URL, [text], Place(0, 0, len(text))) == URL


def test_a_long_repetitive_article_takes_no_time() -> None:
    paragraph = "the talks in Moscow " * 50
    blocks = [paragraph.strip()] * 40
    with at_most(1):
        assert deep_link(URL, blocks, Place(39, 0, len(blocks[39]))) == URL


@pytest.mark.parametrize(
    ("body", "quoted"),
    [
        ("oil fell " * 4400, "oil fell oil fell"),
        ("the the " * 5000, "the the the the the the the the the the the"),
        ("a b c " * 6600, "a b c a b c a b c a b c a b d"),
        ("会，" * 20_000, "会，" * 20),
        ("x" * 20_000 + " ", "x" * 20_000),
    ],
)
def test_a_long_repetitive_paragraph_takes_no_time(body: str, quoted: str) -> None:
    text = body + quoted
    with at_most(1):
        deep_link(URL, [text], Place(0, len(body), len(text)))
