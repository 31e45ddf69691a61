"""Names of months, weekdays and times, by language; inflected forms as people write them."""

MONTHS = {
    "en": (
        "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
        "august aug", "september sept sep", "october oct", "november nov", "december dec",
    ),
    "ru": (
        "января январе январь", "февраля феврале февраль", "марта марте март",
        "апреля апреле апрель", "мая мае май", "июня июне июнь", "июля июле июль",
        "августа августе август", "сентября сентябре сентябрь", "октября октябре октябрь",
        "ноября ноябре ноябрь", "декабря декабре декабрь",
    ),
    "uk": (
        "січня січні січень", "лютого лютому лютий", "березня березні березень",
        "квітня квітні квітень", "травня травні травень", "червня червні червень",
        "липня липні липень", "серпня серпні серпень", "вересня вересні вересень",
        "жовтня жовтні жовтень", "листопада листопаді листопад", "грудня грудні грудень",
    ),
    "de": (
        "januar jänner", "februar", "märz", "april", "mai", "juni", "juli", "august",
        "september", "oktober", "november", "dezember",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
        "septiembre setiembre", "octubre", "noviembre", "diciembre",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre",
    ),
    "tr": (
        "ocak ocakta", "şubat şubatta", "mart martta", "nisan nisanda", "mayıs mayısta",
        "haziran haziranda", "temmuz temmuzda", "ağustos ağustosta", "eylül eylülde",
        "ekim ekimde", "kasım kasımda", "aralık aralıkta",
    ),
    "ar": (
        "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر",
        "أكتوبر", "نوفمبر", "ديسمبر",
    ),
    "fa": (
        "ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه جولای", "اوت", "سپتامبر",
        "اکتبر", "نوامبر", "دسامبر",
    ),
}  # fmt: skip
"""Language -> the forms of each month's name, January first."""

WEEKDAYS = {
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "ru": (
        "понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье",
    ),
    "uk": ("понеділок", "вівторок", "середу", "четвер", "п'ятницю", "суботу", "неділю"),
    "de": (
        "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
    ),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "tr": ("pazartesi", "salı", "çarşamba", "perşembe", "cuma", "cumartesi", "pazar"),
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
    "fa": ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه"),
}  # fmt: skip
"""Language -> Monday to Sunday, in the form that follows "on"."""

ON = {
    "en": "on|last|this past|since|until|by",
    "ru": "в|во|с|до",
    "uk": "у|в|з|до",
    "de": "am|seit|bis|letzten",
    "es": "el|desde el|hasta el",
    "fr": "ce|depuis|jusqu'à|le",
    "tr": "",
    "ar": "يوم",
    "fa": "روز",
}
"""What stands before a weekday that means a day; "" for nothing."""

LATEST = {
    "en": (
        r"(?<!at the )latest|most recent(?!ly)|newest|what's new|what is new|any news"
        r"|breaking news"
    ),
    "ru": (
        r"последн(?:ие|яя|его|юю) (?:новост\w+|событи\w+|данны\w+)|самые свежие|что нового"
        r"|свежие новости"
    ),
    "uk": r"останні (?:новини|події|дані)|найсвіжіш\w+|що нового|свіжі новини",
    "de": r"neueste\w*|jüngste\w*|aktuellste\w*|was gibt es neues",
    "es": r"últim[oa]s? (?:noticias?|novedades|datos)|lo último|más recientes?|qué hay de nuevo",
    "fr": r"dernière?s? (?:nouvelles?|infos?|informations?)|les plus récent\w*|quoi de neuf",
    "tr": r"son (?:haberler|durum|gelişmeler|dakika)|en son|en yeni|ne haber var",
    "ar": r"آخر (?:الأخبار|أخبار|المستجدات|التطورات)|أحدث|ما الجديد",
    "fa": r"آخرین (?:اخبار|خبر\w*|وضعیت)|تازه‌ترین|جدیدترین|چه خبر",
}
"""Asks for the newest there is."""

TODAY = {
    "en": r"(?<!usa )today(?:'s)?|tonight|this (?:morning|afternoon|evening)",
    "ru": r"сегодня(?:шн\w+)?|сегодня утром|сегодня вечером",
    "uk": r"сьогодні(?:шн\w+)?",
    "de": r"heute(?: morgen| abend)?|heutige\w*",
    "es": r"hoy|esta (?:mañana|noche|tarde)",
    "fr": r"aujourd'hui|ce (?:matin|soir)",
    "tr": r"bugün(?:kü)?|bu (?:sabah|akşam)",
    "ar": r"اليوم|هذا (?:الصباح|المساء)",
    "fa": r"امروز|امشب",
}

