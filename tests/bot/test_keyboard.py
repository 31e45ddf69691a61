from datetime import UTC, datetime

import pytest

from bot import texts
from bot.card import Card
from bot.keyboard import REASONS, answer_rows, citation
from bot.languages import language
from bot.message import units
from bot.quote import Quotation, quote
from corpus.paragraphs import passages
from corpus.types import Article

DAY = datetime(2014, 12, 17, tzinfo=UTC)


def quotation(title: str = "T", url: str | None = "https://n.example/a") -> Quotation:
    article = Article("i", url, title, "TASS", (), DAY, None, "en", ("Oil fell.",))
    return quote(next(iter(passages(article, lambda t: len(t.split()), 200))), article)


def test_a_citation_names_its_source() -> None:
    cited = "T\nTASS, 17 December 2014\nhttps://n.example/a"
    assert citation(quotation(), Card("k")) == cited
    assert citation(quotation(url=None), Card("k")) == "T\nTASS, 17 December 2014"
    persian = citation(quotation(), Card("k", language=language("fa")))
    assert persian == "T\n\u2068TASS\u2069، 17 دسامبر 2014\nhttps://n.example/a"


@pytest.mark.parametrize("title", ["T" * 300, "🙂" * 200, "T"])
@pytest.mark.parametrize(
    "url", ["https://n.example/" + "u" * 100, "https://n.example/" + "u" * 900]
)
def test_a_citation_fits_a_button(title: str, url: str) -> None:
    cited = citation(quotation(title, url), Card("k"))
    assert 0 < units(cited) <= 256
    assert (cited.endswith(f"\n{url}")) == (len(url) < 200)
    assert "\nTASS, 17 December 2014" in cited
    if len(title) > 100:
        assert units(cited) >= 254
        assert "…\n" in cited


def test_reasons_stand_in_place_of_the_verdicts() -> None:
    rows = answer_rows(quotation(), Card("k", 1, 3, asks_why=True))
    assert [[(b.label, b.data) for b in row] for row in rows[2:] if row] == [
        [(texts.REASON_WRONG, "r:k:1:w"), (texts.REASON_OFF_TOPIC, "r:k:1:t")],
        [(texts.REASON_OUTDATED, "r:k:1:o"), (texts.REASON_NOT_IN_SOURCE, "r:k:1:s")],
        [(texts.CANCEL, "q:k:1")],
    ]
    assert len(REASONS) == 4
