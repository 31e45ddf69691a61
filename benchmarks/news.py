"""News of topics of the sample asked for in many ways: "latest news on Greece", "Ebola updates".

    python -m benchmarks.news

Counts, for each way of asking, the answers that begin with the beginning of the newest article on
the topic, those from elsewhere in a right article, those from another, and silence; and of topics
that the sample has nothing on, those that were answered. The last lines say the same of "latest
news" and "any news?" right after a question on the topic.
"""

from collections import Counter
from collections.abc import Sequence

from benchmarks.sample import name, sample
from bot.answer import Answer
from bot.conversation import Turn, turn
from bot.engine import Engine

WAYS = (
    "latest news on {}",
    "any news from {}?",
    "{} news",
    "what's the latest on {}?",
    "what's new in {}?",
    "news about {}",
    "recent articles about {}",
    "show me the latest headlines about {}",
    "any updates on {}?",
    "latest {} news",
    "what is going on with {}?",
    "the newest reports on {}",
    "latest on {}",
    "give me news of {}",
    "breaking news about {}",
    "news on {} please",
)
TOPICS = {
    "Greece": ("greeks-", "syriza-"),
    "Ukraine": ("ukrainian-", "minsk-"),
    "Ebola": ("liberia-", "ebola-"),
    "the Iran nuclear deal": ("vienna-", "lausanne-", "iran-nuclear-"),
    "Syria": ("moscow-", "russia-", "syrian-", "iran-backs-"),
    "OPEC": ("opec-",),
    "the rouble": ("rouble-",),
    "Philae": ("philae-wakes", "philae-lands"),
    "Cuba": ("us-and-cuba-",),
    "Scotland": ("scotland-",),
    "climate": ("paris-",),
    "Liberia": ("liberia-", "ebola-"),
    "Varoufakis": ("greeks-",),
    "Minsk": ("ukrainian-", "minsk-"),
    "Iran": ("vienna-", "lausanne-", "iran-"),
    "the World Health Organization": ("liberia-", "ebola-"),
}
"""Each with how the addresses of the right articles begin, the newest one's first."""

FAR = (
    "bitcoin",
    "the World Cup",
    "Taylor Swift",
    "the Tokyo Olympics",
    "Japan",
    "Brexit",
)
BEFORE = {
    "Who resigned in Greece?": ("greeks-", "syriza-"),
    "How many people had died of Ebola?": ("liberia-", "ebola-"),
    "Who is the leader of Syriza?": ("syriza-", "greeks-"),
    "What did OPEC decide?": ("opec-",),
    "How long did Philae sleep?": ("philae-wakes", "philae-lands"),
    "Who was released by Cuba?": ("us-and-cuba-",),
}
AFTER = ("latest news", "any news?", "what's new?", "news")


def judged(answer: Answer, names: Sequence[str]) -> str:
    """Say what became of an answer."""
    first = next(iter(answer.quotations), None)
    if first is None:
        return "silent"
    if name(first).startswith(names[0]) and first.passage.paragraph == 0:
        return "newest"
    return "right" if name(first).startswith(tuple(names)) else "wrong"


def counted(engine: Engine, way: str) -> Counter[str]:
    """Count what becomes of the topics asked for in a way."""
    found = Counter(judged(engine.ask(way.format(topic)), names) for topic, names in TOPICS.items())
    found["far"] += sum(engine.ask(way.format(topic)).answered for topic in FAR)
    return found


def counted_after(engine: Engine, words: str) -> Counter[str]:
    """Count what becomes of words said after a question on a topic."""
    found: Counter[str] = Counter()
    for question, names in BEFORE.items():
        first = engine.ask(question)
        said: list[Turn] = [turn(question, first.resolved, first.subject, first.quotations)]
        found[judged(engine.ask(words, conversation=said), names)] += 1
    return found


def main() -> None:
    """Print the counts."""
    whole: Counter[str] = Counter()
    with sample() as engine:
        for way in WAYS:
            found = counted(engine, way)
            whole += found
            print(f"{way:40}", dict(sorted(found.items())))
        print(f"{'all':40}", dict(sorted(whole.items())))
        for words in AFTER:
            print(f"{'after a question: ' + words:40}", dict(counted_after(engine, words)))


if __name__ == "__main__":
    main()
