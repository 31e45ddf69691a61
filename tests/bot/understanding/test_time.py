from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.languages import ENGLISH
from bot.understanding.labels import interval, label
from bot.understanding.time import Time, find_time
from index.preference import Rows

NOW = date(2022, 6, 16)  # a Thursday


def named(question: str, language: str, now: date, calendar: Rows | None = None) -> Time:
    """The time that a question names, since it does."""
    found = find_time(question, language, now, calendar)
    assert found is not None
    return found


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("question", "kind", "first", "last", "words"),
    [
        ("what happened in December 2014?", "dated", "2014-12-01", "2014-12-31", "December 2014"),
        ("Dec. 2014 talks", "dated", "2014-12-01", "2014-12-31", "Dec. 2014"),
        ("on 17 December 2014", "dated", "2014-12-17", "2014-12-17", "17 December 2014"),
        ("December 17, 2014", "dated", "2014-12-17", "2014-12-17", "December 17, 2014"),
        ("the 17th of December", "dated", "2021-12-17", "2021-12-17", "17th of December"),
        ("said on June 7 about Uvalde", "dated", "2022-06-07", "2022-06-07", "June 7"),
        ("the June 7, 2021 report", "dated", "2021-06-07", "2021-06-07", "June 7, 2021"),
        ("since the June 7 report", "since", "2022-06-07", "", "since the June 7"),
        ("on 16 June", "dated", "2022-06-16", "2022-06-16", "16 June"),
        ("on 17 June", "dated", "2021-06-17", "2021-06-17", "17 June"),
        ("in May", "dated", "2022-05-01", "2022-05-31", "May"),
        ("in July", "dated", "2021-07-01", "2021-07-31", "July"),
        ("what about February?", "dated", "2022-02-01", "2022-02-28", "February"),
        ("what changed in 2014", "dated", "2014-01-01", "2014-12-31", "2014"),
        ("the 2015 agreement", "dated", "2015-01-01", "2015-12-31", "2015"),
        ("the April 2014 report", "dated", "2014-04-01", "2014-04-30", "April 2014"),
        ("2014-12-17", "dated", "2014-12-17", "2014-12-17", "2014-12-17"),
        ("17.12.2014", "dated", "2014-12-17", "2014-12-17", "17.12.2014"),
        ("between 3 and 5 May", "dated", "2022-05-03", "2022-05-05", "between 3 and 5 May"),
        (
            "from January to March 2015",
            *("dated", "2015-01-01", "2015-03-31", "from January to March 2015"),
        ),
        ("early 2015", "dated", "2015-01-01", "2015-04-30", "early 2015"),
        ("mid-June", "dated", "2022-06-11", "2022-06-20", "mid-June"),
        ("end of July 2014", "dated", "2014-07-21", "2014-07-31", "end of July 2014"),
        ("first half of 2015", "dated", "2015-01-01", "2015-06-30", "first half of 2015"),
        (
            "in the last quarter of 2014",
            *("dated", "2014-10-01", "2014-12-31", "in the last quarter of 2014"),
        ),
        (
            "December 30 – January 2, 2015",
            *("dated", "2014-12-30", "2015-01-02", "December 30 – January 2, 2015"),
        ),
        (
            "between 30 December and 2 January",
            *("dated", "2021-12-30", "2022-01-02", "between 30 December and 2 January"),
        ),
        (
            "30 April 2014 to 2 May 2015",
            *("dated", "2014-04-30", "2015-05-02", "30 April 2014 to 2 May 2015"),
        ),
        (
            "November to January 2015",
            *("dated", "2014-11-01", "2015-01-31", "November to January 2015"),
        ),
        ("late 2014", "dated", "2014-09-01", "2014-12-31", "late 2014"),
        ("yesterday's vote", "dated", "2022-06-15", "2022-06-15", "yesterday's"),
        ("last week", "dated", "2022-06-06", "2022-06-12", "last week"),
        ("last month", "dated", "2022-05-01", "2022-05-31", "last month"),
        ("last year", "dated", "2021-01-01", "2021-12-31", "last year"),
        ("in the past three days", "dated", "2022-06-13", "2022-06-16", "in the past three days"),
        ("over the last 2 weeks", "dated", "2022-06-02", "2022-06-16", "over the last 2 weeks"),
        ("two weeks ago", "dated", "2022-05-30", "2022-06-05", "two weeks ago"),
        ("over the weekend", "dated", "2022-06-11", "2022-06-12", "over the weekend"),
        ("who resigned on Tuesday", "dated", "2022-06-14", "2022-06-14", "Tuesday"),
        ("on Thursday", "dated", "2022-06-16", "2022-06-16", "Thursday"),
        ("this week", "recent", "2022-06-10", "2022-06-16", "this week"),
        ("this month", "recent", "2022-06-01", "2022-06-16", "this month"),
        ("so far this year", "recent", "2022-01-01", "2022-06-16", "so far this year"),
        ("recently green lit", "recent", "2022-06-10", "2022-06-16", "recently"),
        ("the current price", "recent", "2022-06-10", "2022-06-16", "current"),
        ("what is it now", "recent", "2022-06-10", "2022-06-16", "now"),
        ("today", "today", "2022-06-16", "2022-06-16", "today"),
        ("tonight", "today", "2022-06-16", "2022-06-16", "tonight"),
        ("the latest on Iran", "latest", "", "", "latest"),
        ("any news on Iran", "latest", "", "", "any news"),
        ("since 5 September", "since", "2021-09-05", "", "since 5 September"),
        ("after January 2015", "since", "2015-02-01", "", "after January 2015"),
        ("after 2014", "since", "2015-01-01", "", "after 2014"),
        ("after 5 January 2015", "since", "2015-01-05", "", "after 5 January 2015"),
        ("since January 2015", "since", "2015-01-01", "", "since January 2015"),
        ("the most recent news on Iran", "latest", "", "", "most recent"),
        (
            "what the UN said in 2015 in resolution 1973",
            "dated",
            "2015-01-01",
            "2015-12-31",
            "2015",
        ),
        (
            "what changed since the Minsk agreement of 5 September 2014?",
            *("since", "2014-09-05", "", "of 5 September 2014"),
        ),
        ("before March 2015", "before", "", "2015-02-28", "before March 2015"),
        ("until 2014", "before", "", "2014-12-31", "until 2014"),
        ("by the end of 2014", "before", "", "2014-12-31", "by the end of 2014"),
        ("latest on the vote of 3 May 2022", "dated", "2022-05-03", "2022-05-03", "3 May 2022"),
    ],
)
def test_english(question: str, kind: str, first: str, last: str, words: str) -> None:
    found = named(question, "en", NOW)
    assert (found.kind, found.first, found.last) == (kind, day(first), day(last))
    assert question[slice(*found.span)] == words


