"""Inline mode and guest mode, as a person in any chat meets them."""

import asyncio
import logging
import re
from contextlib import closing
from pathlib import Path

import pytest

from bot import texts
from bot.chats import Chats, ChatSettings
from bot.deeplink import payload
from bot.engine import Engine, update
from bot.handlers.inline import Inline
from bot.languages import language
from bot.settings import Settings
from bot.turns import Place, Turns
from index.layout import Layout
from tests.bot.conftest import write_article
from tests.bot.telegram.conftest import (
    EXAMPLE,
    QUESTION,
    SILENT,
    Json,
    Start,
    answered,
    labels,
    part,
    pointed_at,
)
from tests.telegram_server import TelegramServer


def offered(server: TelegramServer, query: str) -> Json:
    """The answer to an inline query."""
    answer = server.queries[query]
    assert answer is not None
    return answer


def first_of(server: TelegramServer, query: str) -> Json:
    """The best result of an inline query."""
    result: Json = offered(server, query)["results"][0]
    return result


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that the engine is asked."""
    questions: list[str] = []
    ask = Engine.ask

    def noting(engine: Engine, question: str, *rest: object, **named: object) -> object:
        questions.append(question)
        return ask(engine, question, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Engine, "ask", noting)
    return questions


async def test_a_passage_is_chosen_and_posted(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    query = server.inline_query(ann, QUESTION)
    await answered(server)
    answer = offered(server, query)
    assert 1 < len(answer["results"]) <= 10
    assert (answer["cache_time"], answer["is_personal"]) == (60, True)
    assert answer.get("next_offset", "") == ""
    assert "button" not in answer
    first = answer["results"][0]
    assert first["title"] == "Iran Backs Moscow Talks Between Damascus and Moderate Opposition"
    assert first["description"].startswith("Verbatim sample, 17 December 2014\nIran ")
    # Nobody but the person sees what was asked: the chat may be any.
    group = server.add_chat("group")
    posted = server.choose(ann, group, query, first["id"])
    assert "Iran supports" in posted["text"]
    assert part(posted, "bold")[0] in part(posted, "blockquote")[0]
    assert part(posted, "text_link") == [first["title"]]
    assert labels(posted) == [[texts.SOURCE], [texts.COPY]]
    assert QUESTION not in posted["text"]


async def test_a_chosen_card_is_no_question(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    query = server.inline_query(ann, QUESTION)
    await answered(server)
    first = offered(server, query)["results"][0]
    group = server.add_chat("group", bot="administrator")
    for chat in (ann, group):
        server.choose(ann, chat, query, first["id"])
    await server.settled()
    assert (server.messages(ann), server.messages(group)) == ([], [])


async def test_nothing_in_a_posted_card_is_live(
    server: TelegramServer, start: Start, tmp_path: Path
) -> None:
    body = "The minister @username_of_his wrote #peace and /start on Wednesday."
    write_article(tmp_path / "a" / "1.md", body, "About @another_name", url="")
    settings = pointed_at(server, tmp_path, "[corpus]", 'paths = ["a"]')
    update(settings)
    await start(settings)
    ann = server.add_user("Ann")
    query = server.inline_query(ann, "Which minister wrote about peace?")
    await answered(server)
    posted = server.choose(ann, server.add_chat("group"), query, first_of(server, query)["id"])
    assert part(posted, "blockquote") == [body]
    assert part(posted, "mention") + part(posted, "bot_command") == []


async def test_no_answer_is_said_by_a_button(server: TelegramServer, start: Start) -> None:
    await start()
    asked = "Who will win the 2030 World Cup?"
    query = server.inline_query(server.add_user(), asked)
    await answered(server)
    answer = offered(server, query)
    assert answer["results"] == []
    assert answer["button"] == {"text": texts.INLINE_SILENCE, "start_parameter": payload(asked)}


async def test_before_anything_is_typed_there_are_the_latest(
    server: TelegramServer, start: Start
) -> None:
    await start()
    query = server.inline_query(server.add_user(), "")
    await answered(server)
    answer = offered(server, query)
    assert len(answer["results"]) == 10
    assert answer["results"][0]["title"] == "195 Countries Adopt Climate Agreement in Paris"
    assert "button" not in answer


async def test_the_newest_keystroke_wins(
    server: TelegramServer, start: Start, asked: list[str]
) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    typed = [server.inline_query(ann, QUESTION[: n + 1]) for n in range(12, len(QUESTION))]
    other = server.inline_query(bob, "ebola deaths")
    await answered(server)
    assert sorted(asked) == sorted([QUESTION, "ebola deaths"])
    assert [server.queries[name] for name in typed[:-1]] == [None] * (len(typed) - 1)
    assert "Iran" in offered(server, typed[-1])["results"][0]["title"]
    assert "Ebola" in offered(server, other)["results"][0]["title"]


async def test_overtaken_while_it_waits_for_its_turn_it_is_dropped(
    server: TelegramServer, start: Start, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.worker import Worker

    call, came, go_on = Worker.call, asyncio.Event(), asyncio.Event()

    async def held(worker: Worker, work: object) -> object:
        came.set()
        await go_on.wait()
        return await call(worker, work)  # type: ignore[arg-type]

    await start()
    ann = server.add_user("Ann")
    monkeypatch.setattr(Worker, "call", held)
    old = server.inline_query(ann, "ebola deaths")
    await asyncio.wait_for(came.wait(), 3)
    new = server.inline_query(ann, "ebola deaths in Liberia")
    await server.wait_for(lambda: not server._queue)
    go_on.set()
    await answered(server)
    assert asked == ["ebola deaths in Liberia"]
    assert server.queries[old] is None
    assert offered(server, new)["results"]


async def test_a_query_too_old_to_be_answered_is_no_error(
    server: TelegramServer, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    await start()
    server.inline_query(server.add_user(), "ebola deaths")
    server.expire_queries()
    await server.wait_for(lambda: server.refused)
    await server.settled()
    assert [c.method for c in server.refused] == ["answerInlineQuery"]
    server.refused.clear()
    assert [r for r in caplog.records if r.levelno >= logging.ERROR] == []


async def test_an_error_is_told_by_a_button_with_its_number(
    server: TelegramServer,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await start()
    monkeypatch.setattr(Engine, "ask", lambda *_, **__: 1 // 0)
    ann = server.add_user()
    query, guest = (
        server.inline_query(ann, QUESTION),
        server.guest(ann, "@verbatim_bot " + QUESTION),
    )
    await answered(server)
    answer = offered(server, query)
    assert (answer["results"], answer["cache_time"]) == ([], 0)
    numbers = re.findall(r"error ([0-9a-f]{8})", answer["button"]["text"])
    numbers += re.findall(r"error ([0-9a-f]{8})", server.posted[-1]["text"])
    assert len(server.posted) == 1
    logged = "\n".join(r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR)
    assert len(numbers) == 2
    assert all(number in logged for number in numbers)
    assert offered(server, guest)["result"]["title"].startswith("Something went wrong on my side")


async def test_what_telegram_refuses_for_another_reason_is_an_error(
    server: TelegramServer, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    await start()
    ann = server.add_user()
    for method, ask in (
        ("answerInlineQuery", server.inline_query),
        ("answerGuestQuery", server.guest),
    ):
        server.fail_next(method, 400, "Bad Request: RESULT_ID_INVALID")
        ask(ann, f"@verbatim_bot {QUESTION}")
        await answered(server)
    errors = [r for r in caplog.records if r.levelno >= logging.ERROR]
    assert len(errors) == 2
    assert [str(r.exc_info and r.exc_info[1]) for r in errors] == ["Result_id_invalid"] * 2


async def test_nothing_of_a_conversation_leaks(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    await start()
    ann = server.add_user("Ann")
    server.send(ann, ann, "Who won the Greek election?")
    await server.next_sent(ann)
    # In the chat it would be a follow-up.
    query = server.inline_query(ann, "And when was it?")
    guest = server.guest(ann, "@verbatim_bot And when was it?")
    await answered(server)
    texts_offered = [
        r["input_message_content"]["message_text"]
        for r in (*offered(server, query)["results"], offered(server, guest)["result"])
    ]
    assert not any(texts.UNDERSTOOD.format(resolved="") in text for text in texts_offered)
    # What was asked there is no part of the chat's conversation, either.
    with closing(Turns(Layout(sample.index.data).chats)) as turns:
        assert [t.question for t in turns.before(Place(ann["id"], user=ann["id"]))] == [
            "Who won the Greek election?"
        ]


async def test_others_do_not_wait_for_the_next_keystroke(
    server: TelegramServer, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Inline.__init__, "__defaults__", (1.0,))
    await start()
    people = [server.add_user(f"P{n}") for n in range(40)]
    for person in people:
        server.inline_query(person, QUESTION)
    ann = server.add_user("Ann")
    server.send(ann, ann, QUESTION)
    await server.next_sent(ann)
    assert len(server.unanswered()) == len(people)
    await answered(server)


async def test_a_guest_answers_once_where_it_is_named(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    server.guest(ann, f"🙂 @verbatim_bot {QUESTION}")
    await answered(server)
    (posted,) = server.posted
    assert "Iran supports" in posted["text"]
    assert labels(posted) == [[texts.SOURCE], [texts.COPY]]
    assert [c.method for c in server.sent if c.method.startswith(("send", "answer"))] == [
        "answerGuestQuery"
    ]


@pytest.mark.parametrize(
    ("text", "replied", "said"),
    [
        ("@verbatim_bot", QUESTION, "Iran supports"),
        ("@verbatim_bot", None, texts.NO_WORDS.format(example=EXAMPLE)),
        ("@verbatim_bot Who will win the 2030 World Cup?", None, texts.NO_ANSWER),
    ],
)
async def test_what_a_guest_is_asked(
    server: TelegramServer, start: Start, text: str, replied: str | None, said: str
) -> None:
    await start()
    server.guest(server.add_user("Ann"), text, replied=replied)
    await answered(server)
    assert said in server.posted[-1]["text"]


async def test_another_bot_is_no_guest(server: TelegramServer, start: Start) -> None:
    await start()
    server.guest(server.add_user("Robot", is_bot=True), "@verbatim_bot " + QUESTION)
    await asyncio.sleep(SILENT)
    assert server.posted == []
    server.expire_queries()


async def test_a_guest_query_too_old_to_be_answered_is_no_error(
    server: TelegramServer, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    await start()
    server.guest(server.add_user(), "@verbatim_bot " + QUESTION)
    server.expire_queries()
    await server.wait_for(lambda: server.refused)
    await server.settled()
    assert [c.method for c in server.refused] == ["answerGuestQuery"]
    server.refused.clear()
    assert [r for r in caplog.records if r.levelno >= logging.ERROR] == []


async def test_it_speaks_the_language_that_the_person_chose(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    ann = server.add_user("Ann", language_code="fr")
    with closing(Chats(Layout(sample.index.data).chats)) as chats:
        chats.choose(ann["id"], ChatSettings(language="de"))
    await start()
    query = server.inline_query(ann, QUESTION)
    await answered(server)
    assert "17. Dezember 2014" in first_of(server, query)["description"]
    query = server.inline_query(ann, "Who will win the 2030 World Cup?")
    await answered(server)
    german = language("de").say(texts.INLINE_SILENCE)
    assert offered(server, query)["button"]["text"] == german
