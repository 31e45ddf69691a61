"""A person and the bot alone: any text is a question."""

import asyncio

import pytest

from bot import texts
from bot.deeplink import payload
from bot.link import decode
from tests.bot.telegram.conftest import (
    EXAMPLE,
    JUDGE,
    QUESTION,
    SILENT,
    Json,
    Start,
    calls,
    data_of,
    labels,
    now,
    part,
)
from tests.telegram_limits import utf16_length
from tests.telegram_server import TelegramServer

TITLE = "Iran Backs Moscow Talks Between Damascus and Moderate Opposition"
URL = "https://news.example/2014/12/17/iran-backs-syria-talks-in-moscow"


def spans(message: Json, kind: str) -> list[tuple[int, int]]:
    return [(e["offset"], e["length"]) for e in message["entities"] if e["type"] == kind]


async def ask(server: TelegramServer, text: str) -> Json:
    return await ask_as(server, server.add_user("Ann"), text)


async def ask_as(
    server: TelegramServer,
    person: Json,
    text: str,
    replied: Json | None = None,
    quote: str | None = None,
) -> Json:
    server.send(person, person, text, reply_to=replied, quote=quote)
    return await server.next_sent(person)


async def test_an_answer_to_its_last_detail(server: TelegramServer, start: Start) -> None:
    await start()
    card = await ask(server, QUESTION)
    (quoted,) = part(card, "blockquote")
    assert quoted == (
        "Iran supports the holding of talks in Moscow between the Syrian government and the"
        " moderate opposition, Iranian Deputy Foreign Minister Hossein Amir-Abdollahian said on"
        " Wednesday during a visit to the Russian capital."
    )
    assert card["text"] == f"{quoted}\n{TITLE}\nVerbatim sample, 17 December 2014"
    size = utf16_length(quoted)
    assert spans(card, "blockquote") == spans(card, "bold") == [(0, size)]
    (link,) = [e for e in card["entities"] if e["type"] == "text_link"]
    assert (link["offset"], link["length"]) == (size + 1, len(TITLE))
    assert link["url"].startswith(URL + "#:~:text=Iran%20supports")
    fragment = decode(link["url"])
    assert fragment is not None
    assert quoted.startswith(fragment.start)
    assert labels(card) == [["◀", "1/3", "▶"], [texts.CONTEXT, texts.SOURCE], JUDGE]
    copied = card["reply_markup"]["inline_keyboard"][2][2]["copy_text"]["text"]
    assert copied == f"{TITLE}\nVerbatim sample, 17 December 2014\n{URL}"
    assert card["reply_markup"]["inline_keyboard"][1][1] == {"text": texts.SOURCE, "url": URL}
    # Behind each label the answer's key and the position to show.
    (key,) = {data_of(card, label).split(":")[1] for label in ("◀", "1/3", "▶", texts.CONTEXT)}
    assert len(key) == 12
    shown = [data_of(card, label).split(":")[::2] for label in ("◀", "1/3", "▶", texts.CONTEXT)]
    assert shown == [["q", "2"], ["n", "0"], ["q", "1"], ["c", "0"]]
    assert card["link_preview_options"] == {"is_disabled": True}
    assert "reply_to_message" not in card
    assert calls(server) == ["sendChatAction", "sendMessage"]


async def test_bold_is_the_answering_sentence_alone(server: TelegramServer, start: Start) -> None:
    await start()
    card = await ask(server, "why did Varoufakis quit")
    (quoted,), (bold,) = part(card, "blockquote"), part(card, "bold")
    assert bold in quoted
    assert "Varoufakis" in quoted
    start_of_bold = spans(card, "bold")[0][0]
    assert quoted[:start_of_bold] == "" or quoted[:start_of_bold].endswith(" ")


