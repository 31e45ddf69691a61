"""The command `verbatim`."""

import json
import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot import texts
from bot.answer import Answer, NoQuestionError
from bot.engine import Engine, IndexReport, update
from bot.evaluation.command import evaluate
from bot.keeper.foresight import foresee
from bot.languages import CODES, DEFAULT, ENGLISH, language
from bot.progress import progress
from bot.settings import Settings, SettingsError, load, load_token
from bot.understanding import label
from bot.upkeep import forget, named, note, rollback
from corpus.store import Library, LibraryError
from corpus.types import Article, ReadError
from index.generation import current_number, read_manifest
from index.layout import Layout
from index.types import UnusableError

EXIT_NO_ANSWER = 3

_FAULTS = (SettingsError, UnusableError, LibraryError)


class _Group(click.Group):
    """Turns every fault that a person can mend into one line, and the others into one as well."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (click's own signature)
        try:
            return super().invoke(ctx)
        except _FAULTS as error:
            raise click.ClickException(" ".join(str(error).split())) from error
        except NoQuestionError as error:
            raise click.UsageError(str(error)) from error
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if "VERBATIM_DEBUG" in os.environ:
                raise
            raise click.ClickException(
                f"unexpected: {type(error).__name__}: {' '.join(str(error).split())}:"
                " set VERBATIM_DEBUG=1 for the details and report them, please"
            ) from error


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="Settings file; by default config.toml in this folder, or else the packaged defaults.",
)
@click.option(
    "--data", type=click.Path(path_type=Path), help="Folder for everything the program writes."
)
@click.version_option(package_name="verbatim-bot")
@click.pass_context
def cli(ctx: click.Context, config: Path | None, data: Path | None) -> None:
    """Answer questions from a collection of news articles, in the articles' own words."""
    logging.basicConfig(level=logging.ERROR, format="verbatim: %(message)s")
    ctx.obj = load(config, data)


@cli.command()
@click.argument("question", nargs=-1, required=True)
@click.option("--top", type=click.IntRange(1, 10), help="How many quotations at most.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def ask(settings: Settings, question: tuple[str, ...], top: int | None, as_json: bool) -> None:
    """Answer one QUESTION; `-` reads one a line and prints one JSON object a line.

    Exit code 0: answered; 3: the collection has no answer; 1: an error; 2: wrong usage. The
    answering sentence is bold, or between ** where there is no style.
    """
    # Bytes of the command line that are no text come as surrogates, which nothing can print.
    asked = " ".join(question).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if asked == "-":
        _ask_lines(settings, top)
        return
    with _engine(settings) as engine:
        begun = time.perf_counter()
        answer = engine.ask(asked, top)
        seconds = time.perf_counter() - begun
    if as_json:
        click.echo(json.dumps(as_object(answer, seconds), ensure_ascii=False))
    else:
        from bot.chat import print_answer

        print_answer(answer, _console())
    if not answer.answered:
        click.get_current_context().exit(EXIT_NO_ANSWER)


def _ask_lines(settings: Settings, top: int | None) -> None:
    with _engine(settings) as engine:
        for line in sys.stdin.buffer:
            question, begun = line.decode("utf-8", "replace").rstrip("\r\n"), time.perf_counter()
            try:
                found = as_object(engine.ask(question, top), time.perf_counter() - begun)
            except NoQuestionError as error:
                found = {"question": question, "error": str(error)}
            click.echo(json.dumps(found, ensure_ascii=False))


def as_object(answer: Answer, seconds: float) -> dict[str, Any]:
    """Return an answer in the form of `ask --json`."""
    understood = answer.understood
    return {
        "question": answer.question,
        "resolved": answer.resolved,
        "answered": answer.answered,
        "confidence": round(answer.confidence, 4),
        "quotations": [
            {
                "text": q.text,
                "answer": list(q.answer),
                "words": list(q.words) if q.words else None,
                "title": q.article.title,
                "outlet": q.article.source,
                "published": _iso(q.article.published),
                "url": q.article.url,
                "link": q.link,
                "article_id": q.article.id,
                "paragraph": q.passage.paragraph,
                "also_in": [one.url for one in q.also_in],
            }
            for q in answer.quotations
        ],
        "nearest": [
            {"title": n.title, "url": n.url, "published": _iso(n.published)} for n in answer.nearest
        ],
        "generation": answer.generation,
        "seconds": round(seconds, 4),
        "understood": {
            "time": label(understood.time, ENGLISH) if understood.time else None,
            "source": understood.source,
        },
        "skipped": list(answer.skipped),
    }


@cli.command()
@click.pass_obj
def chat(settings: Settings) -> None:
    """Ask and leaf through answers as on Telegram, here in the terminal; no token needed."""
    from bot.chat import converse

    with _engine(settings) as engine:
        converse(engine, settings.bot.context_paragraphs, _console())


@cli.command()
@click.argument("question", nargs=-1, required=True)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="preview.png",
    show_default=True,
    help="The picture.",
)
@click.option("--dark", is_flag=True, help="As a dark screen shows it.")
@click.option("--width", type=click.IntRange(240, 1200), default=390, help="Of it, in points.")
@click.option(
    "--card",
    type=click.Choice(["answer", "context", "silence"]),
    default="answer",
    help="What is drawn: the answer, its context, or what is said where there is none.",
)
@click.option("--expanded", is_flag=True, help="With the context unfolded.")
@click.option(
    "--language", "code", type=click.Choice(CODES), default=DEFAULT, help="That the bot speaks."
)
@click.pass_obj
def preview(
    settings: Settings,
    question: tuple[str, ...],
    out: Path,
    dark: bool,
    width: int,
    card: Literal["answer", "context", "silence"],
    expanded: bool,
    code: str,
) -> None:
    """Draw what the bot sends for QUESTION as a phone shows it."""
    from bot.preview.card import card_of, params, save

    with _engine(settings) as engine:
        around = settings.bot.context_paragraphs
        message = card_of(engine, " ".join(question), card, around, language(code))
    boxes = save(params(message), out, width=width, is_dark=dark, expanded=expanded)
    if boxes:
        click.echo(f"verbatim: no font here has {' '.join(sorted(boxes))}", err=True)
    click.echo(f"Drawn: {out}")