YESTERDAY = {
    "en": r"yesterday(?:'s)?|last night",
    "ru": r"вчера(?:шн\w+)?",
    "uk": r"вчора(?:шн\w+)?|учора",
    "de": r"gestern|gestrige\w*",
    "es": r"ayer|anoche",
    "fr": r"hier",
    "tr": r"dün(?:kü)?",
    "ar": r"أمس|البارحة",
    "fa": r"دیروز|دیشب",
}

RECENT = {
    "en": (
        r"(?:in |over )?(?:the )?(?:past|last|recent) (?:few )?days|recent(?:ly)?|these days|lately"
        r"|current(?:ly)?|right now|at the moment|(?<!by )(?<!until )now(?! that\b)|nowadays"
    ),
    "ru": r"недавно|в последнее время|сейчас|в последние дни|на днях",
    "uk": r"нещодавно|останнім часом|зараз|останніми днями|днями",
    "de": r"kürzlich|neulich|zurzeit|derzeit|in den letzten tagen|jetzt|aktuell",
    "es": r"recientemente|últimamente|actualmente|ahora|en los últimos días",
    "fr": r"récemment|dernièrement|actuellement|en ce moment|ces derniers jours",
    "tr": r"son günlerde|son zamanlarda|yakın zamanda|şu anda|şimdi",
    "ar": r"مؤخرا|حاليا|الآن|في الأيام الأخيرة",
    "fa": r"اخیرا|به‌تازگی|اکنون|الان|در روزهای اخیر",
}

THIS_WEEK = {
    "en": r"this week(?:'s)?", "ru": r"на этой неделе", "uk": r"на цьому тижні|цього тижня",
    "de": r"diese woche|in dieser woche", "es": r"esta semana", "fr": r"cette semaine",
    "tr": r"bu hafta", "ar": r"هذا الأسبوع", "fa": r"این هفته",
}  # fmt: skip

LAST_WEEK = {
    "en": r"(?:last|past|previous) week(?:'s)?", "ru": r"на прошлой неделе",
    "uk": r"минулого тижня|на минулому тижні", "de": r"letzte woche|vergangene woche",
    "es": r"la semana pasada", "fr": r"la semaine dernière", "tr": r"geçen hafta",
    "ar": r"الأسبوع الماضي", "fa": r"هفته گذشته|هفته پیش",
}  # fmt: skip

THIS_MONTH = {
    "en": r"this month(?:'s)?", "ru": r"в этом месяце", "uk": r"цього місяця|у цьому місяці",
    "de": r"diesen monat|in diesem monat", "es": r"este mes", "fr": r"ce mois(?:-ci)?",
    "tr": r"bu ay", "ar": r"هذا الشهر", "fa": r"این ماه",
}  # fmt: skip

LAST_MONTH = {
    "en": r"last month(?:'s)?", "ru": r"в прошлом месяце", "uk": r"минулого місяця",
    "de": r"letzten monat", "es": r"el mes pasado", "fr": r"le mois dernier", "tr": r"geçen ay",
    "ar": r"الشهر الماضي", "fa": r"ماه گذشته",
}  # fmt: skip

THIS_YEAR = {
    "en": r"(?:so far )?this year(?:'s)?", "ru": r"в этом году", "uk": r"цього року",
    "de": r"dieses jahr|in diesem jahr", "es": r"este año", "fr": r"cette année", "tr": r"bu yıl",
    "ar": r"هذا العام", "fa": r"امسال",
}  # fmt: skip

LAST_YEAR = {
    "en": r"last year(?:'s)?", "ru": r"в прошлом году", "uk": r"минулого року",
    "de": r"letztes jahr|im vergangenen jahr", "es": r"el año pasado", "fr": r"l'année dernière",
    "tr": r"geçen yıl", "ar": r"العام الماضي", "fa": r"پارسال|سال گذشته",
}  # fmt: skip

