import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock

import numpy as np
import pytest

from bot import texts
from bot.confidence import shipped
from bot.conversation import turn
from bot.desk import Desk, Question
from bot.engine import Engine, update
from bot.kept import Kept
from bot.languages import ENGLISH
from bot.presses import Press
from bot.quote import Quotation
from bot.settings import OFF, Settings
from bot.turns import Place
from corpus.paragraphs import sentences
from index.layout import Layout, replace_text
from index.models import DEFAULT_RERANKER
from index.types import Judgement, UnusableError
from tests.bot.conftest import settings_at, write_article
from tests.bot.telegram.conftest import QUESTION


@pytest.fixture
def lamps(tmp_path: Path) -> Settings:
    """A collection of one article, indexed."""
    write_article(tmp_path / "a" / "1.md", "Nine lamps were lit in the square.", title="Lamps")
    settings = settings_at(tmp_path, "[corpus]", 'paths = ["a"]', "[index]", "keep_generations = 1")
    update(settings)
    return settings


def relight(settings: Settings, words: str) -> None:
    write_article(settings.corpus.paths[0] / "1.md", words, title="Lamps")
    update(settings)


def test_a_newer_generation_is_followed(lamps: Settings) -> None:
    with Engine(lamps) as engine:
        assert engine.ask("How many lamps were lit?").quotations[0].text.startswith("Nine")
        relight(lamps, "Ten lamps were lit in the square.")
        answer = engine.ask("How many lamps were lit?")
        assert answer.quotations[0].text.startswith("Ten")
        assert answer.generation == engine.manifest.number == 2
        assert 0 <= engine.age() < 60
        assert not engine.is_elsewhere


