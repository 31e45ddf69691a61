"""The command `verbatim evaluate`. What is heavy is imported when it is called."""

from pathlib import Path

import click

from bot.settings import Settings

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("folder", required=False, type=_PATH)
@click.option("--articles", metavar="NAME", help="Such as en, for articles.en.jsonl, or a folder.")
@click.option("--questions", metavar="NAME", help="Such as ru, for questions.ru.jsonl.")
@click.option("--answers", type=_PATH, help="CSV of question and url, asked of the index itself.")
@click.option("--split", metavar="NAME", help="Only the dialogues of this split, such as dev.")
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
    if (raising or reason) and floors is None:
        raise click.UsageError("--raise and --reason change a file of floors: name it by --floors")
    from rich.console import Console

    from bot.evaluation import report
    from bot.evaluation.measure import Options, measure_folder
    from bot.evaluation.show import show
    from bot.progress import progress

    if model is not None:
        changed = settings.index.model_copy(update={"model": model})
        settings = settings.model_copy(update={"index": changed})
    if folder is None:
        raise click.UsageError("not yet")
    with progress() as tell:
        options = Options(articles, questions, split, limit, far)
        reports = measure_folder(settings, folder, options, tell)
    console = Console(highlight=False)
    for one in reports:
        show(one, console)
    if json_file is not None:
        report.save(json_file, reports)
    faults = [f for one in reports for f in report.faults(one)]
    if faults:
        raise click.ClickException("; ".join(faults))
