"""Every word that the program itself says to the people who ask. Never a word about the news.

Here in English, which is also their name in the catalogues of the other languages
(`languages.Language.say`); a pair is a sentence for one thing and for several
(`languages.Language.counted`). `CONTRIBUTING.md` says how a text is added.
"""

NO_ANSWER = "Nothing in the collection answers this."
NEAREST = "Nearest to it:"
CUT = "Only the beginning of the question was read."
ALSO_IN = "Also in:"
UNDATED = "undated"
LATEST = "latest"
TODAY = "today"
SINCE = "since {day}"
UNTIL = "until {day}"
UNDERSTOOD = "Understood as: {resolved}"
AS_TYPED = "Ask as typed"
REMOVE = "✕ {what}"
CONTEXT = "Context"
BACK = "Back to the quotation"
SOURCE = "Source"
COPY = "Copy citation"
THANKS = "Thank you, that helps."
WHY_BAD = "What is wrong with it?"
CANCEL = "Cancel"
REASON_WRONG = "Wrong"
REASON_OFF_TOPIC = "Off topic"
REASON_OUTDATED = "Outdated"
REASON_NOT_IN_SOURCE = "Not in the source"
UPDATED = "The collection has changed since: please ask again."
NOT_YOURS = "This button belongs to another message."
NO_WORDS = "There are no words in that. Ask me a question, for example: {example}"
ASK_USAGE = "Put the question behind the command: /ask {example}"
ONLY_TEXT = "I can only read text. Ask me a question in words."
FAILED = "Something went wrong on my side (error {error}). Please ask again in a moment."

START = (
    "Ask me about the news, and I answer in the articles' own words: every quotation is letter by"
    " letter, the answering sentence is in bold, and the title opens the article at that passage."
    " When the collection has no answer, I say so."
)
START_EXAMPLES = "To begin with:"
HELP = (
    "In this chat, any text is a question.\n"
    "In a group, I answer /ask, a mention of {name}, or a reply to one of my messages, and nothing"
    " else.\n\n"
    "◀ and ▶ leaf through the quotations, “Context” shows the paragraphs around one, “Source” opens"
    " the article. What I took from your question or from before it stands above the answer and on"
    " buttons: ✕ and “Ask as typed” take it back."
)
ARTICLES = ("{number} article", "{number} articles")
PASSAGES = ("{number} passage", "{number} passages")
SOURCES = "{articles} from {outlets}, {range}."
SOURCES_LATEST = "Latest:"
UNNAMED = "unnamed outlets"
EMPTY = "The collection is empty."
STATUS = "{articles}, {passages}. Indexed {ago} (generation {generation}).\nModel: {model}"
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
MENUS = {
    "default": ("ask", "sources", "status", "help"),
    "all_private_chats": ("ask", "sources", "status", "help"),
    "all_group_chats": ("ask", "help"),
    "all_chat_administrators": ("ask", "help"),
}
"""Which commands are offered where: the names are those of Telegram's BotCommandScopes."""

DESCRIPTION = (
    "Ask about the news and read the answer in the articles' own words: quotations letter by"
    " letter, each with its source, outlet and date. Where the collection has no answer, I say so."
)
SHORT_DESCRIPTION = "Answers about the news in the articles' own words, with sources."
EXAMPLE_QUESTION = "What is known about {topic}?"

# Inline mode and guest mode.
INLINE_SILENCE = "Nothing answers this: ask in our chat"
INLINE_FAILED = "Something went wrong (error {error})"
