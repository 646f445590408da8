"""Check a file, and make its rows for the index."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from feeds.diagnostics.problem import Problem
from feeds.model.record import Record
from feeds.secrets.ngrams import grams_of
from feeds.sources.entry import Entry, path_of
from feeds.sources.files import read_bytes
from feeds.store.csv_line import csv_line
from feeds.store.serialize import pack_problems, pack_record
from feeds.url_identity import normal_url
from feeds.validation.check_file import CheckedFile, check_bytes, check_file
from feeds.validation.content_keys import body_key
from feeds.validation.context import ValidationContext

if TYPE_CHECKING:
    from feeds.validation.source_pages import BodyLink

DIGEST_BYTES = 16
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


class FileTask(NamedTuple):
    """A file to be checked, unless its content still has the digest, empty for a new file."""

    entry: Entry
    digest: bytes


class RecordRow(NamedTuple):
    """The columns of a record, with their purposes."""

    id: str
    made_id: str  # the id without a ledger
    title: str
    link: str
    page: str  # the normalized link, to find records with the same page
    published: int  # microseconds since 1970, for selection and order
    updated: int  # the same
    expires: int | None  # the same
    is_published: bool
    type: str
    quality: int | None
    body: str  # the key of its body, to find copies
    digest: bytes  # of `content`, to tell whether a feed has changed
    line: bytes  # in CSV, where tables are written; empty if the record is not published, and so in few of them
    content: bytes  # the packed record
    dedupe_keys: str  # dedupe keys as JSON, for messages about duplicates


class Row(NamedTuple):
    """The columns of a file; `problems` is None if its content is unchanged."""

    path: bytes
    digest: bytes  # of the content; empty if it could not be read
    problems: bytes | None
    record: RecordRow | None = None
    topics: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()  # field and value, for feeds by fields other than topics
    secrets: bytes = b""  # n-grams of secret values
    secret_values: tuple[str, ...] = ()
    is_readable: bool = True  # whether these are all secret values of the file
    links: tuple[BodyLink, ...] = ()


def index_row_of(task: FileTask, context: ValidationContext) -> Row:
    """Read a file, and check it if its content has changed."""
    content = read_bytes(task.entry) if isinstance(task.entry, str) else task.entry
    if isinstance(content, Problem):
        return _row_of(check_file(content, context), b"", context)
    digest = digest_of(content)
    if digest == task.digest:
        return Row(path_key(task.entry), digest, None)
    return _row_of(check_bytes(str(task.entry), content, context), digest, context)


def path_key(entry: Entry) -> bytes:
    """Return the path of an entry as bytes, as not every file name is Unicode."""
    return os.fsencode(path_of(entry))


def digest_of(content: bytes) -> bytes:
    """Return a digest of content."""
    return blake2b(content, digest_size=DIGEST_BYTES).digest()


def microseconds(instant: datetime) -> int:
    """Return an instant in microseconds since 1970, which SQLite can sort."""
    return (instant - _EPOCH) // _MICROSECOND


def instant_of(microseconds: int) -> datetime:
    """Return the instant of a number of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=microseconds)


def _row_of(checked_file: CheckedFile, digest: bytes, context: ValidationContext) -> Row:
    record = checked_file.record
    row = _record_row(record, checked_file.dedupe_keys, context) if record else None
    path, topics = os.fsencode(checked_file.path), record.topics if record else ()
    labels = tuple(_labels(record)) if record else ()
    problems, ngrams = pack_problems(checked_file.problems), grams_of(checked_file.secrets)
    secrets, is_readable, links = checked_file.secrets, checked_file.is_readable, checked_file.links
    return Row(path, digest, problems, row, topics, labels, ngrams, secrets, is_readable, links)


def _labels(record: Record) -> Iterator[tuple[str, str]]:
    people = record.authors or ((record.provider,) if record.provider else ())
    yield from (("author", person.name) for person in people)
    if record.language:
        yield "language", record.language


def _record_row(record: Record, dedupe_keys: tuple[tuple[str, str], ...], context: ValidationContext) -> RecordRow:
    content, has_line = pack_record(record), record.is_published and "csv" in context.config.formats
    return RecordRow(
        record.id,
        record.id,
        record.title,
        record.link,
        normal_url(record.link),
        microseconds(record.published),
        microseconds(record.updated),
        microseconds(record.expires) if record.expires else None,
        record.is_published,
        record.type,
        record.quality,
        body_key(record.body),
        digest_of(content),
        csv_line(record) if has_line else b"",
        content,
        msgspec.json.encode(dedupe_keys).decode(),
    )