async def test_no_answer_quotes_nothing(server: TelegramServer, start: Start) -> None:
    await start()
    card = await ask(server, "Who will win the 2030 World Cup?")
    assert card["text"].startswith(f"{texts.NO_ANSWER}\n\n{texts.NEAREST}\n• ")
    assert {e["type"] for e in card["entities"]} == {"text_link"}
    assert len(card["entities"]) == card["text"].count("\n• ") == 3
    assert all("#:~:" not in e["url"] for e in card["entities"])
    assert labels(card) == []
    assert card["link_preview_options"] == {"is_disabled": True}


async def test_commands_say_what_they_should(server: TelegramServer, start: Start) -> None:
    await start()
    helped = "\n".join(
        [texts.HELP.format(name="@verbatim_bot") + "\n"]
        + [f"/{name} – {words}" for name, words in texts.COMMANDS.items()]
    )
    assert (await ask(server, "/help"))["text"] == helped
    # A command that it does not know is no question, but no reason for silence either.
    assert (await ask(server, "/weather in Moscow"))["text"] == helped
    sources = await ask(server, "/sources")
    head = "24 articles from Verbatim sample, 8 August 2014 – 12 December 2015.\n\nLatest:\n• "
    assert sources["text"].startswith(head)
    assert len(part(sources, "text_link")) == 5
    status = (await ask(server, "/status"))["text"].split("\n")
    assert status[0].startswith("24 articles, 200 passages. Indexed ")
    assert status[0].endswith(" ago (generation 1).")
    assert status[1:] == ["Model: all-MiniLM-L6-v2", texts.PRIVACY_ON]
    assert (await ask(server, "/ask"))["text"] == texts.ASK_USAGE.format(example=EXAMPLE)
    assert part(await ask(server, f"/ask {QUESTION}"), "blockquote")
    assert part(await ask(server, f"/ASK\n{QUESTION}"), "blockquote")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("🙂🙂", "There are no words in that."),
        ("?!…", "There are no words in that."),
        ("\u200b\u2060", "There are no words in that."),
        ("Philae", "Philae"),
        ("who\u0000 led\u0007 Syriza?\u202e", "Syriza"),
        (
            "who led Syriza? \ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
            "Syriza",
        ),
        ("'; DROP TABLE sent; -- who led Syriza?", "Syriza"),
        ("x" * 4096, texts.CUT),
        (((QUESTION + " ") * 92)[:4096], f"\n{texts.CUT}"),
    ],
)
async def test_odd_questions(
    server: TelegramServer, start: Start, typed: str, expected: str
) -> None:
    await start()
    assert expected in (await ask(server, typed))["text"]


