"""Whether a person asks to go on, or about what was quoted, in words that name nothing themselves.

"More", "what else?" and "what happened then?" want what is on the subject of the conversation and
was not quoted yet: the same passage again would be no answer. "Really?" and "source?" want to see
where it stands, "who said that?" and "when?" something of what stands there. Silence would be no
answer to any of them.
"""

import re
from functools import lru_cache

from corpus.text import normalise
from index.search import Going
from index.terms import naming_terms, terms

_MORE = {
    "en": (
        r"(?:(?:can|could|would) you )?(?:tell|show|give|send) (?:me |us )?"
        r"(?:some |a bit |a little )?more(?: \w+)?(?: (?:about|on|of) (?:it|this|that|them))?"
        r"|(?:(?:any|some|a bit|a little|is there|is there any) )?more"
        r"(?: (?:details?|info|information|news|please))?"
        r"(?: (?:about|on|of) (?:it|this|that|them))?"
        r"|(?:any )?(?:other|further|more) (?:details?|facts?|info|information|news)"
        r"|another(?: one)?|next one"
        r"|(?:what|anything|something|is there anything) (?:else|more)"
        r"(?: (?:is there|is known|is said|was said|was reported|was agreed|was decided|happened"
        r"|do (?:you|we) (?:know|have)))?(?: (?:about|on) (?:it|this|that|them))?"
        r"|what more (?:is there|is known|was agreed|was decided|was said)"
    ),
    "de": (
        r"(?:erzähl|erzähle|erzählen sie|sag|sagen sie|zeig) (?:mir |uns )?(?:noch )?mehr"
        r"(?: (?:dazu|davon|darüber))?"
        r"|(?:noch )?mehr(?: (?:infos?|informationen|details))?(?: (?:dazu|davon|darüber))?"
        r"|(?:weitere|noch mehr) (?:details|infos|informationen)"
        r"|(?:was|gibt es) (?:sonst|noch|sonst noch)(?: (?:etwas|was|ist bekannt|bekannt))?"
        r"|sonst noch (?:was|etwas)|noch etwas|was ist (?:sonst|noch|sonst noch) bekannt"
    ),
    "es": (
        r"(?:cuéntame|cuénteme|dime|dígame) más(?: (?:de|sobre) (?:eso|esto|ello))?"
        r"|(?:algo |un poco )?más(?: (?:detalles|información|datos))?(?: sobre (?:eso|esto))?"
        r"|(?:qué|algo|hay algo) más(?: (?:hay|se sabe|se acordó|se dijo|sabes))?"
    ),
    "fr": (
        r"(?:dis|dites|raconte|racontez)[- ](?:m'en|moi) (?:plus|davantage)"
        r"|(?:un peu )?(?:plus|davantage)(?: (?:de détails|d'infos?|d'informations))?|encore"
        r"|(?:quoi|rien|autre chose) d'autre|quoi encore|autre chose|d'autres détails"
        r"|qu'y a-t-il d'autre|que sait-on d'autre"
    ),
    "ru": (
        r"(?:расскажи|расскажите|скажи|скажите)(?: мне| нам)? (?:ещё|еще|больше|подробнее)"
        r"(?: об этом)?|ещё|еще|больше|подробнее|(?:больше )?подробностей"
        r"|(?:ещё|еще) что-нибудь|что-нибудь (?:ещё|еще)"
        r"|что (?:ещё|еще)(?: (?:известно|есть))?|что известно (?:ещё|еще)"
    ),
    "uk": (
        r"(?:розкажи|розкажіть|скажи|скажіть)(?: мені| нам)? (?:ще|більше|докладніше|детальніше)"
        r"(?: про це)?|ще|більше|докладніше|детальніше|щось ще|що ще(?: (?:відомо|є))?"
    ),
    "tr": (
        r"(?:biraz )?daha(?: fazla)?(?: (?:bilgi|ayrıntı|detay))?(?: (?:ver|verin|anlat|anlatın))?"
        r"|başka|başka (?:ne|bir şey)(?: (?:var|biliniyor))?(?: m[ıi])?"
    ),
    "ar": (
        r"(?:أخبرني|اخبرني|قل لي) (?:المزيد|أكثر|اكثر)(?: عن (?:ذلك|هذا))?|المزيد|مزيد|أكثر"
        r"|و?ماذا (?:أيضا|أيضًا)|هل هناك المزيد|تفاصيل أكثر|مزيد من التفاصيل"
    ),
    "fa": r"بیشتر(?: (?:بگو|بگویید|توضیح بده))?|دیگر چه|دیگه چی|چیز دیگری|جزئیات بیشتر",
}
"""All that is said by who wants more on the subject, by language. "What else did he say?" asks for
something."""

