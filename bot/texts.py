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
BACK = "Back"
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
    " else, unless its administrators have chosen otherwise. In a channel, I answer /ask.\n\n"
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
    " replies to me, unless a group's administrators have chosen otherwise."
)
COMMANDS = {
    "ask": "Ask a question",
    "sources": "What the collection holds",
    "status": "How fresh the index is",
    "language": "The language I speak",
    "settings": "What can be chosen here",
    "forget": "Delete what I keep about you",
    "help": "How to use this bot",
}
MENUS = {
    "default": ("ask", "sources", "status", "help"),
    "all_private_chats": ("ask", "sources", "status", "language", "settings", "forget", "help"),
    "all_group_chats": ("ask", "help"),
    "all_chat_administrators": ("ask", "settings", "help"),
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

# Groups, channels, settings, /language and /forget.

ASKER_ONLY = "Only whoever asked can use these buttons here. Ask with /ask to get your own."
ADMINS_ONLY = "Only administrators of this chat can change its settings."

SETTINGS_HERE = "Settings of this chat. Only its administrators can change them."
SETTINGS_OWN = "Your settings."
SETTING = "{name}: {value}"
CHOSEN = "✓ {value}"
MENU_BACK = "‹ Back"
CLOSE = "Close"
CLOSED = "Closed."
AS_CONFIGURED = "As usual"

WAYS_NAME = "Answer"
WAYS_HELP = (
    "Which questions I answer in this chat. “Any question” also takes messages that end in “?” and"
    " are put to nobody: I answer those only when I am very sure, and else say nothing."
)
WAY_COMMAND = "/ask only"
WAY_MENTION = "Mentions and replies too"
WAY_QUESTION = "Any question"
UNSEEN = (
    "Chosen, but I do not see such messages here: make me an administrator, or let my owner turn"
    " privacy mode off at @BotFather."
)

LANGUAGE_NAME = "Language"
LANGUAGE_HELP_HERE = "The language in which I speak in this chat. Quotations are always verbatim."
LANGUAGE_HELP_OWN = "The language in which I speak to you. Quotations are always verbatim."
LANGUAGE_OF_EACH = "Of whoever asks"
LANGUAGE_OF_TELEGRAM = "As Telegram says"

QUOTATIONS_NAME = "Quotations"
QUOTATIONS_HELP = "How many quotations an answer has at most."

PAGERS_NAME = "Buttons"
PAGERS_HELP = "Who may leaf through an answer and use its other buttons."
PAGERS_ASKER = "Whoever asked"
PAGERS_ALL = "Everyone"

QUIET_NAME = "Quiet hours"
QUIET_HELP = "In quiet hours I answer nothing but /ask. Summer time is not followed."
QUIET_OFF = "None"
QUIET_HOURS = "{start} – {end} ({zone})"
QUIET_START_NAME = "From"
QUIET_END_NAME = "Until"
QUIET_ZONE_NAME = "Clock"
QUIET_ZONE_HELP = "How far the clocks of this chat are from UTC."

GREETING = (
    "I answer questions from a collection of news articles, in the articles' own words.\n"
    "Ask with /ask and your question behind it, mention {name}, or reply to one of my messages.\n"
    "{privacy}"
)
GREETING_PRIVACY_ON = (
    "I see only what is put to me here (privacy mode is on); administrators have {command}."
)
GREETING_PRIVACY_OFF = (
    "I see all messages here, and stay silent unless asked; administrators have {command}."
)
NOT_ALLOWED = "I may only be in chats that my owner has allowed, and this is not one: goodbye."

TELEGRAM_ONLY = "That is for Telegram: here nothing is kept."

FORGET_ASK = (
    "Shall I delete what I keep about you: your conversations, the answers I gave you, and your"
    " settings? The buttons of those answers will no longer work."
)
FORGET_ASK_HERE = (
    "Shall I delete what I keep of your questions in this group? The buttons of my answers to them"
    " will no longer work. To delete everything, write /forget to me alone."
)
FORGET_YES = "Delete"
FORGET_NO = "Keep"
FORGOTTEN = "Deleted:"
CONVERSATIONS = ("{number} conversation", "{number} conversations")
ANSWERS = ("{number} answer", "{number} answers")
VERDICTS = ("{number} opinion of an answer", "{number} opinions of answers")
CHOICES = ("your settings", "your settings")
NOTHING_KEPT = "There was nothing to delete."
NOTHING_DELETED = "Nothing was deleted."

# Flood control, fair use, once and only once.

LEFT_OUT = (
    "That was a lot at once: I left out {number} earlier question. Please ask it again if you still"
    " want to know.",
    "That was a lot at once: I left out {number} earlier questions. Please ask again what you still"
    " want to know.",
)
TOO_MANY = "You have asked a lot, and others want to ask as well. Please come back {wait}."
TOO_MANY_HERE = "A lot has been asked in this chat. Please come back {wait}."
AWAY = (
    "I was away when you asked, and that was a while ago. Please ask again what you still want to"
    " know."
)

# Articles that changed or were taken out after they were quoted.

CHANGED = "This article has changed since it was quoted here."
WITHDRAWN = "This article has been withdrawn from the collection."
