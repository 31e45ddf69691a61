import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.settings import Settings
from index.layout import Layout
from tests.bot.conftest import write_article
from tests.corpus.readers.made import LONG, chapter, page, zipped
from tests.corpus.readers.made import book as make_book

QUESTION = "What is Iran's position on the Moscow talks?"


def run(settings: Settings | Path, *words: str, typed: str | None = None) -> Result:
    config = settings.origin if isinstance(settings, Settings) else settings
    return CliRunner().invoke(cli, ["--config", str(config), *words], input=typed)


def config_at(folder: Path, paths: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "config.toml"
    path.write_text(f'[corpus]\npaths = ["{paths}"]\n', "utf-8")
    return path


def one_line(result: Result, code: int, reason: str) -> None:
    assert result.exit_code == code, result.output
    assert reason in result.stderr
    assert "Traceback" not in result.output
    lines = [x for x in result.stderr.splitlines() if x and not x.startswith(("Usage", "Try"))]
    assert len(lines) == 1, result.stderr


def test_ask(sample: Settings) -> None:
    done = run(sample, "ask", QUESTION)
    assert done.exit_code == 0
    words = " ".join(done.stdout.replace("┃ ", "").split())
    assert (
        "**Iran supports the holding of talks in Moscow between the Syrian government and the"
        " moderate opposition, Iranian Deputy Foreign Minister Hossein Amir-Abdollahian said on"
        " Wednesday during a visit to the Russian capital.** Iran Backs Moscow Talks Between"
        " Damascus and Moderate Opposition Verbatim sample, 17 December 2014"
        " https://news.example/2014/12/17/iran-backs-syria-talks-in-moscow#:~:text=Iran%20supports"
    ) in words
    silent = run(sample, "ask", "Who", "will", "win", "the", "2030", "World", "Cup?")
    assert silent.exit_code == 3
    assert silent.stdout.startswith("Nothing in the collection answers this.")
    assert "┃" not in silent.stdout


def test_ask_json(sample: Settings) -> None:
    found = json.loads(run(sample, "ask", "--json", QUESTION, "--top", "2").stdout)
    assert list(found) == [
        *("question", "resolved", "answered", "confidence", "quotations", "nearest"),
        *("generation", "seconds", "understood", "skipped"),
    ]
    assert found["understood"] == {"time": None, "source": None}
    assert found["skipped"] == []
    assert (found["question"], found["answered"], found["generation"]) == (QUESTION, True, 1)
    assert len(found["quotations"]) == 2
    first = found["quotations"][0]
    assert list(first) == [
        *("text", "answer", "words", "title", "outlet", "published", "url", "link", "article_id"),
        *("paragraph", "also_in"),
    ]
    assert (first["outlet"], first["published"], first["paragraph"]) == (
        "Verbatim sample",
        "2014-12-17",
        0,
    )
    assert first["text"][slice(*first["answer"])].startswith("Iran supports")
    silent = run(sample, "ask", "--json", "recipe for borscht please")
    assert silent.exit_code == 3
    assert [list(n) for n in json.loads(silent.stdout)["nearest"]] == [
        ["title", "url", "published"]
    ] * 3


def test_ask_many(sample: Settings) -> None:
    done = run(sample, "ask", "-", typed="who led Syriza?\n\nrecipe for borscht\n")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [f.get("answered") for f in found] == [True, None, False]
    assert found[1] == {"question": "", "error": "there are no words in the question: ask in words"}


def test_index_add_remove_list_status(tmp_path: Path) -> None:
    write_article(tmp_path / "a" / "1.md", "Nine lamps were lit in the square.", title="Lamps")
    config = config_at(tmp_path, "a")
    assert run(config, "status").stdout.startswith("No index yet in")
    assert "empty" in run(config, "list").stdout
    first = run(config, "index")
    assert first.exit_code == 0
    assert first.stdout == (
        "Articles: 1 new, 0 changed, 0 gone, 0 unchanged.\n"
        "Index: 1 article in 1 passage, 1 encoded; generation 1 published.\n"
    )
    assert run(config, "index").stdout == (
        "Articles: 0 new, 0 changed, 0 gone, 1 unchanged.\n"
        "Index: 1 article in 1 passage, 0 encoded; generation 1 unchanged.\n"
    )
    assert "1 encoded; generation 2 published" in run(config, "index", "--full").stdout
    other = write_article(
        tmp_path / "b" / "2.md", "A mill became a museum.", "Mill", url="https://news.example/mill"
    )
    assert "1 new" in run(config, "add", str(other)).stdout
    listed = json.loads(run(config, "list", "--json").stdout)
    assert [(a["title"], a["outlet"], a["published"], a["paragraphs"]) for a in listed] == [
        ("Lamps", "The Outlet", "2014-12-17", 1),
        ("Mill", "The Outlet", "2014-12-17", 1),
    ]
    assert "Mill" in run(config, "list").stdout
    assert run(config, "ask", "what did the mill become?").exit_code == 0
    assert "Removed 1 article." in run(config, "remove", "https://news.example/mill").stdout
    assert run(config, "ask", "what did the mill become?").exit_code == 3
    assert "Removed" in run(config, "remove", str(tmp_path / "a" / "1.md")).stdout
    assert "0 new" in run(config, "index").stdout
    one_line(run(config, "remove", "nothing"), 1, "no article has this id, address or file")
    status = json.loads(run(config, "status", "--json").stdout)
    assert (status["articles"], status["passages"], status["generation"]) == (0, 0, 5)
    assert "0 articles in 0 passages (none)" in run(config, "status").stdout


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    write_article(tmp_path / "a" / "1.md", "Nine lamps were lit in the square.")
    write_article(tmp_path / "a" / "copy.md", "Nine lamps were lit in the square.")
    (tmp_path / "a" / "binary.md").write_bytes(os.urandom(2000))
    (tmp_path / "a" / "untitled.md").write_text("no title here", "utf-8")
    (tmp_path / "a" / "undated.md").write_text("# Mill\n\nA mill became a museum.", "utf-8")
    with (tmp_path / "a" / "large.md").open("wb") as file:
        file.truncate(50_000_000)
    config = config_at(tmp_path, "a")
    done = run(config, "index")
    assert done.exit_code == 1
    assert "Index: 2 articles in 2 passages" in done.stdout
    for name, reason in (
        ("binary.md", "a binary file, not Markdown text"),
        ("untitled.md", "no title"),
        ("large.md", "50.0 MB is more than the 10 MB"),
        ("copy.md", "the same article"),
        ("undated.md", "no date"),
    ):
        assert any(name in x and reason in x for x in done.stderr.splitlines()), done.stderr
    assert "Traceback" not in done.output
    assert run(config, "ask", "how many lamps were lit?").exit_code == 0


def test_pages_exports_and_archives_are_indexed_like_any_article(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "page.html").write_text(page("Harbour"), "utf-8")
    (folder / "all.zip").write_bytes(
        zipped(
            {
                "mill.md": "# Mill\n\nA mill became a museum.",
                "rows.csv": "title,text\nLamps,Nine lamps were lit in the square.\n",
                "bad.html": "",
            }
        )
    )
    (folder / "map.xml").write_text("<urlset><url><loc>https://a.example/</loc></url></urlset>")
    config = config_at(tmp_path, "a")
    done = run(config, "index")
    assert done.exit_code == 1
    assert "Articles: 3 new" in done.stdout
    assert "all.zip#bad.html: no text of an article was found in it" in done.stderr
    assert "named in feeds or sitemaps and not held there, not fetched: 1" in done.stderr
    for question in ("what did the mill become?", "how many lamps were lit?"):
        assert run(config, "ask", question).exit_code == 0
    answer = json.loads(run(config, "ask", "--json", "What did the harbour master say?").stdout)
    assert answer["quotations"][0]["title"] == "Harbour"
    assert "0 new, 0 changed, 0 gone, 3 unchanged" in run(config, "index").stdout
    assert "Removed 2 articles." in run(config, "remove", str(folder / "all.zip")).stdout
    assert run(config, "ask", "how many lamps were lit?").exit_code == 3
    book = folder / "book.epub"
    book.write_bytes(make_book({"a.xhtml": chapter("The Seal", LONG)}))
    assert "1 new" in run(config, "add", str(book)).stdout


def test_faults_get_one_line(sample: Settings, tmp_path: Path) -> None:
    one_line(run(sample, "ask", ""), 2, "there are no words in the question")
    one_line(run(sample, "ask", "🙂"), 2, "there are no words in the question")
    one_line(run(sample, "ask", "--bogus", "x"), 2, "No such option")
    one_line(run(sample, "ask", "--top", "99", "x"), 2, "99 is not in the range")
    one_line(run(tmp_path / "none.toml", "ask", "x"), 1, "no such file: check --config")
    one_line(run(sample, "add", str(tmp_path / "none")), 1, "does not exist: check the spelling")
    one_line(run(sample, "run"), 1, "no token")
    one_line(run(config_at(tmp_path / "m", "nowhere"), "index"), 1, "does not exist")
    layout = Layout(sample.index.data)
    (layout.generation(1) / "dense.faiss").write_bytes(b"x")
    one_line(run(sample, "ask", "x"), 1, "dense.faiss is missing or damaged")
    layout.current.write_text("nonsense", "utf-8")
    one_line(run(sample, "status"), 1, "names no generation")
    layout.library.write_bytes(b"no database" * 1000)
    one_line(run(sample, "list"), 1, "library.sqlite")


@pytest.mark.parametrize("damage", [b"", b"garbage" * 500])
def test_every_damaged_file_of_an_index_gets_one_line(sample: Settings, damage: bytes) -> None:
    folder = Layout(sample.index.data).generation(1)
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    assert {"catalog.sqlite", "dense.faiss", "manifest.json"} < {p.name for p in files}
    for path in files:
        whole = path.read_bytes()
        path.write_bytes(damage)
        one_line(run(sample, "ask", QUESTION), 1, "run `verbatim index --full`")
        path.write_bytes(whole)
    path.unlink()
    one_line(run(sample, "ask", QUESTION), 1, "run `verbatim index --full`")
    done = run(sample, "index")
    assert "0 encoded; generation 2 published" in done.stdout
    assert run(sample, "ask", QUESTION).exit_code == 0


def test_bytes_that_are_no_text(sample: Settings) -> None:
    found = json.loads(run(sample, "ask", "--json", "who led Syriza \udcff?").stdout)
    assert found["question"] == "who led Syriza \ufffd?"
    assert found["answered"]


def test_a_model_that_is_missing(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'[index]\nmodel = "{tmp_path}"\n', "utf-8")
    one_line(run(config, "index"), 1, "not a sentence-transformers folder")


def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[index]\ndata = "config.toml"\n', "utf-8")
    one_line(run(config, "index"), 1, "choose another folder with --data")


def test_an_index_from_other_files_is_told(sample: Settings, tmp_path: Path) -> None:
    write_article(tmp_path / "a" / "1.md", "Nine lamps were lit in the square.")
    sample.origin.write_text(f'[corpus]\npaths = ["{tmp_path / "a"}"]\n', "utf-8")
    assert "was built from other files" in run(sample, "ask", QUESTION).stderr
    assert run(sample, "index").exit_code == 0
    assert run(sample, "ask", "how many lamps?").stderr == ""


def test_the_first_question_builds_the_index(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("", "utf-8")
    done = run(tmp_path / "config.toml", "ask", QUESTION)
    assert done.exit_code == 0
    assert Layout(tmp_path / "data").numbers() == [1]


def test_doctor(sample: Settings, tmp_path: Path) -> None:
    done = run(sample, "doctor")
    assert done.exit_code == 1
    assert done.stdout.count("ok    ") == 6
    assert "FAULT no token: get one from @BotFather" in done.stdout
    (tmp_path / "config.toml").write_text('[corpus]\npaths = ["nowhere"]\n', "utf-8")
    broken = run(tmp_path / "config.toml", "doctor")
    assert "nowhere does not exist" in broken.stdout
    assert "FAULT no index in" in broken.stdout


def test_an_unforeseen_fault_is_one_line_too(
    sample: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.as_object", lambda *_: 1 / 0)
    one_line(run(sample, "ask", "--json", QUESTION), 1, "unexpected: ZeroDivisionError")
    monkeypatch.setenv("VERBATIM_DEBUG", "1")
    assert isinstance(run(sample, "ask", "--json", QUESTION).exception, ZeroDivisionError)


def test_every_command_and_option_is_explained() -> None:
    assert set(cli.commands) == {
        *("ask", "chat", "index", "add", "remove", "list", "status", "run", "doctor", "preview"),
        *("evaluate", "forget", "rollback"),
    }
    for command in cli.commands.values():
        assert command.help
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help


def test_a_reader_that_goes_away_is_no_error(sample: Settings) -> None:
    program = f"{sys.executable} -m bot --config {sample.origin}"
    # It reads nothing at all, so that the pipe is broken whenever something is written.
    for words, begin in (("list | head -1", "id "), (f'ask "{QUESTION}" | true', "")):
        command = f"{program} {words}; echo ${{PIPESTATUS[0]}}"
        done = subprocess.run(
            ["bash", "-c", command], capture_output=True, text=True, check=True, timeout=60
        )
        assert done.stdout.startswith(begin)
        assert done.stderr == ""
        # As of a process that SIGPIPE ends; `list` may have ended before.
        assert done.stdout.split()[-1] in ({"141"} if not begin else {"0", "141"})


def test_chat(sample: Settings) -> None:
    typed = ["", "/start", QUESTION, "3", "2", "4", "1", "5", "99", "/ask who led Syriza?"]
    typed += ["/sources", "/status", "/help", "🙂", ""]
    done = run(sample, "chat", typed="\n".join(typed))
    assert done.exit_code == 0
    for words in (
        "Ask me about the news",
        " 1  ◀   2  1/3   3  ▶",
        " 1  ◀   2  2/3   3  ▶",
        "> 2/3\n",
        " 1  Back 2/3   2  Source",
        "24 articles from Verbatim sample, 8 August 2014 – 12 December 2015.",
        "24 articles, 200 passages. Indexed",
        "In this chat, any text is a question.",
        "There are no words in that.",
        "> https://news.example/2014/12/17/iran-backs-syria-talks-in-moscow\n",
    ):
        assert words in done.stdout, words


def test_a_dry_run_says_what_would_change_and_changes_nothing(tmp_path: Path) -> None:
    config = config_at(tmp_path, "articles")
    write_article(tmp_path / "articles" / "a.md", "The mayor opened the new lighthouse on Monday.")
    (tmp_path / "articles" / "b.md").write_text("no title", "utf-8")
    dry = run(config, "index", "--dry-run")
    assert dry.exit_code == 1
    assert dry.stdout.startswith(
        "Articles: 1 new, 0 changed, 0 gone, 0 unchanged.\nIndex: 1 passage"
    )
    assert dry.stdout.endswith(" Nothing has been changed.\n")
    assert "b.md" in dry.stderr
    assert Layout(tmp_path / "data").numbers() == []
    (tmp_path / "articles" / "b.md").unlink()
    assert run(config, "index").exit_code == 0
    dry = run(config, "index", "--dry-run", "--full")
    assert dry.exit_code == 0
    assert dry.stdout.startswith(
        "Articles: 0 new, 0 changed, 0 gone, 1 unchanged.\nIndex: 1 passage"
    )
