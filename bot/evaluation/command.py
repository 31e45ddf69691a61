"""The command `verbatim evaluate`. What is heavy is imported when it is called."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.evaluation.report import Report

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("folder", required=False, type=_PATH)
@click.option("--articles", metavar="NAME", help="Such as en, for articles.en.jsonl, or a folder.")
@click.option("--questions", metavar="NAME", help="Such as ru, for questions.ru.jsonl.")
@click.option("--answers", type=_PATH, help="CSV of question and url, asked of the index itself.")
@click.option("--split", metavar="NAME", help="Only the dialogues of this split, such as dev.")
@click.option("--every", type=click.IntRange(1), default=1, help="Only each n-th conversation.")
@click.option("--limit", type=click.IntRange(1), help="Only the first questions.")
@click.option("--far", type=_PATH, help="Folder whose questions the articles cannot answer.")
@click.option("--model", metavar="NAME", help="Goes before [index] model.")
@click.option("--json", "json_file", type=_PATH, help="Write every figure and question here.")
@click.option("--run", "run_folder", type=_PATH, help="Write runs and qrels for trec_eval here.")
@click.option("--plot", type=_PATH, help="Draw the curves into this .png or .svg.")
@click.option("--floors", type=_PATH, help="File of floors; exit code 1 when one is not reached.")
@click.option("--raise", "raising", is_flag=True, help="Raise the floors to what is measured.")
@click.option("--reason", help="Why floors may be lowered; kept in the file.")
@click.option("--compare", nargs=2, type=_PATH, help="Compare two files made by --json.")
@click.pass_obj
def evaluate(
    settings: Settings,
    folder: Path | None,
    articles: str | None,
    questions: str | None,
    answers: Path | None,
    split: str | None,
    every: int,
    limit: int | None,
    far: Path | None,
    model: str | None,
    json_file: Path | None,
    run_folder: Path | None,
    plot: Path | None,
    floors: Path | None,
    raising: bool,
    reason: str | None,
    compare: tuple[Path, Path] | None,
) -> None:
    """Measure the answers on the articles and questions in FOLDER.

    Exit code 1: a quotation is not the article's own words, or a floor is not reached.
    """
    if sum(one is not None for one in (folder, answers, compare)) != 1:
        raise click.UsageError("give one of FOLDER, --answers FILE.csv and --compare A.json B.json")
    if (raising and floors is None) or (reason and not raising):
        raise click.UsageError("--raise needs --floors FILE, and --reason needs --raise")
    if compare:
        _compare(*compare)
        return
    if model is not None:
        changed = settings.index.model_copy(update={"model": model})
        settings = settings.model_copy(update={"index": changed})
    from bot.evaluation.measure import Options, measure_folder, measure_own
    from bot.progress import progress

    options = Options(articles, questions, split, limit, far, every)
    with progress() as tell:
        if answers is not None:
            reports = [measure_own(settings, answers, options, tell)]
        else:
            reports = measure_folder(settings, Path(str(folder)), options, tell)
    from bot.evaluation.report import faults

    _written(reports, json_file, run_folder, plot)
    wrong = [fault for report in reports for fault in faults(report)]
    if floors is not None and not wrong:
        wrong = _held(reports, floors, raising=raising, reason=reason)
    if wrong:
        raise click.ClickException("; ".join(wrong))


def _written(
    reports: "list[Report]", json_file: Path | None, run_folder: Path | None, plot: Path | None
) -> None:
    """Print the reports and write what was asked for."""
    from rich.console import Console

    from bot.evaluation.report import save
    from bot.evaluation.show import show

    for report in reports:
        show(report, Console(highlight=False))
    if json_file is not None:
        save(json_file, reports)
    if run_folder is not None:
        from bot.evaluation import trec

        trec.save(run_folder, reports)
    if plot is not None:
        from bot.evaluation import plot as drawing

        drawing.save(plot, reports)


def _held(reports: "list[Report]", path: Path, *, raising: bool, reason: str | None) -> list[str]:
    """Raise the floors in the file, or say which of them are not reached."""
    from bot.evaluation import floors

    if raising:
        floors.save(path, reports, reason)
        click.echo(f"Floors raised in {path}.")
        return []
    held = floors.read(path)
    return [fault for report in reports for fault in floors.faults(report, held)]


def _compare(first: Path, second: Path) -> None:
    from rich.console import Console

    from bot.evaluation import compare
    from bot.evaluation.report import read

    for a, b in compare.pair(read(first), read(second)):
        compare.show(a, b, compare.compare(a, b), Console(highlight=False))
