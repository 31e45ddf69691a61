import pytest

from bot.conversation import (
    Quoted,
    Turn,
    about_event,
    leaned,
    person_meant,
    resolve,
    subject_after,
)
from bot.leaning import following, leans, within
from index.search import Near
from index.terms import content_terms

IRAN = "What is Iran's position on the Moscow talks?"
QUOTED = (
    Quoted("a", 2),
    Quoted("b", 0),
)
SAID = (Turn(IRAN, IRAN, IRAN, QUOTED),)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        *[(q, "en") for q in ("And Russia's?", "what about the opposition?", "who said that?")],
        *[(q, "en") for q in ("why?", "when was it?", "how many seats?", "what then?")],
        *[
            (q, "en")
            for q in (
                "who resigned from office afterwards?",
                "did it help?",
                "where exactly did they meet?",
                "by how much?",
            )
        ],
        *[(q, "en") for q in ("Which teams did he play for in the NBA?", "what if Iran refuses?")],
        ("а когда запустили станцию?", "ru"),
        ("кто это сказал?", "ru"),
        ("und warum?", "de"),
        ("¿y por qué?", "es"),
        ("et pourquoi ?", "fr"),
    ],
)
def test_what_leans_on_what_was_said(question: str, language: str) -> None:
    assert leans(question, language, frozenset())


@pytest.mark.parametrize(
    "question",
    [
        *("who is Syria's ambassador in Moscow?", "when was the Edinburgh Agreement signed?"),
        *("what did OPEC decide in November 2014?", "How did tamales make their way to the USA?"),
        "Is there a treaty between Cuba and the United States of America?",
        "Which African country reported its first Ebola cases in October 2014?",
    ],
)
def test_what_stands_alone(question: str) -> None:
    assert not leans(question, "en", {"tamal"})


@pytest.mark.parametrize(
    ("question", "is_leaning"),
    [
        # What a name does something to is not itself.
        ("Why does Manchin oppose it?", True),
        ("Has Congress passed it yet?", True),
        ("What is Biden doing to get her back?", True),
        ("Does Manchin say it helps?", False),
        ("Where is Machu Picchu and who built it?", False),
        ("The band ABBA split. Who founded it?", False),
        # "That" begins a clause, or stands for something.
        ("Which quake was it that killed more than a thousand?", True),
        ("Were there films that got delayed by the virus?", False),
        ("Who made that?", True),
        ("what happened after that deal was signed?", True),
        # A time is nothing that was said.
        ("Which country went bankrupt this week, by a statement of the bank?", False),
        ("Which of these countries went bankrupt?", True),
        # The question tells itself what they stand for.
        ("Which food chain launched a new menu in most of its restaurants?", False),
        # They have them themselves.
        ("How many lost their jobs at Orlow?", False),
        ("How many reject their offer at Orlow?", True),
        ("How does its advertising differ between regions?", True),
        ("Which herbs are added to a hamburger in the south to make it sweeter?", False),
        ("Which herbs make it sweeter?", True),
        ("A strong quake killed a thousand people and injured many others at night, where?", False),
        ("Which people injured others?", True),
    ],
)
def test_what_stands_for_what_was_said(question: str, is_leaning: bool) -> None:
    assert leans(question, "en", frozenset()) == is_leaning


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("welches Land meldete diese Woche einen Staatsbankrott beim Fonds?", "de"),
        ("¿qué país declaró la bancarrota esta semana ante el fondo?", "es"),
        ("quel pays a déclaré faillite cette semaine devant le fonds ?", "fr"),
        ("какая страна объявила о банкротстве на этой неделе перед фондом?", "ru"),
    ],
)
def test_a_time_stands_for_nothing_in_other_languages_too(question: str, language: str) -> None:
    assert not leans(question, language, frozenset())


def test_a_subject_of_the_collection_names_enough() -> None:
    assert leans("how many gurdwaras?", "en", frozenset())
    assert not leans("how many gurdwaras?", "en", {"gurdwara"})
    # Of what is done, no title says that it was done there.
    assert leans("who negotiated?", "en", {"negoti"})
    assert not leans("who negotiated in Vienna?", "en", {"negoti"})
    assert not leans("what Gurdwara", "en", {"gurdwara"})