PARTS = {
    "en": ("early|beginning of|start of", "mid|middle of", "late|end of"),
    "ru": ("(?:в )?начал[еоа]", "(?:в )?середин[еыу]", "(?:в )?конц[еау]"),
    "uk": ("(?:на )?почат(?:ку|ок)", "(?:в |у )?середин[іиу]", "наприкінці|(?:в |у )?кінц[іяю]"),
    "de": ("anfang", "mitte", "ende"),
    "es": ("(?:a )?(?:principios|comienzos) de", "(?:a )?mediados de", "(?:a )?fin(?:al)?es de"),
    "fr": ("début", "mi", "fin"),
    "ar": ("بداية|أوائل|مطلع", "منتصف", "نهاية|أواخر"),
    "fa": ("اوایل|آغاز", "اواسط|میانه", "اواخر|پایان"),
}
"""The first, the middle and the last part of a month or a year, as said before its name."""

SINCE = {
    "en": r"since|after", "ru": r"с|со|после", "uk": r"з|із|після", "de": r"seit|nach|ab",
    "es": r"desde|después de|tras", "fr": r"depuis|après", "tr": "", "ar": r"منذ|بعد",
    "fa": r"از|پس از|بعد از",
}  # fmt: skip
"""Stands before the day that a time begins with."""

AFTER = frozenset(
    (
        *("after", "после", "після", "nach", "después de", "tras", "après", "بعد", "پس از"),
        *("بعد از", "sonra"),
    )
)
"""Those of them behind which a month or a year is over before the time begins."""

BEHIND = {"tr": {"since": r"beri|itibaren|sonra", "before": r"kadar|önce"}}
"""Where such words stand behind the day, after its ending: "2014'ten beri"."""

BEFORE = {
    "en": r"before|until|till|by|prior to|up to", "ru": r"до|перед|к", "uk": r"до|перед",
    "de": r"vor|bis", "es": r"antes de|hasta", "fr": r"avant|jusqu'(?:à|en|au)", "tr": "",
    "ar": r"قبل|حتى", "fa": r"قبل از|پیش از|تا",
}  # fmt: skip
"""Stands before the day that a time ends with."""

STRICTLY_BEFORE = frozenset(
    ["before", "prior to", "перед", "vor", "avant", "antes de", "قبل", "قبل از", "پیش از", "önce"]
)
"""Those of them, and of what stands behind, that leave the day itself out."""

UP_TO = frozenset({"до"})
"""Those that leave a month or a year out; of a day it is not clear."""

SINCE_EVENT = {
    "en": r"(?:ever )?since", "ru": r"со времени|с момента|со времён|со дня|с(?= тех пор)",
    "uk": r"з часу|з моменту|від часу|від дня|з(?= тих пір)", "de": r"seit", "fr": r"depuis",
    "es": r"desde(?= (?:el|la|los|las|que|entonces)\b)", "ar": r"منذ",
    "fa": r"از زمان|از(?= آن زمان)",
}  # fmt: skip
"""Stands before an event from which something goes on. Turkish, which says it behind, has none."""

AFTER_EVENT = {
    "en": r"after|following|in the wake of", "ru": r"после", "uk": r"після",
    "de": r"nach(?= (?:de[mrn]|seine[mrn]|ihre[mrn])\b)", "es": r"tras|después de|luego de",
    "fr": r"(?<!d')après|à la suite de", "ar": r"بعد", "fa": r"پس از|بعد از",
}  # fmt: skip
"""Stands before an event that something came after."""

BEFORE_EVENT = {
    "en": r"before|ahead of|prior to|in the run-up to|until|till", "ru": r"перед|накануне",
    "uk": r"перед|напередодні", "de": r"vor(?= de[mrn]\b)", "es": r"antes de",
    "fr": r"avant|à la veille de", "ar": r"قبل", "fa": r"پیش از|قبل از",
}  # fmt: skip
"""Stands before an event that something came before."""

POINTERS = {
    "en": r"that|this|then|it", "ru": r"того|этого|тех пор|этим|тем",
    "uk": r"того|цього|тих пір|цим|тим", "de": r"dem|diesem", "es": r"eso|esto|ello|entonces",
    "fr": r"cela|ça|lors", "ar": r"ذلك|هذا", "fa": r"آن(?: زمان)?|این",
}  # fmt: skip
"""Stands there for an event that was spoken of before."""

