"""`python -m index evaluate FOLDER`: how well the search alone finds; see `verbatim evaluate`."""

import argparse
import sys
import tempfile
from pathlib import Path

from index.evaluation.dataset import read_dataset
from index.evaluation.files import pairs
from index.evaluation.retrieval import retrieval
from index.models import DEFAULT_MODEL, open_encoder
from index.types import UnusableError


def main(words: list[str] | None = None) -> int:
    """Print hit@k, MRR and nDCG of each pair of files; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m index")
    command = parser.add_subparsers(dest="command", required=True).add_parser("evaluate")
    command.add_argument("folder", type=Path)
    command.add_argument("--articles")
    command.add_argument("--questions")
    command.add_argument("--model", default=DEFAULT_MODEL)
    asked = parser.parse_args(words)
    try:
        encoder = open_encoder(asked.model)
        for pair in pairs(asked.folder, asked.articles, asked.questions):
            dataset = read_dataset(asked.folder, pair)
            with tempfile.TemporaryDirectory() as folder:
                found = retrieval(Path(folder), dataset, encoder)
            shown = "  ".join(f"{name} {100 * value:.1f}" for name, value in found.items())
            sys.stdout.write(f"{dataset.name}: {shown}\n")
    except UnusableError as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
