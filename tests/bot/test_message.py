from bot.message import Composer, Mark, Message, units


def test_pieces_and_marks_stay_in_step() -> None:
    out = Composer()
    out.write("Oil ")
    out.write("fell", "bold")
    out.write(" here", "text_link", "https://n.example/")
    out.mark("blockquote", 0, 8)
    assert out.message((), ()) == Message(
        "Oil fell here",
        (
            Mark("blockquote", 0, 8),
            Mark("bold", 4, 8),
            Mark("text_link", 8, 13, "https://n.example/"),
        ),
    )


def test_bold_is_taken_off_a_span_only() -> None:
    out = Composer("0123456789")
    out.mark("bold", 0, 4)
    out.mark("bold", 5, 10)
    out.mark("blockquote", 0, 10)
    out.unbold(6, 8)
    assert out.message().marks == (
        Mark("blockquote", 0, 10),
        Mark("bold", 0, 4),
        Mark("bold", 5, 6),
        Mark("bold", 8, 10),
    )
    out.unbold(0, 10)
    assert out.message().marks == (Mark("blockquote", 0, 10),)


def test_telegram_counts_utf_16() -> None:
    assert [units(t) for t in ("", "a", "я", "🙂", "\ud800")] == [0, 1, 1, 2, 1]
