"""Words that only lead up to what is asked about: "tell me about the referendum".

They stand in no article, so that they would be missed in each: "the referendum" finds more.
"""

import re

from index.terms import naming_terms

_ABOUT = r"(?:about|on|of|from|by|regarding|concerning)"
_THINGS = (
    r"(?:(?:all|some|any|more|a bit of|a little|the|an?) )*"
    r"(?:news|articles?|reports?|stories|story|info|information|details|something|anything|more"
    r"|everything|facts|updates?|quotes?|quotations?|statements?|comments?|remarks?)"
)

_SUMMARY = (
    r"(?:(?:an?|the|some|short|brief|quick|full|main|key|most important|important|basic) )*"
    r"(?:summary|overview|outline|recap|timeline|gist|essence|background|context|points?|facts?"
    r"|takeaways?|highlights?|details?|aspects?|findings|essentials|basics)"
    r" (?:about|of|on|from|behind|regarding|concerning|for|to)"
)
_POLITELY = r"(?:(?:can|could|would|will) you )?(?:please )?"

_SUMMARIES = {
    "en": (
        rf"{_POLITELY}(?:give|show|write|send|make|tell|provide|prepare)(?: me| us)? {_SUMMARY}"
        rf"|(?:what(?:'s| is| are| was| were) )?{_SUMMARY}"
        r"|what (?:should|must|do) (?:i|we) (?:need to )?know (?:about|of|on)"
        r"|tl;?dr:?(?: of| on| about)?"
        rf"|{_POLITELY}(?:summari[sz]e|sum up|outline|recap)(?: (?:to|for) (?:me|us))?"
        rf"|{_POLITELY}write(?: me| us)? (?:an? )?(?:short |brief )?"
        r"(?:report|article|text|essay|piece) (?:about|on)"
    ),
    "de": (
        r"fass(?:e)? zusammen|(?:eine |die |kurze )*zusammenfassung (?:von|vom|zu|zum|zur|über|der"
        r"|des)"
        r"|(?:ein |einen |kurzer |kurzen )*überblick (?:über|zu|zum|zur)"
        r"|(?:was sind )?die wichtigsten (?:punkte|fakten) (?:von|vom|zu|zum|zur|über)"
    ),
    "es": (
        r"resume|(?:dame )?(?:un |breve )*resumen (?:de|del|sobre)"
        r"|(?:cuáles son )?(?:los )?puntos (?:principales|clave) (?:de|del|sobre)"
    ),
    "fr": (
        r"résume(?:z)?|(?:un |le |bref )*résumé (?:de|du|des|sur)"
        r"|(?:quels sont )?(?:les )?points (?:principaux|clés) (?:de|du|des|sur)"
    ),
    "ru": (
        r"(?:кратко|коротко|вкратце|главное|самое важное|в двух словах) (?:о|об|обо|про)"
        r"|(?:краткое содержание|краткий обзор|обзор|сводка|основные моменты)(?: по)?"
    ),
    "uk": (
        r"(?:коротко|стисло|головне|найважливіше|у двох словах) про"
        r"|(?:стислий огляд|короткий огляд|огляд|основні моменти)(?: по)?"
    ),
    "ar": r"لخص|ملخص(?: عن)?|نبذة عن|أهم النقاط (?:في|عن)",
}
"""With which a question for a summary begins, by language."""

