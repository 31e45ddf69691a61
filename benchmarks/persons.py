"""Persons and things of the sample asked for: "who is Lukashevich?", "what is OPEC?".

    python -m benchmarks.persons

Counts, for each way of asking, the answers whose marked sentence says who or what it is (an
office, a party, what letters stand for), those that mark another sentence, and silence; and of
those that the sample does not name, how many were answered.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from benchmarks.sample import sample
from bot.engine import Engine

WAYS = (
    "Who is {}?",
    "who was {}",
    "Who's {}?",
    "who is {} exactly?",
    "Do you know who {} is?",
)
PERSONS = {
    "Amir-Abdollahian": ("Deputy Foreign Minister",),
    "Aylward": ("assistant director-general",),
    "Boehner": ("House Speaker",),
    "Bogdanov": ("deputy foreign minister", "Deputy Foreign Minister"),
    "David Cameron": ("Prime Minister David Cameron",),
    "Chan": ("Director-General",),
    "Dijsselbloem": ("president of the Eurogroup",),
    "Fabius": ("French Foreign Minister",),
    "Gross": ("American contractor",),
    "François Hollande": ("President François Hollande",),
    "Jaafari": ("ambassador to the United Nations",),
    "Jamil": ("deputy prime minister of Syria",),
    "Kammenos": ("leader of the Independent Greeks",),
    "Kerry": ("Secretary of State",),
    "Khatib": ("former imam", "first president of the Coalition"),
    "Khoja": ("as its president",),
    "Kuchma": ("former Ukrainian president",),
    "Lavrov": ("Foreign Minister Sergei Lavrov",),
    "Lukashevich": ("Foreign Ministry spokesman",),
    "Merkel": ("Chancellor Angela Merkel",),
    "Mogherini": ("EU foreign policy chief", "foreign policy chief of the European Union"),
    "Salih Muslim": ("chairman of the Kurdish Democratic Union Party",),
    "Nabiullina": ("Governor Elvira Nabiullina",),
    "Naimi": ("oil minister",),
    "Naumkin": ("moderator Vitaly Naumkin", "heads the Institute of Oriental Studies"),
    "Netanyahu": ("Israeli Prime Minister", "the prime minister of Israel"),
    "Barack Obama": ("President Barack Obama",),
    "Papoulias": ("President Karolos Papoulias",),
    "Peskov": ("Spokesman Dmitry Peskov", "his spokesman"),
    "Plotnitsky": ("separatist leaders",),
    "Poroshenko": ("President Petro Poroshenko",),
    "putin": ("President Vladimir Putin",),
    "Rajoy": ("Spanish Prime Minister",),
    "Salmond": ("First Minister",),
    "Samaras": ("Prime Minister Antonis Samaras", "the former prime minister"),
    "Tagliavini": ("the Swiss diplomat",),
    "Euclid Tsakalotos": ("Oxford-educated economist",),
    "Tsipras": ("Prime Minister Alexis Tsipras",),
    "Ulamec": ("manager Stephan Ulamec",),
    "Varoufakis": ("Finance Minister",),
    "Zakharchenko": ("separatist leader",),
    "Zarif": ("Iranian Foreign Minister",),
    "Zurabov": ("ambassador in Kyiv", "Ambassador Mikhail Zurabov"),
}
"""Each with words of the sentences that introduce them."""

WAYS_OF_THINGS = ("What is {}?", "what's {}", "What exactly is {}?", "what was {} again?")
THINGS = {
    "OPEC": ("Organization of the Petroleum Exporting Countries",),
    "Syriza": ("known as Syriza",),
    "the OSCE": ("Organization for Security and Co-operation in Europe",),
    "the WHO": ("World Health Organization",),
    "Philae": ("lander Philae",),
    "Rosetta": ("orbiter Rosetta", "mission Rosetta"),
    "GlaxoSmithKline": ("company GlaxoSmithKline",),
    "Pasok": ("socialist Pasok",),
    "New Democracy": ("the conservative party",),
    "the Syrian National Coalition": ("main opposition alliance", "is based in Istanbul"),
    "Debaltseve": ("which had about 25,000", "railway town"),
    "Sochi": ("resort of Sochi",),
}
WAYS_OF_OFFICES = ("Who is {}?", "who was {}", "Do you know who {} is?")
OFFICES = {
    "the prime minister of Greece": ("Alexis Tsipras",),
    "the president of the US": ("Barack Obama",),
    "the president of Russia": ("Vladimir Putin",),
    "the president of the Eurogroup": ("Jeroen Dijsselbloem",),
    "Russia's foreign minister": ("Sergei Lavrov",),
    "the UN Secretary-General": ("Ban Ki-moon",),
    "the president of Ukraine": ("Petro Poroshenko",),
    "the prime minister of Israel": ("Benjamin Netanyahu",),
    "the French president": ("François Hollande",),
    "the governor of the Russian central bank": ("Elvira Nabiullina",),
    "the Iranian foreign minister": ("Javad Zarif",),
    "the Kremlin spokesman": ("Dmitry Peskov",),
    "the finance minister of Greece": ("Yanis Varoufakis", "Euclid Tsakalotos"),
    "the oil minister of Saudi Arabia": ("al-Naimi",),
    "the Spanish prime minister": ("Mariano Rajoy",),
    "the president of Syria": ("Bashar al-Assad",),
    "the first minister of Scotland": ("Alex Salmond",),
    "the speaker of the House": ("John Boehner",),
}
FAR_OFFICES = (
    *(
        "the president of Brazil",
        "the mayor of London",
        "the king of Norway",
        "the chairman of Tesla",
    ),
    *("the prime minister of Japan", "the sultan of Brunei"),
)

FAR_THINGS = ("Bitcoin", "NASA", "Netflix", "the FIFA", "Brexit", "Kubernetes")

FAR = ("Taylor Swift", "Messi", "Elon Musk", "Boris Johnson", "Shakespeare", "Greta Thunberg")


def counted(
    engine: Engine, way: str, known: Mapping[str, Sequence[str]], far: Sequence[str]
) -> Counter[str]:
    """Count what becomes of those asked for in a way."""
    found: Counter[str] = Counter()
    for one, roles in known.items():
        first = next(iter(engine.ask(way.format(one)).quotations), None)
        marked = first.text[slice(*first.answer)] if first else ""
        is_right = any(role in marked for role in roles)
        found["silent" if not first else "right" if is_right else "other"] += 1
    found["far"] += sum(engine.ask(way.format(one)).answered for one in far)
    return found


def main() -> None:
    """Print the counts."""
    with sample() as engine:
        for way in WAYS:
            print(f"{way:40}", dict(sorted(counted(engine, way, PERSONS, FAR).items())))
        for way in WAYS_OF_THINGS:
            print(f"{way:40}", dict(sorted(counted(engine, way, THINGS, FAR_THINGS).items())))
        for way in WAYS_OF_OFFICES:
            print(f"{way:40}", dict(sorted(counted(engine, way, OFFICES, FAR_OFFICES).items())))


if __name__ == "__main__":
    main()
