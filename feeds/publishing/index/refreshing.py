"""Bring the index up to date with the files: only those that look otherwise than before are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from feeds.checking.collection import problems_of_twins
from feeds.checking.examination import Examined
from feeds.checking.policy import Policy
from feeds.checking.spreading import Spread
from feeds.checking.twins import without_twins
from feeds.problem import Problem
from feeds.publishing.index.database import Index, Known
from feeds.publishing.index.row import Job, Row, examine_for_index, path_key
from feeds.reading.source import Entry, mark_of, may_change_unseen

Track = Callable[[Iterable[Row], int], Iterable[Row]]

_UNKNOWN = Known("", b"")


class Refreshed(NamedTuple):
    """Say how many files were read, and whether one of them will have to be read again even if it looks the same."""

    read: int
    may_change_unseen: bool


def refresh(
    index: Index, entries: Iterable[Entry], policy: Policy, spread: Spread, track: Track, clock: int
) -> Refreshed:
    """Examine what has changed since the index was last refreshed.

    A file that changed at `clock`, in nanoseconds of the disk's clock, or a moment before it, may change again
    without looking otherwise; so it is read again the next time.
    """
    known = index.known()
    jobs: list[Job] = []
    marks: list[str] = []
    for entry in entries:
        mark, before = mark_of(entry), known.pop(path_key(entry), _UNKNOWN)
        if not mark or mark != before.mark:
            jobs.append(Job(entry, before.digest))
            marks.append("" if may_change_unseen(mark, clock) else mark)
    for path in known:
        index.remove(path)
    for row, mark in zip(track(spread(jobs, examine_for_index, policy), len(jobs)), marks, strict=True):
        index.put(row, mark if row.digest else "")  # what could not be read may be readable the next time
    return Refreshed(len(jobs), may_change_unseen="" in marks)


def hide_twins(index: Index, policy: Policy) -> list[Problem]:
    """Keep out all but the oldest of several records with the same id and status; return what is wrong with twins."""
    files, numbers = [], {}
    for path, marks, record, number in index.twins():
        files.append(Examined(path, record, (), marks))
        numbers[path] = number
    for kept in without_twins(files):
        del numbers[kept.path]
    index.hide(numbers.values())
    return problems_of_twins(files, (), policy)