@pytest.mark.parametrize("question", ["what is a gurdwara?", "what does gurdwara mean?"])
def test_what_is_asked_for_by_its_name_stands_alone(question: str) -> None:
    assert not leans(question, "en", frozenset(), {"gurdwara"})


@pytest.mark.parametrize(
    ("question", "language", "subjects", "held"),
    [
        # Whom it names stands in what was quoted, which says on what.
        ("how did Spain react?", "en", set(), {"spain", "react"}),
        ("what did Castro say?", "en", set(), {"castro"}),
        ("Was sagt Putin?", "de", {"putin"}, {"putin"}),
        ("Что сказал Путин?", "ru", {"путин"}, {"путин"}),
        ("What does Putin say?", "en", {"putin"}, {"putin"}),
        ("what did Biden say about it?", "en", {"biden"}, {"biden"}),
        ("why wasn't Assad there?", "en", set(), {"assad"}),
        ("Wie viele Menschen starben?", "de", set(), {"mensch", "starb"}),
        # Of whom it does not tell it says nothing either.
        ("what do Republicans say?", "en", set(), {"republican"}),
        ("how many were killed?", "en", {"kill"}, {"kill"}),
        # One word says not of what.
        ("is there a vaccine?", "en", {"vaccin"}, {"vaccin"}),
    ],
)
def test_few_words_lean_on_an_article_that_has_them(
    question: str, language: str, subjects: set[str], held: set[str]
) -> None:
    assert leans(question, language, subjects, held)


@pytest.mark.parametrize(
    ("question", "language", "word"),
    [
        ("which minister resigned afterwards?", "en", " afterwards"),
        ("welche minister traten danach ab?", "de", " danach"),
        ("какой министр потом ушёл?", "ru", " потом"),
    ],
)
def test_afterwards_is_after_what_was_said(question: str, language: str, word: str) -> None:
    alone = question.replace(word, "")
    subjects = set(content_terms(alone, language))
    assert leans(question, language, subjects)
    assert not leans(alone, language, subjects)


@pytest.mark.parametrize(
    "question", ["what did Castro say?", "how did Spain react?", "what is Castro going to do?"]
)
def test_what_somebody_said_is_about_what_was_spoken_of_whoever_it_is(question: str) -> None:
    assert leans(question, "en", {"castro", "spain"}, frozenset())


@pytest.mark.parametrize(
    ("question", "subjects"),
    [
        ("did Varoufakis resign?", set()),
        ("why wasn't Assad there?", set()),
        ("is there a vaccine?", {"vaccin"}),
    ],
)
def test_few_words_on_what_the_article_does_not_tell_of_stand_alone(
    question: str, subjects: set[str]
) -> None:
    assert not leans(question, "en", subjects, frozenset())


@pytest.mark.parametrize(
    ("subject", "question", "same"),
    [
        ("What does the IAEA want?", "and Russia?", "What does Russia want?"),
        ("What is the EU's position?", "and Russia?", "What is Russia's position?"),
        ("what do Republicans say?", "and Pelosi?", "what does Pelosi say?"),
        ("What does Kyiv say?", "and the Europeans?", "What do the Europeans say?"),
        ("What does Kyiv say?", "and the United States?", "What does the United States say?"),
        ("Is Debaltseve covered?", "and the prisoners?", "Are the prisoners covered?"),
        ("What did the IAEA and Iran sign?", "and Russia?", "What did Russia and Iran sign?"),
        ("Tell me about the Boehner deal", "and Cuba?", "Tell me about the Cuba deal"),
        ("What is the price in the US?", "and the UK?", "What is the price in the UK?"),
        ("What did the Supreme Court decide?", "and Biden?", "What did Biden decide?"),
        ("What did the CDC say on it?", "and the WHO?", "What did the WHO say on it?"),
        ("What will the EU ban on Monday?", "and Japan?", "What will Japan ban on Monday?"),
        ("What did the Minsk accord bring?", "and Geneva?", "What did the Geneva accord bring?"),
    ],
)
def test_article_and_verb_go_with_the_name_that_is_exchanged(
    subject: str, question: str, same: str
) -> None:
    said = (Turn(subject, subject, subject, QUOTED),)
    assert resolve(question, "en", frozenset(), said).text == same


