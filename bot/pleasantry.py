"""Whether a message is a greeting, thanks or a question about the bot itself.

To answer "thanks" with "nothing in the collection answers this" is to speak out of turn, and what
was never asked would stand among what people asked in vain. Only a message that is nothing else
counts: "Hi, who won in Greece?" is a question.
"""

import re
from typing import Literal

from corpus.text import normalise

Pleasantry = Literal["greeting", "closing", "collection"]

_GREETINGS = {
    "en": (
        "hi|hello|hey|hiya|greetings|good morning|good afternoon|good evening|good day"
        "|how are you|how are you doing|how do you do|who are you|what can you do|what do you do"
        "|how do you work|help|help me"
    ),
    "de": (
        "hallo|guten tag|guten morgen|guten abend|moin|servus|grüß gott|grüezi|wie geht's"
        "|wie geht es dir|wie geht es ihnen|wer bist du|wer sind sie|was kannst du|was können sie"
        "|hilfe"
    ),
    "es": (
        "hola|buenas|buenos días|buenas tardes|buenas noches|qué tal|cómo estás|cómo está"
        "|quién eres|qué puedes hacer|qué haces|ayuda"
    ),
    "fr": (
        "bonjour|bonsoir|salut|coucou|ça va|comment ça va|comment allez-vous|qui es-tu"
        "|qui êtes-vous|que peux-tu faire|que sais-tu faire|aide"
    ),
    "ru": (
        "привет|приветствую|здравствуй|здравствуйте|добрый день|доброе утро|добрый вечер"
        "|доброго дня|как дела|кто ты|что ты умеешь|помощь|помоги"
    ),
    "uk": (
        "привіт|вітаю|добрий день|доброго дня|добрий ранок|доброго ранку|добрий вечір|як справи"
        "|хто ти|що ти вмієш|допомога|допоможи"
    ),
    "tr": (
        "merhaba|merhabalar|selam|selamlar|günaydın|iyi günler|iyi akşamlar|nasılsın|nasılsınız"
        "|kimsin|ne yapabilirsin|yardım"
    ),
    "ar": (
        "مرحبا|مرحبًا|أهلا|أهلاً|اهلا|السلام عليكم|سلام عليكم|صباح الخير|مساء الخير|كيف حالك"
        "|كيف الحال|من أنت|ماذا يمكنك أن تفعل|مساعدة"
    ),
    "fa": "سلام|درود|سلام علیکم|صبح بخیر|عصر بخیر|شب بخیر|چطوری|حالت چطوره|تو کی هستی|کمک",
}
"""With which people begin, by language; among them what they ask a bot about itself."""

_CLOSINGS = {
    "en": (
        "thanks|thank you|thank u|many thanks|thx|ty|cheers|ok|okay|k|alright|all right|all good"
        "|good|great|nice|cool|perfect|excellent|awesome|wow|got it|i see|understood|well done"
        "|good job|good bot|bye|bye bye|goodbye|good night|see you|see you later|no problem"
    ),
    "de": (
        "danke|danke schön|dankeschön|danke sehr|vielen dank|besten dank|tausend dank|okay|gut"
        "|super|prima|toll|klasse|alles klar|verstanden|tschüss|tschüs|ciao|auf wiedersehen"
        "|gute nacht|bis bald"
    ),
    "es": (
        "gracias|muchas gracias|mil gracias|vale|bien|muy bien|genial|perfecto|entendido|de acuerdo"
        "|adiós|chao|hasta luego|hasta pronto"
    ),
    "fr": (
        "merci|merci beaucoup|merci bien|d'accord|très bien|bien|super|parfait|génial|compris"
        "|au revoir|bonne nuit|à bientôt|bonne journée"
    ),
    "ru": (
        "спасибо|спасибо большое|большое спасибо|спс|благодарю|ок|окей|хорошо|ладно|понятно|понял"
        "|поняла|ясно|отлично|супер|класс|круто|пока|до свидания|спокойной ночи"
    ),
    "uk": (
        "дякую|щиро дякую|красно дякую|ок|добре|гаразд|зрозуміло|ясно|чудово|супер|бувай"
        "|до побачення|на добраніч"
    ),
    "tr": (
        "teşekkürler|teşekkür ederim|çok teşekkürler|çok teşekkür ederim|sağ ol|sağol|tamam|peki"
        "|güzel|harika|süper|anladım|güle güle|hoşça kal|görüşürüz|iyi geceler"
    ),
    "ar": (
        "شكرا|شكراً|شكرًا|شكرا جزيلا|شكرا لك|تمام|حسنا|حسنًا|ممتاز|جيد|فهمت|مع السلامة|إلى اللقاء"
        "|تصبح على خير"
    ),
    "fa": "ممنون|ممنونم|خیلی ممنون|متشکرم|مرسی|سپاس|سپاسگزارم|باشه|خوب|خوبه|عالی|خداحافظ|فهمیدم",
}
"""With which people end, by language."""

