"""Every word that the program itself says to the people who ask. Never a word about the news."""

NO_ANSWER = "Nothing in the collection answers this."
NEAREST = "Nearest to it:"
CUT = "Only the beginning of the question was read."
ALSO_IN = "Also in: "
UNDATED = "undated"
UNDERSTOOD = "Understood as: {resolved}"
AS_TYPED = "Ask as typed"
REMOVE = "✕ {what}"
CONTEXT = "Context"
BACK = "Back to the quotation"
SOURCE = "Source"
UPDATED = "The collection has changed since: please ask again."
NOT_YOURS = "This button belongs to another message."
NO_WORDS = "There are no words in that. Ask me a question, for example: {example}"
ASK_USAGE = "Put the question behind the command: /ask {example}"
ONLY_TEXT = "I can only read text. Ask me a question in words."
FAILED = "Something went wrong on my side (error {error}). Please ask again in a moment."

START = (
    "Ask me about the news, and I answer in the articles' own words: every quotation is letter by"
    " letter, the answering sentence is in bold, and the title opens the article at that passage."
    " When the collection has no answer, I say so.\n\nFor example: {example}"
)
HELP = (
    "In this chat, any text is a question.\n"
    "In a group, I answer /ask, a mention of {name}, or a reply to one of my messages, and nothing"
    " else.\n\n"
    "◀ and ▶ leaf through the quotations, “Context” shows the paragraphs around one, “Source” opens"
    " the article. What I took from your question or from before it stands above the answer and on"
    " buttons: ✕ and “Ask as typed” take it back.\n\n"
    "/ask – a question\n"
    "/sources – what the collection holds\n"
    "/status – how fresh the index is\n"
    "/help – this text"
)
SOURCES = "{articles} from {outlets}, {range}."
SOURCES_LATEST = "Latest:"
UNNAMED = "unnamed outlets"
EMPTY = "The collection is empty."
STATUS = "{articles} in {passages}, indexed {age} ago (generation {generation}).\nModel: {model}"
PRIVACY_ON = "In groups I see commands, replies to me and mentions only (privacy mode is on)."
PRIVACY_OFF = (
    "In groups I can see all messages (privacy mode is off), and answer only /ask, mentions and"
    " replies to me."
)
COMMANDS = {
    "ask": "Ask a question",
    "sources": "What the collection holds",
    "status": "How fresh the index is",
    "help": "How to use this bot",
}
EXAMPLE = "What is Iran's position on the Moscow talks?"


# Flood control, fair use, once and only once.
LEFT_OUT = (
    "That was a lot at once: I left out {count} earlier question. Please ask it again if you still"
    " want to know.",
    "That was a lot at once: I left out {count} earlier questions. Please ask again what you still"
    " want to know.",
)
TOO_MANY = "You have asked a lot, and others want to ask as well. Please come back in {wait}."
TOO_MANY_HERE = "A lot has been asked in this chat. Please come back in {wait}."
AWAY = (
    "I was away when you asked, and that was a while ago. Please ask again what you still want to"
    " know."
)


def numbered(forms: tuple[str, str], count: int) -> str:
    """Return a sentence in the form, for one or for many, that goes with the number it says."""
    return forms[count != 1].format(count=f"{count:,}")


def counted(number: int, one: str, many: str) -> str:
    """Return "1 article" or "2,345 articles"."""
    return f"{number:,} {one if number == 1 else many}"


def ago(seconds: float) -> str:
    """Return a rough length of time in words, such as "3 hours"."""
    for size, one, many in (
        (86400, "day", "days"),
        (3600, "hour", "hours"),
        (60, "minute", "minutes"),
    ):
        if seconds >= size:
            return counted(int(seconds // size), one, many)
    return counted(max(int(seconds), 0), "second", "seconds")
