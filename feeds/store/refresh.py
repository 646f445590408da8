"""Update the index; only files with new fingerprints are read."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from feeds.sources.entry import Entry, path_of
from feeds.sources.files import fingerprint_of, may_change_unseen
from feeds.store.database import FileRow, Index
from feeds.store.rows import FileTask, Row, index_row_of, path_key
from feeds.store.versions import separate_versions
from feeds.validation.context import ValidationContext
from feeds.validation.executor import Executor

_BATCH = 300  # files that are inserted at once


class Refreshed(NamedTuple):
    """The number of files read, and whether one of them must be read again even with the same fingerprint."""

    read: int
    may_change_unseen: bool


def refresh(
    index: Index, entries: Iterable[Entry], context: ValidationContext, executor: Executor, clock: int
) -> Refreshed:
    """Index the files that have changed since the last refresh.

    A file that changed at or just before `clock`, in nanoseconds by the disk's clock, may change again with the same
    fingerprint, so it is read again the next time.
    """
    separate_versions(index)
    changes = _Changes(index, clock)
    new: list[FileRow] = []
    for row in executor(changes.tasks(entries), index_row_of, context):
        file, is_known = changes.file_of(row)
        if is_known:
            index.update(file)
        else:
            new.append(file)
        if len(new) == _BATCH:
            index.put(new)
            new.clear()
    index.put(new)
    for path in changes.removed:
        index.remove(path_key(path))
    index.create_indexes()
    return Refreshed(changes.read, changes.may_change_unseen)


class _Changes:
    """The files whose fingerprints are not those in the index, those that are `removed`, and what was read."""

    def __init__(self, index: Index, clock: int) -> None:
        self._index, self._clock = index, clock
        self.removed = index.fingerprints()  # until they are found
        self.read, self.may_change_unseen = 0, False
        self._pending = deque[tuple[str, bool]]()  # fingerprint of each file, and whether it is indexed

    def tasks(self, entries: Iterable[Entry]) -> Iterator[FileTask]:
        for entry in entries:
            fingerprint, before = fingerprint_of(entry), self.removed.pop(path_of(entry), None)
            if not fingerprint or fingerprint != before:
                self._pending.append((fingerprint, before is not None))
                yield FileTask(entry, b"" if before is None else self._index.digest(path_key(entry)))

    def file_of(self, row: Row) -> tuple[FileRow, bool]:
        """Return the next file with its row, and whether it is in the index."""
        fingerprint, is_known = self._pending.popleft()
        is_settled = row.digest and not may_change_unseen(fingerprint, self._clock)
        self.read += 1
        self.may_change_unseen |= not is_settled
        return FileRow(row, fingerprint if is_settled else ""), is_known
