import math
import random
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from index.models import open_cross_encoder
from index.pairing import Pairing
from training.__main__ import freeze
from training.batches import batch
from training.data import Asked, Data, Source
from training.earlier import Earlier
from training.export import export
from training.groups import Group, Groups, Text
from training.loop import Plan, train
from training.model import Judged, Reader, losses
from training.negatives import mine
from training.restore import restored
from training.validate import auroc, validate

CPU = torch.device("cpu")


def tiny() -> Reader:
    torch.manual_seed(0)
    config = BertConfig(
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    return Reader(BertModel(config, add_pooling_layer=False))


@pytest.fixture(scope="module")
def negatives(data: Data, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Source]]:
    kept = tmp_path_factory.mktemp("mined") / "negatives.json"
    told: list[tuple[str, int, int]] = []
    found = mine(data, kept, lambda *progress: told.append(progress))
    assert {stage for stage, _, _ in told} == {
        "searching wrong passages",
        "searching wrong passages, held out",
    }
    again = mine(data, kept, lambda *_: pytest.fail("mined again"))
    assert again == found
    return found


def test_wrong_passages_are_others_of_the_same_side_without_the_answer(
    data: Data, negatives: dict[str, list[Source]]
) -> None:
    assert set(negatives) == {a.id for a in data.asked}
    for asked in data.asked:
        answer = asked.source.text[slice(*asked.spans[1])].casefold()
        for source in negatives[asked.id]:
            assert source.held_out == asked.source.held_out
            assert source.id != asked.source.id
            assert answer not in source.text.casefold()


def test_the_first_text_of_a_group_answers_and_no_other(
    data: Data, negatives: dict[str, list[Source]]
) -> None:
    groups = Groups(negatives, seed=1)
    kinds = set()
    for asked in data.asked:
        for number in range(6):
            group = groups.group(asked, number)
            kinds.add(group.is_whole)
            first, *others = group.texts
            answers = {asked.source.text[start:end] for start, end in asked.spans}
            assert {first.text[start:end] for start, end in first.spans} <= answers
            assert first.spans
            assert 1 <= len(others) <= 5
            for other in others:
                assert other.spans == ()
                assert not any(answer in other.text for answer in answers)
            if not group.is_whole:
                assert first.text.count(" ") < 80
    assert kinds == {True, False}


def test_in_conversations_the_right_text_is_also_read_with_a_question_about_another(
    data: Data, negatives: dict[str, list[Source]]
) -> None:
    masters = {a.id: a.source.text[slice(*a.spans[1])] for a in data.asked}
    asked = [replace(a, text=f"What was built by {masters[a.id]}?") for a in data.asked]
    drawn = {
        one.id: [Groups(negatives, 1, Earlier(asked, 1)).group(one, n) for n in range(8)]
        for one in asked
    }
    altered = {
        (one.id, text.question)
        for one in asked
        for group in drawn[one.id]
        for text in group.texts
        if text.question
    }
    assert altered
    for one in asked:
        for group in drawn[one.id]:
            for text in group.texts[1:]:
                assert text.spans == ()
                assert not text.question or text.text == group.texts[0].text
    for key, question in altered:
        assert masters[key] not in question
        assert question.startswith("What was built by ")


def test_a_draw_is_the_same_each_time_and_another_in_the_next_round(
    data: Data, negatives: dict[str, list[Source]]
) -> None:
    def drawn(number: int) -> list[Group]:
        groups = Groups(negatives, 1, Earlier(data.asked, 1))
        return [groups.group(asked, number) for asked in data.asked]

    assert drawn(0) == drawn(0)
    assert drawn(0) != drawn(1)


GROUPS = [
    Group("Who?", (Text("T", "He did it.", ((0, 2),)), Text("", "It rained.", ())), is_whole=True),
    Group(
        "Where?", (Text("", "In Rome, they say.", ((3, 7),)), Text("", "No.", ())), is_whole=True
    ),
]


def test_a_batch_marks_where_answers_start_and_end(pairing: Pairing) -> None:
    made = batch(GROUPS, pairing)
    (part,) = made.parts
    rows = {
        (int(group), int(right)): row
        for row, (group, right) in enumerate(zip(made.groups, made.right, strict=True))
    }
    assert set(rows) == {(0, 1), (0, 0), (1, 1), (1, 0)}
    place = pairing.pair("Where?", "", "In Rome, they say.")
    row = rows[1, 1]
    assert part.starts[row].nonzero().flatten().tolist() == [place.first + 1]
    assert part.ends[row].nonzero().flatten().tolist() == [place.first + 1]
    assert part.starts[rows[1, 0]].nonzero().flatten().tolist() == [0]
    assert part.places[row].sum() == 1 + len(place.spans)


def test_losses_are_what_their_formulas_say(pairing: Pairing) -> None:
    made = batch(GROUPS, pairing)
    (part,) = made.parts
    flat = torch.zeros(4, part.ids.shape[1], 2).masked_fill(~part.places.unsqueeze(-1), -1e4)
    found = losses(Judged(torch.zeros(4), torch.zeros(4), (flat,)), made)
    assert float(found.rank) == pytest.approx(math.log(2))
    assert float(found.answers) == pytest.approx(math.log(2))
    right = made.right.bool()
    spans = torch.log(part.places.sum(1).float())
    expected = 0.7 * spans[right].mean() + 0.3 * spans[~right].mean()
    assert float(found.spans) == pytest.approx(float(expected))
    sure = Judged(
        made.right * 40 - 20, made.right * 40 - 20, (flat + 50.0 * part.starts[..., None],)
    )
    assert float(losses(sure, made).rank) == pytest.approx(0.0, abs=1e-6)
    assert float(losses(sure, made).answers) == pytest.approx(0.0, abs=1e-6)