def articles(*days: str) -> Rows:
    """The calendar of articles of these days."""
    return Rows.of(
        [date.fromisoformat(one) for one in days], [None] * len(days), [None] * len(days)
    )


ARCHIVE = articles(
    *("2012-02-29", "2013-09-05", "2014-05-01", "2014-09-06", "2014-12-30", "2015-06-20")
)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("what happened since the Minsk agreement of 5 September?", "2014-09-05", ""),
        ("on 17 June", "2015-06-17", "2015-06-17"),
        # Nothing is told of 2015's.
        ("on 2 May", "2015-05-02", "2015-05-02"),
        ("on 1 May", "2014-05-01", "2014-05-01"),
        ("in June", "2015-06-01", "2015-06-30"),
        ("in May", "2014-05-01", "2014-05-31"),
        ("in July", "2014-07-01", "2014-07-31"),
        ("late December", "2014-12-21", "2014-12-31"),
        ("between 3 and 5 September", "2014-09-03", "2014-09-05"),
        ("between 30 December and 2 January", "2014-12-30", "2015-01-02"),
        ("on 29 February", "2012-02-29", "2012-02-29"),
        # What is said from now on, or with a year, does not depend on what there is.
        ("last week", "2022-06-06", "2022-06-12"),
        ("on Tuesday", "2022-06-14", "2022-06-14"),
        ("in May 2021", "2021-05-01", "2021-05-31"),
    ],
)
def test_a_date_without_a_year_is_one_of_which_an_archive_tells(
    question: str, first: str, last: str
) -> None:
    found = named(question, "en", NOW, ARCHIVE)
    assert (found.first, found.last) == (day(first), day(last))


