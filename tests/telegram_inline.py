"""Inline mode and guest mode: what Telegram refuses there, and what users do with the answers."""

import re

from tests import telegram_limits as limits
from tests.telegram_limits import Json, RefusedError
from tests.telegram_menus import check_reply_markup
from tests.telegram_world import Ref, World, id_of

MAX_QUERY = 256
MAX_RESULTS = 50
MAX_RESULT_ID_BYTES = 64
MAX_OFFSET_BYTES = 64
MAX_START_PARAMETER = 64

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def check_inline_results(results: object) -> list[Json]:
    """Check the answer to an inline query: number, identifiers, and each message's content."""
    if not isinstance(results, list):
        raise RefusedError("can't parse results JSON object")
    if len(results) > MAX_RESULTS:
        raise RefusedError("RESULTS_TOO_MUCH")
    names = [str(result.get("id", "")) for result in results]
    if any(not 1 <= len(name.encode()) <= MAX_RESULT_ID_BYTES for name in names):
        raise RefusedError("RESULT_ID_INVALID")
    if len(set(names)) < len(names):
        raise RefusedError("RESULT_ID_DUPLICATE")
    for result in results:
        _check_result(result)
    return results


def _check_result(result: Json) -> None:
    content = result.get("input_message_content")
    if result.get("type") == "article":
        if not result.get("title"):
            raise RefusedError("ARTICLE_TITLE_EMPTY")
        if content is None:
            raise limits.missing("InlineQueryResult", "input_message_content")
    if content and "message_text" in content:
        limits.check_no_parse_mode(content)
        text, entities = content["message_text"], content.get("entities")
        limits.formatted_text(text, entities, too_long="MESSAGE_TOO_LONG")
    check_reply_markup(result.get("reply_markup"))


def check_results_button(button: Json | None) -> None:
    """Check the button above the results."""
    if button is None:
        return
    if not str(button.get("text", "")).strip():
        raise RefusedError("SWITCH_PM_TEXT_EMPTY")
    if ("start_parameter" in button) == ("web_app" in button):
        raise limits.stricter("a results button does not do exactly one thing")
    parameter = button.get("start_parameter", "x")
    if not parameter:
        raise RefusedError("START_PARAM_EMPTY")
    if len(parameter) > MAX_START_PARAMETER:
        raise RefusedError("START_PARAM_TOO_LONG")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", parameter):
        raise RefusedError("START_PARAM_INVALID")


class InlineWorld(World):
    """A world whose users also ask the bot in chats that it may not be a member of.

    `typed` has each person's inline queries, `posted` the messages that were chosen or answered.
    """

    def inline_query(self, user: Ref, query: str, *, offset: str = "") -> str:
        """Type an inline query; return its id, under which `queries` holds the answer.

        Nobody waits for the answer to what the same person typed before.
        """
        if limits.utf16_length(query) > MAX_QUERY:
            raise ValueError(f"no client sends more than {MAX_QUERY} characters")
        person = id_of(user)
        update: Json = {"id": str(next(self._numbers)), "from": self.users[person]}
        self.typed.setdefault(person, []).append(update["id"])
        self.queries[update["id"]] = None
        if self.supports_inline_queries:
            self.push("inline_query", update | {"query": query, "offset": offset})
        return str(update["id"])

    def unanswered(self) -> list[str]:
        """Return the queries whose user still sees a spinner."""
        overtaken = {name for names in self.typed.values() for name in names[:-1]}
        return [name for name in super().unanswered() if name not in overtaken]

    def choose(self, user: Ref, chat: Ref, query: str, result: str) -> Json:
        """Post the result with this id of an answered query, and return the message."""
        answer = self.queries[query] or {}
        (chosen,) = [one for one in answer.get("results", []) if one["id"] == result]
        room = self.rooms[id_of(chat)]
        text, entities, extra = _content(chosen)
        extra |= {"via_bot": self.bot}
        message = self._post(room, self.users[id_of(user)], text, entities, extra=extra)
        self.posted.append(message)
        self._deliver(room, "message", message)
        return message

    def guest(self, user: Ref, text: str, *, replied: str | None = None) -> str:
        """Name the bot in a group that it is no member of; return the guest query's id."""
        name = str(next(self._numbers))
        chat = {"id": -1_000_000_000_000 - next(self._numbers), "type": "supergroup", "title": "G"}
        message: Json = {"message_id": 7, "date": int(self.clock()), "chat": chat, "text": text}
        message |= {"from": self.users[id_of(user)], "guest_query_id": name}
        message |= {"entities": limits.derive_entities(text)}
        if replied is not None:
            message["reply_to_message"] = {"message_id": 6, "date": 1, "chat": chat}
            message["reply_to_message"] |= {"text": replied}
        self.queries[name] = None
        if self.supports_guest_queries:
            self.push("guest_message", message)
        return name

    def _take_query(self, params: Json, name: str) -> None:
        if (query := params.get(name, "")) not in self.queries:
            raise RefusedError(_TOO_OLD)
        if self.queries[query] is not None:
            self.warnings.append(f"{name} {query} was answered twice")
        self.queries[query] = params

    def _do_answerinlinequery(self, params: Json) -> bool:
        self._note_previews(check_inline_results(params.get("results")))
        check_results_button(params.get("button"))
        if len(str(params.get("next_offset", "")).encode()) > MAX_OFFSET_BYTES:
            raise RefusedError("NEXT_OFFSET_INVALID")
        self._take_query(params, "inline_query_id")
        return True

    def _do_answerguestquery(self, params: Json) -> Json:
        (result,) = check_inline_results([params.get("result") or {}])
        self._note_previews([result])
        self._take_query(params, "guest_query_id")
        text, entities, extra = _content(result)
        self.posted.append({"text": text, "entities": entities} | extra)
        return {"inline_message_id": f"i{params['guest_query_id']}"}

    def _note_previews(self, results: list[Json]) -> None:
        for content in (result.get("input_message_content") or {} for result in results):
            options = content.get("link_preview_options")
            if limits.lacks_preview_choice(content.get("entities") or [], options):
                text = content.get("message_text")
                self.warnings.append(f"a link without link_preview_options in {text!r}")


def _content(result: Json) -> tuple[str, list[Json], Json]:
    """The text, the entities and the rest of the message that a result becomes."""
    content = result["input_message_content"]
    text, entities = limits.formatted_text(content["message_text"], content.get("entities"))
    extra = {"reply_markup": result["reply_markup"]} if result.get("reply_markup") else {}
    return text, entities, extra
