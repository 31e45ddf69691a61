"""corpus.paragraphs: healing, sentences, and cutting into passages without a letter lost."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.paragraphs import context, digest, embedded_text, heal, passages, sentences
from corpus.types import Article, Passage
from index.types import Encoder
from tests.corpus.samples import HARBOUR, article

# Healing


def healed(*texts: str) -> list[str]:
    """What becomes of blocks of running text."""
    return list(heal([(text, True) for text in texts]))


LONG_CHINESE = (
    "在风暴过后的第二天港口管理局宣布航道已经清理完毕所有渔船都可以重新出海但是提醒船主注意安全并且"
    * 2
)
LONG_ARABIC = (
    "أعلنت هيئة الميناء يوم الثلاثاء أن الممر الملاحي أصبح صالحا للاستعمال من جديد بعد أن أزيلت"
)
LONG_PERSIAN = (
    "سازمان بنادر روز سه‌شنبه اعلام کرد که آبراه بندر پس از توفان پاک‌سازی شده و کشتی‌ها دوباره"
)
LONG_HEBREW = (
    "רשות הנמל הודיעה ביום שלישי כי נתיב השיט נוקה לאחר הסערה וכי כל סירות הדיג יכולות לצאת שוב"
)


@pytest.mark.parametrize(
    ("torn", "following"),
    [
        ("This is one of key", "issues of contention."),
        ("They came from Oslo,", "Bergen and Narvik."),
        ("They came from Oslo,", "40 in all."),
        ("He had one wish –", "Home."),
        ("He had one wish —", "Home."),
        ("The socio-", "economic council met."),
        ("He quoted “the sea”", "and left."),
        ("She said", "“we stay” and left."),
        ("She said", "(quietly) that they stay."),
        ("It was [sic]", "so."),
        ("Они приехали из", "«тихой гавани» вчера."),
        ("Они приехали из Осло,", "Бергена и Нарвика."),
        ("Ήρθαν από την", "πόλη χθες."),
        ("قال إنه سيأتي،", "ثم غادر."),
        ("他们来自奥斯陆，", "卑尔根和纳尔维克。"),
        ("彼は言った、", "帰ろう。"),
        (LONG_CHINESE, "不要在夜间航行。"),
        (LONG_ARABIC, "الحطام منه."),
        (LONG_PERSIAN, "به دریا می‌روند."),
        (LONG_HEBREW, "לים."),
    ],
)
def test_a_torn_sentence_is_joined(torn: str, following: str) -> None:
    assert healed("Before.", torn, following, "After.") == [
        "Before.",
        f"{torn} {following}",
        "After.",
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A whole sentence.", "another, in small letters."),
        ("Is it?", "no."),
        ("It is!", "yes."),
        ("He paused…", "and went on."),
        ("The list:", "apples."),
        ("First this;", "then that."),
        ("He said “go.”", "they went."),
        ("He said «иди!»", "они ушли."),
        ("(It was late.)", "they went."),
        ("A heading", "A paragraph begins."),
        ("A heading", "2014 began well."),
        ("A heading", "“Quoted” it was."),
        ("A heading", "— a dash opens speech."),
        ("A heading,", "…"),
        ("Заголовок", "Абзац начинается."),
        ("他走了。", "天黑了。"),
        ("他问：“走吗？”", "天黑了。"),
        ("标题", "天黑了。"),
        ("هل غادر؟", "نعم."),
        ("عنوان قصير", "ثم غادر."),
        ("او رفت۔", "سپس آمد."),
        ("כותרת", "הוא הלך."),
        ("वह चला गया।", "फिर आया।"),
        ("Նա գնաց։", "հետո եկավ։"),
        (LONG_CHINESE, "Then in English."),
        (LONG_ARABIC + ".", "ثم غادر."),
        ("”", "“"),
    ],
)
def test_two_paragraphs_stay_two(first: str, second: str) -> None:
    assert healed(first, second) == [first, second]


def test_a_paragraph_torn_twice_is_joined_whole() -> None:
    assert healed("one of", "key issues,", "of Contention") == ["one of key issues, of Contention"]


@pytest.mark.parametrize("headings", [(True, False), (False, True), (False, False)])
def test_headings_are_never_joined(headings: tuple[bool, bool]) -> None:
    blocks = [("a heading without an end", headings[0]), ("and small letters", headings[1])]
    assert list(heal(blocks)) == ["a heading without an end", "and small letters"]


def test_a_heading_parts_what_stands_around_it() -> None:
    blocks = [("one of key", True), ("a heading", False), ("issues of contention", True)]
    assert list(heal(blocks)) == ["one of key", "a heading", "issues of contention"]


def test_nothing_to_heal() -> None:
    assert healed() == []
    assert healed("alone") == ["alone"]


_BLOCK = st.tuples(
    st.sampled_from(["one of key", "issues", "A whole.", "Then,", "他", "“"]), st.booleans()
)


@given(st.lists(_BLOCK))
def test_healing_only_ever_replaces_a_break_by_a_space(blocks: list[tuple[str, bool]]) -> None:
    assert " ".join(heal(blocks)) == " ".join(text for text, _ in blocks)


# Sentences


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["The harbour opened.", "Boats left!", "Did all return?", "Not yet"]),
        ("en", ["The U.S. envoy met Mr. Smith on Dec. 17 in Geneva.", "He left."]),
        ("en", ["Dr. Quill and Mrs. Reed paid 3.50 dollars.", "It was 5 p.m. by then."]),
        ("en", ["It opened at 6 p.m. Luna time, in the rain.", "All came."]),
        ("en", ["By 5 a.m. Old Harbour Time it was over.", "It closed at 6 p.m.", "Luna slept."]),
        ("en", ['"It is late. Go home," he said.', "She left."]),
        ("en", ["He said: “Stop. Now. Please.”", "Then he left."]),
        ("en", ["“We lost nets. We lost no people,” she said.", "“Good.”"]),
        ("en", ["Well… perhaps.", "We shall see."]),
        ("en", ["A family 👨\u200d👩\u200d👧 came.", "A flag 🇮🇷 flew.", "The end."]),
        ("ru", ["Гавань открыта.", "В 2014 г. было трудно.", "Все ли вернулись?"]),
        ("ru", ["«Мы готовы. Мы ждём», — сказал он.", "Это было в среду."]),
        ("fa", ["او گفت: «می\u200cروم. خداحافظ.»", "سپس رفت.", "آیا می\u200cآید؟", "نه."]),
        ("ar", ["قال الوزير: «لن نذهب. هذا مؤكد».", "ثم غادر."]),
        ("he", ["הוא הלך.", "היא באה?", "כן."]),
        ("und", ["One.", "Two."]),
        ("xx", ["One.", "Two."]),
    ],
)
def test_sentences(language: str, expected: list[str]) -> None:
    text = " ".join(expected)
    assert [text[start:end] for start, end in sentences(text, language)] == expected


def test_sentences_of_a_script_without_spaces() -> None:
    text = "他说：“走吧。快走！”她走了。天黑了？"
    found = [text[start:end] for start, end in sentences(text, "zh")]
    assert found == ["他说：“走吧。快走！”", "她走了。", "天黑了？"]


def test_spans_count_characters_not_bytes() -> None:
    assert sentences("Ёж 👍. Да.", "ru") == [(0, 5), (6, 9)]


@pytest.mark.parametrize("text", ["", " ", "\u00a0\u2003"])
def test_no_sentence_in_nothing(text: str) -> None:
    assert sentences(text, "en") == []


_SENTENCE_PIECES = st.sampled_from(
    [
        *(
            "The boat",
            "U.S.",
            "Mr.",
            "Dec. 17",
            "3.5",
            "e.g.",
            "а он",
            "В 2014 г.",
            "他走了",
            "می\u200cرود",
        ),
        *(".", "!", "?", "…", "。", "؟", "۔", ",", ":", "“", "”", '"', "'", "«", "»", "(", ")"),
        *(" ", " ", "  ", "\u00a0", "👨\u200d👩", "e\u0301"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(_SENTENCE_PIECES, max_size=25).map("".join),
    st.sampled_from(["en", "ru", "zh", "fa", "und"]),
)
def test_sentences_leave_out_nothing_but_space(text: str, language: str) -> None:
    spans = sentences(text, language)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    gaps = [text[edges[i] : edges[i + 1]] for i in range(0, len(edges), 2)]
    assert "".join(gaps).strip() == ""


# What is embedded


def test_context_is_title_and_section() -> None:
    assert context(HARBOUR, 0) == "Harbour Reopens After the Storm"
    sectioned = article(
        paragraphs=("First.", "Damage", "Second."), sections=("", "", "Damage > Boats")
    )
    assert context(sectioned, 0) == "Harbour Reopens After the Storm"
    assert context(sectioned, 2) == "Harbour Reopens After the Storm\nDamage > Boats"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("t" * 120, "t" * 120),
        ("t" * 121, "t" * 120),
        ("word " * 24 + "last", ("word " * 23) + "word"),
        ("ab " + "t" * 200, "ab"),
        ("港" * 200, "港" * 120),
    ],
)
def test_context_of_a_long_title_is_shortened_at_a_word(title: str, expected: str) -> None:
    assert context(article(title=title), 0) == expected
    sections = article(paragraphs=("Short.",), sections=(title,))
    assert context(sections, 0).split("\n")[1] == expected


def test_embedded_text_and_digest() -> None:
    text = embedded_text(HARBOUR, 0, "Nets were lost.")
    assert text == "Harbour Reopens After the Storm\nNets were lost."
    assert digest(text) == hashlib.sha256(text.encode()).hexdigest()
    assert digest("\ud800") == hashlib.sha256(b"\xed\xa0\x80").hexdigest()


# Passages


def words(text: str) -> int:
    return len(text.split())


def check_passages(
    source: Article, count: Callable[[str], int], limit: int, *, blank_costs: bool = False
) -> list[Passage]:
    """Cut `source` and check all that is promised of passages."""
    cut = list(passages(source, count, limit))
    for position, paragraph in enumerate(source.paragraphs):
        own = [p for p in cut if p.paragraph == position]
        assert own[0].start == 0
        assert own[-1].end == len(paragraph)
        assert all(a.end == b.start for a, b in pairwise(own))
    assert [(p.paragraph, p.start) for p in cut] == sorted({(p.paragraph, p.start) for p in cut})
    for passage in cut:
        assert passage.article_id == source.id
        assert passage.article_digest == source.digest()
        assert passage.text == source.paragraphs[passage.paragraph][passage.start : passage.end]
        assert passage.text != "" if blank_costs else passage.text.strip() != ""
        embedded = f"{source.title}\n{passage.text}"
        assert passage.digest == hashlib.sha256(embedded.encode()).hexdigest()
        assert count(embedded) <= limit
    return cut


_WORDS = st.sampled_from(
    [
        *(
            "harbour",
            "Dec. 17",
            "U.S.",
            "unbelievably",
            "“nets,”",
            "3.50",
            "antidisestablishmentarianism",
        ),
        *("гавань", "«Ёж»", "переосвидетельствование", "می\u200cرود", "کتاب\u200cها", "الميناء"),
        *(
            "港口",
            "重新开放。",
            "หน้าต่าง",
            "항구가",
            "e\u0301a\u0308",
            "👨\u200d👩\u200d👧",
            "🇮🇷",
            "—",
        ),
        *(
            "x" * 99,
            "x" * 101,
            "неразрывно" * 30,
            "港" * 60,
            "9" * 70,
            "https://news.example/" + "a-b_" * 30,
        ),
    ]
)
_SPACES = st.sampled_from(
    [" ", " ", " ", " ", "", "  ", "\u00a0", " \u00a0 ", "\u2003", ". ", "? ", "。"]
)
_PARAGRAPHS = st.lists(
    st.tuples(_SPACES, st.lists(st.tuples(_WORDS, _SPACES), min_size=1, max_size=14)).map(
        lambda parts: parts[0] + "".join(word + space for word, space in parts[1])
    ),
    min_size=1,
    max_size=3,
)
_ARTICLES = st.builds(
    lambda paragraphs, language, dated: article(
        title="Harbour opens",
        published=datetime(2015, 3, 3, tzinfo=UTC) if dated else None,
        language=language,
        paragraphs=tuple(paragraphs),
    ),
    _PARAGRAPHS,
    st.sampled_from(["en", "ru", "zh", "fa", "und"]),
    st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(_ARTICLES, st.integers(1, 12))
def test_passages_partition_any_article_counted_in_words(source: Article, room: int) -> None:
    check_passages(source, words, words(context(source, 0)) + room)


@settings(max_examples=100, deadline=None)
@given(_ARTICLES, st.integers(1, 90))
def test_passages_partition_any_article_counted_in_characters(source: Article, room: int) -> None:
    check_passages(source, len, len(context(source, 0)) + 1 + room, blank_costs=True)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_ARTICLES, st.integers(4, 60))
def test_passages_partition_any_article_counted_in_tokens(
    encoder: Encoder, source: Article, room: int
) -> None:
    check_passages(source, encoder.count, encoder.count(context(source, 0)) + room)


@pytest.mark.parametrize(
    ("unit", "language"),
    [
        ("The harbour opened again on Tuesday, two days later. ", "en"),
        ("harbour ", "en"),
        ("Во вторник гавань снова открылась, через два дня. ", "ru"),
        ("风暴过后两天，港口重新开放。", "zh"),
        ("港口", "zh"),
        ("توفان گذشت و بندر باز شد؛ کشتی\u200cها رفتند. ", "fa"),
        ("x", "und"),
    ],
)
def test_a_paragraph_of_twenty_thousand_characters(
    encoder: Encoder, unit: str, language: str
) -> None:
    paragraph = (unit * (20_000 // len(unit) + 1))[:20_000].strip()
    source = article(language=language, paragraphs=(paragraph, "Short."))
    cut = check_passages(source, encoder.count, encoder.limit)
    assert "".join(p.text for p in cut) == paragraph + "Short."


def test_a_long_paragraph_is_cut_at_sentence_ends() -> None:
    source = article(paragraphs=("One two. Three four. Five six seven. Eight.",))
    cut = check_passages(source, words, words(context(source, 0)) + 4)
    assert [p.text for p in cut] == ["One two. Three four. ", "Five six seven. Eight."]


def test_a_long_sentence_is_cut_after_a_word() -> None:
    source = article(paragraphs=("One. Two three four five six seven. Eight.",))
    cut = check_passages(source, words, words(context(source, 0)) + 3)
    assert [p.text for p in cut] == ["One. ", "Two three four ", "five six seven. ", "Eight."]


def test_a_long_word_is_cut_where_it_must() -> None:
    source = article(paragraphs=("ab cdefghij",))
    cut = check_passages(source, len, len(context(source, 0)) + 1 + 4, blank_costs=True)
    assert [p.text for p in cut] == ["ab ", "cdef", "ghij"]


def test_a_paragraph_that_fits_is_one_passage(encoder: Encoder) -> None:
    cut = check_passages(HARBOUR, encoder.count, encoder.limit)
    assert [p.text for p in cut] == list(HARBOUR.paragraphs)


def test_a_run_of_spaces_is_no_passage_of_its_own() -> None:
    source = article(paragraphs=("aaaa   bbbb",))
    cut = check_passages(source, len, len(context(source, 0)) + 1 + 4)
    assert [p.text for p in cut] == ["aaaa", "   b", "bbb"]


def test_a_character_beyond_the_limit_is_a_passage_of_its_own() -> None:
    source = article(paragraphs=("a港b",))

    def costly(text: str) -> int:
        return sum(5 if c == "港" else 1 for c in text)

    cut = list(passages(source, costly, costly(embedded_text(source, 0, "")) + 2))
    assert [p.text for p in cut] == ["a", "港", "b"]


def test_work_grows_with_the_length_not_with_its_square() -> None:
    counted = 0

    def count(text: str) -> int:
        nonlocal counted
        counted += len(text)
        return len(text)

    source = article(language="zh", paragraphs=("港" * 40_000,))
    list(passages(source, count, 300))
    assert counted < 30 * 40_000


@pytest.mark.parametrize("room", [0, -5])
def test_a_limit_without_room_for_a_passage_is_refused(room: int) -> None:
    limit = words(context(HARBOUR, 0)) + room
    with pytest.raises(
        ValueError, match=f"^a model that reads {limit} tokens cannot hold the title and a passage$"
    ):
        list(passages(HARBOUR, words, limit))