BODIES = {
    "en": (
        r"courts?|council|congress|senate|parliament|committee|commission|judges?|jury|tribunal"
        r"|panel|house|assembly|lawmakers|deputies|reporters|cameras|crowds?|audience|magistrates?"
    ),
    "ru": (
        r"судом|советом|парламентом|комитетом|комиссией|депутатами|думой|сенатом|конгрессом"
        r"|журналистами|присяжными|ассамблеей|камерами"
    ),
    "uk": r"судом|радою|парламентом|комітетом|комісією|депутатами|сенатом|конгресом|журналістами",
    "de": r"gericht|ausschuss|parlament|bundestag|rat|kongress|senat|presse|journalisten|kameras",
}  # fmt: skip
"""Before which people speak: no events."""

NO_EVENT = {
    "en": "named called look looks looking looked model modelled modeled take takes took taken"
    " year day time one week month the long days weeks months years hours minutes",
    "de": "benannt suche suchen sucht fragt fragen",
}
"""Behind these, such words say no time: "named after", "the following", "how long after"."""

ASKING = {
    "en": r"who|whom|whose|what|which|when|where|why|how|did|does|do",
    "ru": r"кто|что|когда|где|почему|как",
    "uk": r"хто|що|коли|де|чому|як", "de": r"wer|was|wann|wo|warum|wie|welche[rs]?",
    "es": r"quién|qué|cuándo|dónde|por qué|cómo", "fr": r"qui|que|quand|où|pourquoi|comment",
    "ar": r"من|ماذا|متى|أين|لماذا|كيف", "fa": r"چه|کی|کجا|چرا|چگونه",
}  # fmt: skip
"""With which the question itself begins, where an event is named first."""

WROTE = {
    "en": (
        r"(?:what (?:did|does|has|have|do|is)(?: the)? )?"
        r"(?:writes?|written|wrote|reports?|reported|reporting|says?|said|publish(?:ed)?)"
    ),
    "de": r"was (?:schrieb|schreibt|berichtete|berichtet|meldete|meldet)",
    "es": r"qué (?:escribió|escribe|publicó|publica|dice|dijo|informó)",
    "fr": r"(?:qu'a|que|qu') ?(?:écrit|publié|dit|rapporte)",
    "ru": r"что (?:писал[аи]?|пишет|написал[аи]?|сообщил[аи]?|сообщает)",
    "uk": r"що (?:писал[аи]|пише|написал[аи]|повідомил[аи]|повідомляє)",
}
"""What asks for that of an outlet, whose name is left out, by language."""

SAID = {
    "en": (
        r"what (?:did|does|has|have|had|do) (?P<who>.+?)"
        r" (?:say|said|tell us|told|announced?|write|written)"
    ),
    "de": r"was (?:sagte|sagt|erklärte|schrieb|hat) (?P<who>.+?)(?: gesagt| erklärt)?",
    "es": r"qué (?:dijo|dice|ha dicho|declaró|anunció) (?P<who>.+?)",
    "fr": r"(?:qu['’]a (?:dit|déclaré|annoncé)|que (?:dit|déclare)) (?P<who>.+?)",
    "ru": r"что (?:сказал[аи]?|говорит|говорят|заявил[аи]?|объявил[аи]?) (?P<who>.+?)",
    "uk": r"що (?:сказа(?:в|ла|ли)|каже|кажуть|заяви(?:в|ла|ли)) (?P<who>.+?)",
}
"""What asks for that of somebody, by language."""

