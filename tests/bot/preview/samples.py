"""Messages as `sendMessage` takes them, in several directions and scripts."""

from typing import Any

Json = dict[str, Any]

LINK = "https://news.example/a"
ISOLATE, END = "\u2068", "\u2069"

_ENGLISH = "Iran supports talks in Moscow, Amir-Abdollahian said on Wednesday during a visit."
_ARABIC = (
    "قال نائب وزير الخارجية الإيراني يوم الأربعاء إن بلاده تدعم إجراء المحادثات في موسكو (Moscow)"
    " بين الحكومة السورية والمعارضة بحضور 12 وفداً، بحسب وكالة TASS الروسية."
)


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def marked(text: str, kind: str, words: str, **more: str) -> Json:
    """The entity over the first occurrence of words."""
    begin = units(text[: text.index(words)])
    return {"type": kind, "offset": begin, "length": units(words), **more}


def message(text: str, *entities: Json, rows: list[list[Json]] | None = None) -> Json:
    """What `sendMessage` is called with."""
    markup = {"inline_keyboard": rows} if rows else None
    return {"text": text, "entities": list(entities), "reply_markup": markup}


def key(label: str, **action: Any) -> Json:  # noqa: ANN401 (JSON)
    """A button that sends something back, unless told otherwise."""
    return {"text": label, **(action or {"callback_data": "x"})}


def english() -> Json:
    """A card in English, with every kind of key."""
    title = "Iran Backs Talks Between Damascus and Opposition"
    text = f"{_ENGLISH}\n{title}\nVerbatim sample, 17 December 2014"
    return message(
        text,
        marked(text, "blockquote", _ENGLISH),
        marked(text, "bold", "Iran supports talks in Moscow"),
        marked(text, "underline", "talks in Moscow"),
        marked(text, "text_link", title, url=LINK),
        rows=[
            [key("◀"), key("1/3"), key("▶")],
            [key("Context"), key("Source", url=LINK)],
            [key("Copy citation", copy_text={"text": "x"})],
            [key("👍"), key("👎")],
            [key("✕ December 2014")],
        ],
    )


def persian() -> Json:
    """A Persian interface around an English quotation."""
    title = "Iran Backs Talks Between Damascus and Opposition"
    origin = f"{ISOLATE}Verbatim sample{END}، ۱۷ دسامبر ۲۰۱۴"
    asked = f"برداشت از پرسش: {ISOLATE}موضع ایران درباره «Moscow talks» چیست؟{END}"
    text = f"{asked}\n{_ENGLISH}\n{title}\n{origin}"
    return message(
        text,
        marked(text, "blockquote", _ENGLISH),
        marked(text, "bold", "Iran supports talks in Moscow"),
        marked(text, "text_link", title, url=LINK),
        rows=[[key("متن پیرامون"), key("منبع", url=LINK)], [key(f"✕ {ISOLATE}TASS{END}")]],
    )


def arabic() -> Json:
    """An Arabic article."""
    title = "إيران تدعم محادثات موسكو بين دمشق والمعارضة"
    text = f"{_ARABIC}\n{title}\nالجزيرة، ١٧ ديسمبر ٢٠١٤"
    return message(
        text,
        marked(text, "blockquote", _ARABIC),
        marked(text, "bold", "تدعم إجراء المحادثات في موسكو (Moscow) بين الحكومة"),
        marked(text, "text_link", title, url=LINK),
        rows=[[key("السياق"), key("المصدر", url=LINK)]],
    )


def mixed() -> Json:
    """Every style and many scripts, with an address and a label too long for a line."""
    address = "https://news.example/a/very/long/address/that/does/not/fit/" + "x" * 60
    text = (
        "Plain bold italic both struck @name Привет, мир – їжак Ґанок. Türkçe ışık ğ 👩‍👩‍👧 🇩🇪"
        f" שלום हिन्दी 5 € 12 % ₽ and {address}\n\nEnd"
    )
    return message(
        text,
        *(marked(text, kind, kind) for kind in ("bold", "italic")),
        *(marked(text, kind, "both") for kind in ("bold", "italic")),
        marked(text, "strikethrough", "struck"),
        marked(text, "code", "@name"),
        marked(text, "underline", "Привет, мир"),
        rows=[[key("A label far longer than half a telephone is wide"), key("b")]],
    )


ALL = {"english": english, "persian": persian, "arabic": arabic, "mixed": mixed}
