"""Topics of the sample asked for in many ways: "tell me about OPEC", "any news about Syriza?".

    python -m benchmarks.leads

Counts, for each way of asking, the answers from a right article, those from another, and silence;
and of topics that the sample has nothing on, those that were answered.
"""

from collections import Counter

from benchmarks.sample import name, sample
from bot.engine import Engine

WAYS = (
    "{}",
    "tell me about {}",
    "explain {}",
    "summarize {}",
    "list articles about {}",
    "give me information on {}",
    "what do you know about {}?",
    "I want to know about {}",
    "show me news about {}",
    "what's going on with {}?",
    "what happened with {}?",
    "any news about {}?",
    "what is the situation with {}?",
    "can you tell me something about {}?",
    "I'm looking for articles about {}",
    "describe {}",
    "tldr {}",
    "What are the main points of {}?",
    "give me a short summary of {}",
    "overview of {}",
    "background on {}",
    "what are the key facts about {}?",
    "what is {} about?",
    "write a report about {}",
)
TOPICS = {
    "the Greek referendum": ("greeks-",),
    "the comet landing": ("philae-", "fily-"),
    "OPEC": ("opec-",),
    "Ebola in Liberia": ("liberia-",),
    "the Minsk agreement": ("minsk-", "ukrainian-"),
    "the rouble": ("rouble-",),
    "Cuba": ("us-and-cuba-",),
    "Scottish independence": ("scotland-",),
    "the climate agreement": ("paris-",),
    "the Iran nuclear deal": ("vienna-", "lausanne-", "iran-nuclear-"),
    "Debaltseve": ("ukrainian-", "minsk-leaders-"),
    "Syriza": ("syriza-", "greeks-"),
    "the Syrian opposition": ("syria", "moscow-", "russia-", "iran-backs-"),
    "Varoufakis": ("greeks-",),
    "Greece": ("syriza-", "greeks-"),
    "Philae": ("philae-", "fily-"),
}
"""Each with how the addresses of the right articles begin."""

FAR = (
    "bitcoin",
    "the World Cup",
    "Taylor Swift",
    "the Tokyo Olympics",
    "a chocolate cake",
    "Brexit",
)


def counted(engine: Engine, way: str) -> Counter[str]:
    """Count what becomes of the topics asked for in a way."""
    found: Counter[str] = Counter()
    for topic, names in TOPICS.items():
        first = next(iter(engine.ask(way.format(topic)).quotations), None)
        is_right = first is not None and name(first).startswith(names)
        found["silent" if not first else "right" if is_right else "wrong"] += 1
    found["far"] += sum(engine.ask(way.format(topic)).answered for topic in FAR)
    return found


def main() -> None:
    """Print the counts."""
    with sample() as engine:
        for way in WAYS:
            print(f"{way:40}", dict(counted(engine, way)))


if __name__ == "__main__":
    main()