@pytest.mark.parametrize("fault", ["damaged", "other model", "garbage"])
def test_a_newer_generation_that_cannot_be_used_is_not_followed(
    lamps: Settings, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    layout = Layout(lamps.index.data)
    with Engine(lamps) as engine:
        other = lamps.model_copy(
            update={"index": lamps.index.model_copy(update={"keep_generations": 3})}
        )
        relight(other, "Ten lamps were lit in the square.")
        manifest = layout.generation(2) / "manifest.json"
        if fault == "damaged":
            (layout.generation(2) / "dense.faiss").unlink()
        elif fault == "other model":
            values = json.loads(manifest.read_text("utf-8"))
            manifest.write_text(json.dumps(values | {"fingerprint": "x"}), "utf-8")
        else:
            replace_text(layout.current, "nonsense")
        with caplog.at_level(logging.ERROR):
            answer = engine.ask("How many lamps were lit?")
        assert answer.quotations[0].text.startswith("Nine")
        assert "still answering from generation 1" in caplog.text


def test_no_index_and_another_model_are_told(lamps: Settings, tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match=r"no index in .*: run `verbatim index`"):
        Engine(settings_at(tmp_path / "empty"))
    prefixed = lamps.model_copy(
        update={"index": lamps.index.model_copy(update={"query_prefix": "query: "})}
    )
    with pytest.raises(UnusableError, match="run `verbatim index`"):
        Engine(prefixed)
    assert update(lamps, unless_built=True) is None


def test_buttons_of_an_answer_whose_text_is_gone_say_so(lamps: Settings) -> None:
    with Engine(lamps) as engine:
        kept = Kept(":memory:")
        desk = Desk(engine, kept, 2)
        card = desk.ask(Question("How many lamps were lit?", Place(5)))
        assert len(card.rows) == 2
        context = card.rows[0][0].data or ""
        shown = desk.press(Press(context, Place(5))).message
        assert shown is not None
        assert shown.text.startswith("Nine lamps")
        assert desk.press(Press(context, Place(6))).word == texts.NOT_YOURS
        relight(lamps, "Ten lamps were lit in the square.")
        assert desk.press(Press(context, Place(5))).word == texts.UPDATED
        kept.close()


def test_what_the_desk_says_of_the_collection(lamps: Settings) -> None:
    with Engine(lamps) as engine, Kept(":memory:") as kept:
        desk = Desk(engine, kept, 2)
        assert desk.sources(ENGLISH).text == (
            "1 article from The Outlet, 17 December 2014 – 17 December 2014.\n\nLatest:\n"
            "• Lamps – The Outlet, 17 December 2014"
        )
        assert desk.status(ENGLISH).text.startswith("1 article, 1 passage. Indexed ")
        (lamps.corpus.paths[0] / "1.md").unlink()
        update(lamps)
        assert desk.sources(ENGLISH).text == texts.EMPTY
        for number in range(7):
            path = lamps.corpus.paths[0] / f"{number}.md"
            write_article(path, "Words.", outlet=f"O{number}", url=f"https://n.example/{number}")
        update(lamps)
        assert ", …, 17 December" in desk.sources(ENGLISH).text


def without_reader(settings: Settings) -> Settings:
    index = settings.index.model_copy(update={"reranker": OFF})
    return settings.model_copy(update={"index": index})


def test_the_reader_points_at_the_words_that_answer(sample: Settings) -> None:
    assert sample.index.reranker == DEFAULT_RERANKER
    asked = "Who resigned on Monday in spite of the victory?"
    with Engine(sample) as engine:
        first = engine.ask(asked).quotations[0]
        assert first.words is not None
        assert first.answer[0] <= first.words[0] < first.words[1] <= first.answer[1]
        assert first.text[slice(*first.words)] == "Yanis Varoufakis"
        assert not engine.ask("Who will win the 2030 World Cup?").answered
        assert engine.answerer.threshold == shipped().threshold
    with Engine(without_reader(sample)) as plain:
        assert plain.cross_encoder is None
        assert plain.ask(asked).quotations[0].words is None


class Noting:
    """A cross-encoder that knows English only, likes long passages and notes what it is given."""

    name = fingerprint = "noting"
    language = "en"
    ranks = True

    def __init__(self) -> None:
        self.read: list[tuple[str, str]] = []

    def judge(self, question: str, context: str, text: str) -> Judgement:  # noqa: ARG002
        """Take length for an answer."""
        self.read.append((question, text))
        nothing = np.zeros(0, np.float32)
        return Judgement(float(len(text)), None, np.zeros((0, 2), np.int64), nothing, nothing)


def test_it_reads_a_follow_up_behind_what_was_asked_and_told(sample: Settings) -> None:
    noting = Noting()
    with Engine(sample, cross_encoder=noting) as engine:
        first = engine.ask(QUESTION)
        assert {asked for asked, _ in noting.read} == {QUESTION}
        # What it likes best comes first.
        assert first.quotations[0].text == max((text for _, text in noting.read), key=len)
        said = turn(QUESTION, first.resolved, first.subject, first.quotations)
        told = first.quotations[0].text[slice(*first.quotations[0].answer)]
        assert said.told is not None
        paragraph = first.quotations[0].article.paragraphs[said.quoted[0].paragraph]
        assert paragraph[slice(*said.told)] == told
        noting.read.clear()
        engine.ask("who said that?", conversation=[said])
        last = " ".join(told.split()[-40:])
        assert {asked for asked, _ in noting.read} == {f"{QUESTION} {last} who said that?"}
        noting.read.clear()
        # What the collection no longer has is not told.
        gone = replace(said, quoted=(replace(said.quoted[0], article_id="gone"),))
        engine.ask("who said that?", conversation=[gone])
        assert {asked for asked, _ in noting.read} == {f"{QUESTION} who said that?"}
        noting.read.clear()
        # Nothing is told that a new subject could lean on, and "more" asks for nothing by itself.
        engine.ask("What did OPEC decide in Vienna?", conversation=[said])
        assert {asked for asked, _ in noting.read} == {"What did OPEC decide in Vienna?"}
        noting.read.clear()
        engine.ask("more", conversation=[said])
        assert {asked for asked, _ in noting.read} == {QUESTION}


def test_it_reads_only_the_language_that_it_knows(sample: Settings) -> None:
    noting = Noting()
    asked = "Какая станция доставила зонд «Фил» к комете?"
    with Engine(sample, cross_encoder=noting) as engine:
        answer = engine.ask(asked)
        assert answer.answered
        assert answer.quotations[0].article.language == "ru"
        assert noting.read == []
        assert answer.skipped == ()
    with Engine(without_reader(sample)) as plain:
        expected = plain.ask(asked)
        assert answer.confidence == expected.confidence
        assert [q.passage for q in answer.quotations] == [q.passage for q in expected.quotations]


class Slow:
    """A cross-encoder for each of whose judgements a second passes on `clock`."""

    name = fingerprint = "slow"
    language = None
    ranks = True

    def __init__(self) -> None:
        self.now = 0.0
        self._lock = Lock()

    def clock(self) -> float:
        """Return the time in seconds."""
        return self.now

    def judge(self, question: str, context: str, text: str) -> Judgement:  # noqa: ARG002
        """Prefer short passages."""
        with self._lock:
            self.now += 1
        nothing = np.zeros(0, np.float32)
        return Judgement(-len(text), 9.0, np.zeros((0, 2), np.int64), nothing, nothing)


@pytest.mark.parametrize(
    ("deadline", "judged", "skipped"),
    [(None, {6}, ()), (9.0, {6}, ()), (2.5, {3, 4}, ("reranker",)), (0.0, {0}, ("reranker",))],
)
def test_without_time_it_is_as_if_there_were_no_cross_encoder(
    sample: Settings,
    deadline: float | None,
    judged: set[float],
    skipped: tuple[str, ...],
) -> None:
    slow = Slow()
    index = sample.index.model_copy(update={"threads": 2})
    sample = sample.model_copy(update={"index": index})
    with Engine(sample, cross_encoder=slow) as engine, Engine(without_reader(sample)) as plain:
        engine.answerer._finder._looker._reader._judge._clock = slow.clock
        # It marks what no cross-encoder does.
        plain.answerer._finder._looker._marker = None
        answer = engine.ask(QUESTION, deadline=deadline)
        expected = plain.ask(QUESTION)
    assert slow.now in judged
    assert answer.skipped == skipped
    assert (answer.quotations == expected.quotations) == bool(skipped)


class Counting:
    """Notes what is to be marked, and marks nothing."""

    def __init__(self) -> None:
        self.given: list[int] = []

    def marked(self, quotations: Sequence[Quotation], *_: object) -> Sequence[Quotation]:
        """Return them as they are."""
        self.given.append(len(quotations))
        return quotations


def test_only_what_is_quoted_is_read_for_its_mark(sample: Settings) -> None:
    counting = Counting()
    with Engine(sample) as engine:
        engine.answerer._finder._looker._marker = counting  # type: ignore[assignment]
        answer = engine.ask(QUESTION)
        assert counting.given == [len(answer.quotations)] == [3]
        assert engine.ask("Who will win the 2030 World Cup?").quotations == ()
        assert counting.given == [3]
        engine.answerer.consider(QUESTION, 10, marks=lambda q: q.text == answer.quotations[1].text)
        assert counting.given == [3, 1]


def test_the_latest_articles_quoted_from_their_beginning(sample: Settings) -> None:
    with Engine(sample) as engine:
        recent = engine.recent(3)
        assert {q.article.title for q in recent} == {a.title for a in engine.summary(3).latest}
        days = [q.article.published for q in engine.recent(100) if q.article.published]
        assert len(days) == 24
        assert days == sorted(days, reverse=True)
        for quotation in recent:
            article = quotation.article
            assert article.paragraphs[0].startswith(quotation.text)
            assert quotation.answer == sentences(quotation.text, article.language)[0]


def test_an_article_that_the_library_has_lost_is_not_among_them(lamps: Settings) -> None:
    with Engine(lamps) as engine:
        assert [q.article.title for q in engine.recent(5)] == ["Lamps"]
        engine.library.remove([engine.summary(1).latest[0].id])
        engine.library.prune([])
        assert engine.recent(5) == ()


def test_a_cross_encoder_that_does_not_exist_is_said(sample: Settings, tmp_path: Path) -> None:
    index = sample.index.model_copy(update={"reranker": str(tmp_path)})
    with pytest.raises(UnusableError, match=r"\[index\] reranker = "):
        Engine(sample.model_copy(update={"index": index}))
