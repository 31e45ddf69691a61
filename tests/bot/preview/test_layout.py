from itertools import pairwise
from typing import Any

import pytest

from bot.preview.layout import Scene, lay_out
from bot.preview.lines import Line, Run, shortened, typeset
from bot.preview.sent import Look, read
from tests.bot.preview import samples
from tests.bot.preview.samples import ALL, Json, arabic, english, key, marked, message, persian

NEAR = pytest.approx


def scene(sent: Json, **options: Any) -> Scene:  # noqa: ANN401 (passed on)
    return lay_out(read(sent), **options)


def runs(scene: Scene) -> list[Run]:
    return [run for placed in scene.texts for run in placed.line.runs]


def said(line: Line) -> str:
    return "".join(run.text for run in line.runs)


def run_of(scene: Scene, words: str) -> Run:
    return next(run for run in runs(scene) if words in run.text)


@pytest.fixture(params=ALL)
def drawn(request: pytest.FixtureRequest) -> Scene:
    """Each sample."""
    return scene(ALL[request.param]())


def test_every_line_is_within_the_bubble(drawn: Scene) -> None:
    for placed in (*drawn.texts, drawn.stamp):
        assert placed.left >= drawn.bubble.left + 20
        assert placed.left + placed.line.width <= drawn.bubble.right - 20
        assert drawn.bubble.top < placed.baseline - placed.line.rise
        assert placed.baseline + placed.line.fall < drawn.bubble.bottom
    assert 0 < drawn.bubble.left < drawn.bubble.right < drawn.width
    assert drawn.width == 780


def test_lines_follow_each_other_without_touching(drawn: Scene) -> None:
    for above, below in pairwise(drawn.texts):
        assert above.baseline + above.line.fall <= below.baseline - below.line.rise


def test_no_character_is_a_box(drawn: Scene) -> None:
    assert drawn.unseen() == set()


def test_a_row_of_keys_is_as_wide_as_the_bubble_and_its_keys_are_alike(drawn: Scene) -> None:
    top = drawn.bubble.bottom
    assert drawn.rows
    for row in drawn.rows:
        widths = {round(button.box.right - button.box.left, 6) for button in row}
        assert len(widths) == 1
        assert row[0].box.left == drawn.bubble.left
        assert row[-1].box.right == NEAR(drawn.bubble.right)
        assert len({(button.box.top, button.box.bottom) for button in row}) == 1
        assert row[0].box.top > top
        top = row[0].box.bottom
        for button in row:
            label = button.label
            assert button.box.left < label.left
            assert label.left + label.line.width < button.box.right
            # In the middle, to the pixel.
            assert label.left + label.line.width / 2 == NEAR(
                (button.box.left + button.box.right) / 2
            )
    assert top < drawn.height


def test_each_style_has_its_face() -> None:
    drawn = scene(samples.mixed())
    faces = {words: run_of(drawn, words).face for words in ("Plain", "bold", "italic", "both")}
    assert {w: (f.weight, f.is_italic) for w, f in faces.items()} == {
        "Plain": (400, False),
        "bold": (700, False),
        "italic": (400, True),
        "both": (700, True),
    }
    assert {f.name for f in faces.values()} == {"Roboto"}
    assert run_of(drawn, "@name").face.name == "RobotoMono"
    assert run_of(drawn, "struck").look == Look(struck=True)
    assert run_of(drawn, "Привет").look == Look(underline=True)
    assert {run.face.name for run in runs(drawn) if "👩" in run.text} == {"NotoEmoji"}


def test_signs_have_their_own_faces_and_the_space_of_the_text_beside_them() -> None:
    looks = [Look(), Look(), *[Look(bold=True)] * 3]
    (line,) = typeset("✕ ✕ 👍", looks, 32, 1000)
    assert [(run.text, run.face.name, run.face.weight) for run in line.runs] == [
        ("✕", "DejaVuSans", 400),
        (" ", "Roboto", 400),
        ("✕", "DejaVuSans", 700),
        (" ", "Roboto", 700),
        ("👍", "NotoEmoji", 700),
    ]


def test_bold_is_wider_than_the_same_words_in_regular() -> None:
    plain, bold = (
        typeset("Iran سلام", [Look(bold=is_bold)] * 9, 32, 1000)[0].runs
        for is_bold in (False, True)
    )
    assert len(plain) == len(bold) == 2
    assert all(b.width > p.width for p, b in zip(plain, bold, strict=True))


def test_a_link_is_a_link_and_a_quoted_phrase_is_underlined() -> None:
    drawn = scene(english())
    assert run_of(drawn, "Damascus").look == Look(linked=True)
    assert run_of(drawn, "talks in Moscow").look == Look(bold=True, underline=True)
    assert run_of(drawn, "Verbatim").look == Look()


def test_from_the_left() -> None:
    drawn = scene(english())
    (quote,) = drawn.quotes
    assert not quote.from_right
    assert quote.sign.left > (quote.box.left + quote.box.right) / 2
    quoted = [p for p in drawn.texts if p.baseline < quote.box.bottom]
    assert len({p.left for p in quoted}) == 1
    assert quoted[0].left > quote.box.left + 2 * 3
    assert {p.left for p in drawn.texts[len(quoted) :]} == {quote.box.left}