@pytest.mark.parametrize(
    ("question", "newest", "first"),
    [
        # Nothing was added for a month, which makes no archive.
        ("on 15 June", "2022-05-16", "2022-06-15"),
        ("on 15 June", "2022-05-15", "2014-06-15"),
        # An article dated after the question.
        ("on 17 June", "2023-01-01", "2021-06-17"),
    ],
)
def test_a_collection_that_is_kept_fresh(question: str, newest: str, first: str) -> None:
    found = named(question, "en", NOW, articles("2014-06-15", "2014-06-17", newest))
    assert found.first == day(first)


def test_articles_without_a_date_tell_no_year() -> None:
    found = named("on 17 June", "en", NOW, Rows.of([None], [None], [None]))
    assert found.first == date(2021, 6, 17)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("что было 5 сентября", "ru"),
        ("am 5. September", "de"),
        ("le 5 septembre", "fr"),
        ("el 5 de septiembre", "es"),
        ("في 5 سبتمبر", "ar"),
    ],
)
def test_and_so_in_other_languages(question: str, language: str) -> None:
    found = named(question, language, NOW, ARCHIVE)
    assert found.first == date(2014, 9, 5)


@pytest.mark.parametrize(
    ("question", "language", "first", "last", "words"),
    [
        ("in the summer of 2014", "en", "2014-06-01", "2014-08-31", "summer of 2014"),
        ("What happened in spring 2015?", "en", "2015-03-01", "2015-05-31", "spring 2015"),
        # It goes on into the next year, if it is told by both or by one.
        ("winter 2014/15", "en", "2014-12-01", "2015-02-28", "winter 2014/15"),
        ("winter 2014", "en", "2014-12-01", "2015-02-28", "winter 2014"),
        ("in the fall", "en", "2021-09-01", "2021-11-30", "fall"),
        # The one that is now is not over.
        ("this summer", "en", "2022-06-01", "2022-08-31", "this summer"),
        ("last summer", "en", "2021-06-01", "2021-08-31", "last summer"),
        ("last winter", "en", "2021-12-01", "2022-02-28", "last winter"),
        ("since last summer", "en", "2021-06-01", "", "since last summer"),
        ("im Sommer 2014", "de", "2014-06-01", "2014-08-31", "Sommer 2014"),
        ("letzten Winter", "de", "2021-12-01", "2022-02-28", "letzten Winter"),
        ("l'été dernier", "fr", "2021-06-01", "2021-08-31", "été dernier"),
        ("el verano pasado", "es", "2021-06-01", "2021-08-31", "verano pasado"),
        ("что было прошлой зимой", "ru", "2021-12-01", "2022-02-28", "прошлой зимой"),
        ("летом 2014 года", "ru", "2014-06-01", "2014-08-31", "летом 2014"),
        ("влітку 2014", "uk", "2014-06-01", "2014-08-31", "влітку 2014"),
        ("geçen yaz", "tr", "2021-06-01", "2021-08-31", "geçen yaz"),
        ("في صيف 2014", "ar", "2014-06-01", "2014-08-31", "صيف 2014"),
        ("تابستان گذشته", "fa", "2021-06-01", "2021-08-31", "تابستان گذشته"),
    ],
)
def test_seasons(question: str, language: str, first: str, last: str, words: str) -> None:
    found = named(question, language, NOW)
    assert (found.first, found.last) == (day(first), day(last))
    assert question[slice(*found.span)] == words


@pytest.mark.parametrize(
    ("question", "language"),
    [
        *[("why did oil prices fall?", "en"), ("in the fall of the Berlin wall", "en")],
        *[("who won in the Winter Olympics?", "en"), ("the Prague Spring", "en")],
        *[("a-t-il été élu ?", "fr"), ("winter 2030", "en"), ("Summer said so", "en")],
    ],
)
def test_what_is_no_season(question: str, language: str) -> None:
    assert find_time(question, language, NOW) is None


