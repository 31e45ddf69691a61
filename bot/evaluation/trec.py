"""Runs and judgements as trec_eval reads them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from bot.evaluation.report import Report, Result, writing
from index.evaluation.measures import scores


def save(folder: Path, reports: Sequence[Report]) -> None:
    """Write `NAME.run` and `NAME.qrels` for each report."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for report in reports:
            name = quote(report.name.replace(" ", "-"), safe="=-._")
            tag = f"verbatim-{report.made_by['version']}"
            (folder / f"{name}.run").write_text(_run(report.results, tag), "utf-8")
            (folder / f"{name}.qrels").write_text(_qrels(report.results), "utf-8")


def _run(results: Sequence[Result], tag: str) -> str:
    """Lines `qid Q0 docid rank score tag`."""
    return "".join(
        f"{_name(result)} Q0 {docid} {rank} {score:g} {tag}\n"
        for result in results
        for rank, (docid, score) in enumerate(scores(result["ranked"]).items(), 1)
    )


def _qrels(results: Sequence[Result]) -> str:
    """Lines `qid 0 docid relevance`."""
    return "".join(f"{_name(r)} 0 {docid} 1\n" for r in results for docid in r["gold"])


def _name(result: Mapping[str, str]) -> str:
    """The question's id without spaces."""
    return quote(result["id"], safe="-._~")
