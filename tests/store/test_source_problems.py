"""`feeds validate` of the whole source and `validate` of its folder report the same, and only new files are read."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support import REPOSITORY

import feeds
from feeds.config.settings import Config
from feeds.store import rows
from feeds.store.source_problems import source_problems

RECORDS = REPOSITORY / "tests" / "records"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("folder", ["valid", "invalid"])
def test_the_index_and_a_reading_of_all_files_report_the_same(folder: str) -> None:
    config = Config(source=RECORDS / folder)
    assert source_problems(config, NOW) == feeds.validate(config.source, config=config, now=NOW)


def test_only_files_that_have_changed_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "records"
    source.mkdir()
    for name in ("a", "b"):
        text = f"title: {name}\npublishedDateTime: 2027-05-01T08:30:00Z\nwebUrl: https://example.org/{name}\n"
        (source / f"{name}.md").write_text(f"---\n{text}---\n")
    config = Config(source=source, cache=tmp_path / "cache")
    first = source_problems(config, NOW)
    assert [problem.rule for problem in first] == ["future-date", "future-date"]
    monkeypatch.setattr(rows, "check_bytes", lambda *_: pytest.fail("a file was checked again"))
    assert source_problems(config, NOW) == first
    assert source_problems(config, datetime(2028, 1, 1, tzinfo=UTC)) == []


@pytest.mark.parametrize("name", ["index.sqlite", "index.seal"])
@pytest.mark.parametrize(
    "put", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero"), lambda path: path.symlink_to("../mine")]
)
def test_what_is_no_file_of_the_cache_is_neither_read_nor_written(
    tmp_path: Path, name: str, put: Callable[[Path], object]
) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    config = Config(source=RECORDS / "valid", cache=tmp_path / "cache")
    problems = source_problems(config, NOW)
    (tmp_path / "cache" / name).unlink()
    put(tmp_path / "cache" / name)
    assert [source_problems(config, NOW), source_problems(config, NOW)] == [problems, problems]
    assert (tmp_path / "mine").read_bytes() == b"mine"


def test_a_cache_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "mine.txt").write_text("mine")
    config = Config(source=RECORDS / "valid", cache=tmp_path / "cache")
    assert source_problems(config, NOW) == feeds.validate(config.source, config=config, now=NOW)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["mine.txt"]
