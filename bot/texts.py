"""Every word that the program itself says to the people who ask. Never a word about the news.

Here in English, which is also their name in the catalogues of the other languages
(`languages.Language.say`); a pair is a sentence for one thing and for several
(`languages.Language.counted`). `CONTRIBUTING.md` says how a text is added.
"""

NO_ANSWER = "Nothing in the collection answers this."
NO_MORE = "The collection has nothing more on this."
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
# The keeper: what only the people who run the bot see ([bot] admins).

KEEPER_COMMANDS = {
    "add": "Add articles: addresses, or a file",
    "remove": "Take an article out",
    "articles": "List and search the articles",
    "feeds": "Feeds that are followed",
    "reindex": "Read what has changed",
    "rollback": "Go back to the index before",
    "cancel": "End what is under way",
    "missed": "Questions asked in vain",
    "log": "Who did what",
}
ADD_USAGE = (
    "Send me a file, or put addresses behind the command: /add https://news.example/an-article"
)
REMOVE_USAGE = (
    "Reply with /remove to an answer, or put an article's id or address behind the command."
    " /articles lists them."
)
REINDEX_USAGE = "Write /reindex for what has changed, or /reindex full to encode everything again."
ADDING = "Adding articles"
REMOVING = "Taking an article out"
REINDEXING = "Reading what has changed"
REINDEXING_FULLY = "Encoding everything again"
ROLLING_BACK = "Going back to the index before"
WATCHING = "Looking for what is new"
FORESEEING = "{work}: looking first what would change"
STAGES = {
    "opening the model": "Opening the model",
    "reading": "Reading",
    "fetching": "Fetching",
    "counting": "Counting",
    "encoding": "Encoding",
    "writing": "Writing the index",
}
STAGE = "{stage} …"
STAGE_SOME = "{stage}: {done}"
STAGE_OF = "{stage}: {done} of {total}"
PACE = "{rate} a second, done {later}"
PLAN = "{work} would change this:"
PLAN_NOTHING = "{work} would change nothing."
CHANGES_NEW = ("{number} new article", "{number} new articles")
CHANGES_CHANGED = ("{number} changed article", "{number} changed articles")
CHANGES_GONE = ("{number} article gone", "{number} articles gone")
TO_ENCODE = (
    "{number} passage to be encoded, done {later}",
    "{number} passages to be encoded, done {later}",
)
DO_IT = "Do it"
REMOVE_ASK = "Shall I take this article out of the collection?"
REMOVE_WHICH = "Which of these articles shall I take out of the collection?"
ROLLBACK_ASK = (
    "Shall I go back from generation {number} of the index to generation {before}? After that I"
    " read nothing by myself until somebody writes /reindex."
)
ROLLBACK_NONE = "There is no index before this one."
DONE = "Done."
DONE_ENCODED = ("{number} passage was encoded.", "{number} passages were encoded.")
DONE_NOW = "The collection has {articles} now (generation {generation})."
DONE_NOTHING = "Nothing has changed."
UNREAD = ("{number} could not be read:", "{number} could not be read:")
AND_MORE = ("and {number} more", "and {number} more")
FAULT = "It did not work: {reason}"
ENDED = "{name} has ended this. What was done so far is kept, and nothing is done twice."
NOT_WANTED = "Nothing was changed."
NO_LONGER = "This has been decided already."
BUSY = "Nothing was begun: {name} is having this done: {work}. It began {ago}. /cancel ends it."
THE_SCHEDULE = "The schedule"
NOTHING_RUNS = "Nothing is under way."
CANCELLED = "I have ended what {name} had begun: {work}."
RESUMED = "I was ended in the middle of this, and go on with it: {work} ({name})."
TOO_LARGE = "{file} is larger than {most} MB, the most that I may take: add it on the machine."
NO_ARTICLE = "No article has this id or address: {name}"
ARTICLES_LIST = "Articles: {count}"
ARTICLES_FOUND = "Articles with “{words}”: {count}"
FEEDS_USAGE = "/feeds add ADDRESS follows one; /feeds remove, pause or resume takes its name."
FEEDS_LIST = "Feeds:"
FEEDS_NONE = "No feed is followed."
FEED_FINE = "read {ago}"
FEED_NEW = "not read yet"
FEED_PAUSED = "paused"
FEED_FAILING = "failing since {ago}: {reason}"
FEED_ADDED = "Followed from now on: {name}"
FEED_REMOVED = "No longer followed: {name}. Its articles stay."
FEED_PAUSES = "Paused: {name}"
FEED_RESUMED = "Followed again: {name}"
FEED_UNKNOWN = "There is no feed of that name: {name}"
MISSED_LIST = "Asked in vain, the latest first:"
MISSED_NONE = "Nothing was asked in vain."
MISSED_TIMES = ("{day}, once", "{day}, {number} times")
MISSED_BAD = "somebody found the answer bad"
LOG_LIST = "What was done, the latest first:"
LOG_NONE = "Nothing was done yet."
PAGE = "{page}/{count}"
ALERT_FEED = "The feed {name} has failed for a day: {reason}"
ALERT_FEED_WELL = "The feed {name} is well again."
ALERT_STALE = "The index is older than [corpus] stale_days allows: it was made {ago}."
ALERT_STALE_WELL = "The index is fresh again."
ALERT_DISK = "The disk is nearly full: {free} MB are left under the data folder."
ALERT_DISK_WELL = "The disk has room again: {free} MB."
