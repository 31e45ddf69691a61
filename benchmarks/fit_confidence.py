"""Fit the calibration in bot/confidence.json.

    python benchmarks/fit_confidence.py TRAIN_FOLDER

TRAIN_FOLDER holds `*.passages.jsonl` and `*.questions.jsonl` (SQuADShifts: questions with answers
on encyclopedia articles, reviews and forum posts). Each set is indexed twice, with its passages
whole and, as news has them, cut into short paragraphs of one sentence. It is asked three kinds of
questions: its own (right if the passage with the answer comes first), its own with the whole
article of the answer taken out (nothing found is right), and another set's (likewise). A logistic
regression of "right" on the signs of the first passage gives the confidence; no sign may count
against an answer. The threshold is the confidence that nine in ten of the right first passages
reach. Needs scipy.
"""

import hashlib
import json
import random
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from bot.confidence import Signs
from bot.sentence import answering_sentence
from corpus.paragraphs import context, sentences
from corpus.store import Entry, Library
from corpus.types import Article
from index.build import build
from index.generation import open_current
from index.layout import Layout
from index.models import open_encoder
from index.rerank import brevity
from index.search import HybridSearcher

QUESTIONS = 500
ANSWERED = 0.9
RIDGE = 1e-5
OUT = Path(__file__).parents[1] / "bot" / "confidence.json"


class Question(NamedTuple):
    """A question, the passage with its answer, and where in it the answer begins."""

    text: str
    passage: str
    start: int


def lines(path: Path) -> list[dict]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def articles(passages: list[dict], *, short: bool) -> tuple[list[Article], dict[str, tuple]]:
    """Articles of the passages with one title, and where each passage begins in its article.

    Returns:
        Articles; passage id -> (article id, its paragraphs from, first character of each).
    """
    together: dict[str, list[dict]] = defaultdict(list)
    for passage in passages:
        # A review or post without a title is an article by itself; so is, cut short, each passage.
        together[passage["id"] if short else passage["title"] or passage["id"]].append(passage)
    made, places = [], {}
    for name, parts in together.items():
        paragraphs: list[str] = []
        title = parts[0]["title"]
        for part in parts:
            text = part["text"]
            spans = sentences(text, "en") if short else [(0, len(text))]
            places[part["id"]] = (name, len(paragraphs), [start for start, _ in spans])
            paragraphs += [text[start:end].strip() for start, end in spans]
        shown = title.replace("_", " ") or "-"
        made.append(Article(name, None, shown, None, (), None, None, "en", tuple(paragraphs)))
    return made, places


class Collection:
    """Articles, indexed in a folder, and the signs of what is found in them."""

    def __init__(self, folder: Path, made: list[Article], encoder: object) -> None:
        layout = Layout(folder)
        with Library(layout.library) as library:
            library.put(made)
            library.change(keep=[Entry(a.id, a.digest(), a.id, "", True) for a in made])
            build(layout, library, encoder)
        self._encoder = encoder
        self._articles = {a.id: a for a in made}
        generation = open_current(layout)
        self._searcher = HybridSearcher(generation, encoder)
        self._short = brevity(generation.manifest.length)

    def found(self, question: str) -> list:
        """Search results for a question."""
        return self._searcher.search([self._searcher.form(question, "en")], 40)

    def signs(self, question: str, result: object) -> Signs:
        """Signs of a result."""
        evidence, passage = result.evidence, result.passage
        article = self._articles[passage.article_id]
        tokens = [(self._encoder.encode_tokens(question, query=True), 1.0)]
        around = context(article, passage.paragraph)
        sentence = answering_sentence(
            passage.text, "en", around, tokens, self._encoder.encode_tokens
        )
        lead = self._short * evidence.lead
        return Signs(evidence.cosine, evidence.coverage, lead, sentence.likeness)


def rows(name: str, passages: dict, questions: dict, other: str, *, short: bool) -> list[tuple]:
    """Signs of first passages, and whether each is right."""
    made, places = articles(passages[name], short=short)
    titles = {a.id: a.id if a.title == "-" else a.title for a in made}
    found: list[tuple[Signs, int]] = []
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(Path(folder), made, ENCODER)
        for question in questions[name]:
            results = collection.found(question.text)
            article, first, starts = places[question.passage]
            paragraph = first + sum(start <= question.start for start in starts) - 1
            top = results[0].passage
            right = (top.article_id, top.paragraph) == (article, paragraph)
            found.append((collection.signs(question.text, results[0]), int(right)))
            others = [r for r in results if titles[r.passage.article_id] != titles[article]]
            if others:
                found.append((collection.signs(question.text, others[0]), 0))
        for question in questions[other][: QUESTIONS // 2]:
            first = collection.found(question.text)[0]
            found.append((collection.signs(question.text, first), 0))
    return found


def fit(signs: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Weights, none below zero, and intercept of a logistic regression; signs of shape (n, s)."""
    design = np.c_[signs, np.ones(len(signs))]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = design @ weights
        chance = 1.0 / (1.0 + np.exp(-odds))
        value = np.mean(np.logaddexp(0.0, odds) - right * odds) + RIDGE * np.sum(weights[:-1] ** 2)
        slope = design.T @ (chance - right) / len(right)
        slope[:-1] += 2 * RIDGE * weights[:-1]
        return float(value), slope

    bounds = [(0, None)] * signs.shape[1] + [(None, None)]
    start = np.zeros(design.shape[1])
    fitted: np.ndarray = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x
    return fitted


def main() -> None:
    """Fit, report, write."""
    source = Path(sys.argv[1])
    names = sorted(p.name.split(".")[0] for p in source.glob("*.passages.jsonl"))
    chance = random.Random(0)
    passages = {n: lines(source / f"{n}.passages.jsonl") for n in names}
    questions = {
        n: [
            Question(q["question"].strip(), q["passage"], q["answers"][0][1])
            for q in chance.sample(lines(source / f"{n}.questions.jsonl"), QUESTIONS)
        ]
        for n in names
    }
    found: list[tuple[Signs, int]] = []
    for number, name in enumerate(names):
        for short in (False, True):
            found += rows(name, passages, questions, names[number - 1], short=short)
            print(f"{name}, {'short' if short else 'whole'}: {len(found)} rows so far", flush=True)
    signs = np.array([row for row, _ in found], float)
    right = np.array([r for _, r in found], float)
    *weights, intercept = fit(signs, right)
    confidence = 1.0 / (1.0 + np.exp(-(signs @ weights + intercept)))
    digest = hashlib.sha256()
    for path in sorted(source.glob("*.jsonl")):
        digest.update(path.read_bytes())
    written = {
        "weights": {n: round(float(w), 3) for n, w in zip(Signs._fields, weights, strict=True)},
        "intercept": round(float(intercept), 3),
        "threshold": round(float(np.quantile(confidence[right == 1], 1 - ANSWERED)), 2),
        "fitted_on": {"data_sha256": digest.hexdigest(), "rows": len(found)},
    }
    OUT.write_text(json.dumps(written, indent=2) + "\n", "utf-8")
    print(json.dumps(written, indent=2))
    np.savez(Path(tempfile.gettempdir()) / "signs.npz", signs=signs, right=right)


if __name__ == "__main__":
    ENCODER = open_encoder()
    main()
