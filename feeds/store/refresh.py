"""Update the index; only files with new fingerprints are read."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from feeds.sources.entry import Entry, path_of
from feeds.sources.files import fingerprint_of, may_change_unseen
from feeds.store.database import FileRow, Index
from feeds.store.rows import Job, Row, index_row_of, path_key
from feeds.store.versions import separate_versions
from feeds.validation.context import ValidationContext
from feeds.validation.executor import Executor

_BATCH = 300  # files that are inserted at once


@dataclass
class Refreshed:
    """The number of files read, and whether one of them must be read again even with the same fingerprint."""

    read: int = 0
    may_change_unseen: bool = False


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
    for row in executor(changes.jobs(entries), index_row_of, context):
        file, is_known = changes.file_of(row)
        if is_known:
            index.update(file)
        else:
            new.append(file)
        if len(new) == _BATCH:
            index.put(new)
            new.clear()
    index.put(new)
    for path in changes.gone:
        index.remove(path_key(path))
    index.create_indexes()
    return changes.done


@dataclass
class _Changes:
    """The files whose fingerprints are not those in the index, and what was seen of them."""

    index: Index
    clock: int
    done: Refreshed = field(default_factory=Refreshed)

    def __post_init__(self) -> None:
        self.gone = self.index.fingerprints()  # those that are not found
        self._looks = deque[tuple[str, bool]]()  # fingerprint of each pending file, and whether it is indexed

    def jobs(self, entries: Iterable[Entry]) -> Iterator[Job]:
        for entry in entries:
            fingerprint, before = fingerprint_of(entry), self.gone.pop(path_of(entry), None)
            if not fingerprint or fingerprint != before:
                self._looks.append((fingerprint, before is not None))
                yield Job(entry, b"" if before is None else self.index.digest(path_key(entry)))

    def file_of(self, row: Row) -> tuple[FileRow, bool]:
        """Return the next file with its row, and whether it is in the index."""
        fingerprint, is_known = self._looks.popleft()
        is_settled = row.digest and not may_change_unseen(fingerprint, self.clock)
        self.done.read += 1
        self.done.may_change_unseen |= not is_settled
        return FileRow(row, fingerprint if is_settled else ""), is_known
