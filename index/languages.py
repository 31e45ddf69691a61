"""Whether a model understands a language, found by trying it rather than by its name."""

import numpy as np

from index.types import Encoder

MULTILINGUAL = "intfloat/multilingual-e5-small"
"""What to use for a collection that is not English alone."""

ENGLISH = "en"

SENTENCES = {
    "en": (
        "The baker sells warm bread every morning.",
        "Two children are swimming across the river.",
        "My grandfather cannot find his shoes.",
        "The court ordered the company to pay a fine.",
        "Snow fell on the mountains all night.",
        "She wrote a long letter to her sister.",
    ),
    "ru": (
        "Пекарь каждое утро продаёт тёплый хлеб.",
        "Двое детей переплывают реку.",
        "Мой дедушка не может найти свои ботинки.",
        "Суд обязал компанию заплатить штраф.",
        "Всю ночь в горах шёл снег.",
        "Она написала сестре длинное письмо.",
    ),
    "uk": (
        "Пекар щоранку продає теплий хліб.",
        "Двоє дітей перепливають річку.",
        "Мій дідусь не може знайти свої черевики.",
        "Суд зобов'язав компанію сплатити штраф.",
        "Усю ніч у горах падав сніг.",
        "Вона написала сестрі довгого листа.",
    ),
    "de": (
        "Der Bäcker verkauft jeden Morgen warmes Brot.",
        "Zwei Kinder schwimmen durch den Fluss.",
        "Mein Großvater findet seine Schuhe nicht.",
        "Das Gericht verurteilte die Firma zu einer Geldstrafe.",
        "Die ganze Nacht fiel Schnee in den Bergen.",
        "Sie schrieb ihrer Schwester einen langen Brief.",
    ),
    "es": (
        "El panadero vende pan caliente todas las mañanas.",
        "Dos niños cruzan el río a nado.",
        "Mi abuelo no encuentra sus zapatos.",
        "El tribunal condenó a la empresa a pagar una multa.",
        "Toda la noche cayó nieve en las montañas.",
        "Ella le escribió una carta larga a su hermana.",
    ),
    "fr": (
        "Le boulanger vend du pain chaud tous les matins.",
        "Deux enfants traversent la rivière à la nage.",
        "Mon grand-père ne trouve pas ses chaussures.",
        "Le tribunal a condamné l'entreprise à une amende.",
        "La neige est tombée toute la nuit sur les montagnes.",
        "Elle a écrit une longue lettre à sa sœur.",
    ),
    "tr": (
        "Fırıncı her sabah sıcak ekmek satar.",
        "İki çocuk nehri yüzerek geçiyor.",
        "Dedem ayakkabılarını bulamıyor.",
        "Mahkeme şirketi para cezasına çarptırdı.",
        "Bütün gece dağlara kar yağdı.",
        "Kız kardeşine uzun bir mektup yazdı.",
    ),
    "ar": (
        "يبيع الخباز خبزا ساخنا كل صباح.",
        "يعبر طفلان النهر سباحة.",
        "لا يجد جدي حذاءه.",
        "حكمت المحكمة على الشركة بدفع غرامة.",
        "تساقط الثلج على الجبال طوال الليل.",
        "كتبت رسالة طويلة إلى أختها.",
    ),
    "fa": (
        "نانوا هر روز صبح نان گرم می‌فروشد.",
        "دو کودک از رودخانه شنا می‌کنند.",
        "پدربزرگم کفش‌هایش را پیدا نمی‌کند.",
        "دادگاه شرکت را به پرداخت جریمه محکوم کرد.",
        "تمام شب در کوه‌ها برف بارید.",
        "او نامه‌ای بلند به خواهرش نوشت.",
    ),
    "zh": (
        "面包师每天早上卖热面包。",
        "两个孩子正在游过河。",
        "我爷爷找不到他的鞋子。",
        "法院判处这家公司罚款。",
        "山上下了一整夜的雪。",
        "她给妹妹写了一封长信。",
    ),
}
"""Plain sentences and their translations, without names or words that many languages share."""


def understands(encoder: Encoder, language: str) -> bool | None:
    """Return whether `encoder` puts sentences of a language beside their English translations.

    Args:
        encoder: The model.
        language: ISO 639-1.

    Returns:
        None for a language of which there are no sentences here.
    """
    if language == ENGLISH:
        return True
    if language not in SENTENCES:
        return None
    tried = (encoder.fingerprint, language)
    if tried not in _FOUND:
        _FOUND[tried] = _tried(encoder, language)
    return _FOUND[tried]


_FOUND: dict[tuple[str, str], bool] = {}
"""What was found, by fingerprint and language: it takes a dozen sentences each time."""


def _tried(encoder: Encoder, language: str) -> bool:
    theirs = encoder.encode_queries(SENTENCES[language])
    english = encoder.encode_queries(SENTENCES[ENGLISH])
    nearest = np.argmax(theirs @ english.T, axis=1)
    return bool((nearest == np.arange(len(nearest))).all())


def foreign(encoder: Encoder, languages: dict[str, int]) -> dict[str, int]:
    """Return those of a collection's languages that `encoder` does not understand.

    Args:
        encoder: The model.
        languages: Articles in each.

    A language that cannot be tried counts as foreign to a model that fails in Russian and Chinese.
    """
    untried = all(understands(encoder, name) for name in ("ru", "zh"))
    return {
        language: count
        for language, count in languages.items()
        if language != "und" and not _or(understands(encoder, language), untried)
    }


def _or(found: bool | None, otherwise: bool) -> bool:
    return otherwise if found is None else found
