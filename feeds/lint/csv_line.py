"""A fast path for lines of our table that are valid, so that a large table need not be checked in full."""

import csv
import re
from datetime import datetime

from feeds.formats.csv_table import COLUMNS, write_row
from feeds.text import NOT_XML
from feeds.urls import is_plain

_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z", re.ASCII)
_DATES = tuple(COLUMNS.index(name) for name in ("publishedDateTime", "updatedDateTime"))
_ADDRESSES = tuple(COLUMNS.index(name) for name in ("webUrl", "originalUrl", "imageUrl"))
_ID = COLUMNS.index("id")


def is_plain_line(line: bytes) -> bool:
    """Return whether a line of our table is certainly valid; any other needs a full check."""
    text = line.decode(errors="replace")
    try:
        (row,) = csv.reader([text], strict=True)
        return (
            len(row) == len(COLUMNS)
            and write_row(row) == line
            and row[_ID].split() == [row[_ID]]
            and all(_is_date(row[number]) for number in _DATES)
            and all(not row[number] or is_plain(row[number]) for number in _ADDRESSES)
            and not NOT_XML.search(text)
        )
    except (ValueError, csv.Error):
        return False


def _is_date(text: str) -> bool:
    return bool(_DATE.fullmatch(text) and datetime.fromisoformat(text))
