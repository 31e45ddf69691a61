"""Fit the calibration in bot/confidence.json.

    python benchmarks/fit_confidence.py TRAIN_FOLDER

TRAIN_FOLDER holds `*.passages.jsonl` and `*.questions.jsonl` (SQuADShifts: questions with answers
on encyclopedia articles, reviews and forum posts). Each set is indexed with its passages whole and,
as news has them, cut into short paragraphs of one sentence; the encyclopedia's a third time with
its short paragraphs in the articles they come from. It is asked three kinds of questions: its own
(right if the passage with the answer comes first), its own with the whole article of the answer
taken out (nothing found is right), and another set's (likewise).

A logistic regression of "right" on the signs of the first passage gives the confidence; no sign may
count against an answer. What company adds where passages are short is fitted on top of it, as what
tells its own questions from the others: which of the paragraphs that speak of the matter comes
first it cannot tell. It is counted from its mean where the right passage comes first, so that it
moves no threshold. The threshold is the confidence that nine in ten of the right first passages
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
SHORT = 0.5
FORMS = ("whole", "short", "long")
LONG = {"new_wiki"}
"""Sets whose passages come from articles of many."""

OUT = Path(__file__).parents[1] / "bot" / "confidence.json"


class Question(NamedTuple):
    """A question, the passage with its answer, and where in it the answer begins."""

    text: str
    passage: str
    start: int


def lines(path: Path) -> list[dict]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def articles(passages: list[dict], form: str) -> tuple[list[Article], dict[str, tuple]]:
    """Articles of the passages with one title, and where each passage begins in its article.

    Returns:
        Articles; passage id -> (article id, its paragraphs from, first character of each).
    """
    together: dict[str, list[dict]] = defaultdict(list)
    for passage in passages:
        # A review or post without a title is an article by itself; so is, cut short, each passage.
        alone = form == "short" or not passage["title"]
        together[passage["id"] if alone else passage["title"]].append(passage)
    made, places = [], {}
    for name, parts in together.items():
        paragraphs: list[str] = []
        title = parts[0]["title"]
        for part in parts:
            text = part["text"]
            spans = [(0, len(text))] if form == "whole" else sentences(text, "en")
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
        self._hidden: list[str] = []
        self._searcher = HybridSearcher(generation, encoder, lambda: self._hidden)
        self._short = brevity(generation.manifest.length)

    def found(self, question: str, *, title: str | None = None) -> list:
        """Search results for a question, without the articles of a title."""
        self._hidden = [a.id for a in self._articles.values() if title in {a.id, a.title}]
        return self._searcher.search([self._searcher.form(question, "en")], 1)

    def signs(self, question: str, result: object) -> Signs:
        """Signs of a result."""
        passage = result.passage
        article = self._articles[passage.article_id]
        tokens = [(self._encoder.encode_tokens(question, query=True), 1.0)]
        around = context(article, passage.paragraph)
        sentence = answering_sentence(
            passage.text, "en", around, tokens, self._encoder.encode_tokens
        )
        return Signs.of(result, sentence.likeness, self._short)


class Row(NamedTuple):
    """Signs of a first passage, whether it is right, and whether the question has an answer."""

    signs: Signs
    right: int
    answerable: int


def rows(name: str, passages: dict, questions: dict, other: str, form: str) -> list[Row]:
    """A row for each question of each kind."""
    made, places = articles(passages[name], form)
    titles = {a.id: a.id if a.title == "-" else a.title for a in made}
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(Path(folder), made, ENCODER)
        for question in questions[name]:
            results = collection.found(question.text)
            article, first, starts = places[question.passage]
            paragraph = first + sum(start <= question.start for start in starts) - 1
            top = results[0].passage
            right = (top.article_id, top.paragraph) == (article, paragraph)
            found.append(Row(collection.signs(question.text, results[0]), int(right), 1))
            others = collection.found(question.text, title=titles[article])
            if others:
                found.append(Row(collection.signs(question.text, others[0]), 0, 0))
        for question in questions[other][: QUESTIONS // 2]:
            first = collection.found(question.text)[0]
            found.append(Row(collection.signs(question.text, first), 0, 0))
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


def fit_company(odds: np.ndarray, company: np.ndarray, answerable: np.ndarray) -> float:
    """Weight of company, beside the log-odds that the other signs give; arrays of shape (n,)."""

    def loss(weights: np.ndarray) -> float:
        all_odds = odds + weights[0] * company + weights[1]
        return float(np.mean(np.logaddexp(0.0, all_odds) - answerable * all_odds))

    return max(0.0, float(minimize(loss, np.zeros(2)).x[0]))


def calibration(found: list[Row]) -> tuple[Signs, float, float]:
    """Weights, intercept and threshold, fitted on the rows."""
    signs = np.array([row.signs for row in found], float)
    right = np.array([row.right for row in found], float)
    answerable = np.array([row.answerable for row in found], float)
    alone = len(Signs._fields) - 2
    *weights, intercept = fit(signs[:, :alone], right)
    odds = signs[:, :alone] @ weights + intercept
    short = signs[:, -1] > SHORT
    company = fit_company(odds[short], signs[short, alone], answerable[short])
    mean = float(signs[short & (right == 1), alone].mean())
    fitted = Signs(*(round(float(w), 3) for w in (*weights, company, -company * mean)))
    confidence = 1.0 / (1.0 + np.exp(-(signs @ np.array(fitted) + intercept)))
    threshold = float(np.quantile(confidence[right == 1], 1 - ANSWERED))
    return fitted, round(float(intercept), 3), round(threshold, 2)


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
    found: list[Row] = []
    for number, name in enumerate(names):
        for form in FORMS if name in LONG else FORMS[:2]:
            found += rows(name, passages, questions, names[number - 1], form)
            print(f"{name}, {form}: {len(found)} rows so far", flush=True)
    weights, intercept, threshold = calibration(found)
    digest = hashlib.sha256()
    for path in sorted(source.glob("*.jsonl")):
        digest.update(path.read_bytes())
    kept = json.loads(OUT.read_text("utf-8"))
    written = {
        "weights": weights._asdict(),
        "intercept": intercept,
        "threshold": threshold,
        "fitted_on": {
            "data_sha256": digest.hexdigest(),
            "rows": len(found),
            "rows_of_company": sum(row.signs.short > SHORT for row in found),
        },
        # Of training.confidence, which is to be run again after this.
        "closely": kept["closely"],
        "closely_fitted_on": kept["closely_fitted_on"],
    }
    OUT.write_text(json.dumps(written, indent=2) + "\n", "utf-8")
    print(json.dumps(written, indent=2))


if __name__ == "__main__":
    ENCODER = open_encoder()
    main()