@pytest.mark.parametrize(
    ("question", "subjects"),
    [
        ("who started Reform Judaism?", {"reform", "judaism"}),
        ("did Putin visit Minsk?", {"putin"}),
        ("gas prices", {"gas", "price"}),
        ("what did Putin say in 2013?", set()),
    ],
)
def test_few_words_that_say_what_it_is_about_stand_alone(question: str, subjects: set[str]) -> None:
    held = {"reform", "judaism", "start", "putin", "visit", "minsk", "gas", "price", "say"}
    assert not leans(question, "en", subjects, held)


def test_without_a_conversation_nothing_is_carried_over() -> None:
    found = resolve("And Russia's?", "en", frozenset(), ())
    assert (found.text, found.near) == ("And Russia's?", None)
    assert (found.wordings, found.is_leaning) == ((("And Russia's?", 1.0, ""),), False)


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("And Russia's?", "What is Russia's position on the Moscow talks?"),
        ("and Russia?", "What is Russia's position on the Moscow talks?"),
        ("What about the opposition?", "What is the opposition's position on the Moscow talks?"),
    ],
)
def test_the_same_is_asked_of_another(question: str, understood: str) -> None:
    found = resolve(question, "en", frozenset(), SAID)
    assert (found.text, found.subject, found.near) == (understood, understood, None)
    assert [w.text for w in found.wordings] == [question, understood]


@pytest.mark.parametrize(
    ("subject", "question", "same"),
    [
        (
            "who won the Oscar for best picture?",
            "what about best actor?",
            "who won the Oscar for best actor?",
        ),
        (
            "Who scored in the first half of the final?",
            "and the second half?",
            "Who scored in the second half of the final?",
        ),
        (
            "How high is the old bridge?",
            "what about the new bridge?",
            "How high is the new bridge?",
        ),
        (
            "who won the election in Greece?",
            "what about the referendum?",
            "who won the referendum in Greece?",
        ),
        (
            "Who is the president of France?",
            "and the prime minister?",
            "Who is the prime minister of France?",
        ),
        (
            "Who is the president of the United States?",
            "and the vice president?",
            "Who is the vice president of the United States?",
        ),
        (
            "When did the truce begin in Ukraine?",
            "what about the withdrawal?",
            "When did the withdrawal begin in Ukraine?",
        ),
        (
            "What was the reaction of Russia?",
            "and the opposition?",
            "What was the reaction of the opposition?",
        ),
        # It is not clear which thing is meant, or which words are one.
        ("Who won the election in Greece and the vote in Spain?", "and the cup?", None),
        ("Was the bridge closed in Lund?", "and the pier?", None),
        ("Who opposes the deal with Iran?", "and the deal?", None),
        ("Did Scotland become independent?", "and the turnout?", None),
        # Of another kind, or the same again.
        ("How high is the old bridge?", "what about old age?", None),
        ("How high is the old bridge?", "and the old bridge?", None),
        ("How high is the old bridge?", "and the bridge?", None),
    ],
)
def test_a_phrase_is_exchanged_for_one_like_it(
    subject: str, question: str, same: str | None
) -> None:
    found = resolve(question, "en", frozenset(), (Turn(subject, subject, subject, QUOTED),))
    assert found.is_asked_anew == (same is not None)
    if same:
        assert found.text == same


@pytest.mark.parametrize(
    ("subject", "language", "question", "same"),
    [
        ("how high is inflation?", "en", "in the UK?", "how high is inflation in the UK?"),
        ("how high is inflation", "en", "and in France?", "how high is inflation in France?"),
        (
            "how high is inflation in the UK?",
            "en",
            "in France?",
            "how high is inflation in France?",
        ),
        ("Who rules in France?", "en", "in the US?", "Who rules in the US?"),
        ("heat wave in Europe", "en", "in London?", "heat wave in London"),
        ("Сколько погибло?", "ru", "в Париже?", "Сколько погибло в Париже?"),
        # In German any noun may be a name.
        ("Wie hoch ist die Inflation?", "de", "in Wien?", None),
        # Times and words that name no place are said of it as they are.
        ("how high is inflation?", "en", "in July?", None),
        ("how high is inflation?", "en", "in the uk?", None),
        ("Why did Johnson resign?", "en", "in London?", None),
        # A thing is no place.
        ("What is happening in Sri Lanka?", "en", "and the prime minister?", None),
        ("heat wave in Europe", "en", "what about the fires?", None),
    ],
)
def test_the_same_is_asked_of_a_place(
    subject: str, language: str, question: str, same: str | None
) -> None:
    found = resolve(
        question, language, frozenset({"uk"}), (Turn(subject, subject, subject, QUOTED),)
    )
    assert found.is_leaning
    assert (found.text if found.is_asked_anew else None) == same


