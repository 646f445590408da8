"""Dates as people write them are read, and ambiguous ones are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.dates import format_rfc3339
from feeds.records.loose_dates import read_date

LINES = Path(__file__).with_name("loose-dates.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", LINES)
def test_dates_are_read_as_they_are_meant(line: str) -> None:
    written, expected = line.rsplit(maxsplit=1)
    instant = read_date(written.strip(), None)
    assert (format_rfc3339(instant) if instant else "-") == expected
