"""Update the index; only files with new fingerprints are read."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from feeds.sources.entry import Entry, path_of
from feeds.sources.files import fingerprint_of, may_change_unseen
from feeds.store.database import FileRow, Index
from feeds.store.rows import Job, index_row_of, path_key
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
    done = Refreshed()
    known = index.fingerprints()
    looks: deque[tuple[str, bool]] = deque()  # fingerprint of each pending file, and whether it is indexed

    def jobs() -> Iterator[Job]:
        for entry in entries:
            fingerprint, before = fingerprint_of(entry), known.pop(path_of(entry), None)
            if not fingerprint or fingerprint != before:
                looks.append((fingerprint, before is not None))
                yield Job(entry, b"" if before is None else index.digest(path_key(entry)))

    new: list[FileRow] = []
    for row in executor(jobs(), index_row_of, context):
        fingerprint, is_known = looks.popleft()
        is_settled = row.digest and not may_change_unseen(fingerprint, clock)
        file = FileRow(row, fingerprint if is_settled else "")
        if is_known:
            index.update(file)
        else:
            new.append(file)
        if len(new) == _BATCH:
            index.put(new)
            new.clear()
        done.read += 1
        done.may_change_unseen |= not is_settled
    index.put(new)
    for path in known:
        index.remove(path_key(path))
    index.create_indexes()
    return done