_LEADS = {
    "en": (
        rf"{_POLITELY}(?:tell|show|give|get|find|send|bring) (?:me |us )?(?:{_THINGS} )?{_ABOUT}"
        rf"|(?:list|find|search(?: for)?|look up|look for|show|give) {_THINGS} {_ABOUT}"
        rf"|{_POLITELY}(?:explain|describe|list)(?: (?:to|for) (?:me|us))?"
        r"|i(?:'d)? (?:would )?(?:want|like|need) to (?:know|read|hear|learn)"
        rf"(?: (?:more|something|everything))? {_ABOUT}"
        r"|i(?:'m| am) (?:looking for|interested in)"
        rf"(?: {_THINGS} {_ABOUT})?"
        rf"|i(?:'d)? (?:would )?(?:want|like|need) {_THINGS} {_ABOUT}"
        rf"|what (?:can|do|could) you (?:know|tell (?:me|us)|have|say) {_ABOUT}"
        r"|what(?:'s| is| are| was)? (?:going on|happening|the (?:situation|news|state))"
        r" (?:with|in|at|about|around|on|of|from)"
        r"|what(?:'s| has| is)? happened (?:with|in|at|around)"
        rf"|(?:is there |are there |do you have )?{_THINGS} {_ABOUT}"
    ),
    "de": (
        r"(?:(?:kannst|können) (?:du|sie) )?(?:erzähl|erzähle|erzählen sie|sag|sagen sie|zeig|zeige"
        r"|zeigen sie|gib|geben sie)(?: (?:mir|uns))?(?: bitte)?(?: (?:etwas|mehr|alles|was|artikel"
        r"|nachrichten|informationen|infos))? (?:über|zu|zum|zur|von|vom)"
        r"|erklär(?:e|en sie)?(?: (?:mir|uns))?|beschreib(?:e|en sie)?"
        r"|(?:was weißt du|was wissen sie|was weiß man) (?:über|von|vom|zu|zum|zur)"
        r"|was (?:gibt es neues|ist los|passiert|geschah) (?:über|zu|zum|zur|von|vom|in|im|mit|bei)"
        r"|(?:nachrichten|artikel|informationen|infos|neues|neuigkeiten) (?:über|zu|zum|zur|von|vom"
        r"|aus)"
    ),
    "es": (
        r"(?:cuéntame|cuénteme|dime|dígame|háblame|hábleme|muéstrame|dame)(?: (?:algo|más|noticias"
        r"|información|artículos))? (?:sobre|de|del|acerca de)|explica(?:me)?|describe"
        r"|(?:qué sabes|qué se sabe) (?:sobre|de|del|acerca de)"
        r"|(?:noticias|artículos|información|novedades) (?:sobre|de|del|acerca de)"
        r"|qué (?:pasa|pasó|ocurre|ocurrió) (?:con|en)"
    ),
    "fr": (
        r"(?:parle|parlez|dis|dites|raconte|racontez)[- ]moi(?: (?:plus|quelque chose))?"
        r" (?:de|du|des|sur|à propos de)|explique(?:z)?(?:-moi)?|décris|décrivez"
        r"|(?:que sais-tu|que savez-vous|que sait-on) (?:de|du|des|sur)"
        r"|(?:les |des )?(?:nouvelles|actualités|articles|informations|infos) (?:de|du|des|sur)"
        r"|que (?:se passe-t-il|s'est-il passé) (?:en|à|au|aux|avec|dans)"
    ),
    "ru": (
        r"(?:расскажи|расскажите|скажи|скажите|поведай)(?: мне| нам)?(?: (?:что-нибудь|подробнее"
        r"|больше|ещё|еще))? (?:о|об|обо|про)|(?:объясни|объясните|опиши|опишите)"
        r"|что (?:ты знаешь|вы знаете|известно|нового|слышно|пишут) (?:о|об|обо|про|по)"
        r"|что (?:происходит|произошло|случилось) (?:в|во|с|со|на)"
        r"|(?:покажи |найди |дай )?(?:новости|статьи|информацию?|сведения) (?:о|об|обо|про|по)"
    ),
    "uk": (
        r"(?:розкажи|розкажіть|скажи|скажіть)(?: мені| нам)?(?: (?:щось|докладніше|більше))?"
        r" (?:про|о|об)|(?:поясни|поясніть|опиши|опишіть)"
        r"|що (?:ти знаєш|ви знаєте|відомо|нового|чути) (?:про|о|по)"
        r"|що (?:відбувається|відбулося|сталося) (?:в|у|з|із|на)"
        r"|(?:покажи |знайди |дай )?(?:новини|статті|інформацію?) (?:про|о|по)"
    ),
    "ar": (
        r"(?:أخبرني|اخبرني|حدثني|قل لي)(?: (?:المزيد|شيئا))? عن|اشرح(?: لي)?|صف"
        r"|ماذا تعرف عن|(?:أخبار|اخبار|مقالات|معلومات) عن"
    ),
}
"""With which a question begins that asks about what follows, by language. In Turkish and Persian
the like comes last."""

_PATTERN = re.compile(
    rf"\W*(?:(?:hi|hello|hey|please|so|ok|okay|bitte|por favor|пожалуйста)\W+)?"
    rf"(?:(?P<summary>{'|'.join(_SUMMARIES.values())})|{'|'.join(_LEADS.values())})(?!\w)"
    r"\W*(?P<rest>.+?)"
    r"(?:\W+(?:please|thanks|thank you|bitte|danke|por favor|gracias|merci|пожалуйста|спасибо"
    r"|будь ласка|дякую)\W*)?",
    re.IGNORECASE | re.DOTALL,
)

_AROUND = re.compile(
    r"\W*what(?:'s| is| was| are) (?P<rest>\S+(?: \S+){0,4}?) (?:all )?about\W*", re.IGNORECASE
)
"""The same with what is asked about in the middle."""


def asked_about(question: str) -> tuple[int, int]:
    """Return the span of what is asked about, without what leads up to it and "please" behind it.

    Args:
        question: As asked, in any of the bot's languages.

    Returns:
        The whole question where nothing leads up to it.
    """
    plain = question.replace("’", "'")
    found = _PATTERN.fullmatch(plain) or _AROUND.fullmatch(plain)
    return found.span("rest") if found else (0, len(question))


def wants_summary(question: str, language: str) -> bool:
    """Say whether a question asks for the essence of something: "tldr", "the main points of".

    Args:
        question: As asked, in any of the bot's languages.
        language: ISO 639-1, for what names something: "what was it about?" does not.
    """
    plain = question.replace("’", "'")
    found = _PATTERN.fullmatch(plain)
    whole = found if found and found["summary"] else _AROUND.fullmatch(plain)
    return whole is not None and bool(naming_terms(whole["rest"], language))
