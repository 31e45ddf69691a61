import random
import warnings
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from index.models import DEFAULT_MODEL, SHIPPED
from index.onnx_model import TOKENIZER
from index.onnx_words import OnnxWords
from training.data import Asked, Data, Source
from training.earlier import pronominal
from training.groups import Text
from training.words import __main__ as command
from training.words.batches import Batches
from training.words.examples import Example, Examples
from training.words.export import export, halfway
from training.words.loop import Plan, train
from training.words.model import Words, seen
from training.words.negatives import mine

PLAN = Plan(rounds=1, questions=6, rate=1e-3)


def tiny() -> Words:
    torch.manual_seed(0)
    config = BertConfig(
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    return Words(BertModel(config, add_pooling_layer=False))


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(SHIPPED / DEFAULT_MODEL / TOKENIZER))
    found.no_padding()
    found.no_truncation()
    return found


@pytest.fixture(scope="module")
def batches(tokenizer: Tokenizer, data: Data) -> Batches:
    return Batches(tokenizer, {source.id: at for at, source in enumerate(data.sources)})


@pytest.fixture(scope="module")
def examples(data: Data) -> Examples:
    return Examples(data.asked, mine(data, lambda *_: None), 0)


def source(name: str) -> Source:
    return Source(name, "Anything.", "set", "Title", held_out=False)


def test_wrong_passages_are_others_of_the_same_side_without_the_answer(data: Data) -> None:
    found = mine(data, lambda *_: None)
    assert set(found) == {asked.id for asked in data.asked}
    assert any(found.values())
    for asked in data.asked:
        answer = asked.source.text[slice(*asked.spans[1])].casefold()
        for one in found[asked.id]:
            assert one.held_out == asked.source.held_out
            assert one.id != asked.source.id
            assert answer not in one.text.casefold()


@pytest.mark.parametrize(
    ("question", "said", "text", "expected"),
    [
        ("When was Marta Lind born?", "Who is Marta Lind?", "Her father …", {"she", "he"}),
        ("What is Orlow's flag?", "Where is Orlow?", "It has a flag.", {"What is its flag?"}),
        ("Who rules Orlow?", "Where is Tarn?", "A king rules.", {None}),
        ("Orlow is where?", "What is Orlow?", "On a river.", {None}),
    ],
)
def test_names_that_were_said_become_pronouns(
    question: str, said: str, text: str, expected: set[str | None]
) -> None:
    found = {pronominal(question, said, text, random.Random(seed)) for seed in range(20)}
    if expected == {"she", "he"}:
        expected = {"When was she born?", "When was he born?"}
    assert found == expected


def test_follow_ups_are_drawn_and_every_draw_is_the_same(data: Data, examples: Examples) -> None:
    drawn = [examples.draw(asked, 1) for asked in data.asked]
    assert drawn == [examples.draw(asked, 1) for asked in data.asked]
    following = [one for one in drawn if one.own]
    assert 0 < len(following) < len(drawn)
    asked = {one.text for one in data.asked}
    for one in following:
        assert one.question[: one.own - 1] in asked
        assert one.texts[0].spans
        assert not any(text.spans for text in one.texts[1:])
    assert {one.only for one in drawn} == {True, False}


def test_a_batch_says_which_sentence_and_whose(batches: Batches, data: Data) -> None:
    text = Text("Title", "It rains. Master Orson built it.", ((10, 22),))
    first = data.sources[0]
    batch = batches.batch(
        [
            Example("Who? Who built it?", 5, True, (text, text._replace(spans=())), first),
            Example("When?", 0, False, (Text("", "In spring.", ((3, 9),)),), data.sources[1]),
        ]
    )
    assert batch.text_of.tolist() == [0, 0, 1, 1, 2]
    assert batch.answers.tolist() == [False, True, False, False, True]
    assert batch.owner.tolist() == [0, 0, 1]
    assert batch.sources.tolist() == [0, 1]
    # [CLS] who ? who built it ? [SEP]: only the second question's words look.
    assert batch.counts[0].tolist() == [0, 0, 0, 1, 1, 1, 1, 0]
    assert batch.counts[1].tolist()[:4] == [0, 1, 1, 0]
    # [CLS] title it rains . master …: marks and title are of no sentence.
    assert batch.places[0].tolist()[:6] == [-1, -1, 0, 0, 0, 1]
    assert batch.places[2].max() == 4


