r"""How long an answer takes with the encoder alone, with word vectors and with the reader.

Each question is asked of all three before the next is, so that what else the machine does falls on
all alike. Run from the repository's root:

    python -m benchmarks.marking ../shared/data/xquad/articles.en.jsonl \
        ../shared/data/xquad/questions.en.jsonl
"""

import argparse
import json
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from bot.engine import Engine, update
from bot.settings import Settings


def _measure(articles: Path, questions: Path, most: int, folder: Path) -> None:
    plain = Settings()
    index = plain.index.model_copy(update={"data": folder, "reranker": "off"})
    corpus = plain.corpus.model_copy(update={"paths": [articles.resolve()]})
    plain = plain.model_copy(update={"index": index, "corpus": corpus})
    update(plain)
    reader = plain.model_copy(
        update={"index": index.model_copy(update={"reranker": "verbatim-reader"})}
    )
    lines = questions.read_text("utf-8").splitlines()
    texts = [json.loads(line)["question"] for line in lines[:: max(1, len(lines) // most)]]
    with ExitStack() as opened:
        engines = {
            "encoder alone": opened.enter_context(Engine(plain)),
            "word vectors": opened.enter_context(Engine(plain)),
            "reader": opened.enter_context(Engine(reader)),
        }
        # What reads instead of it is out of its constructor's reach on purpose: nobody chooses it.
        engines["encoder alone"].answerer._finder._looker._marker = None  # noqa: SLF001
        waits: dict[str, list[float]] = {name: [] for name in engines}
        for text in texts:
            for name, engine in engines.items():
                begun = time.perf_counter()
                engine.ask(text)
                waits[name].append(time.perf_counter() - begun)
    base = float(np.median(waits["encoder alone"]))
    for name, times in waits.items():
        middle, late = np.quantile(times, [0.5, 0.95])
        print(
            f"{name}: median {1000 * middle:.1f} ms, 95 % within {1000 * late:.1f} ms,"
            f" {middle / base:.2f} of the encoder alone"
        )


def main() -> None:
    """Measure once."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--most", type=int, default=150, help="questions asked of each")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _measure(options.articles, options.questions, options.most, Path(folder))


if __name__ == "__main__":
    main()