def test_an_archives_season() -> None:
    found = named("what happened last winter?", "en", NOW, ARCHIVE)
    assert (found.first, found.last) == (date(2014, 12, 1), date(2015, 2, 28))


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What will happen in Havana in January?", "en"),
        ("Who is going to speak on Monday?", "en"),
        ("Will it be decided in May?", "en"),
        ("что будет в мае?", "ru"),
        ("Was wird am 5. Mai entschieden?", "de"),
    ],
)
def test_of_what_lies_ahead_is_told_before(question: str, language: str) -> None:
    assert find_time(question, language, NOW) is None


def test_a_name_lies_not_ahead() -> None:
    found = named("What did Will Smith do in March 2022?", "en", NOW)
    assert found.first == date(2022, 3, 1)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        # What a year or the past is named for may be what was to come then.
        ("Where will it be, as was said in May 2021?", "2021-05-01"),
        ("Prices rose since last year, when will they fall?", "2021-01-01"),
    ],
)
def test_a_year_or_the_past_does_not_lie_ahead(question: str, first: str) -> None:
    found = named(question, "en", NOW)
    assert found.first == day(first)


def test_what_will_be_done_today_is_told_today() -> None:
    for question in ("What will they decide today?", "what will happen this week?"):
        found = named(question, "en", NOW)
        assert found.last == NOW


def test_a_part_of_a_month_that_did_not_begin_is_last_years() -> None:
    found = named("in late June", "en", NOW)
    assert (found.first, found.last) == (date(2021, 6, 21), date(2021, 6, 30))


@pytest.mark.parametrize("question", ["on 31 June", "on 30 February", "the 45 May"])
def test_there_is_no_such_day(question: str) -> None:
    assert find_time(question, "en", NOW, ARCHIVE) is None


@pytest.mark.parametrize(
    "question",
    [
        *(
            "What about May?",
            "May I ask something?",
            "what did Theresa May say",
            "the March on Washington",
        ),
        *("in 10 minutes", "20 years of war", "aged 24", "resolution 2118", "Covid-19", "COP21"),
        *("7,000 dead", "9/11", "24/7", "$50 a barrel", "the 2030 World Cup", "Boeing 747"),
        *("World War II", "the 1990s", "he sat down", "the sun", "the last round", "a second"),
        *("in 1812", "now that it is over", "at the latest", "in may", "2118"),
        *("UN resolution 1973", "flight 2015 to Rome", "in July 2030", "a USA Today poll"),
        *("1990 people died", "2,000 soldiers", "what is recency", "Is Todayville far?"),
        *("the Jan. 6 committee", "on the January 6 hearings", "September 11 attacks"),
        "what did the 5 May report say?",
    ],
)
def test_what_is_no_time(question: str) -> None:
    assert find_time(question, "en", NOW) is None


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("ru", "почему 2000 человек вышли на площадь"),
        ("de", "warum 2000 Menschen flohen"),
        ("fr", "pourquoi 2000 personnes ont fui"),
        ("es", "por qué huyeron 2000 personas"),
    ],
)
def test_an_amount_is_no_year(language: str, question: str) -> None:
    assert find_time(question, language, NOW) is None


