"""Commands for whoever looks after the collection: going back, and erasing for good."""

from collections.abc import Sequence
from pathlib import Path

import click

from bot import texts
from bot.engine import roll_back
from bot.erasure import erase
from bot.languages import ENGLISH
from bot.progress import progress
from bot.settings import Settings
from corpus.store import Library
from index.layout import Layout

WHO = "command line"
"""In the audit log."""


def named(library: Library, articles: Sequence[str]) -> list[str]:
    """Return the ids of articles, each named by id, address or file.

    Raises:
        click.ClickException: There is no such article.
    """
    entries = library.entries()
    known = {e.id: e.id for e in entries} | {a.url: a.id for a in library.current() if a.url}
    ids: list[str] = []
    for name in articles:
        file = str(Path(name).absolute())
        found = [known[name]] if name in known else [e.id for e in entries if e.is_from(file)]
        if not found:
            raise click.ClickException(
                f"{name}: no article has this id, address or file: see `verbatim list`"
            )
        ids += found
    return ids


def note(settings: Settings, act: str, detail: str) -> None:
    """Write what was done on the command line into the audit log."""
    with Library(Layout(settings.index.data).library) as library:
        library.audit.put(WHO, act, detail)


@click.command()
@click.pass_obj
def rollback(settings: Settings) -> None:
    """Answer from the generation before the current one again, and publish nothing more for now."""
    manifest = roll_back(settings)
    note(settings, "rollback", f"to generation {manifest.number}")
    click.echo(
        f"Generation {manifest.number} answers again:"
        f" {ENGLISH.counted(texts.ARTICLES, manifest.articles)}, indexed {manifest.created}."
        " Nothing is published until `verbatim index --unhold`."
    )


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.pass_obj
def forget(settings: Settings, articles: tuple[str, ...]) -> None:
    """Erase articles from the data folder, each named by id, address or file, and prove it.

    Earlier generations are deleted: there is no going back. Exit code 1 if any text is left.
    """
    with Library(Layout(settings.index.data).library) as library:
        removed = library.removed()
        ids = [a for a in articles if a in removed]
        ids += named(library, [a for a in articles if a not in removed])
        files = [e.origin for e in library.entries() if e.id in ids and Path(e.origin).is_file()]
    with progress() as tell:
        done = erase(settings, ids, tell)
    note(settings, "forget", " ".join(ids))
    click.echo(
        f"Forgotten {ENGLISH.counted(texts.ARTICLES, done.articles)}"
        f" ({done.versions} kept versions). Looked for {done.pieces} pieces of their text in"
        f" {done.files} files ({done.size / 1e6:.1f} MB) of {settings.index.data};"
        f" {done.shared} more stand in other articles too."
    )
    for file in files:
        click.echo(f"verbatim: {file} is yours: delete it yourself", err=True)
    if done.left:
        names = ", ".join(path.name for path in done.left)
        raise click.ClickException(
            f"text is left in {names}: stop the bot and run `verbatim forget` again"
        )
    click.echo("None of them is left.")
