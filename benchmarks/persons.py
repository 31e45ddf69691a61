"""Persons of the sample asked for in many ways: "who is Lukashevich?", "who was Putin".

    python -m benchmarks.persons

Counts, for each way of asking, the answers whose marked sentence says what the person is (an
office, a party, a profession), those that mark another sentence, and silence; and of persons that
the sample does not name, those that were answered.
"""

from collections import Counter

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

FAR = ("Taylor Swift", "Messi", "Elon Musk", "Boris Johnson", "Shakespeare", "Greta Thunberg")


def counted(engine: Engine, way: str) -> Counter[str]:
    """Count what becomes of the persons asked for in a way."""
    found: Counter[str] = Counter()
    for person, roles in PERSONS.items():
        first = next(iter(engine.ask(way.format(person)).quotations), None)
        marked = first.text[slice(*first.answer)] if first else ""
        is_right = any(role in marked for role in roles)
        found["silent" if not first else "right" if is_right else "other"] += 1
    found["far"] += sum(engine.ask(way.format(person)).answered for person in FAR)
    return found


def main() -> None:
    """Print the counts."""
    with sample() as engine:
        for way in WAYS:
            print(f"{way:40}", dict(sorted(counted(engine, way).items())))


if __name__ == "__main__":
    main()