@pytest.mark.parametrize(
    ("language", "question", "kind", "first", "last"),
    [
        ("ru", "что произошло в декабре 2014 года?", "dated", "2014-12-01", "2014-12-31"),
        ("fr", "que s'est-il passé aujourd’hui", "today", "2022-06-16", "2022-06-16"),
        ("fr", "le 1er mai", "dated", "2022-05-01", "2022-05-01"),
        ("ru", "17 декабря 2014", "dated", "2014-12-17", "2014-12-17"),
        ("ru", "что случилось в мае", "dated", "2022-05-01", "2022-05-31"),
        ("ru", "что было вчера", "dated", "2022-06-15", "2022-06-15"),
        ("ru", "что нового по Сирии", "latest", "", ""),
        ("ru", "на этой неделе", "recent", "2022-06-10", "2022-06-16"),
        ("uk", "у грудні 2014", "dated", "2014-12-01", "2014-12-31"),
        ("uk", "сьогодні", "today", "2022-06-16", "2022-06-16"),
        ("de", "am 17. Dezember 2014", "dated", "2014-12-17", "2014-12-17"),
        ("de", "seit Januar 2015", "since", "2015-01-01", ""),
        ("de", "Ende Juli 2014", "dated", "2014-07-21", "2014-07-31"),
        ("de", "Anfang 2015", "dated", "2015-01-01", "2015-04-30"),
        ("fr", "fin juillet 2014", "dated", "2014-07-21", "2014-07-31"),
        ("fr", "à la mi-juin", "dated", "2022-06-11", "2022-06-20"),
        ("es", "a finales de julio de 2014", "dated", "2014-07-21", "2014-07-31"),
        ("ru", "в конце июля 2014 года", "dated", "2014-07-21", "2014-07-31"),
        ("ru", "с 30 декабря по 2 января", "dated", "2021-12-30", "2022-01-02"),
        ("uk", "на початку 2015 року", "dated", "2015-01-01", "2015-04-30"),
        ("fa", "اواخر ژوئیه 2014", "dated", "2014-07-21", "2014-07-31"),
        ("tr", "2014'ten beri", "since", "2014-01-01", ""),
        ("tr", "Mart 2015'e kadar", "before", "", "2015-03-31"),
        ("tr", "Mart 2015'ten önce", "before", "", "2015-02-28"),
        ("tr", "2014'ten sonra", "since", "2015-01-01", ""),
        ("ru", "что было до марта 2015 года", "before", "", "2015-02-28"),
        ("ru", "до 5 марта 2015", "before", "", "2015-03-05"),
        ("ru", "перед 2015 годом", "before", "", "2014-12-31"),
        ("uk", "до 2015 року", "before", "", "2014-12-31"),
        ("fa", "پیش از مارس 2015", "before", "", "2015-02-28"),
        ("de", "letzte Woche", "dated", "2022-06-06", "2022-06-12"),
        ("es", "el 5 de mayo de 2015", "dated", "2015-05-05", "2015-05-05"),
        ("es", "ayer", "dated", "2022-06-15", "2022-06-15"),
        ("fr", "en décembre 2014", "dated", "2014-12-01", "2014-12-31"),
        ("fr", "aujourd'hui", "today", "2022-06-16", "2022-06-16"),
        ("tr", "Aralık 2014", "dated", "2014-12-01", "2014-12-31"),
        ("tr", "bu hafta", "recent", "2022-06-10", "2022-06-16"),
        ("ar", "في ديسمبر 2014", "dated", "2014-12-01", "2014-12-31"),
        ("ar", "اليوم", "today", "2022-06-16", "2022-06-16"),
        ("fa", "دسامبر ۲۰۱۴", "dated", "2014-12-01", "2014-12-31"),
        ("fa", "دیروز", "dated", "2022-06-15", "2022-06-15"),
        ("zh", "2014年发生了什么", "dated", "2014-01-01", "2014-12-31"),
        ("und", "2014-12-17", "dated", "2014-12-17", "2014-12-17"),
    ],
)
def test_other_languages(language: str, question: str, kind: str, first: str, last: str) -> None:
    found = named(question, language, NOW)
    assert (found.kind, found.first, found.last) == (kind, day(first), day(last))


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(["31", "May", "2015", "of", "the", "-", "since", "12", "Feb", "29", "0"])
    ).map(" ".join),
    st.sampled_from(["en", "ru", "de", "fr", "tr", "ar", "zh", "xx"]),
)
def test_any_text_can_be_read(text: str, language: str) -> None:
    found = find_time(text, language, NOW)
    if found is not None:
        assert 0 <= found.span[0] < found.span[1] <= len(text)
        assert found.first is None or found.last is None or found.first <= found.last


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("in December 2014", "December 2014"),
        ("on 17 December 2014", "17 December 2014"),
        ("in 2014", "2014"),
        ("in the past six days", "10–16 Jun 2022"),
        ("last week", "6–12 Jun 2022"),
        ("from January to March 2015", "1 Jan\u2009–\u200931 Mar 2015"),
        ("in the past two years", "16 Jun 2020\u2009–\u200916 Jun 2022"),
        ("since 5 September 2014", "since 5 September 2014"),
        ("until 2014", "until 31 December 2014"),
        ("today", "today"),
        ("any news", "latest"),
    ],
)
def test_labels(question: str, shown: str) -> None:
    found = named(question, "en", NOW)
    assert label(interval(found), ENGLISH) == shown
