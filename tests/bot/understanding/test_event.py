import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding import find_event


@pytest.mark.parametrize(
    ("language", "question", "side", "name"),
    [
        (
            "en",
            "What did Dijsselbloem say after the Greek election?",
            "after",
            "the Greek election",
        ),
        ("en", "After the referendum, what did Samaras do?", "after", "the referendum"),
        ("en", "Since the referendum what has Tsipras said?", "since", "the referendum"),
        ("en", "what was decided ahead of the summit in Rome", "before", "the summit in Rome"),
        ("en", "How many died before the WHO spoke of it?", "before", "the WHO spoke of it"),
        ("en", "what changed after he’d resigned?", "after", "he’d resigned"),
        ("en", "What happened after that?", "after", ""),
        ("en", "and since then?", "since", ""),
        ("en", "who ruled before this?", "before", ""),
        ("ru", "Что сказал Ципрас после референдума?", "after", "референдума"),
        ("ru", "что изменилось с тех пор?", "since", ""),
        ("uk", "що сталося після виборів?", "after", "виборів"),
        ("de", "Was sagte Merkel nach der Wahl in Rom?", "after", "der Wahl in Rom"),
        ("de", "was geschah vor dem Gipfel?", "before", "dem Gipfel"),
        ("es", "¿Qué dijo Tsipras tras el referéndum?", "after", "el referéndum"),
        ("fr", "Qu'a dit Merkel après le référendum grec ?", "after", "le référendum grec"),
        ("ar", "ماذا قال تسيبراس بعد الاستفتاء؟", "after", "الاستفتاء"),
        ("fa", "تسیپراس پس از همه‌پرسی چه گفت؟", "after", "همه‌پرسی"),
    ],
)
def test_an_event_says_when(language: str, question: str, side: str, name: str) -> None:
    found = find_event(question, language)
    assert found is not None
    words = found.name.replace("'", "’") if "’" in name else found.name
    assert (found.side, words) == (side, name)
    assert question[slice(*found.span)].endswith(name)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "which insect was named after David Attenborough?"),
        ("en", "What did Powell say before the Senate?"),
        ("en", "who spoke before the UN Security Council?"),
        ("en", "since when?"),
        ("en", "until when?"),
        ("en", "what did he do before?"),
        ("en", "Which of the following is true?"),
        ("en", "How long after the vote did he resign?"),
        ("en", "who looks after the children?"),
        ("ru", "что сказал Нетаньяху перед Советом Безопасности"),
        ("de", "wer flog nach Berlin?"),
        ("fr", "qui a gagné d'après le journal ?"),
        ("es", "¿quién llegó desde Madrid?"),
        ("tr", "seçimden sonra ne oldu?"),
        ("xx", "after the vote"),
    ],
)
def test_what_says_no_time(language: str, question: str) -> None:
    assert find_event(question, language) is None


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["after", "that", "the", "vote", ",", "what", "nach", "dem"])).map(
        " ".join
    ),
    st.sampled_from(["en", "ru", "uk", "de", "es", "fr", "ar", "fa", "tr"]),
)
def test_any_text_can_be_read(text: str, language: str) -> None:
    found = find_event(text, language)
    if found is not None:
        assert 0 <= found.span[0] < found.span[1] <= len(text)
        assert len(found.name) < found.span[1] - found.span[0]
