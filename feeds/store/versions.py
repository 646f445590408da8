"""Merge the versions of each article in the index; the next run separates them again."""

from collections.abc import Container
from datetime import datetime

from feeds.diagnostics.problem import Problem
from feeds.model.record import Record
from feeds.model.versions import merged, version_of
from feeds.store.csv_line import csv_line
from feeds.store.database import Index
from feeds.store.rows import digest_of, microseconds
from feeds.store.serialize import pack_record, unpack_record
from feeds.validation.check_file import CheckedFile
from feeds.validation.context import ValidationContext
from feeds.validation.duplicates import File, articles_of
from feeds.validation.validate import problems_of_duplicates


def merge_versions(index: Index, context: ValidationContext, originals: Container[str], now: datetime) -> list[Problem]:
    """Merge the versions of each article that are due, and hide copies; return the problems of both."""
    files, numbers = [], {}
    for path, dedupe_keys, record, number in index.duplicates():
        files.append(CheckedFile(path, record, (), dedupe_keys))
        numbers[path] = number
    for article in articles_of(files, originals=originals):
        due = [file for file in article.versions if file.record.published <= now]
        _merge(index, due, numbers)
        index.hide(numbers[file.path] for file in article.copies)
    return problems_of_duplicates(files, (), context._replace(now=now), originals)


def separate_versions(index: Index) -> None:
    """Restore every record to the content of its own file."""
    for number, content in index.connection.execute("SELECT file, content FROM single").fetchall():
        rewrite(index, number, unpack_record(content))
    index.connection.execute("DELETE FROM single")


def rewrite(index: Index, number: int, record: Record) -> None:
    """Replace the record of a file by one with another id, other dates or other links."""
    content, line = pack_record(record), csv_line(record)
    dates = microseconds(record.published), microseconds(record.updated)
    index.connection.execute(
        "UPDATE record SET id = ?, published = ?, updated = ?, digest = ? WHERE file = ?",
        (record.id, *dates, digest_of(content), number),
    )
    index.connection.execute("UPDATE content SET content = ? WHERE file = ?", (content, number))
    index.connection.execute("UPDATE line SET line = ? WHERE file = ?", (line, number))


def _merge(index: Index, versions: list[File], numbers: dict[str, int]) -> None:
    if len(versions) > 1:
        newest = max(versions, key=lambda file: version_of(file.record))
        index.connection.execute("INSERT INTO single VALUES (?, ?)", (numbers[newest.path], pack_record(newest.record)))
        rewrite(index, numbers[newest.path], merged(file.record for file in versions))
        index.hide(numbers[file.path] for file in versions if file is not newest)