def test_texts_for_another_question_on_the_same_passage_are_left_out(batches: Batches) -> None:
    model = tiny()
    one, two = source("one"), source("two")
    apart = Batches(batches._tokenizer, {"one": 0, "two": 1})
    texts = (Text("", "Orson built it.", ((0, 5),)), Text("", "Nobody knows.", ()))
    others = (Text("", "It was built by Orson.", ((16, 21),)), Text("", "It rains.", ()))
    with torch.no_grad():
        same = seen(
            model,
            apart.batch(
                [
                    Example("Who?", 0, False, texts, one),
                    Example("Who built it?", 0, False, others, one),
                ]
            ),
        )
        other = seen(
            model,
            apart.batch(
                [
                    Example("Who?", 0, False, texts, one),
                    Example("Who built it?", 0, False, others, two),
                ]
            ),
        )
    assert torch.allclose(same.likeness, other.likeness)
    # Fewer sentences share the probability.
    assert same.loss < other.loss
    assert same.right.tolist() == [True, False, True, False]


def test_likeness_is_the_mean_of_the_likest_each_as_it_counts(batches: Batches, data: Data) -> None:
    model = tiny().eval()
    with torch.no_grad():
        model.weight.weight.normal_()
    example = Example(
        "Who?", 0, False, (Text("", "It rains. Orson.", ((10, 15),)),), data.sources[0]
    )
    batch = batches.batch([example])
    with torch.no_grad():
        asked, weights = model(batch.asked, batch.asked_mask)
        texts, _ = model(batch.texts, batch.texts_mask)
        found = model.likeness(batch)
    a = asked[0, 1:3] / asked[0, 1:3].norm(dim=1, keepdim=True)
    t = texts[0] / texts[0].norm(dim=1, keepdim=True)
    w = weights[0, 1:3]
    for sentence in (0, 1):
        within = t[batch.places[0] == sentence]
        expected = ((a @ within.T).max(1).values * w).sum() / w.sum()
        assert float(found[0, sentence]) == pytest.approx(float(expected), abs=1e-5)


def test_it_learns_goes_on_and_is_exported_halfway(
    data: Data, examples: Examples, batches: Batches, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    asked: list[Asked] = [one for one in data.asked if not one.source.held_out]
    held_out = [examples.draw(one, 0) for one in data.asked if one.source.held_out]
    model = tiny()
    before = {name: value.clone() for name, value in model.transformer.state_dict().items()}
    told: list[str] = []
    plan = Plan(rounds=6, questions=6, rate=3e-3)
    early = train(tiny(), asked, held_out, examples, batches, PLAN, tmp_path / "..", told.append)
    (tmp_path / ".." / "words.pt").resolve().unlink()
    found = train(model, asked, held_out, examples, batches, plan, tmp_path, told.append)
    assert found.loss < early.loss
    assert 0 <= found.sentence <= 1
    again = train(tiny(), asked, held_out, examples, batches, plan, tmp_path, told.append)
    assert again.loss == pytest.approx(found.loss, abs=1e-4)
    with pytest.raises(ValueError, match="another training"):
        train(tiny(), asked, held_out, examples, batches, PLAN, tmp_path, told.append)

    trained = {name: value.clone() for name, value in model.transformer.state_dict().items()}
    halfway(model, before)
    name = "encoder.layer.0.attention.self.query.weight"
    middle = (before[name] + trained[name]) / 2
    assert torch.allclose(model.transformer.state_dict()[name], middle, atol=1e-6)
    with warnings.catch_warnings():
        # The exporter of torch warns of itself and of shapes that are constant on purpose.
        warnings.simplefilter("ignore")
        export(model, tokenizer, tmp_path / "words", data.digest)
    vectors = OnnxWords(tmp_path / "words").encode("It rains.", query=False).vectors
    with torch.no_grad():
        hidden, _ = model.eval()(
            torch.tensor([tokenizer.encode("It rains.").ids]), torch.ones(1, 5, dtype=torch.long)
        )
    expected = torch.nn.functional.normalize(hidden[0, 1:4], dim=-1).numpy()
    assert np.sum(vectors * expected, axis=1) == pytest.approx(1.0, abs=0.02)


def test_one_command_trains_and_exports(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "words"
    options = ["--share", "0.2", "--rounds", "1", "--questions", "5", "--export", str(out)]
    monkeypatch.setattr("sys.argv", ["words", str(folder), str(tmp_path / "work"), *options])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        command.main()
    assert f"written to {out}" in capsys.readouterr().err
    assert len(OnnxWords(out).encode("Who built the mill?", query=True).spans) == 5