UTTERING = {
    "en": (
        r"said|says?|told|tells?|added|adds|warned|warns|argued|argues|insisted|insists|claimed"
        r"|claims|announced|announces|wrote|writes|promised|promises|declared|declares|explained"
        r"|explains|stressed|demanded|demands|replied|repeated|maintained|maintains|spoke of"
        r"|vowed|vows|pledged|noted|acknowledged|admitted|conceded|denied|suggested|urged|condemned"
        r"|criticised|criticized|praised|tweeted|called (?:for|on)|accused"
    ),
    "de": (
        r"sagte|sagt|erklärte|erklärt|warnte|warnt|betonte|betont|kündigte|schrieb|schreibt"
        r"|forderte|fordert|versprach|antwortete|behauptete|meinte|meint|sprach von"
    ),
    "es": (
        r"dijo|dice|declaró|afirmó|afirma|anunció|advirtió|añadió|aseguró|explicó|insistió|escribió"
        r"|prometió|exigió|respondió|señaló"
    ),
    "fr": (
        r"a (?:dit|déclaré|affirmé|annoncé|ajouté|averti|expliqué|insisté|écrit|promis|répondu)"
        r"|dit|déclare|affirme|annonce|explique|insiste"
    ),
    "ru": (
        r"сказал[аи]?|говорит|говорят|заявил[аи]?|заявляет|добавил[аи]?|предупредил[аи]?|объявил[аи]?"
        r"|сообщил[аи]?|написал[аи]?|пообещал[аи]?|подчеркнул[аи]?|ответил[аи]?|пояснил[аи]?"
    ),
    "uk": (
        r"сказа(?:в|ла|ли)|каже|кажуть|заяви(?:в|ла|ли)|дода(?:в|ла|ли)|попереди(?:в|ла|ли)"
        r"|оголоси(?:в|ла|ли)|повідоми(?:в|ла|ли)|написа(?:в|ла|ли)|пообіця(?:в|ла|ли)"
    ),
}
"""Verbs with which somebody says something, by language."""

ACCORDING = {
    "en": "according to", "de": "laut", "es": "según", "fr": "selon", "ru": "по данным",
    "uk": "за даними",
}  # fmt: skip
"""Stands before the outlet that a question is asked of, by language."""

AHEAD = {
    "en": r"(?-i:will)|^\W*will|won't|going to|shall|upcoming",
    "de": r"wird|werden",
    "fr": r"va|vont|aura|sera|seront",
    "es": r"va a|van a|será|serán|habrá",
    "ru": r"будет|будут|состоится|состоятся",
    "uk": r"буде|будуть|відбудеться|відбудуться",
    "tr": r"\w+[ae]cak",
    "ar": r"سوف",
    "fa": r"خواهد|خواهند",
}
"""Says that what is asked about lies ahead, by language."""

SAYING = {
    "en": (
        "say says said saying think thinks thought want wants wanted do does did"
        " done react reacts reacted reaction respond responds responded response reply replied"
        " answer answered comment commented announce announced claim claimed promise promised"
        " propose proposed demand demanded call called write wrote view opinion position"
    ),
    "de": (
        "sagen sagt sagte gesagt meint meinte meinen denkt dachte will wollte wollen tut tat tun"
        " getan macht machte gemacht reagiert reagierte reaktion antwortet antwortete erklärt"
        " erklärte fordert forderte verspricht versprach kündigte meinung haltung position"
    ),
    "es": (
        "dice dijo dicho decir dicen dijeron piensa pensó opina opinó quiere quería hace hizo hacer"
        " hecho reacciona reaccionó reacción responde respondió respuesta anunció declaró exige"
        " exigió propone propuso prometió opinión posición"
    ),
    "fr": (
        "dit dire disent déclare déclaré pense pensé veut voulait fait faire réagit réagi réaction"
        " répond répondu réponse annonce annoncé demande demandé propose proposé promis avis"
        " position"
    ),
    "ru": (
        "говорит говорят сказал сказала сказали думает думал считает считал хочет хотел делает"
        " делал сделал сделала сделали реагирует отреагировал отреагировала отреагировали реакция"
        " ответил ответила ответили заявил заявила заявили объявил требует предложил обещал мнение"
        " позиция"
    ),
    "uk": (
        "каже кажуть сказав сказала сказали думає думав вважає вважав хоче хотів робить робив"
        " зробив зробила зробили реагує відреагував відреагувала відреагували реакція відповів"
        " відповіла відповіли заявив заявила заявили оголосив вимагає запропонував обіцяв думка"
        " позиція"
    ),
    "tr": (
        "diyor dedi söyledi söylüyor düşünüyor düşündü istiyor istedi yaptı yapıyor tepki"
        " gösterdi verdi yanıt cevap açıkladı görüşü tutumu"
    ),
    "ar": "قال قالت يقول تقول يعتقد تعتقد يريد تريد فعل فعلت يفعل رد ردت موقف رأي أعلن أعلنت",
    "fa": "گفت گفته می‌گوید فکر می‌کند می‌خواهد خواست کرد واکنش نشان داد پاسخ موضع نظر اعلام",
}
"""Says only that somebody said or did something: verbs and what they are about, by language."""
