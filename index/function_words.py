"""Words that ask or bind but name nothing, by language (ISO 639-1).

Rarity would sort out those that articles use; but what only questions use ("сколько", "wie viele")
is rare in articles, and would count as much as a name. Chinese is in pairs of characters, as
`index.terms` has it.
"""

FUNCTION_WORDS = {
    "en": (
        "what who whom whose which when where why how do does did is are was were be been being"
        " have has had will would can could should may might must a an the of in on at to for from"
        " by with and or as it its that this these those there not no he she they his her their we"
        " you i me my your us our so if then than about into any some all"
        " many much hey hi hello please tell thanks ok more know like want learn just really"
    ),
    "ru": (
        "кто кого кому кем что чего чему чем какой какая какое какие какого какую каким каких"
        " каком который которая которое которые когда где куда откуда почему зачем как сколько чей"
        " чья чьи ли и или а но в во на с со к ко о об от из у за по до для при над под про не ни"
        " же бы был была было были быть есть будет это этот эта эти этого этой он она оно они его"
        " её их ему ей им мы вы я мне вас нам то та те тот того там так если чтобы свой уже ещё"
        " расскажи скажи пожалуйста известно сказал сказала сказали"
    ),
    "uk": (
        "хто кого кому ким що чого чому чим який яка яке які якого яку яким яких котрий коли де"
        " куди звідки навіщо як скільки чий чия чиї чи і й та або а але в у на з із зі до о об від"
        " за по для при над під про не ні же б би був була було були бути є буде це цей ця ці цього"
        " цієї він вона воно вони його її їх їй йому їм ми ви я мені вас нам то той там так якщо"
        " щоб свій вже ще відомо сказав сказала сказали"
    ),
    "de": (
        "wer wen wem wessen was welche welcher welches welchen welchem wann wo wohin woher warum"
        " wieso weshalb wie wieviel viel viele und oder aber in im an am auf zu zum zur von vom mit"
        " bei nach vor für über unter aus durch um als der die das den dem des ein eine einer eines"
        " einen einem es er sie ihr ihre sein seine ist sind war waren wird werden wurde wurden"
        " worden hat haben hatte hatten kann können konnte nicht kein keine auch noch sich ich du"
        " wir man da dass wenn dort dieser diese dieses bitte sag bekannt sagte sagten gesagt"
    ),
    "es": (
        "quién quiénes qué cuál cuáles cuándo dónde adónde cómo cuánto cuánta cuántos cuántas quien"
        " que cual cuando donde como por para y o u e pero de del a al en con sin sobre entre desde"
        " hasta el la los las lo un una unos unas es son era eran fue fueron ser está están estaba"
        " ha han había hay se su sus le les me te nos no sí ya más muy este esta esto ese esa eso"
        " él ella ellos ellas si sabe dijo dijeron dicho"
    ),
    "fr": (
        "qui que qu quoi quel quelle quels quelles quand où comment pourquoi combien est ce c d l j"
        " n s m t le la les un une des du de à au aux en dans sur sous par pour avec sans chez"
        " entre et ou mais ne pas plus il elle ils elles on se son sa ses leur leurs y sont était"
        " étaient fut être a ont avait avaient cette ces cet si je tu nous vous sait dit"
    ),
    "tr": (
        "kim kime kimi kimin kimler ne neyi neye nedir neden niçin niye nasıl nerede nereye nereden"
        " kaç hangi hangisi mi mı mu mü ve veya ya da de ile için gibi kadar bir bu şu o onun onlar"
        " ama ise olan olarak oldu olduğu var yok en daha hakkında biliniyor dedi söyledi"
    ),
    "ar": (
        "من ما ماذا متى أين لماذا كيف كم أي أية هل الذي التي الذين في على إلى عن مع بين بعد قبل منذ"
        " و أو ثم لا لم لن ليس كان كانت يكون هو هي هم هذا هذه ذلك تلك أن إن قد كل بها به فيها فيه"
        " قال قالت نعرف معروف"
    ),
    "fa": (
        "چه کی که کجا چرا چگونه چطور چند چقدر کدام آیا در به از با بر برای تا و یا اما را این آن او"
        " آنها ایشان است بود هست شد شده بودند هستند می نمی نه هم یک خود گفت گفتند"
    ),
    "zh": (
        "什么 是什 么是 哪些 哪个 哪里 哪年 哪一 哪位 谁是 为什 怎么 如何 多少 几个 何时 何地 是谁"
        " 在哪 的是 是哪 有多 了什 么时 时候 被称 么样 怎样 有哪 么地 是在 在什 的什 因为 吗 呢"
    ),
}
