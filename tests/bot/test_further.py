"""What goes on with what was said: no passage comes twice, and none is missed to the end."""

import pytest

from benchmarks.further import counted
from bot.conversation import Quoted, Turn, resolve, turn
from bot.engine import Engine
from bot.further import further, points, wants_others
from index.search import Near

PHILAE = "When did Philae touch down on the comet?"
VOTE = "How did the Greeks vote in the July 2015 referendum?"
SAID = (
    Turn(PHILAE, PHILAE, PHILAE, (Quoted("a", 0), Quoted("b", 2))),
    Turn("more", f"more ({PHILAE})", PHILAE, (Quoted("a", 1),), passed=(Quoted("c", 4, 90),)),
)


@pytest.mark.parametrize(
    "question",
    [
        *("more", "More!", "tell me more", "Can you tell me more about it?", "any more details?"),
        *(
            "more, please",
            "please, more",
            "is there more?",
            "what else?",
            "And what else is known?",
        ),
        *("anything else", "another one", "what more was agreed?", "further information"),
        *("mehr", "noch mehr dazu?", "bitte mehr", "was noch?", "Und was ist sonst noch bekannt?"),
        *("más", "¿qué más se sabe?", "cuéntame más", "encore", "quoi d'autre ?", "dis-m'en plus"),
        *("ещё", "А что ещё?", "расскажи подробнее", "ще", "Що ще відомо?", "daha fazla bilgi"),
        *("BAŞKA BİR ŞEY VAR MI?", "المزيد", "ماذا أيضا؟", "بیشتر بگو", "دیگر چه؟"),
    ],
)
def test_more_of_the_same_is_asked_for(question: str) -> None:
    assert further(question) == "more"
    assert wants_others(question)


@pytest.mark.parametrize(
    "question",
    [
        *("go on", "continue", "Keep going!", "and then?", "what happened next?", "Then what?"),
        *("And what happened after that?", "what came then?", "how did it go on?", "next"),
        *(
            "weiter",
            "und was geschah dann?",
            "wie ging es weiter?",
            "sigue",
            "¿y qué pasó después?",
        ),
        *("et ensuite ?", "la suite", "дальше", "А что было дальше?", "що сталося потім?"),
        *(
            "devam et",
            "sonra ne oldu?",
            "ثم ماذا؟",
            "وماذا حدث بعد ذلك؟",
            "ادامه بده",
            "بعد چه شد؟",
        ),
    ],
)
def test_what_comes_next_is_asked_for(question: str) -> None:
    assert further(question) == "on"


@pytest.mark.parametrize(
    "question",
    [
        *("source?", "Really?", "are you sure?", "is that true?", "where is that from?", "link"),
        *("Quelle?", "stimmt das?", "¿de verdad?", "fuente", "c'est vrai ?", "d'où ça vient ?"),
        *("источник?", "это правда?", "джерело?", "emin misin?", "المصدر؟", "منبع؟"),
    ],
)
def test_where_it_stands_is_asked_for(question: str) -> None:
    assert further(question) == "again"
    assert not wants_others(question)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        *[(q, "en") for q in ("who said that?", "when?", "who says so?", "what did he say?")],
        *[(q, "en") for q in ("where was that?", "why?", "what does that mean?")],
        *[(q, "en") for q in ("how?", "how many?", "how much?")],
        *[("wer hat das gesagt?", "de"), ("кто это сказал?", "ru"), ("¿quién lo dijo?", "es")],
        *[("qui a dit ça ?", "fr"), ("хто це сказав?", "uk"), ("bunu kim söyledi?", "tr")],
    ],
)
def test_a_question_that_names_nothing_points_at_what_was_said(
    question: str, language: str
) -> None:
    assert points(question, language)
    found = resolve(question, language, frozenset(), SAID)
    assert found.near == Near("a", 1, frozenset(), "about")
    assert (len(found.wordings), found.passed) == (2, frozenset())


@pytest.mark.parametrize(
    ("question", "language"),
    [
        *[(q, "en") for q in ("who signed it?", "what did Merkel say?")],
        *[("wer hat das unterzeichnet?", "de"), ("кто это подписал?", "ru"), ("誰?", "ja")],
    ],
)
def test_one_that_names_something_does_not(question: str, language: str) -> None:
    assert not points(question, language)