def test_from_the_right() -> None:
    drawn = scene(arabic())
    (quote,) = drawn.quotes
    assert quote.from_right
    assert quote.sign.left < (quote.box.left + quote.box.right) / 2
    quoted = [p for p in drawn.texts if p.baseline < quote.box.bottom]
    assert len(quoted) > 3
    edges = {round(p.left + p.line.width, 3) for p in quoted}
    assert len(edges) == 1
    assert edges.pop() < quote.box.right - 2 * 3
    rest = drawn.texts[len(quoted) :]
    assert {round(p.left + p.line.width, 3) for p in rest} == {round(quote.box.right, 3)}
    assert run_of(drawn, "المحادثات").from_right
    assert not run_of(drawn, "TASS").from_right


def test_each_paragraph_runs_its_own_way() -> None:
    drawn = scene(persian())
    ways = [placed.line.from_right for placed in drawn.texts]
    assert ways[0]
    assert ways[-1]
    assert not drawn.quotes[0].from_right
    title = next(p for p in drawn.texts if "Damascus" in said(p.line))
    assert not title.line.from_right
    # The name stands first, on the right, although it is written from the left.
    origin = drawn.texts[-1].line
    assert [run.text.strip() for run in origin.runs][-1] == "Verbatim sample"


def test_words_stand_in_visual_order_with_a_bold_one_amid() -> None:
    text = "اب cd ef گھ"
    looks = [Look(bold="cd" in text[i : i + 2] or text[i] == "d") for i in range(len(text))]
    (line,) = typeset(text, looks, 32, 1000)
    visible = [run.text.strip() for run in line.runs if run.text.strip()]
    assert visible == ["گھ", "cd", "ef", "اب"]
    assert next(run for run in line.runs if run.text == "cd").look.bold
    for left, right in pairwise(line.runs):
        assert left.left + left.width == NEAR(right.left)


def test_lines_hold_as_many_words_as_there_is_room_for() -> None:
    text = "one two three four five six seven eight nine ten"
    lines = typeset(text, [Look()] * len(text), 32, 300)
    assert " ".join(said(line) for line in lines) == text
    assert all(line.width <= 300 for line in lines)
    for line, following in pairwise(lines):
        word = said(following).split()[0]
        both = f"{said(line)} {word}"
        assert typeset(both, [Look()] * len(both), 32, 9999)[0].width > 300


def test_a_word_longer_than_a_line_is_cut_and_nothing_is_lost() -> None:
    text = "see https://news.example/" + "y" * 90 + " end"
    lines = typeset(text, [Look()] * len(text), 32, 300)
    assert all(0 < line.width <= 300 for line in lines)
    assert "".join(said(line) for line in lines).replace(" ", "") == text.replace(" ", "")
    narrow = typeset("👩‍👩‍👧👩‍👩‍👧", [Look()] * 10, 32, 1)
    assert [said(line) for line in narrow] == ["👩‍👩‍👧", "👩‍👩‍👧"]


def test_an_empty_paragraph_is_a_line() -> None:
    lines = typeset("a\n\nb", [Look()] * 4, 32, 300)
    assert [said(line) for line in lines] == ["a", "", "b"]
    assert lines[1].rise == lines[0].rise


def folding(count: int) -> Json:
    text = "\n".join(f"paragraph {n}" for n in range(count)) + "\nTitle"
    return message(text, marked(text, "expandable_blockquote", text[: -len("\nTitle")]))


def test_a_long_expandable_quotation_is_folded_until_it_is_opened() -> None:
    folded, opened = scene(folding(5)), scene(folding(5), expanded=True)
    assert [said(p.line) for p in folded.texts] == [
        *("paragraph 0", "paragraph 1", "paragraph 2", "Title"),
    ]
    assert len(opened.texts) == 6
    assert (folded.quotes[0].fold, opened.quotes[0].fold) == ("open", "fold")
    assert folded.height < opened.height


def test_a_short_one_is_shown_whole_for_good() -> None:
    assert scene(folding(3)).quotes[0].fold is None
    assert len(scene(folding(3)).texts) == 4


def test_the_time_stands_beside_the_last_line_where_there_is_room() -> None:
    beside = scene(message("Short.\nVerbatim sample, 17 December 2014"))
    assert beside.stamp.left > beside.texts[-1].left + beside.texts[-1].line.width
    assert abs(beside.stamp.baseline - beside.texts[-1].baseline) < 10
    for text in ("سلام", "quoted"):
        entities = [marked(text, "blockquote", text)] if text == "quoted" else []
        below = scene(message(text, *entities))
        assert below.stamp.baseline - below.stamp.line.rise >= below.texts[-1].baseline


def test_a_narrow_bubble_for_few_words_and_a_wide_one_for_its_keys() -> None:
    alone = scene(message("Hi"))
    keyed = scene(message("Hi", rows=[[key("Back to the quotation"), key("Source")]]))
    assert alone.bubble.right < keyed.bubble.right
    assert [said(b.label.line) for b in keyed.rows[0]] == ["Back to the quotation", "Source"]


def test_a_label_too_long_ends_in_an_ellipsis() -> None:
    drawn = scene(samples.mixed())
    label = said(drawn.rows[0][0].label.line)
    assert label.startswith("A label far")
    assert label.endswith("…")
    line = shortened("شكراً جزيلاً لكم جميعاً على كل شيء", 29, 200)
    assert line.width <= 200


def test_a_wider_screen_takes_fewer_lines() -> None:
    assert len(scene(english(), width=600).texts) < len(scene(english()).texts)
    assert scene(english(), width=600, scale=1).width == 600


def test_what_no_font_has_is_told() -> None:
    assert scene(message("漢 word", rows=[[key("字")]])).unseen() == {"漢", "字"}
