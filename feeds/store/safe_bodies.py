"""Cache the safe HTML of bodies that feeds show, as long as their records do not change."""

from collections.abc import Iterable, Iterator

from feeds.model.record import Record
from feeds.store.database import Index
from feeds.store.record_list import RecordList

Key = tuple[int, bytes]  # file number and digest of a record

_HTML = "SELECT html FROM safe_body WHERE file = ? AND digest = ?"


def unrendered(lists: Iterable[RecordList], index: Index) -> Iterator[tuple[Key, Record]]:
    """Yield each record with a body that is not cached, once."""
    seen = set(index.connection.execute("SELECT file, digest FROM safe_body"))
    for records in lists:
        for key in records.record_keys():
            if key not in seen:
                seen.add(key)
                record = index.record(key[0])
                if record.body:
                    yield key, record


def remember(index: Index, key: Key, html: str) -> None:
    """Store the safe body of a record."""
    index.connection.execute("INSERT OR REPLACE INTO safe_body VALUES (?, ?, ?)", (*key, html))


def safe_body(index: Index, key: Key) -> str | None:
    """Return the safe body of a record, if it is cached."""
    found = index.connection.execute(_HTML, key).fetchone()
    return found[0] if found else None