@cli.command()
@click.option("--full", is_flag=True, help="Encode everything again.")
@click.option("--unhold", is_flag=True, help="End a rollback: publish again.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.pass_obj
def index(settings: Settings, full: bool, unhold: bool, dry_run: bool) -> None:
    """Read the collection's files and build or update the index."""
    if dry_run:
        _foresee(settings, full=full)
        return
    with progress() as tell:
        report = update(settings, full=full, unhold=unhold, progress=tell)
    _done(settings, "index", report)


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH|URL...")
@click.pass_obj
def add(settings: Settings, paths: tuple[str, ...]) -> None:
    """Take files, folders and web addresses into the collection for good, and index them.

    Of a feed or a sitemap, the pages that it names are fetched.
    """
    files = [Path(path).absolute() for path in paths if "://" not in path]
    pages = [path for path in paths if "://" in path]
    with progress() as tell:
        report = update(settings, add=files, pages=pages, progress=tell)
    _done(settings, "add", report)


@cli.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.pass_obj
def remove(settings: Settings, articles: tuple[str, ...]) -> None:
    """Take articles out, each named by id, address or file; `add` brings one back."""
    with _library(settings) as library:
        ids = named(library, articles)
    with progress() as tell:
        report = update(settings, remove=ids, progress=tell)
    click.echo(f"Removed {ENGLISH.counted(texts.ARTICLES, len(ids))}.")
    _done(settings, "remove", report)


@cli.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_obj
def list_(settings: Settings, as_json: bool) -> None:
    """List the collection's articles, newest first."""
    with _library(settings) as library:
        origins = {e.id: e.origin for e in library.entries()}
        articles = sorted(library.current(), key=_newest_first)
    if as_json:
        rows = [
            {
                "id": a.id,
                "title": a.title,
                "outlet": a.source,
                "published": _iso(a.published),
                "url": a.url,
                "language": a.language,
                "paragraphs": len(a.paragraphs),
                "file": origins[a.id],
            }
            for a in articles
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    if not articles:
        click.echo("The collection is empty: run `verbatim index` or `verbatim add PATH`.")
        return
    table = Table(box=None, pad_edge=False)
    for column in ("id", "date", "outlet", "title"):
        table.add_column(column, no_wrap=column in {"id", "date"})
    for a in articles:
        table.add_row(a.id, ENGLISH.day(a.published), Text(a.source or ""), Text(a.title))
    _console().print(table)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:
    """Say what is indexed, how fresh it is, and where it lies."""
    layout = Layout(settings.index.data)
    number = current_number(layout)
    manifest = read_manifest(layout.generation(number)) if number is not None else None
    found: dict[str, Any] = {
        "data": str(layout.data),
        "config": str(settings.origin),
        "model": settings.index.model,
        "generation": number,
        "articles": manifest.articles if manifest else 0,
        "passages": manifest.passages if manifest else 0,
        "languages": manifest.languages if manifest else {},
        "indexed": manifest.created if manifest else None,
        "age_seconds": _age(manifest.created) if manifest else None,
    }
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    if manifest is None:
        click.echo(f"No index yet in {layout.data}: run `verbatim index`.")
        return
    languages = ", ".join(f"{name} {count}" for name, count in manifest.languages.items())
    click.echo(
        f"{ENGLISH.counted(texts.ARTICLES, manifest.articles)} in"
        f" {ENGLISH.counted(texts.PASSAGES, manifest.passages)} ({languages or 'none'})\n"
        f"Generation {number}, indexed {ENGLISH.ago(_age(manifest.created))}"
        f" ({manifest.created})\n"
        f"Model {manifest.model}\nData in {layout.data}\nSettings from {settings.origin}"
    )


@cli.command()
@click.pass_obj
def doctor(settings: Settings) -> None:
    """Check settings, model, index, token and group privacy mode; say how to mend each."""
    from bot.doctor import examine

    if not examine(settings, click.echo):
        click.get_current_context().exit(1)


@cli.command()
@click.option("--verbose", "-v", is_flag=True, help="Log every question's course, not its words.")
@click.pass_obj
def run(settings: Settings, verbose: bool) -> None:
    """Run the Telegram bot until SIGTERM or Ctrl-C.

    The token comes from VERBATIM_TOKEN, or from the file that VERBATIM_TOKEN_FILE names.
    """
    token = load_token()
    _first_index(settings)
    from bot.app import run as run_bot

    run_bot(settings, token, verbose=verbose)


cli.add_command(evaluate)
cli.add_command(forget)
cli.add_command(rollback)


def main() -> None:
    """Run the command line."""
    # A reader of our output that goes away early, such as `head`, is no error.
    try:
        cli.main(prog_name="verbatim")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


class _Piped(Console):
    """Leaves it to `main` that a reader went away early, as all other output does."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def _console() -> Console:
    return _Piped(highlight=False, soft_wrap=False)


@contextmanager
def _engine(settings: Settings) -> Iterator[Engine]:
    """Open the engine; the first time, build the index before."""
    _first_index(settings)
    # A model of sentence-transformers takes its time.
    with Console(stderr=True).status("Opening the index …"):
        opened = Engine(settings)
    with opened as engine:
        if engine.is_elsewhere:
            click.echo(
                "verbatim: the index was built from other files than [corpus] paths now names:"
                " run `verbatim index`",
                err=True,
            )
        yield engine


def _first_index(settings: Settings) -> None:
    if current_number(Layout(settings.index.data)) is not None:
        return
    with progress() as tell:
        report = update(settings, wait=-1, unless_built=True, progress=tell)
    for error in report.read.errors if report else ():
        _complain(error)


@contextmanager
def _library(settings: Settings) -> Iterator[Library]:
    with Library(Layout(settings.index.data).library) as library:
        yield library


def _done(settings: Settings, act: str, report: IndexReport | None) -> None:
    """Write down and say what an index run did; exit code 1 if a file could not be read."""
    if report is None:
        return
    read, built = report.read, report.built
    counts = f"{len(read.new)} new, {len(read.changed)} changed, {len(read.gone)} gone"
    note(settings, act, f"{counts}, {len(read.errors)} errors")
    click.echo(f"Articles: {counts}, {read.unchanged} unchanged.")
    manifest = built.manifest
    state = "published" if built.published else "unchanged"
    click.echo(
        f"Index: {ENGLISH.counted(texts.ARTICLES, manifest.articles)} in"
        f" {ENGLISH.counted(texts.PASSAGES, manifest.passages)}, {built.encoded} encoded;"
        f" generation {manifest.number} {state}."
    )
    if built.held:
        click.echo(
            f"verbatim: rolled back to generation {built.held.number} ({built.held.at}): nothing is"
            " published until `verbatim index --unhold`",
            err=True,
        )
    if built.published and built.foreign:
        from bot.doctor import misfit

        click.echo(misfit(built.foreign, manifest.articles, manifest.model), err=True)
    for origin in read.undated:
        click.echo(f"{origin}: no date: it is shown as undated", err=True)
    for one in read.notes:
        click.echo(" ".join(str(one).split()), err=True)
    for found in read.recurring:
        click.echo(
            f"{found.host}: left out, since it stands on {found.pages} pages: {found.line}",
            err=True,
        )
    if read.leads:
        click.echo(
            "pages that are named in feeds or sitemaps and not held there, not fetched:"
            f" {len(read.leads)}",
            err=True,
        )
    for error in read.errors:
        _complain(error)
    if read.errors:
        click.get_current_context().exit(1)


def _foresee(settings: Settings, *, full: bool) -> None:
    """Say what an index run would do; its exit code is 1 if a file could not be read."""
    with progress() as tell:
        foreseen = foresee(settings, full=full, progress=tell)
    read, upcoming = foreseen.read, foreseen.upcoming
    click.echo(
        f"Articles: {len(read.new)} new, {len(read.changed)} changed, {len(read.gone)} gone,"
        f" {read.unchanged} unchanged."
    )
    passages = ENGLISH.counted(texts.PASSAGES, upcoming.passages)
    later = f", done {ENGLISH.later(upcoming.seconds)}" if upcoming.passages else ""
    click.echo(f"Index: {passages} to be encoded{later}. Nothing has been changed.")
    for error in read.errors:
        _complain(error)
    if read.errors:
        click.get_current_context().exit(1)


def _complain(error: ReadError) -> None:
    click.echo(f"verbatim: not read: {' '.join(str(error).split())}", err=True)


def _iso(when: datetime | None) -> str | None:
    return when.date().isoformat() if when else None


def _age(created: str) -> float:
    return (datetime.now(UTC) - datetime.fromisoformat(created)).total_seconds()


def _newest_first(article: Article) -> tuple[float, str]:
    return (-article.published.timestamp() if article.published else float("inf"), article.title)
