from bot.preview.sent import Key, Look, read
from tests.bot.preview.samples import english, key, marked, message


def test_positions_count_utf_16_units() -> None:
    text = "🙂👩‍👩‍👧 bold 𝔄 link"
    (block,) = read(
        message(text, marked(text, "bold", "bold"), marked(text, "mention", "link"))
    ).blocks
    looks = dict(zip(block.text, block.looks, strict=True))
    assert [c for c, look in zip(block.text, block.looks, strict=True) if look.bold] == [*"bold"]
    assert (looks["𝔄"], looks["k"]) == (Look(), Look(linked=True))


def test_a_quotation_is_a_block_of_its_own_and_takes_the_breaks_at_its_edges() -> None:
    text = "before\nquoted\n\nwords\nafter\n\nend"
    sent = read(message(text, marked(text, "expandable_blockquote", "quoted\n\nwords")))
    assert [(b.text, b.quoting) for b in sent.blocks] == [
        ("before", None),
        ("quoted\n\nwords", "expandable_blockquote"),
        ("after\n\nend", None),
    ]
    assert all(len(block.text) == len(block.looks) for block in sent.blocks)


def test_a_quotation_alone_and_one_at_the_end() -> None:
    assert [b.text for b in read(message("q", marked("q", "blockquote", "q"))).blocks] == ["q"]
    text = "a q"
    assert [b.text for b in read(message(text, marked(text, "blockquote", "q"))).blocks] == [
        "a ",
        "q",
    ]


def test_styles_add_up() -> None:
    text = "word"
    kinds = ("bold", "italic", "underline", "strikethrough", "spoiler")
    (block,) = read(message(text, *(marked(text, kind, text) for kind in kinds))).blocks
    assert set(block.looks) == {Look(bold=True, italic=True, underline=True, struck=True)}


def test_keys() -> None:
    assert read(english()).rows[1:4] == (
        (Key("Context"), Key("Source", "url")),
        (Key("Copy citation", "copy"),),
        (Key("👍"), Key("👎")),
    )
    assert read({"text": "x"}).rows == ()
    assert read(message("x", rows=[[key("y")]])).rows == ((Key("y"),),)