_ON = {
    "en": (
        r"go on|carry on|continue|keep going|read on|next|later"
        r"|what (?:(?:happened|happens|came|comes|followed|was) )?"
        r"(?:then|next|later|afterwards?|after (?:that|this))"
        r"|then|afterwards?|after (?:that|this)|thereafter|then what|what now|what followed"
        r"|how did it (?:go on|continue)"
    ),
    "de": (
        r"weiter|mach weiter|und weiter|wie ging es (?:dann |danach )?weiter|was dann|dann|danach"
        r"|was (?:geschah|passierte|kam|war) (?:dann|danach|darauf|später|als nächstes)"
        r"|was ist (?:dann|danach) (?:geschehen|passiert)"
    ),
    "es": (
        r"sigue|siga|continúa|continúe|adelante|luego|después"
        r"|qué (?:pasó|ocurrió|sucedió|vino) (?:después|luego|entonces|más tarde)"
    ),
    "fr": r"continue|continuez|la suite|ensuite|(?:et )?après|que s'est-il passé (?:ensuite|après)",
    "ru": (
        r"дальше|далее|продолжай|продолжайте|продолжи|продолжение|потом|затем|после этого"
        r"|что (?:(?:было|произошло|случилось) )?(?:дальше|потом|затем|после этого)"
    ),
    "uk": (
        r"далі|продовжуй|продовжуйте|потім|після (?:того|цього)"
        r"|що (?:(?:було|сталося) )?(?:далі|потім|після (?:того|цього))"
    ),
    "tr": r"devam|devam et|devam edin|devamı|sonra|(?:ondan |bundan |daha )?sonra ne oldu",
    "ar": (
        r"تابع|أكمل|استمر|واصل|ثم ماذا|و?بعد ذلك"
        r"|و?ماذا (?:بعد|بعد ذلك|(?:حدث|جرى) بعد ذلك)"
    ),
    "fa": r"ادامه(?: بده| بدهید)?|(?:بعد|سپس|بعدش|پس از آن|بعد از آن)(?: چه (?:شد|اتفاقی افتاد))?",
}
"""The same of who wants to hear what comes next."""

_AGAIN = {
    "en": (
        r"(?:what is |what's |show me |give me )?(?:the |your |a )?"
        r"(?:sources?|links?|url|reference|proof|evidence)"
        r"|(?:oh )?really|seriously|for real|are you (?:really )?(?:sure|certain)"
        r"|is (?:that|this|it) (?:really )?(?:true|right|correct|so|certain)|says? who"
        r"|(?:where|what|which article) (?:is|does|did|was) (?:that|this|it) (?:come )?from"
        r"|where (?:does|did) (?:you|it|that) (?:get|say) (?:that|this|so|it)"
        r"|how do you know(?: that| this)?|(?:say|show) (?:that|it) again|again"
        r"|repeat(?: that| it)?"
    ),
    "de": (
        r"(?:die |deine )?quellen?|(?:der |ein )?link|beleg|wirklich|echt|stimmt das|ist das wahr"
        r"|(?:bist du|sind sie) sicher|ist das sicher|woher (?:hast du|weißt du|kommt) das"
        r"|wo steht das|noch ?mal|wiederhole das"
    ),
    "es": (
        r"(?:la )?fuentes?|(?:el )?enlace|de verdad|en serio|seguro|estás seguro"
        r"|es (?:eso |esto )?(?:verdad|cierto|seguro)|de dónde (?:sale|viene|es) (?:eso|esto)"
        r"|otra vez|repite"
    ),
    "fr": (
        r"(?:la |les )?sources?|(?:le )?lien|vraiment|c'est vrai|est-ce vrai|tu es sûr|sûr"
        r"|d'où (?:(?:cela |ça )?vient|tenez-vous)(?: (?:cela|ça))?|répète|répétez"
    ),
    "ru": (
        r"источник|источники|ссылка|ссылку|правда|серьёзно|серьезно|точно|это (?:правда|точно)"
        r"|(?:ты уверен|вы уверены|уверен)|откуда (?:это|информация|ты знаешь)|где это написано"
        r"|повтори|повторите|ещё раз|еще раз"
    ),
    "uk": (
        r"джерело|джерела|посилання|справді|серйозно|точно|це (?:правда|точно)"
        r"|(?:ти впевнений|ви впевнені)|звідки це|де це написано|повтори|ще раз"
    ),
    "tr": r"kaynak|kaynağı|kaynak ne|bağlantı|gerçekten mi|emin misin|(?:bu )?doğru mu|tekrar",
    "ar": r"المصدر|مصدر|الرابط|رابط|حقا|هل هذا صحيح|هل أنت متأكد|من أين هذا|أعد|مرة أخرى",
    "fa": r"منبع|لینک|پیوند|واقعا|جدی|آیا درست است|مطمئنی|دوباره",
}
"""All that is said by who wants to see where it stands."""

