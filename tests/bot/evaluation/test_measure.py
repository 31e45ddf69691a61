from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answer import Answer, Answerer, Considered
from bot.conversation import Turn
from bot.engine import Engine
from bot.evaluation.asking import Asker, seconds
from bot.evaluation.measure import Options, measure_folder
from bot.evaluation.memo import MemoEncoder
from bot.evaluation.report import Report, faults, read, save
from bot.quote import Quotation
from bot.settings import Settings
from corpus.types import Article
from index.evaluation.questions import Question
from index.models import open_encoder
from index.onnx_encoder import OnnxEncoder
from index.types import Encoder, UnusableError, Vectors
from tests.bot.conftest import settings_at
from tests.index.evaluation.sets import ARTICLES, write_lines

QUESTION = "What is Iran's position on the Moscow talks?"


def test_figures(tiny_report: Report) -> None:
    found = tiny_report.figures["all"]
    values = {name: (round(f.value, 4), f.count) for name, f in found.items()}
    assert (tiny_report.name, tiny_report.data["questions"]) == ("tiny", 5)
    assert values["hit@1"] == (0.6667, 3)
    assert values["hit@3"] == (1.0, 3)
    # The paragraph that is said to answer q3 is in the right article.
    assert values["article_hit@1"] == (1.0, 3)
    assert values["sentence"] == values["end_to_end"] == (1.0, 2)
    assert values["false_answer_far"] == (0.0, 1)
    assert values["false_answer"] == (0.0, 1)
    assert values["auroc_far"] == (1.0, 4)
    assert tiny_report.exact["exact"] == tiny_report.exact["quotations"] > 15
    assert faults(tiny_report) == []
    assert tiny_report.speed["count"] == 5
    assert tiny_report.speed["p95_ms"] >= tiny_report.speed["p50_ms"] > 0


def test_results(tiny_report: Report) -> None:
    q1, q2, q3, u1, _ = tiny_report.results
    assert (q1["ranked"][0], q1["gold"], q1["answered"]) == ("lamps:0", ["lamps:0"], True)
    assert q2["ranked"][0] == "the%20mill:0"
    assert q3["measures"]["mrr@10"] == 1 / (q3["ranked"].index("lamps:1") + 1) < 1
    assert (u1["kind"], u1["answered"], list(u1["measures"])) == (
        "far",
        False,
        ["false_answer_far"],
    )


def test_a_quotation_in_other_words_is_a_fault(tiny_report: Report) -> None:
    bad = replace(tiny_report, exact={"quotations": 9, "exact": 8})
    assert faults(bad) == ["tiny: 1 of 9 quotations not in the article's own words"]


def test_json_and_back(tiny_report: Report, tmp_path: Path) -> None:
    save(tmp_path / "a.json", [tiny_report])
    assert read(tmp_path / "a.json") == [tiny_report]
    with pytest.raises(UnusableError, match="cannot be written"):
        save(tmp_path / "no" / "a.json", [tiny_report])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "not made by"),
        ("{}", "not made by"),
        ('{"format": 0}', "of format 0: measure again"),
        ('{"format": 1, "reports": [{"figures": {}}]}', "not made by"),
    ],
)
def test_other_files_are_no_reports(tmp_path: Path, text: str, reason: str) -> None:
    (path := tmp_path / "a.json").write_text(text, "utf-8")
    with pytest.raises(UnusableError, match=reason):
        read(path)
    with pytest.raises(UnusableError, match="cannot be read"):
        read(tmp_path / "b.json")


def test_each_nth_question_without_a_conversation(tiny: Path) -> None:
    (every,) = measure_folder(settings_at(tiny.parent), tiny, Options())
    (second,) = measure_folder(settings_at(tiny.parent), tiny, Options(every=2))
    assert (every.name, second.name) == ("tiny", "tiny every=2")
    assert [r["id"] for r in second.results] == [r["id"] for r in every.results][::2]
    assert every.figures["all"] != second.figures["all"]
    (first,) = measure_folder(settings_at(tiny.parent), tiny, Options(every=2, limit=1))
    assert (first.name, [r["id"] for r in first.results]) == ("tiny every=2 limit=1", ["q1"])


def test_each_nth_conversation_is_whole(tmp_path: Path) -> None:
    (folder := tmp_path / "talks").mkdir()
    write_lines(folder / "articles.jsonl", ARTICLES)
    rows = [
        {"id": f"{talk}{turn}", "question": text, "history": said, "answerable": False}
        for talk, first in (("a", "Who?"), ("b", "Where is it?"), ("c", "Who?"))
        for turn, text, said in ((1, first, []), (2, "Why?", [first, "So."]))
    ]
    # A conversation whose beginning is not in the file.
    late = {"id": "d2", "question": "Since when?", "history": ["How?", "So."], "answerable": False}
    write_lines(folder / "questions.jsonl", [*rows, late])
    (found,) = measure_folder(settings_at(tmp_path), folder, Options(every=2))
    assert [r["id"] for r in found.results] == ["a1", "a2", "c1", "c2"]
    (found,) = measure_folder(settings_at(tmp_path), folder, Options(every=3))
    assert [r["id"] for r in found.results] == ["a1", "a2", "d2"]


