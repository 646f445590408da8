"""Format a Record as a line of CSV for the index, so that a table of all records is never held in memory."""

from feeds.dates import format_rfc3339
from feeds.formats.csv_table import names_cell, write_row
from feeds.model.parts import Image, Person
from feeds.model.record import Record

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_line(record: Record) -> bytes:
    """Return the line of a record."""
    return write_row(_row(record))


def csv_line_for_spreadsheets(record: Record) -> bytes:
    """Return the line of a record, safe from formulas by a leading apostrophe, as OWASP advises."""
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
        _provider(record),
        _domain(record.provider) if record.provider else "",
        names_cell(record.topics),
        record.type,
        record.length,
        record.quality,
        record.heat,
        lead.url,
        lead.width,
        lead.height,
        len(record.related),
        " ".join(article.url for article in record.related),
    ]


def _provider(record: Record) -> str:
    names = [record.provider.name] if record.provider else [each.name or each.email for each in record.authors]
    return names_cell(names, "; ")


def _domain(provider: Person) -> str:
    return provider.url.removeprefix("https://").removesuffix("/")


def _defused(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
