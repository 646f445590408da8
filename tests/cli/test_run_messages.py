"""What a run says is short, and never better than the truth."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from support import BASE_URL, record_bytes, run_feeds, start_feeds

from feeds.cli.app import _COMMANDS
from feeds.cli.progress import with_progress

CONFIG = f'base_url = "{BASE_URL}"\nhome_page = "https://example.org/"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "feeds.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    for number in (1, 2, 3):
        write(tmp_path, number, heat="")
    return tmp_path


def write(folder: Path, number: int, **further: object) -> Path:
    data = {
        "title": f"Bridge {number}",
        "publishedDateTime": f"2024-05-0{number}T08:30:00Z",
        "webUrl": f"https://example.org/{number}",
        "topics": ["Sea", "sea "],
    }
    path = folder / "seeds" / f"{number}.md"
    path.write_bytes(record_bytes(data | {key: value for key, value in further.items() if value != ""}))
    return path


@pytest.mark.parametrize("words", [["build"], ["topics"], ["convert", "seeds", "--to", "csv"]])
def test_warnings_of_a_rule_have_one_line_with_their_number(folder: Path, words: list[str]) -> None:
    lines = run_feeds(*words, cwd=folder).stderr.decode().splitlines()
    (line,) = [line for line in lines if "[duplicate-topic]" in line]
    assert line.startswith("seeds/1.md:")
    assert line.endswith("[duplicate-topic] and 2 more; feeds validate seeds lists them")
    assert run_feeds("validate", "seeds", cwd=folder).stdout.count(b"[duplicate-topic]") == 3


def test_every_error_has_a_line(folder: Path) -> None:
    for number in (1, 2):
        write(folder, number, type="artcle")
    assert run_feeds("build", cwd=folder).stderr.count(b"[not-allowed]") == 2


def test_statistics_count_by_rule_those_with_most_first(folder: Path) -> None:
    write(folder, 4, type="artcle")
    done = run_feeds("validate", "--statistics", cwd=folder)
    counts = [line.split(":")[0] for line in done.stdout.decode().splitlines()]
    assert (done.returncode, counts[0], counts[-1]) == (1, "4  duplicate-topic (warning)", "1  not-allowed (error)")


@pytest.mark.parametrize("command", _COMMANDS)
def test_every_command_can_be_quiet(command: str, tmp_path: Path) -> None:
    assert "-q," in run_feeds(command, "--help", cwd=tmp_path, COLUMNS="200").stdout.decode()


def test_a_quiet_build_prints_errors_only_also_when_it_repeats_itself(folder: Path) -> None:
    for _ in range(2):
        done = run_feeds("build", "-q", cwd=folder)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    write(folder, 1, type="artcle")
    done = run_feeds("build", "--quiet", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (1, b"", 1)


def test_a_feed_has_one_line_and_what_is_unchanged_is_counted(folder: Path) -> None:
    first, second = (run_feeds("build", cwd=folder).stdout.decode().splitlines() for _ in range(2))
    assert first == [
        "all         3 items, rss atom json csv html",
        "topics/sea  3 items, rss atom json csv html",
        "and feeds.opml, index.html, feed.css",
        "13 files changed, 0 unchanged",
    ]
    assert second == ["0 files changed, 13 unchanged"]


def test_archive_files_are_counted_with_their_feed(folder: Path) -> None:
    (folder / "feeds.toml").write_text(f"{CONFIG}archives = true\nlimit = 2\n", encoding="utf-8")
    first = run_feeds("build", cwd=folder).stdout.decode().splitlines()
    assert first[0] == "all         2 items, rss atom json csv html, 3 archive files"


@pytest.mark.parametrize("max_drop", ["50%", "100%"])
def test_a_feed_that_had_items_is_not_emptied_until_forced(folder: Path, max_drop: str) -> None:
    (folder / "feeds.toml").write_text(f'{CONFIG}max_drop = "{max_drop}"\n', encoding="utf-8")
    run_feeds("build", cwd=folder)
    published = (folder / "public" / "all.json").read_bytes()
    for number in (1, 2, 3):
        (folder / "seeds" / f"{number}.md").unlink()
    done = run_feeds("build", cwd=folder)
    assert (done.returncode, (folder / "public" / "all.json").read_bytes()) == (3, published)
    last = done.stderr.decode().splitlines()[-1]
    assert (
        last
        == "feeds: nothing published: all would drop from 3 items to 0; if that is meant, run this again with --force"
    )
    assert run_feeds("build", "--force", cwd=folder).returncode == 0
    assert run_feeds("build", cwd=folder).returncode == 0


def test_a_small_topic_may_go_with_its_feed(folder: Path) -> None:
    write(folder, 4, topics=["Land"])
    run_feeds("build", cwd=folder)
    write(folder, 4)
    assert run_feeds("build", cwd=folder).returncode == 0
    assert not (folder / "public" / "topics" / "land.rss").exists()


def test_what_is_said_of_a_topic_with_a_new_name_keeps_its_feed(folder: Path) -> None:
    for name in ("Land", "Shore"):
        for number in range(10, 20):
            write(folder, number, topics=[name], publishedDateTime=f"2024-05-{number}T08:30:00Z")
        done = run_feeds("build", cwd=folder)
    assert done.returncode == 3
    assert done.stderr.decode().rstrip().endswith('set topics.aliases = { "New" = "Old" }')
    (folder / "feeds.toml").write_text(f'{CONFIG}topics.aliases = {{ "Shore" = "Land" }}\n', encoding="utf-8")
    assert run_feeds("build", cwd=folder).stdout.splitlines()[-1].startswith(b"0 files changed")


@pytest.mark.parametrize("columns", [20, 40, 50, 60, 200])
def test_the_bar_fits_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def __init__(self) -> None:
            self.text = ""

        def write(self, text: str) -> int:
            self.text += text
            return len(text)

        def flush(self) -> None:
            pass

        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", terminal)
    assert list(with_progress(iter(range(400)), 400)) == list(range(400))
    shown = terminal.text.replace("\x1b[?25l", "").replace("\x1b[?25h", "").replace("\x1b[K", "\r").split("\r")
    assert max(map(len, shown)) > 0
    assert max(len(line.rstrip("\n")) for line in shown) <= max(columns, 32)


def test_where_every_record_is_refused_no_empty_feed_is_written(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "a.md").write_text("---\ntitle: A\n---\n")
    done = run_feeds("build", "r", "--output", "out", cwd=tmp_path)
    last = done.stderr.decode().splitlines()[-1]
    refused = "no feed would have an item, and 1 record has errors; correct them, or run this again with --force"
    posts = "for posts of Hugo, Jekyll and the like, run feeds init or use --preset"
    assert (done.returncode, last) == (3, f"feeds: nothing published: {refused}; {posts}")
    assert b"changed" not in done.stdout
    assert not (tmp_path / "out").exists()
    assert run_feeds("build", "r", "--output", "out", "--force", cwd=tmp_path).returncode == 1


def test_a_locale_that_lacks_the_characters_of_a_name_is_told(folder: Path) -> None:
    (folder / "feeds.toml").write_text(f'{CONFIG}source = "Straße"\n', encoding="utf-8")
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = start_feeds("build", cwd=folder, **ascii_only)
    assert (done.returncode, done.stderr) == (
        3,
        b"feeds: names of files are in ascii here, which lacks characters; set PYTHONUTF8=1\n",
    )