def test_limit_and_far(tiny: Path, tmp_path: Path) -> None:
    (other := tmp_path / "other").mkdir()
    write_lines(other / "articles.jsonl", ARTICLES)
    rows = [
        {"id": f"o{n}", "question": f"Who painted picture {n}?", "article": "lamps", "paragraph": 0}
        for n in range(4)
    ]
    write_lines(other / "questions.jsonl", rows)
    (report,) = measure_folder(settings_at(tiny.parent), tiny, Options(limit=2, far=other))
    assert report.name == "tiny limit=2 far=other"
    assert [r["id"] for r in report.results] == ["q1", "q2", "far-o0", "far-o2"]
    assert report.figures["all"]["false_answer_far"].count == 2
    assert "+" in report.data["digest"]


def test_far_questions_stand_alone(tiny: Path, tmp_path: Path) -> None:
    write_lines(tmp_path / "articles.jsonl", ARTICLES)
    row = {"id": "a", "question": "Why?", "history": ["Who?", "He."], "answerable": False}
    write_lines(tmp_path / "questions.jsonl", [row])
    with pytest.raises(UnusableError, match="all its questions are follow-ups"):
        measure_folder(settings_at(tiny.parent), tiny, Options(far=tmp_path))


class Silenced(OnnxEncoder):
    """Has no vectors for passages any more."""

    def __init__(self, encoder: Encoder) -> None:
        self.__dict__.update(vars(encoder))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Fail."""
        raise AssertionError(texts)


class Watched:
    """An answerer that notes what it is asked."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self.asked: list[tuple[str, list[str], datetime | None]] = []

    def answer(
        self,
        question: str,
        most: int,
        *,
        now: datetime | None = None,
        conversation: Sequence[Turn] = (),
    ) -> Answer:
        """Answer as the real one does."""
        self.asked.append((question, [t.question for t in conversation], now))
        return self._answerer.answer(question, most, now=now, conversation=conversation)

    def consider(
        self,
        question: str,
        most: int,
        *,
        now: datetime | None = None,
        conversation: Sequence[Turn] = (),
        marks: Callable[[Quotation], bool],
    ) -> Considered:
        """Consider as the real one does."""
        return self._answerer.consider(
            question, most, now=now, conversation=conversation, marks=marks
        )


@pytest.fixture
def watched(engine: Engine) -> Watched:
    return Watched(engine.answerer)


def asker_of(watched: Watched, articles: dict[str, Article]) -> Asker:
    return Asker(watched, 3, articles)  # type: ignore[arg-type]


def test_conversations_are_had_once(watched: Watched) -> None:
    asker = asker_of(watched, {})
    noon = datetime(2015, 1, 2, 12, tzinfo=UTC)
    said = (QUESTION, "…", "Who led Syriza?")
    for turn in (0, 1, 2, 3):
        text = (*said, "What did he say?")[turn]
        asker.ask(Question(str(turn), text, answerable=False, history=said[:turn], asked=noon))
    # What has no words is no turn.
    assert watched.asked == [
        (QUESTION, [], noon),
        ("…", [QUESTION], noon),
        ("…", [QUESTION], noon),
        ("Who led Syriza?", [QUESTION], noon),
        ("What did he say?", [QUESTION, "Who led Syriza?"], noon),
    ]
    (first, _) = asker.conversation(said, noon)
    assert first.quoted[0].article_id == "03852a8cffc3"  # "Iran Backs Moscow Talks …"


def test_a_question_without_words_is_silence(watched: Watched) -> None:
    asker = asker_of(watched, {})
    gold = frozenset(["a:0"])
    question = Question("q", "?!", answerable=True, gold=gold, spans={"a:0": ((0, 1),)})
    outcome = asker.ask(question)
    assert (outcome.answered, outcome.confidence, outcome.ranked) == (False, 0.0, ())
    assert (outcome.sentence, outcome.end_to_end) == (None, False)
    assert seconds(watched, 3, asker, [question]) == []  # type: ignore[arg-type]


def test_quotations_are_compared_with_the_articles(engine: Engine, watched: Watched) -> None:
    question = Question("q", QUESTION, answerable=False)
    articles = {a.id: a for a in engine.library.current()}
    whole = asker_of(watched, articles).ask(question)
    assert whole.exact == whole.quotations > 3
    first = engine.ask(QUESTION).quotations[0]
    del articles[first.article.id]
    assert asker_of(watched, articles).ask(question).exact < whole.exact