@pytest.mark.parametrize("question", ["in which countries?", "in the UK, who won?"])
def test_what_asks_for_more_than_a_place_is_no_place(question: str) -> None:
    assert within(question, "en") is None


def test_a_part_of_what_was_spoken_of_is_not_exchanged_for_it() -> None:
    asked = "Who won Wimbledon?"
    said = [Turn(asked, asked, asked, QUOTED)]
    assert resolve("and the women's?", "en", frozenset(), said).text == (
        "and the women's? (Wimbledon)"
    )


@pytest.mark.parametrize(
    "question", ["And why?", "And in Brazil?", "And in 2034?", "And who was against it?"]
)
def test_what_is_no_thing_is_not_exchanged(question: str) -> None:
    assert resolve(question, "en", frozenset(), SAID).subject == IRAN


def test_a_pronoun_brings_the_subject_with_it_and_stays_near() -> None:
    found = resolve("who said that?", "en", frozenset(), SAID)
    assert found.text == "who said that? (Iran's position on the Moscow talks)"
    assert (found.subject, found.is_leaning) == (IRAN, True)
    assert found.wordings == (("who said that?", 0.5, ""), ("who said that?", 0.5, IRAN))
    assert [w.whole for w in found.wordings] == ["who said that?", f"{IRAN} who said that?"]
    assert found.near == Near("a", 2, frozenset({"b"}), "about")


@pytest.mark.parametrize(
    ("subject", "language", "titled", "carried"),
    [
        (
            "did the consultations produce anything?",
            "en",
            {"consult"},
            "consultations produce anything",
        ),
        ("did the consultations produce anything?", "en", set(), "consultations produce anything"),
        ("What did the rouble do on 16 December?", "en", set(), "16 December"),
        ("who will win the world cup", "en", {"win", "world"}, "win the world cup"),
        (
            "Did Ann, who had met Bob in Rome and Cairo before the war, go to see Eve in Oslo?",
            "en",
            set(),
            "Ann Bob Rome Cairo Eve Oslo",
        ),
        ("What did the WHO say about Liberia?", "en", {"say"}, "Liberia"),
        ("what did they say about Liberia?", "en", {"say", "liberia"}, "Liberia"),
        ("what did they say?", "en", {"say"}, "say"),
        ("What did Obama say?", "en", {"say"}, "Obama"),
        ("What did the embargo say?", "en", {"say"}, "embargo"),
        ("What did Obama say about Cuba?", "en", {"say"}, "Obama about Cuba"),
        ("who is gotabaya rajapaksa", "en", {"rajapaksa"}, "gotabaya rajapaksa"),
        ("what is the james webb telescope?", "en", {"webb"}, "james webb telescope"),
        ("How did Philae land?", "en", set(), "Philae"),
        ("When will Greece vote?", "en", {"greec", "vote"}, "Greece"),
        ("When did World War II end?", "en", set(), "World War II"),
        ("When did the bridge close?", "en", set(), "bridge close"),
        ("Кто открыл комету Чурюмова?", "ru", {"комет"}, "комету Чурюмова"),
        ("what is the great wall of China built of", "en", set(), "great wall of China built"),
        ("what is the defense of marriage act 1996", "en", set(), "defense of marriage act 1996"),
        ("who was the last king of Spain?", "en", set(), "last king of Spain"),
        ("¿Qué dijo el presidente de Brasil?", "es", set(), "presidente de Brasil"),
        ("who chaired it in 2014?", "en", set(), "2014"),
        ("Kentucky floods", "en", set(), "Kentucky floods"),
        ("heat wave in Europe", "en", set(), "heat wave in Europe"),
        ("Tell me about the floods in Kentucky", "en", set(), "Kentucky"),
    ],
)
def test_what_is_shown_as_carried_over_names_something(
    subject: str, language: str, titled: set[str], carried: str
) -> None:
    found = resolve("why?", language, titled, (Turn(subject, subject, subject, QUOTED),))
    assert found.text == f"why? ({carried})"


