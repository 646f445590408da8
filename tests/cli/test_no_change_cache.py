"""A run that would change nothing is answered at once, and only such a run."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support import BASE_URL, record_bytes, run_feeds, tree

from feeds.cli import no_change_cache
from feeds.cli.no_change_cache import cached_answer

LONG_AGO = 1_700_000_000
COMMAND = ("build", "--base-url", BASE_URL)


def write(path: Path, title: str, **more: object) -> None:
    data = {"title": title, "webUrl": f"https://a.example/{path.name}", "publishedDateTime": "2020-01-01T00:00:00Z"}
    path.write_bytes(record_bytes(data | more))


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folders = [tmp_path_factory.mktemp("site") for _ in range(30)]
    for folder in folders:
        (folder / "seeds" / "old").mkdir(parents=True)
        write(folder / "seeds" / "a.md", "Harbour", heat=None)
        write(folder / "seeds" / "old" / "b.md", "Bridge")
        (folder / "feeds.toml").write_text('title = "News"\n', encoding="utf-8")
    time.sleep(2.1)  # what was written just now could change again without looking otherwise
    return folders


@pytest.fixture
def site(sites: list[Path]) -> Path:
    return sites.pop()


def run(site: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    return run_feeds(*(words or COMMAND), cwd=site)


def modules_of(site: Path, *words: str) -> set[str]:
    """Return the modules that a run imports."""
    script = (
        "import sys; from feeds.cli.main import main\ntry: main()\nfinally: sys.stderr.write('|'.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=site, capture_output=True, encoding="utf-8", check=False
    )
    return set(done.stderr.splitlines()[-1].split("|"))


def is_answered_at_once(site: Path, *words: str) -> bool:
    with contextlib.chdir(site):
        return cached_answer(words or COMMAND) is not None


def test_a_run_that_finds_nothing_changed_says_the_same_at_once(site: Path) -> None:
    first, second = run(site), run(site, "build", "--base-url", BASE_URL, "--no-cache")
    before = tree(site / "public")
    assert "feeds.publish.build" not in modules_of(site, *COMMAND)
    third = run(site)
    assert first.stdout != second.stdout
    assert (third.stdout, third.stderr, third.returncode) == (second.stdout, second.stderr, 0)
    assert b"heat has no value" in third.stderr
    assert tree(site / "public") == before


def test_errors_are_told_again(site: Path) -> None:
    write(site / "seeds" / "c.md", "Canal", publised=True)
    time.sleep(2.1)
    first = run(site)
    assert is_answered_at_once(site)
    again = run(site)
    assert (again.returncode, again.stderr) == (1, first.stderr)
    assert b"publised" in again.stderr


CHANGES: dict[str, Callable[[Path], object]] = {
    "a record": lambda site: write(site / "seeds" / "a.md", "Harbor"),
    "a record, its time set back": lambda site: (
        write(site / "seeds" / "a.md", "Barbour", heat=None),
        os.utime(site / "seeds" / "a.md", (LONG_AGO, LONG_AGO)),
    ),
    "a record more": lambda site: write(site / "seeds" / "old" / "c.md", "Canal"),
    "a record less": lambda site: (site / "seeds" / "old" / "b.md").unlink(),
    "another name": lambda site: (site / "seeds" / "a.md").rename(site / "seeds" / "z.md"),
    "the title of the site": lambda site: (site / "feeds.toml").write_text('title = "Old"\n', encoding="utf-8"),
    "no configuration": lambda site: (site / "feeds.toml").unlink(),
    "an output file": lambda site: (site / "public" / "all.rss").write_bytes(b"mine"),
    "no output file": lambda site: (site / "public" / "all.csv").unlink(),
    "no memory": lambda site: [path.unlink() for path in (site / ".feeds_cache").glob("run-*")],
    "a damaged memory": lambda site: [path.write_bytes(b"x" * 99) for path in (site / ".feeds_cache").glob("run-*")],
    "a memory cut short": lambda site: [os.truncate(path, 50) for path in (site / ".feeds_cache").glob("run-*")],
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_makes_a_whole_run(site: Path, change: Callable[[Path], object], tmp_path: Path) -> None:
    run(site)
    assert is_answered_at_once(site)
    change(site)
    assert not is_answered_at_once(site)
    run(site)
    kept = tree(site / "public")
    run(site, *COMMAND, "--no-cache", "--output", str(tmp_path / "anew"))
    assert {name: kept[name] for name in tree(tmp_path / "anew")} == tree(tmp_path / "anew")


def test_another_version_of_the_program_makes_a_whole_run(site: Path) -> None:
    run(site)
    (memory,) = (site / ".feeds_cache").glob("run-*")
    paths = memory.read_bytes().split(b"\0")
    assert any(path.endswith(b"feeds/cli/no_change_cache.py") for path in paths)
    assert any(path.endswith(b"-packages") for path in paths)


def test_another_installation_of_the_program_makes_a_whole_run(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(site)
    assert is_answered_at_once(site)
    monkeypatch.setattr(no_change_cache, "__file__", "/opt/feeds-2/feeds/cli/no_change_cache.py")
    assert not is_answered_at_once(site)


@pytest.mark.parametrize("head", [b"{}", b"[]", b"1", b'{"argv": ["build"], "answer": [[], [], 0, 0], "files": 0}'])
def test_an_answer_in_the_form_of_another_version_makes_a_whole_run(site: Path, head: bytes) -> None:
    run(site)
    (memory,) = (site / ".feeds_cache").glob("run-*")
    content = head + b"\n"
    memory.write_bytes(content + zlib.crc32(content).to_bytes(4, "big"))
    assert not is_answered_at_once(site)
    assert run(site).returncode == 0


def test_a_run_in_which_something_has_just_changed_is_not_remembered(site: Path) -> None:
    write(site / "seeds" / "a.md", "Harbor")
    run(site)
    assert list((site / ".feeds_cache").glob("run-*")) == []


def test_a_record_that_falls_due_makes_a_whole_run(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    due = datetime.now(UTC) + timedelta(hours=1)
    write(site / "seeds" / "c.md", "Canal", publishedDateTime=due.isoformat().replace("+00:00", "Z"))
    time.sleep(2.1)
    run(site)
    assert is_answered_at_once(site)
    monkeypatch.setattr(time, "time_ns", lambda: int(due.timestamp()) * 1_000_000_000)
    assert not is_answered_at_once(site)


@pytest.mark.parametrize("words", [("--dry-run",), ("--no-cache",), ("--now", "2030-01-01")])
def test_runs_whose_answer_may_differ_are_not_remembered(site: Path, words: tuple[str, ...]) -> None:
    run(site, *COMMAND, *words)
    run(site, *COMMAND, *words)
    assert list(site.glob(".feeds_cache/run-*")) == []


def test_a_run_with_other_options_is_another_run(site: Path) -> None:
    of_bridges = (*COMMAND, "--output", "bridges", "--topic", "Bridges")
    run(site)
    run(site, *of_bridges)
    assert is_answered_at_once(site)
    assert is_answered_at_once(site, *of_bridges)
    assert not is_answered_at_once(site, *of_bridges, "--limit", "1")