def test_auroc_counts_ties_by_half() -> None:
    scores = np.array([1.0, 0.0, 1.0, 0.0], np.float32)
    right = np.array([1.0, 1.0, 0.0, 0.0], np.float32)
    assert auroc(scores, right) == 0.5
    assert auroc(np.array([3, 2, 1, 0], np.float32), right) == 1.0


def groups_of(data: Data, negatives: dict[str, list[Source]]) -> tuple[list[Asked], list[Group]]:
    asked = [a for a in data.asked if not a.source.held_out][:16]
    held_out = [a for a in data.asked if a.source.held_out][:4]
    return asked, [Groups(negatives, 0).group(a, 0) for a in held_out]


def test_training_stopped_and_gone_on_with_ends_as_if_never_stopped(
    data: Data, negatives: dict[str, list[Source]], pairing: Pairing, tmp_path: Path
) -> None:
    asked, held_out = groups_of(data, negatives)
    plan = Plan(epochs=2.0, groups=4, every=2, save_seconds=0.0)
    said: list[str] = []

    def run(folder: Path, report_until: int = 10**6) -> Reader:
        folder.mkdir(exist_ok=True)
        reader = tiny()

        def report(text: str) -> None:
            said.append(text)
            if text.startswith(f"held out, step {report_until}:"):
                raise KeyboardInterrupt

        train(reader, asked, held_out, Groups(negatives, 0), pairing, plan, folder, report)
        return reader

    whole = run(tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "stopped", report_until=6)
    again = run(tmp_path / "stopped")
    assert any(text.startswith("going on at step 5 of 8") for text in said)
    for name, weights in whole.state_dict().items():
        assert torch.allclose(weights, again.state_dict()[name], atol=1e-5), name
    other = Plan(epochs=3.0, groups=4)
    with pytest.raises(ValueError, match="is of another training"):
        train(
            tiny(),
            asked,
            held_out,
            Groups(negatives, 0),
            pairing,
            other,
            tmp_path / "whole",
            said.append,
        )


def test_it_learns(
    data: Data, negatives: dict[str, list[Source]], pairing: Pairing, tmp_path: Path
) -> None:
    asked, held_out = groups_of(data, negatives)
    reader = tiny()
    checks = [batch(held_out, pairing)]
    before = validate(reader, checks, CPU, bf16=False)
    plan = Plan(epochs=12.0, groups=8, rate=3e-3, every=8)
    after = train(
        reader, asked, held_out, Groups(negatives, 0), pairing, plan, tmp_path, lambda _: None
    )
    assert after.loss < before.loss - 0.5
    assert before.inside < 0.7 < after.inside


def test_frozen_layers_stay() -> None:
    reader = tiny()
    freeze(reader, 0)
    assert all(weights.requires_grad for weights in reader.parameters())
    freeze(reader, 1)
    learning = {name for name, weights in reader.named_parameters() if weights.requires_grad}
    assert {".".join(name.split(".")[:4]) for name in learning if "layer" in name} == {
        "transformer.encoder.layer.1"
    }
    assert not any("embeddings" in name for name in learning)
    assert "judge.0.weight" in learning


def test_what_is_exported_judges_as_what_was_trained(pairing: Pairing, tmp_path: Path) -> None:
    reader = tiny().eval()
    with torch.no_grad():
        for weights in reader.parameters():
            # Of those that are alike, as no trained ones are, the exporter keeps one.
            weights.add_(0.02 * torch.randn_like(weights))
    with warnings.catch_warnings():
        # The exporter of torch warns of itself and of shapes that are constant on purpose.
        warnings.simplefilter("ignore")
        export(reader, pairing.tokenizer, tmp_path / "tiny-reader", "0" * 64)
    ours = open_cross_encoder(str(tmp_path / "tiny-reader"))
    assert ours.name == "tiny-reader"
    # Training goes on from what was exported.
    back = restored(tmp_path / "tiny-reader")
    trained = reader.state_dict()
    assert back.keys() == trained.keys()
    for name, value in back.items():
        # In seven bits: 64 steps to a channel's greatest, or to that of all embeddings.
        most = float(trained[name].abs().max())
        assert torch.allclose(value, trained[name], atol=most / 100), name
    chance = random.Random(0)
    for _ in range(5):
        question, text = (
            " ".join(chance.choices(["oil", "gold", "tin", "who", "rose"], k=6)) for _ in "ab"
        )
        made = batch([Group(question, (Text("T", text, ((0, 3),)),), is_whole=True)], pairing)
        with torch.no_grad():
            judged = reader.judged(made)
        found = ours.judge(question, "T", text)
        assert found.rank == pytest.approx(float(judged.rank[0]), abs=0.05)
        assert found.answers == pytest.approx(float(judged.answers[0]), abs=0.05)
        starts = judged.spans[0][0, :, 0].softmax(0)[made.parts[0].places[0]][1:]
        assert found.starts.tolist() == pytest.approx(starts.tolist(), abs=0.02)
