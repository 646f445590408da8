"""An update that is still to come counts from its date on."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from support import config_for, record_bytes

import feeds

DUE = datetime(2030, 5, 1, 8, 30, tzinfo=UTC)
RECORD = {
    "title": "Ferry",
    "publishedDateTime": "2024-05-01T08:30:00Z",
    "updatedDateTime": "2030-05-01T08:30:00Z",
    "webUrl": "https://example.org/ferry",
}


@pytest.fixture
def config(tmp_path: Path) -> feeds.Config:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a.md").write_bytes(record_bytes(RECORD))
    return config_for(tmp_path / "records", tmp_path / "out", cache=tmp_path / "cache")


def dates_in(output: Any) -> set[str]:
    (item,) = json.loads((output / "all.json").read_bytes())["items"]
    row = (output / "all.csv").read_text(encoding="utf-8").splitlines()[1]
    atom = (output / "all.atom").read_text(encoding="utf-8")
    return {item["date_modified"], row.split(",")[6], atom.partition("<updated>")[2][:20]}


def test_an_update_that_is_still_to_come_counts_from_then_on(config: feeds.Config) -> None:
    early = feeds.build(config, DUE - timedelta(seconds=1))
    assert [(problem.rule, problem.span.line) for problem in early.problems] == [("future-update", 4)]
    assert (early.until, dates_in(config.output)) == (DUE, {"2024-05-01T08:30:00Z"})
    late = feeds.build(config, DUE)
    assert (late.problems, dates_in(config.output)) == ((), {"2030-05-01T08:30:00Z"})
    feeds.build(config, DUE - timedelta(seconds=1))
    assert dates_in(config.output) == {"2024-05-01T08:30:00Z"}


def test_what_waits_for_its_date_is_not_told_of_its_update(config: feeds.Config) -> None:
    later = {**RECORD, "publishedDateTime": "2030-04-01T08:30:00Z"}
    (config.source / "a.md").write_bytes(record_bytes(later))
    rules = [problem.rule for problem in feeds.validate(config.source, now=datetime(2024, 6, 1, tzinfo=UTC))]
    assert rules == ["future-date"]
