"""Assign the ids of the ledger to the records of the index."""

import json
import os
from collections.abc import Iterator
from typing import NamedTuple

from feeds.locations import Location, below
from feeds.store.database import Index
from feeds.store.id_ledger import Ledger
from feeds.store.rows import instant_of
from feeds.store.versions import rewrite
from feeds.validation.content_keys import content_key
from feeds.validation.identities import Claim, Reconciliation, is_own, reconcile

_RECORDS = """SELECT file.path, record.file, record.id, record.made_id, content.dedupe_keys, record.title,
    record.published, record.body FROM record
    JOIN file ON file.number = record.file JOIN content ON content.file = record.file
    ORDER BY record.published, record.updated, file.path"""


class _Entry(NamedTuple):
    number: int
    id: str
    claim: Claim


def identify(index: Index, source: Location, ledger: Ledger | None) -> Reconciliation | None:
    """Set every record's id from the ledger, and return the reconciliation; without a ledger, from the record."""
    if ledger is None:
        for number, made in index.connection.execute("SELECT file, made_id FROM record WHERE id != made_id").fetchall():
            _rename(index, number, made)
        return None
    entries = dict(_entries(index, source))
    files = [below(os.fsdecode(path), source) for (path,) in index.connection.execute("SELECT path FROM file")]
    known = reconcile(ledger.identities, {path: entry.claim for path, entry in entries.items()}, files)
    for path, entry in entries.items():
        if entry.id != known.ids[path]:
            _rename(index, entry.number, known.ids[path])
    return known


def ids_by_path(index: Index, source: Location) -> dict[str, str]:
    """Return the ids of records by path below the source."""
    return {path: entry.id for path, entry in _entries(index, source)}


def _entries(index: Index, source: Location) -> Iterator[tuple[str, _Entry]]:
    for path, number, identity, made, dedupe_keys, title, published, body in index.connection.execute(_RECORDS):
        claim = Claim(made, is_own(json.loads(dedupe_keys)), content_key(title, instant_of(published)), body)
        yield below(os.fsdecode(path), source), _Entry(number, identity, claim)


def _rename(index: Index, number: int, identity: str) -> None:
    rewrite(index, number, index.record(number)._replace(id=identity))