def test_nothing_is_shown_where_all_is_named_again() -> None:
    subject = "what does the Harwick Post write about the bridge?"
    question = "how many died at the bridge, according to the Harwick Post?"
    before = (Turn(subject, subject, subject, QUOTED),)
    assert leaned(question, "en", {"bridg"}, before).text == question


def test_a_question_that_stands_alone_can_be_taken_as_leaning() -> None:
    question = "what does the Kremlin pay?"
    assert not resolve(question, "en", frozenset(), SAID).is_leaning
    found = leaned(question, "en", frozenset(), SAID)
    assert (found.is_leaning, found.near) == (True, Near("a", 2, frozenset({"b"})))
    assert found.wordings[-1].whole == f"{IRAN} {question}"


def test_what_about_another_thing_leads_to_it() -> None:
    first, question = "Who warned the council?", "what about the ferry strike?"
    said = (Turn(first, first, first, QUOTED),)
    found = resolve(question, "en", frozenset(), said)
    assert (found.is_leaning, found.is_asked_anew) == (True, False)
    # Quoted before, or nothing.
    for article in ("a", "b", None):
        assert subject_after(found, said, article, "en") == first
    assert subject_after(found, said, "c", "en") == question
    how = resolve("and how many?", "en", frozenset(), said)
    assert subject_after(how, said, "c", "en") == first


def test_the_subject_stays_while_answers_come_from_the_same_article() -> None:
    alone = "how long had Gross been in jail?"
    found = resolve(alone, "en", frozenset(), SAID)
    assert subject_after(found, SAID, "a", "en") == IRAN
    assert subject_after(found, SAID, "c", "en") == alone
    assert subject_after(found, SAID, None, "en") == alone
    assert subject_after(found, (), "a", "en") == alone
    anew = resolve("And Russia's?", "en", frozenset(), SAID)
    assert subject_after(anew, SAID, "c", "en") == anew.text
    on = resolve("who else?", "en", frozenset(), (*SAID, Turn(alone, alone, IRAN, QUOTED)))
    assert (on.subject, on.wordings[-1].context) == (IRAN, f"{IRAN} {alone}")
    # What leaned itself adds nothing of its own.
    why = Turn("why?", "why? (Iran)", IRAN, QUOTED)
    assert resolve("who else?", "en", frozenset(), (*SAID, why)).wordings[-1].context == IRAN


def test_who_is_meant_by_he_is_the_one_spoken_of() -> None:
    def meant(subject: str, question: str, language: str = "en") -> str:
        turn = Turn(subject, subject, subject, QUOTED)
        return person_meant(resolve(question, language, frozenset(), (turn,)), language)

    assert meant("Who is Anthony Fauci?", "When is he retiring?") == "Anthony Fauci"
    assert meant("Why did Boris Johnson resign?", "who will succeed him?") == "Boris Johnson"
    assert meant("Why did Boris Johnson resign?", "when was it?") == ""
    assert meant("Did Trump meet Pence?", "when did he leave?") == ""
    assert meant("Who is Anthony Fauci?", "und wann geht er?", "de") == ""


def test_after_silence_the_conversation_is_where_it_was() -> None:
    silent = Turn("and then?", "and then?", IRAN, ())
    found = resolve("why?", "en", frozenset(), (*SAID, silent))
    assert found.near == Near("a", 2, frozenset({"b"}), "about")
    assert resolve("why?", "en", frozenset(), (silent,)).near is None


def test_what_follows_an_opening() -> None:
    assert following("And Russia's?", "en") == "Russia's"
    assert following("а Россия?", "ru") == "Россия"
    assert following("who said that?", "en") is None
    assert following("And Russia's?", "xx") is None


def test_the_last_question_is_asked_of_another_rather_than_the_subject() -> None:
    deal, asked = "Tell me about the Iran deal", "What did Netanyahu say?"
    alone = Turn(asked, asked, deal, QUOTED)
    boehner = resolve("and Boehner?", "en", frozenset(), (alone,))
    assert boehner.text == "What did Boehner say? (Iran deal)"
    assert (boehner.subject, boehner.wordings[-1].context) == (deal, deal)
    # What leaned has no name to exchange: the subject's is meant.
    leaned_on = Turn("who criticised it?", "who criticised it? (Iran deal)", deal, QUOTED)
    found = resolve("and Cuba?", "en", frozenset(), (leaned_on,))
    assert found.text == "Tell me about the Cuba deal"
    # Nor has a question without one.
    nameless = Turn("how many died?", "how many died?", deal, QUOTED)
    assert (
        resolve("and Cuba?", "en", frozenset(), (nameless,)).text == "Tell me about the Cuba deal"
    )


