"""Whether a person asks to go on: "more", "what else?", "and what happened then?".

Such a question has no words of its own to be found by. What it wants is on the subject of the
conversation and was not quoted yet: the same passage again would be no answer, and neither is
silence.
"""

import re

from corpus.text import normalise
from index.search import Going

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


_MORE_ONLY, _ON_ONLY = _whole(_MORE), _whole(_ON)
_ANOTHER = re.compile(rf"(?<!\w)(?:{_ELSE})(?!\w)")


def further(question: str) -> Going | None:
    """Say whether `question` asks to go on with what was said, and for nothing else.

    Args:
        question: As asked, in any of the bot's languages: so few words do not tell in which.

    Returns:
        "more" for whatever else there is, "on" for what comes next, None for a question with words
        of its own.
    """
    folded = _folded(question)
    if _MORE_ONLY.fullmatch(folded):
        return "more"
    return "on" if _ON_ONLY.fullmatch(folded) else None


def wants_others(question: str) -> bool:
    """Say whether it asks for what was not quoted yet: "more", "What else did he say?"."""
    return further(question) is not None or _ANOTHER.search(_folded(question)) is not None
