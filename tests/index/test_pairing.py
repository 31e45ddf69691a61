import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from index.models import DEFAULT_MODEL, SHIPPED
from index.onnx_model import TOKENIZER
from index.pairing import LONGEST, Pairing


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(SHIPPED / DEFAULT_MODEL / TOKENIZER))


def test_question_context_and_passage_stand_between_marks(tokenizer: Tokenizer) -> None:
    pair = Pairing(tokenizer).pair("Who won?", "Cup", "Liberia won it.")
    words = [tokenizer.id_to_token(i) for i in pair.ids]
    assert words == [
        "[CLS]",
        "who",
        "won",
        "?",
        "[SEP]",
        "cup",
        "[SEP]",
        "liberia",
        "won",
        "it",
        ".",
        "[SEP]",
    ]
    assert pair.types == [0] * 7 + [1] * 5
    assert pair.first == 7
    assert [("Liberia won it."[a:b]) for a, b in pair.spans] == ["Liberia", "won", "it", "."]


def test_without_context_its_place_is_empty(tokenizer: Tokenizer) -> None:
    pair = Pairing(tokenizer).pair("Who?", "", "He.")
    words = [tokenizer.id_to_token(i) for i in pair.ids]
    assert words == ["[CLS]", "who", "?", "[SEP]", "[SEP]", "he", ".", "[SEP]"]


def test_what_is_too_long_is_cut_and_the_passage_has_the_most_room(tokenizer: Tokenizer) -> None:
    pair = Pairing(tokenizer).pair("who " * 500, "cup " * 500, "gold " * 500)
    assert len(pair.ids) == len(pair.types) == LONGEST
    assert pair.first == 1 + 96 + 1 + 72 + 1
    assert len(pair.spans) == LONGEST - pair.first - 1
    # What is asked stands at the end, behind what it leans on.
    asked = Pairing(tokenizer).pair("who " * 500 + "won ?", "", "gold")
    assert [tokenizer.id_to_token(i) for i in asked.ids[95:98]] == ["won", "?", "[SEP]"]
    short = Pairing(tokenizer).pair("who", "", "gold " * 500)
    assert len(short.spans) == LONGEST - 5


def test_a_tokenizer_without_marks_is_refused() -> None:
    bare = Tokenizer(models.WordLevel({"a": 0, "[UNK]": 1}, unk_token="[UNK]"))
    bare.pre_tokenizer = pre_tokenizers.Whitespace()
    with pytest.raises(ValueError, match=r"no \[CLS\] and \[SEP\]"):
        Pairing(bare)
