"""Bring the index up to date, and open it for what is to be done with the records."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError, Problem
from feeds.exclusion import excluded_by
from feeds.locations import below
from feeds.parallel.executor import Executor, serially
from feeds.sources.files import Entry, find_files, find_folders, path_of
from feeds.store.assign_ids import identify
from feeds.store.cache_folder import index_in, temporary_index
from feeds.store.database import Index
from feeds.store.id_ledger import Ledger, read_ledger
from feeds.store.index_key import identity_of
from feeds.store.query import StoreQueries
from feeds.store.refresh import refresh
from feeds.store.versions import merge_versions
from feeds.validation.context import ValidationContext, context_for
from feeds.validation.identity_doubts import problem_of

# https://www.sqlite.org/rescode.html, by their first byte
_REFUSED_BY_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}

T = TypeVar("T")

Track = Callable[[Iterable[Entry], int], Iterable[Entry]]


def untracked(entries: Iterable[Entry], total: int) -> Iterable[Entry]:  # noqa: ARG001 - shape of Track
    """Watch nothing while files are examined."""
    return entries


@dataclass(frozen=True, slots=True)
class Reading:
    """Say how records are read: where the work is done, and who watches it go by.

    `rendering` is where feeds are rendered: on this machine, as the records of all feeds lie here.
    """

    executor: Executor = serially
    track: Track = untracked
    rendering: Executor = serially


HERE = Reading()


@dataclass(frozen=True, slots=True)
class Origin:
    """Say how many files were read, what was looked at, and when by the clock of the index's disk.

    The time is nanoseconds since 1970. It is 0, and there are no paths, when the next run has to look again.
    """

    read: int
    paths: tuple[str, ...] = ()
    clock: int = 0


@dataclass(frozen=True, slots=True)
class RecordStore:
    """Hold the records that can go out and every problem, sorted, and where they come from.

    `ledger` is the new ledger of ids, if it has changed.
    """

    context: ValidationContext
    index: Index
    queries: StoreQueries
    problems: tuple[Problem, ...]
    origin: Origin
    ledger: Ledger | None = None


def with_store(config: Config, use: Callable[[RecordStore], T], now: datetime, reading: Reading = HERE) -> T:
    """Return what is made of the records of the source, as they are now.

    Versions of an article that are dated after `now` wait for their date, as every record does.
    What is known of them is kept in the folder `cache` of the configuration, if it names one; a folder that fails
    costs time and nothing else. Raises CouldNotRunError when the source is missing, the schema cannot be used or the
    disk has no room for temporary files.
    """
    context = context_for(config)
    if config.cache:
        try:
            return _used(index_in(config.cache, identity_of(context)), context, use, now, reading)
        except sqlite3.Error:
            pass
    try:
        return _used(temporary_index(), context, use, now, reading)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _REFUSED_BY_DISK:
            raise
        message = f"no temporary file can be written: {error}"  # SQLite does not say where
        raise CouldNotRunError(f"{message}; set TMPDIR to a folder that has room") from error


def _used(
    opening: AbstractContextManager[tuple[Index, int]],
    context: ValidationContext,
    use: Callable[[RecordStore], T],
    now: datetime,
    reading: Reading,
) -> T:
    config = context.config
    entries = list(find_files([config.source], config.output, excluded_by(config)))
    with opening as (index, clock):
        refreshed = refresh(index, reading.track(entries, len(entries)), context, reading.executor, clock)
        known = _known_ids(index, context, map(path_of, entries))
        problems = [*index.problems(), *known.doubts, *merge_versions(index, context, known.originals, now)]
        is_here = isinstance(config.source, Path) and isinstance(config.output, Path)
        origin = Origin(refreshed.read)
        # How storage elsewhere looks takes a whole run, and after a new ledger there is something else to say.
        if clock and is_here and not refreshed.may_change_unseen and not known.new_ledger:
            origin = Origin(refreshed.read, _looked_at(context, entries), clock)
        queries = StoreQueries(index, config.topics.aliases)
        return use(RecordStore(context, index, queries, tuple(sorted(problems)), origin, known.new_ledger))


class _KnownIds(NamedTuple):
    new_ledger: Ledger | None = None  # if it has changed
    originals: frozenset[str] = frozenset()
    doubts: tuple[Problem, ...] = ()


def _known_ids(index: Index, context: ValidationContext, paths: Iterable[str]) -> _KnownIds:
    """Give records the ids of the ledger, if there is one."""
    config = context.config
    ledger = read_ledger(config.ledger) if config.ledger else None
    known = identify(index, config.source, ledger)
    if not known:
        return _KnownIds()
    by_name = {below(path, config.source): path for path in paths}
    originals = frozenset(by_name[name] for name in known.originals())
    new_ledger = Ledger(known.identities)
    doubts = context.graded(problem_of(doubt, by_name[doubt.path]) for doubt in known.doubts)
    return _KnownIds(None if new_ledger == ledger else new_ledger, originals, tuple(doubts))


def _looked_at(context: ValidationContext, entries: Iterable[Entry]) -> tuple[str, ...]:
    config = context.config
    shared = config.site.files if config.site else ()
    files = map(str, filter(None, (*context.schema.files, config.ledger, *shared)))
    folders = (folder.path for folder in find_folders(config.source, config.output, excluded_by(config)))
    return (*files, *folders, *map(path_of, entries))