@pytest.mark.parametrize(
    ("question", "others"),
    [
        *[(q, True) for q in ("What else did he say?", "who else was there?", "wer noch kam?")],
        *[(q, True) for q in ("Qui d'autre était là ?", "что ещё сказал Ципрас?", "başka kim?")],
        *[(q, False) for q in ("how many more seats?", "what about more money?", "next year?")],
        *[(q, False) for q in ("and then who won?", "what happened?", "more on Greece", "why?")],
        *[(q, False) for q in ("Was noch nie geschah", "mehr Geld für Athen?", "дальше от Земли")],
        *[
            (q, False)
            for q in ("Wer noch immer wartet", "что ещё не решено?", "що ще не вирішено?")
        ],
        *[(q, False) for q in ("What happened after the referendum?", "later that year?", "")],
    ],
)
def test_a_question_with_words_of_its_own_is_asked(question: str, others: bool) -> None:
    assert further(question) is None
    assert wants_others(question) == others


def test_it_is_the_subject_that_is_searched_without_what_was_quoted_first() -> None:
    found = resolve("go on", "en", frozenset(), SAID)
    assert found.wordings == ((PHILAE, 1.0, ""),)
    assert found.near == Near("a", 1, frozenset(), "on")
    assert found.passed == {Quoted("a", 0), Quoted("a", 1), Quoted("c", 4, 90)}
    assert (found.subject, found.is_leaning) == (PHILAE, True)
    again = resolve("really?", "en", frozenset(), SAID)
    assert (again.wordings, again.passed) == (found.wordings, frozenset())
    assert again.near == Near("a", 1, frozenset(), "again")
    other = resolve("What else did it do?", "en", frozenset(), SAID)
    assert [one.text for one in other.wordings] == ["What else did it do?"] * 2
    assert (other.near, other.passed) == (Near("a", 1, frozenset(), None), found.passed)
    assert resolve("when was that?", "en", frozenset(), SAID).passed == frozenset()


def test_without_a_conversation_it_is_a_question_like_any_other() -> None:
    found = resolve("more", "en", frozenset(), ())
    assert (found.wordings, found.near, found.is_leaning) == ((("more", 1.0, ""),), None, False)


def asked(engine: Engine, *questions: str) -> list[tuple[str, int] | None]:
    """Title and paragraph of what came first for each question of a conversation."""
    said: list[Turn] = []
    firsts: list[tuple[str, int] | None] = []
    for question in questions:
        answer = engine.ask(question, conversation=said[-6:])
        places = [(q.article.title, q.passage.paragraph) for q in answer.quotations]
        firsts.append(places[0] if places else None)
        said.append(
            turn(question, answer.resolved, answer.subject, answer.quotations, answer.passed)
        )
    return firsts


def test_who_reads_on_reads_the_article_in_its_order(engine: Engine) -> None:
    begun, *then = asked(engine, VOTE, *["go on"] * 8)
    assert begun is not None
    title, first = begun
    assert first == 0
    assert then == [(title, paragraph) for paragraph in range(1, 9)]


@pytest.mark.parametrize("more", ["more", "what else?", "go on"])
def test_nothing_comes_twice_up_to_the_end(engine: Engine, more: str) -> None:
    # More often than a conversation keeps turns.
    found = asked(engine, "What did OPEC decide in Vienna in November 2014?", *[more] * 10)
    told = [one for one in found if one is not None]
    assert len(told) == len(set(told))
    assert {paragraph for _, paragraph in told} == set(range(8))
    assert found == [*told, *[None] * (len(found) - len(told))]


def test_what_was_quoted_last_is_shown_again(engine: Engine) -> None:
    found = asked(engine, VOTE, "go on", "source?", "is that true?")
    assert found[1] is not None
    assert found[1] == found[2] == found[3]


def test_who_said_that_and_when_are_not_met_with_silence(engine: Engine) -> None:
    said, who, when = asked(engine, "What did Merkel say about hope?", "who said that?", "when?")
    assert said is not None
    assert said == who == when


def test_others_are_asked_for_and_what_came_first_is_not_among_them(engine: Engine) -> None:
    first, then = asked(
        engine, "Who resigned after the Greek referendum of July 2015?", "Who else resigned?"
    )
    assert first is not None
    assert then is not None
    assert first != then


def test_most_of_what_goes_on_is_new_and_on_the_matter(engine: Engine) -> None:
    found = counted(engine)
    assert found.total() == 26
    assert found["same"] == found["elsewhere"] == 0
    # Of 26; before anything was left out, 7, and the same once more for 14.
    assert found["new"] >= 24
