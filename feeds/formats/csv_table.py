"""Write CSV (RFC 4180): UTF-8, CRLF, a header row, the same columns always."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import Any

from feeds.dates import format_rfc3339
from feeds.model.feed import Feed
from feeds.model.record import Image, Record

BOM = b"\xef\xbb\xbf"
COLUMNS = (
    "id",
    "title",
    "excerpt",
    "webUrl",
    "originalUrl",
    "publishedDateTime",
    "updatedDateTime",
    "provider",
    "providerDomain",
    "topics",
    "type",
    "length",
    "quality",
    "heat",
    "imageUrl",
    "imageWidth",
    "imageHeight",
    "relatedCount",
    "relatedUrls",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(feed: Feed) -> Iterator[bytes]:
    """Yield a CSV table, row by row, with every value as it is."""
    yield header()
    yield from map(line, feed.items)


def header() -> bytes:
    """Return the first line of a table: the names of the columns."""
    return write_row(COLUMNS)


def line(record: Record) -> bytes:
    """Return the line of a record, with every value as it is."""
    return write_row(_row(record))


def line_for_spreadsheets(record: Record) -> bytes:
    """Return the line of a record in which no text is taken for a formula: OWASP's way is a leading apostrophe."""
    return write_row([_defused(value) if isinstance(value, str) else value for value in _row(record)])


def _row(record: Record) -> list[str | int | None]:
    lead = record.images[0] if record.images else Image("")
    return [
        record.id,
        record.title,
        record.excerpt,
        record.web_url,
        record.original_url,
        format_rfc3339(record.published),
        format_rfc3339(record.updated),
        record.provider.name if record.provider else "",
        record.provider.domain if record.provider else "",
        ";".join(record.topics),
        record.type,
        record.length,
        record.quality,
        record.heat,
        lead.url,
        lead.width,
        lead.height,
        len(record.related),
        " ".join(article.link for article in record.related),
    ]


def _defused(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value


class _Echo:
    """Hand back what is written, as a writer of rows does with what its file returns."""

    def write(self, text: str) -> str:
        return text


_writer = csv.writer(_Echo(), lineterminator="\r\n")


def write_row(values: Sequence[str | int | None]) -> bytes:
    """Return values as a line of a table."""
    text: Any = _writer.writerow(values)
    return bytes(text, "utf-8")
