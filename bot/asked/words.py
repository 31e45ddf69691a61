"""The words of English that name times. Other languages: `languages`."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Names:
    """What a language calls the parts of a date.

    Attributes:
        months: Regular expression -> number of the month, 1 to 12.
        weekdays: Regular expression -> number of the weekday, Monday is 0.
        ordinal: Regular expression of what may follow the number of a day.
        link: Regular expression of a word between day, month and year.
        year: Regular expression of what may follow the number of a year.
        parts: Regular expression -> part of a month or year, as `days.part` knows it.
    """

    months: dict[str, int]
    weekdays: dict[str, int] = field(default_factory=dict)
    ordinal: str = r"\.?"
    link: str = ""
    year: str = ""
    parts: dict[str, str] = field(default_factory=dict)


ENGLISH = Names(
    months={
        r"jan(?:uary)?": 1,
        r"feb(?:ruary)?": 2,
        r"mar(?:ch)?": 3,
        r"apr(?:il)?": 4,
        r"(?<!theresa )(?<!minister )(?<!mrs )(?<!mrs\. )(?<!ms )may": 5,
        r"june?": 6,
        r"july?": 7,
        r"aug(?:ust)?": 8,
        r"sept?(?:ember)?": 9,
        r"oct(?:ober)?": 10,
        r"nov(?:ember)?": 11,
        r"dec(?:ember)?": 12,
    },
    weekdays={
        r"mon(?:day)?": 0,
        r"tue(?:s(?:day)?)?": 1,
        r"wed(?:nesday)?": 2,
        r"thu(?:rs(?:day)?)?": 3,
        r"fri(?:day)?": 4,
        r"sat(?:urday)?": 5,
        r"sun(?:day)?": 6,
    },
    ordinal=r"(?:st|nd|rd|th)?",
    link=r"of",
    parts={
        r"early": "early",
        r"mid(?:dle)?\s+of": "middle",
        r"(?:start|beginning)\s+of": "start",
        r"end\s+of": "end",
        r"mid": "mid",
        r"late": "late",
    },
)

DAYS_OF_WEEK = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"

NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
NUMBERS |= {"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
NUMBERS |= {"couple": 2, "couple of": 2, "a couple of": 2}

NOT_A_YEAR_BEFORE = (
    r"(?:resolution|res\.?|boeing|airbus|flight|article|section|room|no\.?|number|nr\.?|bill|law"
    r"|rule|order|page|highway|route|channel|model|about|around|than|nearly|almost|some|over|least"
    r"|roughly|approximately|only|these|those|all|another|exactly|up to|the other)"
)
"""What makes the four digits after it a mere number."""

NOT_A_YEAR_AFTER = (
    r"(?:people|persons|dead|deaths|killed|wounded|injured|men|women|children|troops|soldiers"
    r"|refugees|migrants|civilians|victims|cases|casualties|homes|houses|cities|towns|countries"
    r"|fighters|police|officers|protesters|demonstrators|passengers|workers|jobs|employees"
    r"|prisoners|doctors|students|voters|km|kilomet\w+|miles|met(?:er|re)s|feet|tons|tonnes"
    r"|pounds|kg|dollars|euros|rubles|roubles|barrels|million|billion|thousand|percent|times|years"
    r"|days|hours|minutes|more|others|pages|books|copies|shells|missiles|tanks|centrifuges)"
)
"""What makes the four digits before it a mere number."""