_COLLECTION = {
    "en": (
        "what do you know|what can i ask|what can i ask you"
        "|what can i ask you about|what topics do you cover|what topics do you have"
        "|which topics do you cover|what do you cover|what are your topics|what sources do you have"
        "|what sources do you use|what are your sources|which sources do you have"
        "|which sources do you use|where do you get your news|where do you get your news from"
        "|where do you get your information|what articles do you have|which articles do you have"
        "|how many articles do you have|what news do you have|what's in the collection"
        "|what is in the collection|what is in your collection|how old are your articles"
        "|how fresh is your news|how up to date are you"
    ),
    "de": (
        "was weißt du|was weißt du alles|was kann ich fragen|was kann ich dich fragen"
        "|welche themen hast du|welche quellen hast du|welche quellen nutzt du"
        "|was sind deine quellen|woher hast du deine nachrichten|welche artikel hast du"
        "|wie viele artikel hast du|was ist in der sammlung|was steht in der sammlung"
    ),
    "es": (
        "qué sabes|qué puedo preguntar|qué puedo preguntarte|qué temas cubres|qué temas tienes"
        "|qué fuentes tienes|qué fuentes usas|cuáles son tus fuentes|qué artículos tienes"
        "|cuántos artículos tienes|qué noticias tienes|qué hay en la colección"
    ),
    "fr": (
        "que sais-tu|que puis-je demander|que puis-je te demander|quels sujets couvres-tu"
        "|quelles sont tes sources|quelles sources as-tu|quels articles as-tu"
        "|combien d'articles as-tu|qu'y a-t-il dans la collection"
    ),
    "ru": (
        "что ты знаешь|что вы знаете|что можно спросить|о чём можно спросить|о чем можно спросить"
        "|о чём тебя можно спросить|какие темы|какие у тебя темы|какие у тебя источники"
        "|какие источники|откуда у тебя новости|какие у тебя статьи|сколько у тебя статей"
        "|что есть в коллекции|что в коллекции"
    ),
    "uk": (
        "що ти знаєш|що ви знаєте|про що можна запитати|що можна запитати|які в тебе джерела"
        "|які джерела|які в тебе статті|скільки в тебе статей|що є в колекції"
    ),
    "tr": (
        "ne biliyorsun|neler biliyorsun|ne sorabilirim|neler sorabilirim|hangi kaynakların var"
        "|kaynakların neler|hangi konular var|kaç makale var|arşivde ne var"
    ),
    "ar": "ماذا تعرف|ماذا يمكنني أن أسأل|ما هي مصادرك|ما مصادرك|كم مقالا لديك|ماذا في الأرشيف",
    "fa": "چه می‌دانی|چی می‌دونی|چه بپرسم|چی بپرسم|منابع تو چیست|چند مقاله داری|در مجموعه چه هست",
}
"""With which people ask what there is to be asked about."""

_BESIDE = (
    "you|so much|very much|a lot|a bunch|again|there|all|everyone|bot|sir|that's|for|that|this"
    "|your|the|help|answer|info|information|very|really|to you|team"
)
"""English words beside these that make no question of them."""

_SIGNS = frozenset("👍👌🙏❤♥👏😊🔥💯🤝😍🥰🎉✅")
_UNSEEN = re.compile("[\\s\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff]")
"""What only says how a sign before it looks."""


def _folded(text: str) -> str:
    # A Turkish İ becomes an i and a dot of its own.
    return normalise(text).casefold().replace("i\u0307", "i").replace("’", "'")


_KINDS = {
    _folded(phrase): kind
    for kind, lists in (
        ("beside", [_BESIDE]),
        ("closing", _CLOSINGS.values()),
        ("greeting", _GREETINGS.values()),
        ("collection", _COLLECTION.values()),
    )
    for words in lists
    for phrase in words.split("|")
}
# The longer first: "good morning" before "good".
_PHRASES = "|".join(re.escape(one) for one in sorted(_KINDS, key=len, reverse=True))
_PHRASE = re.compile(rf"\W*(?P<phrase>{_PHRASES})(?!\w)\W*")


def pleasantry(text: str) -> Pleasantry | None:
    """Say whether `text` is nothing but a greeting, thanks, or a question about the collection.

    Args:
        text: Of a message, in any of the bot's languages.
    """
    folded = _folded(text)
    found: set[str] = set()
    at = 0
    while at < len(folded) and (phrase := _PHRASE.match(folded, at)):
        found.add(_KINDS[phrase["phrase"]])
        at = phrase.end()
    if at < len(folded):
        signs = set(_UNSEEN.sub("", folded))
        return "closing" if signs and signs <= _SIGNS else None
    if "collection" in found:
        # "What do you know" of that is no question about the bot.
        return "collection" if found <= {"collection", "greeting"} else None
    if "greeting" in found:
        return "greeting" if found <= {"greeting", "beside"} else "closing"
    # "Really good?" and "Okay?" ask for more.
    return "closing" if "closing" in found and "?" not in folded and "؟" not in folded else None