_GENERAL = {
    "en": "say said says saying tell told mean means happen happened exactly",
    "de": "genau gesagt passiert geschah geschehen",
    "es": "dice exactamente pasó ocurrió",
    "fr": "dit exactement passé ça cela",
    "ru": "сказал сказала сказали говорит именно произошло случилось",
    "uk": "сказав сказала сказали каже саме сталося",
    "tr": "dedi söyledi oldu bunu onu",
    "ar": "قال قالت قالوا حدث",
    "fa": "گفت گفتند شد",
}
"""Words that fit whatever was quoted, beside those that name nothing anywhere."""

_ELSE = (
    r"(?:what|who|whom|where|when|why|how|anything|anyone|anybody|someone) else|what more"
    r"|(?:was|wer|wen|wem|wo|wann|warum) (?:sonst|noch(?! (?:nie|nicht|immer|kein)))"
    r"|sonst (?:noch|jemand)"
    r"|(?:qué|quién|quiénes|dónde|cuándo) más|(?:qui|quoi|où|rien|personne) d'autre"
    r"|(?:что|кто|кого|кому|где|когда|почему) (?:ещё|еще)(?! не)|(?:що|хто|кого|де|коли) ще(?! не)"
    r"|başka (?:ne|kim|nerede)|(?:ماذا|من|أين) (?:أيضا|أيضًا)|دیگر (?:چه|که)"
)

_OPENINGS = "and|so|ok|okay|but|yes|und|ja|y|et|а|и|ну|і|й|та|ve|peki|و"
_PLEASE = (
    "please|bitte|por favor|s'il te plaît|s'il vous plaît|пожалуйста|будь ласка|lütfen|من فضلك"
)


def _folded(question: str) -> str:
    # A Turkish İ becomes an i and a dot of its own.
    return normalise(question).casefold().replace("i\u0307", "i").replace("’", "'")


def _whole(lists: dict[str, str]) -> re.Pattern[str]:
    said = "|".join(lists.values())
    return re.compile(rf"\W*(?:(?:{_OPENINGS}|{_PLEASE})\W+)?(?:{said})(?:\W+(?:{_PLEASE}))?\W*")


_ALL: dict[Going, re.Pattern[str]] = {
    "more": _whole(_MORE),
    "on": _whole(_ON),
    "again": _whole(_AGAIN),
}
_ANOTHER = re.compile(rf"(?<!\w)(?:{_ELSE})(?!\w)")


def further(question: str) -> Going | None:
    """Say whether `question` asks to go on with what was said, and for nothing else.

    Args:
        question: As asked, in any of the bot's languages: so few words do not tell in which.

    Returns:
        "more" for whatever else there is, "on" for what comes next, "again" for where it stands,
        None for a question with words of its own.
    """
    folded = _folded(question)
    return next((going for going, said in _ALL.items() if said.fullmatch(folded)), None)


def points(question: str, language: str) -> bool:
    """Say whether all that `question` names was said before: "who said that?", "when?".

    Args:
        question: As asked.
        language: ISO 639-1; in those without lists no question does.
    """
    if language not in _GENERAL:
        return False
    return _general(language).issuperset(naming_terms(question, language))


@lru_cache(maxsize=16)
def _general(language: str) -> frozenset[str]:
    return frozenset(terms(_GENERAL[language], language))


def wants_others(question: str) -> bool:
    """Say whether it asks for what was not quoted yet: "more", "What else did he say?"."""
    wanted = further(question) in {"more", "on"}
    return wanted or _ANOTHER.search(_folded(question)) is not None
