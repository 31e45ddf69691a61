"""Fit the calibration in bot/confidence.json.

    python benchmarks/fit_confidence.py TRAIN_FOLDER

TRAIN_FOLDER holds `*.passages.jsonl` and `*.questions.jsonl` (SQuADShifts: questions with answers
on encyclopedia articles, reviews and forum posts). Each set is indexed as a collection and asked
three kinds of questions: its own (right if the passage with the answer comes first), its own with
the whole article of the answer taken out (nothing found is right), and another set's (likewise). A
logistic regression of "right" on the first passage's cosine and coverage gives the confidence. The
threshold is the confidence that nine in ten of the right first passages reach. Needs scikit-learn.
"""

import hashlib
import json
import random
import sys
import tempfile
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from corpus.store import Entry, Library
from corpus.types import Article
from index.build import build
from index.generation import open_current
from index.layout import Layout
from index.models import open_encoder
from index.search import HybridSearcher

QUESTIONS = 1500
ANSWERED = 0.9
OUT = Path(__file__).parents[1] / "bot" / "confidence.json"


def lines(path: Path) -> list[dict]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def searcher(folder: Path, passages: list[dict], encoder: object) -> HybridSearcher:
    """Index each passage as an article of its own."""
    layout = Layout(folder)
    with Library(layout.library) as library:
        articles = [
            Article(p["id"], None, p["title"].replace("_", " ") or "-", None, (), None, None, "en",
                    (p["text"].strip(),))
            for p in passages
        ]  # fmt: skip
        library.put(articles)
        library.change(keep=[Entry(a.id, a.digest(), a.id, "", True) for a in articles])
        build(layout, library, encoder)
    return HybridSearcher(open_current(layout), encoder)


def main() -> None:
    """Fit, report, write."""
    source = Path(sys.argv[1])
    names = sorted(p.name.split(".")[0] for p in source.glob("*.passages.jsonl"))
    encoder = open_encoder()
    chance = random.Random(0)
    passages = {n: lines(source / f"{n}.passages.jsonl") for n in names}
    questions = {n: chance.sample(lines(source / f"{n}.questions.jsonl"), QUESTIONS) for n in names}
    rows: list[tuple[float, float, int]] = []
    for number, name in enumerate(names):
        with tempfile.TemporaryDirectory() as folder:
            search = searcher(Path(folder), passages[name], encoder)
            # A review or post without a title is an article by itself.
            titles = {p["id"]: p["title"] or p["id"] for p in passages[name]}
            for question in questions[name]:
                asked = question["question"].strip()
                found = search.search([search.form(asked, "en")], 30)
                gold = question["passage"]
                right = found[0].passage.article_id == gold
                others = [f for f in found if titles[f.passage.article_id] != titles[gold]]
                for first, label in ((found[0], int(right)), *((o, 0) for o in others[:1])):
                    rows.append((first.evidence.cosine, first.evidence.coverage, label))
            for question in questions[names[number - 1]][: QUESTIONS // 3]:
                asked = question["question"].strip()
                found = search.search([search.form(asked, "en")], 1)
                rows.append((found[0].evidence.cosine, found[0].evidence.coverage, 0))
        print(f"{name}: {len(rows)} rows so far")
    features = np.array([r[:2] for r in rows])
    labels = np.array([r[2] for r in rows])
    model = LogisticRegression(C=10.0).fit(features, labels)
    confidence = model.predict_proba(features)[:, 1]
    threshold = float(np.quantile(confidence[labels == 1], 1 - ANSWERED))
    digest = hashlib.sha256()
    for path in sorted(source.glob("*.jsonl")):
        digest.update(path.read_bytes())
    written = {
        "cosine": round(float(model.coef_[0][0]), 3),
        "coverage": round(float(model.coef_[0][1]), 3),
        "intercept": round(float(model.intercept_[0]), 3),
        "threshold": round(threshold, 2),
        "fitted_on": {"data_sha256": digest.hexdigest(), "rows": len(rows),
                      "auroc": round(float(roc_auc_score(labels, confidence)), 3)},
    }  # fmt: skip
    OUT.write_text(json.dumps(written, indent=2) + "\n", "utf-8")
    print(json.dumps(written, indent=2))


if __name__ == "__main__":
    main()
