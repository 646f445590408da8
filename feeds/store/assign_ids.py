"""Give records of the index the ids that the ledger knows them by."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from feeds.formats import csv_table
from feeds.locations import Place
from feeds.store.database import Index
from feeds.store.id_ledger import Known, Ledger, settle
from feeds.store.rows import digest_of
from feeds.store.serialize import pack_record, unpack_record

_RECORDS = """SELECT file.path, record.file, record.id, record.made_id, content.marks
    FROM record JOIN file ON file.number = record.file JOIN content ON content.file = record.file
    ORDER BY record.published, file.path"""


class _Entry(NamedTuple):
    number: int
    id: str
    known: Known


def identify(index: Index, source: Place, ledger: Ledger | None) -> Ledger | None:
    """Set every record's id as the ledger wants it, or as the record makes it without one; return the new ledger."""
    if ledger is None:
        for number, made in index.connection.execute("SELECT file, made_id FROM record WHERE id != made_id").fetchall():
            _rename(index, number, made)
        return None
    entries = dict(_entries(index, source))
    files = [_below(source, path) for (path,) in index.connection.execute("SELECT path FROM file")]
    settled = settle(ledger, {path: entry.known for path, entry in entries.items()}, files)
    for path, entry in entries.items():
        identity = settled.identities[path].id if path in settled.identities else entry.known.made
        if entry.id != identity:
            _rename(index, entry.number, identity)
    return settled


def ids_by_path(index: Index, source: Place) -> dict[str, str]:
    """Return the ids of records by their paths below the source."""
    return {path: entry.id for path, entry in _entries(index, source)}


def _entries(index: Index, source: Place) -> Iterator[tuple[str, _Entry]]:
    for path, number, identity, made, marks in index.connection.execute(_RECORDS):
        is_own = any(key == "id" for key, _ in json.loads(marks))
        yield _below(source, path), _Entry(number, identity, Known(made, is_own))


def _below(source: Place, path: bytes) -> str:
    name = os.fsdecode(path)
    return name.removeprefix(f"{source.as_posix()}/").encode(errors="replace").decode()


def _rename(index: Index, number: int, identity: str) -> None:
    (packed,) = index.connection.execute("SELECT content FROM content WHERE file = ?", (number,)).fetchone()
    record = replace(unpack_record(packed), id=identity)
    content = pack_record(record)
    values = (identity, digest_of(content), number)
    index.connection.execute("UPDATE record SET id = ?, digest = ? WHERE file = ?", values)
    index.connection.execute("UPDATE content SET content = ? WHERE file = ?", (content, number))
    index.connection.execute("UPDATE line SET line = ?, is_plain = 0 WHERE file = ?", (csv_table.line(record), number))