async def test_what_is_not_text_gets_one_line(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    file = {"file_id": "f", "file_unique_id": "u"}
    picture = file | {"width": 1, "height": 1}
    sticker = picture | {"type": "regular", "is_animated": False, "is_video": False}
    for extra in (
        {"photo": [picture], "caption": "who is this?"},
        {"sticker": sticker},
        {"voice": file | {"duration": 1}},
        {"location": {"latitude": 1.0, "longitude": 2.0}},
    ):
        server.send(ann, ann, None, extra=extra)
        assert (await server.next_sent(ann))["text"] == texts.ONLY_TEXT
    # What the chat itself says is nobody's question.
    server.send(
        ann,
        ann,
        None,
        extra={"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    )
    server.send(ann, ann, None, extra={"pinned_message": server.history(ann)[0]})
    await asyncio.sleep(SILENT)
    assert server.messages(ann) == [texts.ONLY_TEXT] * 4


async def test_an_edited_question_gets_its_answer_edited(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann = server.add_user("Ann")
    asked = server.send(ann, ann, QUESTION)
    card = await server.next_sent(ann)
    edited = server.edit(asked, "Who led Syriza?")
    await server.wait_for(lambda: "Syriza" in now(server, card)["text"])
    await server.settled()
    new = now(server, card)
    assert data_of(new, "▶").split(":")[1] == data_of(card, "▶").split(":")[1]
    # What follows goes on from the question as it now stands.
    server.send(ann, ann, "And Podemos?")
    assert (await server.next_sent(ann))["text"].startswith("Understood as: Who led Podemos?")
    # An edit that changes nothing, such as a preview that Telegram adds, changes no answer.
    n_edits = len(calls(server, "editMessageText"))
    server.edit(edited, "Who led Syriza?")
    # One that is no question any more leaves the answer alone, as does one of another message.
    server.edit(edited, "🙂")
    server.edit(server.send(ann, ann, "🙂🙂"), "Who led Syriza?")
    await server.next_sent(ann)
    await server.settled()
    assert len(calls(server, "editMessageText")) == n_edits == 1
    assert now(server, card) == new
    assert "edited_message" in server.polls[0].params["allowed_updates"]


async def test_an_answer_that_was_deleted_is_not_edited(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann = server.add_user("Ann")
    asked = server.send(ann, ann, QUESTION)
    card = await server.next_sent(ann)
    server.delete(card)
    server.edit(asked, "Who led Syriza?")
    await server.wait_for(lambda: server.refused)
    await server.settled()
    assert calls(server) == ["sendChatAction", "sendMessage", "editMessageText"]
    server.refused.clear()


async def test_the_welcome_has_questions_that_are_answered(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann = server.add_user("Ann")
    welcome = await ask_as(server, ann, "/start")
    assert welcome["text"] == f"{texts.START}\n\n{texts.START_EXAMPLES}"
    examples = [row[0] for row in labels(welcome)]
    assert examples[0] == EXAMPLE
    assert len(examples) == len(set(examples)) == 3
    for example in examples:
        server.press(ann, welcome, example)
        card = await server.next_sent(ann)
        assert card["text"].startswith(f"Understood as: {example}\n")
        assert part(card, "blockquote")
    assert now(server, welcome) == welcome


async def test_a_link_opens_with_an_answer(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    link = payload("Who led Syriza?")
    card = await ask_as(server, ann, f"/start {link}")
    assert card["text"].startswith("Understood as: Who led Syriza?\n")
    assert part(card, "blockquote")
    for made_up in ("q_", "q_!", "q_A", "q__w", "hello"):
        welcome = await ask_as(server, ann, f"/start {made_up}")
        assert welcome["text"].startswith(texts.START)


async def test_a_quoted_part_is_what_is_asked_about(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    card = await ask_as(server, ann, QUESTION)
    pointed = "Iranian Deputy Foreign Minister Hossein Amir-Abdollahian"
    answer = await ask_as(server, ann, "What did he say?", card, pointed)
    assert answer["text"].startswith(f"Understood as: What did he say? ({pointed})\n")
    assert part(answer, "blockquote")[0].startswith("Iran supports the holding of talks in Moscow")
    assert f"{pointed} said" in part(answer, "bold")[0]
    # Without words of one's own, the words pointed at are the question.
    forwarded = server.send(ann, ann, "Much ado. Who led Syriza? Nobody knows.")
    await server.next_sent(ann)
    answer = await ask_as(server, ann, "?", forwarded, "Who led Syriza?")
    assert "Syriza" in part(answer, "blockquote")[0]
    # Those of a message that is no answer are taken up as well, whatever the question's words.
    answer = await ask_as(server, ann, "Reaction of the markets?", forwarded, "Syriza")
    assert answer["text"].startswith("Understood as: Reaction of the markets? (Syriza)\n")


@pytest.mark.timed
async def test_thirty_at_once_are_each_answered_once_and_the_loop_never_waits(
    server: TelegramServer, start: Start, ticks: list[float]
) -> None:
    await start()
    questions = [(QUESTION, "Iran supports"), ("why did Varoufakis quit", "Varoufakis")]
    people = [server.add_user(f"P{n}") for n in range(30)]
    await asyncio.sleep(0.05)
    ticks.clear()
    for number, person in enumerate(people):
        server.send(person, person, questions[number % 2][0])
    await server.settled(30, 30)
    worst = max(ticks)
    for number, person in enumerate(people):
        (text,) = server.messages(person)
        assert questions[number % 2][1] in text
    assert len(ticks) > 20
    assert worst < 0.2