def test_the_answer_in_the_right_paragraph(engine: Engine, watched: Watched) -> None:
    first = engine.ask(QUESTION).quotations[0]
    name = f"{first.article.id}:{first.passage.paragraph}"
    begin, end = first.answer

    def ask(*spans: tuple[int, int], wording: str | None = None) -> tuple[object, ...]:
        question = Question(
            "q", QUESTION, True, gold=frozenset([name]), spans={name: spans}, wording=wording
        )
        outcome = asker_of(watched, {}).ask(question)
        return outcome.sentence, outcome.worded, outcome.end_to_end

    assert ask((begin, begin + 1)) == (True, True, True)
    assert ask((end - 1, end)) == (True, True, True)
    assert ask((end, end + 1)) == (False, False, False)
    assert ask((end, end + 1), wording=first.text[begin:end]) == (False, True, False)


@pytest.mark.parametrize(
    ("other", "is_right"),
    [
        ("The firemen of Elmstead put out the {} lamps of the market square.", True),
        ("The firemen of Elmstead put out the 9 lamps of the market square.", False),
        ("The firemen had put out what burned, and the square of the market lay dark.", False),
    ],
)
def test_a_copy_counts_as_the_paragraph_that_is_named(
    tmp_path: Path, other: str, is_right: bool
) -> None:
    (folder := tmp_path / "copies").mkdir()
    shown = "The firemen of Elmstead put out the {} lamps on the market square."
    rows = [
        {"id": key, "title": title, "paragraphs": [text.format(7), "Nobody was hurt at all."]}
        for key, title, text in (("a", "Firemen and Lamps", shown), ("b", "Lamps", other))
    ]
    write_lines(folder / "articles.jsonl", rows)
    question = "Who put out the lamps on the market square, the firemen?"
    asked = {"id": "q", "question": question, "article_id": "b", "paragraph": 0}
    write_lines(folder / "questions.jsonl", [asked])
    (found,) = measure_folder(settings_at(tmp_path), folder, Options())
    assert found.results[0]["measures"]["hit@1"] == float(is_right)
    assert found.results[0]["ranked"][0] == ("b:0" if is_right else "a:0")


def test_turns_are_told_apart(tmp_path: Path, tiny: Path) -> None:
    (folder := tmp_path / "talk").mkdir()
    write_lines(folder / "articles.jsonl", ARTICLES)
    gold = {"article": "lamps", "paragraphs": [0]}
    turns = [
        {"question": "How many lamps were lit in the square?", "dependent": False, **gold},
        {"question": "Who thanked the firemen?", "dependent": True, **gold},
    ]
    write_lines(folder / "dialogues.jsonl", [{"id": "d", "split": "dev", "turns": turns}])
    (report,) = measure_folder(settings_at(tiny.parent), folder, Options(split="dev"))
    assert report.name == "talk dialogues split=dev"
    counts = {group: found["hit@1"].count for group, found in report.figures.items()}
    assert counts == {
        "all": 2,
        "first turn": 1,
        "later turns": 1,
        "dependent": 1,
        "independent": 1,
    }
    assert report.figures["first turn"]["hit@1"].value == 1.0


def test_the_encoder_remembers(tmp_path: Path) -> None:
    encoder = open_encoder()
    texts = ["Nine lamps.", "A mill.", "Nine lamps."]
    with closing(MemoEncoder(encoder, tmp_path / "m.sqlite")) as memo:
        assert memo.encode_passages(texts).tolist() == encoder.encode_passages(texts).tolist()
        assert memo.encode_queries(texts).tolist() == encoder.encode_queries(texts).tolist()
        assert memo.encode_passages([]).shape == (0, encoder.dimension)
        once = memo.encode_tokens("Nine lamps.")
        assert memo.encode_tokens("Nine lamps.") is once
        assert memo.encode_tokens("Nine lamps.", query=True) is not once
        assert memo.count("Nine lamps.") == encoder.count("Nine lamps.")

    # What is kept in the file is not made again.
    silenced = Silenced(encoder)
    with closing(MemoEncoder(silenced, tmp_path / "m.sqlite")) as memo:
        assert memo.encode_passages(texts).tolist() == encoder.encode_passages(texts).tolist()
        with pytest.raises(AssertionError, match="A comet"):
            memo.encode_passages(["A comet."])


def test_settings_are_the_bots(tiny: Path) -> None:
    strict: Settings = settings_at(tiny.parent / "strict", "[bot]", "threshold = 1.0")
    (report,) = measure_folder(strict, tiny, Options(limit=2))
    assert report.made_by["threshold"] == 1.0
    assert report.figures["all"]["false_silence"].value == 1.0
    assert report.figures["all"]["end_to_end"].value == 0.0
    # Considered all the same.
    assert report.figures["all"]["hit@1"].value == 1.0