@pytest.mark.parametrize(
    ("resolved", "question", "text", "subject"),
    [
        # What "it" is there is of that place, too.
        (
            "why is it so high? (inflation in Turkey)",
            "and in Germany?",
            "why is it so high? (inflation in Germany)",
            "how high is inflation in Germany?",
        ),
        # What was asked of another place is asked of a third.
        (
            "why is it so high? (inflation in France)",
            "in Germany?",
            "why is it so high? (inflation in Germany)",
            "how high is inflation in Germany?",
        ),
        # Of no place that was spoken of.
        (
            "why is it so high? (inflation)",
            "and in Germany?",
            "why is it so high in Germany? (inflation)",
            "how high is inflation?",
        ),
    ],
)
def test_what_leans_is_asked_of_another_place_with_its_subject(
    resolved: str, question: str, text: str, subject: str
) -> None:
    place = resolved.partition("inflation")[2].strip(" )")
    before = f"how high is inflation {place}?".replace(" ?", "?")
    typed = "why is it so high?" if place != "in France" else "and in France?"
    found = resolve(question, "en", {"inflat"}, (Turn(typed, resolved, before, QUOTED),))
    assert (found.text, found.subject) == (text, subject)
    is_anew = "in Germany)" in text
    # Nothing was quoted of that place, so that what answers must name it.
    assert (found.near is None, bool(found.unanswered)) == (is_anew, is_anew)


@pytest.mark.parametrize(
    ("subject", "question"),
    [
        ("how far back under the second Minsk agreement?", "and the prisoners?"),
        ("What does the Syrian government want?", "and the opposition?"),
    ],
)
def test_a_name_that_only_says_which_is_not_exchanged(subject: str, question: str) -> None:
    found = resolve(question, "en", frozenset(), (Turn(subject, subject, subject, QUOTED),))
    assert not found.is_asked_anew
    assert found.wordings[-1] == (question, 0.5, subject)


DIJSSELBLOEM = "What did Dijsselbloem say after the Greek election?"


@pytest.mark.parametrize(
    ("subject", "question", "understood"),
    [
        (
            DIJSSELBLOEM,
            "And after the referendum?",
            "What did Dijsselbloem say after the referendum?",
        ),
        (DIJSSELBLOEM, "but before the vote", "What did Dijsselbloem say before the vote?"),
        ("What did Samaras do?", "and after the vote?", "What did Samaras do after the vote?"),
    ],
)
def test_the_same_is_asked_of_another_time(subject: str, question: str, understood: str) -> None:
    said = (Turn(subject, subject, subject, QUOTED),)
    assert resolve(question, "en", frozenset(), said).text == understood


def test_after_that_points_at_what_was_said() -> None:
    found = resolve("What did Samaras do after that?", "en", frozenset(), SAID)
    assert (found.is_leaning, found.subject) == (True, IRAN)
    assert found.near == Near("a", 2, frozenset({"b"}))


def test_an_event_is_what_a_question_is_about() -> None:
    alone = resolve(DIJSSELBLOEM, "en", frozenset(), ())
    found = about_event(alone, "after the Greek election", "en")
    assert found.text == DIJSSELBLOEM
    asked = "What did Dijsselbloem say ?"
    assert found.wordings == ((asked, 1.0, "after the Greek election"),)


def test_an_event_is_what_a_follow_up_is_about_too() -> None:
    talk = resolve("what did he promise Merkel after the vote?", "en", frozenset(), SAID)
    found = about_event(talk, "after the vote", "en")
    assert found.wordings[0] == talk.wordings[0]
    assert found.wordings[1] == ("what did he promise Merkel ?", 0.5, f"{IRAN} after the vote")


def test_what_asks_for_nothing_else_keeps_its_event() -> None:
    question = "What happened after the vote?"
    alone = resolve(question, "en", frozenset(), ())
    assert about_event(alone, "after the vote", "en") == alone
    assert about_event(alone, "before the vote", "en") == alone
