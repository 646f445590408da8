"""Update the index, and open it as a RecordStore."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError, Problem
from feeds.locations import below
from feeds.records.excluded_files import excluded_by
from feeds.secrets.problems import without_secrets
from feeds.sources.entry import Entry, path_of
from feeds.sources.files import find_files, find_folders
from feeds.store.assign_ids import identify
from feeds.store.cache_folder import index_in, temporary_index
from feeds.store.database import Index
from feeds.store.id_ledger import Ledger, read_ledger
from feeds.store.index_key import identity_of
from feeds.store.page_links import link_pages
from feeds.store.record_store import Origin, RecordStore
from feeds.store.refresh import refresh
from feeds.store.source_part import part_filter
from feeds.store.versions import merge_versions
from feeds.validation.context import ValidationContext, context_for
from feeds.validation.executor import Executor, serially
from feeds.validation.identity_doubts import problem_of

# https://www.sqlite.org/rescode.html, by their first byte
_REFUSED_BY_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}

Track = Callable[[Iterable[Entry], int], Iterable[Entry]]


def _without_progress(entries: Iterable[Entry], total: int) -> Iterable[Entry]:  # noqa: ARG001 - shape of Track
    """Show no progress."""
    return entries


class Reading(NamedTuple):
    """How records are read: the executor, and the display of progress.

    `rendering` is the executor that renders feeds, on this machine as the index is here.
    """

    executor: Executor = serially
    track: Track = _without_progress
    rendering: Executor = serially


HERE = Reading()


@contextmanager
def open_store(config: Config, now: datetime, reading: Reading = HERE) -> Iterator[RecordStore]:
    """Open the records of the source in their current state.

    Versions of an article that are dated after `now` are not merged yet. The index is kept in the folder `cache` of the
    configuration, if it is set; if that folder fails, the run only takes longer. Raises CouldNotRunError when the
    source is missing, the schema cannot be used or the disk has no room for temporary files.
    """
    context = context_for(config)
    with _translate_disk_errors(), ExitStack() as opened:
        store = _in_cache(opened, config.cache, context, now, reading) if config.cache else None
        yield store or _filled(opened.enter_context(temporary_index()), context, now, reading)


@contextmanager
def _translate_disk_errors() -> Iterator[None]:
    """Turn the errors of SQLite on a full or broken disk into a CouldNotRunError."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _REFUSED_BY_DISK:
            raise
        message = f"no temporary file can be written: {error}"  # SQLite does not say where
        raise CouldNotRunError(f"{message}; set TMPDIR to a folder that has room") from error


def _in_cache(
    opened: ExitStack, folder: Path, context: ValidationContext, now: datetime, reading: Reading
) -> RecordStore | None:
    """Return a store whose index is in a folder and stays open, or None if the folder fails."""
    try:
        with ExitStack() as attempt:
            store = _filled(attempt.enter_context(index_in(folder, identity_of(context))), context, now, reading)
            store.index.write()
            opened.push(attempt.pop_all())
            return store
    except sqlite3.Error:
        return None


def _filled(index_at: tuple[Index, int], context: ValidationContext, now: datetime, reading: Reading) -> RecordStore:
    (index, clock), config = index_at, context.config
    entries = list(find_files([config.source], config.output, excluded_by(config)))
    refreshed = refresh(index, reading.track(entries, len(entries)), context, reading.executor, clock)
    known = _assign_ids(index, context, map(path_of, entries))
    linked = link_pages(index, context, now)
    problems = [*index.problems(), *known.doubts, *linked, *merge_versions(index, context, known.originals, now)]
    if config.part:
        is_wanted = part_filter(config.part, config.source)
        index.leave_out(path for path in map(path_of, entries) if not is_wanted(path))
        problems = [problem for problem in problems if is_wanted(problem.path)]
    is_here = isinstance(config.source, Path) and isinstance(config.output, Path)
    origin = Origin(refreshed.read)
    # Checking object storage takes as long as a run, and a new ledger means that the next run differs.
    if clock and is_here and not refreshed.may_change_unseen and not known.new_ledger:
        origin = Origin(refreshed.read, _looked_at(context, entries), clock)
    shown = without_secrets(problems, index.secret_ngrams, index.secret_values, index.secret_batches)
    return RecordStore(context, index, tuple(sorted(shown)), origin, known.new_ledger)


class _AssignedIds(NamedTuple):
    new_ledger: Ledger | None = None  # if changed
    originals: frozenset[str] = frozenset()
    doubts: tuple[Problem, ...] = ()


def _assign_ids(index: Index, context: ValidationContext, paths: Iterable[str]) -> _AssignedIds:
    """Assign the ids of the ledger, if there is one."""
    config = context.config
    ledger = read_ledger(config.ledger)
    known = identify(index, config.source, ledger)
    if not known:
        return _AssignedIds()
    by_name = {below(path, config.source): path for path in paths}
    originals = frozenset(by_name[name] for name in known.originals())
    new_ledger = Ledger(known.identities)
    doubts = context.graded(problem_of(doubt, by_name[doubt.path]) for doubt in known.doubts)
    return _AssignedIds(None if new_ledger == ledger else new_ledger, originals, tuple(doubts))


def _looked_at(context: ValidationContext, entries: Iterable[Entry]) -> tuple[str, ...]:
    config = context.config
    shared = config.site.files if config.site else ()
    files = map(str, filter(None, (*context.schema.files, config.ledger, *shared)))
    folders = (folder.path for folder in find_folders(config.source, config.output, excluded_by(config)))
    return (*files, *folders, *map(path_of, entries))
