"""The store of all valid records, from which selections are made."""

import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from feeds.diagnostics.problem import Problem
from feeds.model.selection import Selection, Status, as_of
from feeds.model.topic import unified_names, with_topics
from feeds.store.conditions import conditions_of, is_shown
from feeds.store.database import Index
from feeds.store.id_ledger import Ledger
from feeds.store.record_list import RecordList, Selected
from feeds.store.rows import instant_of, microseconds
from feeds.validation.context import ValidationContext

_TOPIC_COUNTS = "SELECT name, count(*) FROM topic WHERE file NOT IN (SELECT file FROM hidden) GROUP BY name"
_SELECTED = "SELECT file, published, digest, id, is_published FROM visible WHERE {} ORDER BY published DESC, id"
_NEXT_DUE = "SELECT min(published) FROM visible WHERE is_published AND published > ?"
_NEXT_EXPIRY = "SELECT min(expires) FROM visible WHERE is_published AND expires > ?"
_NEXT_UPDATE = "SELECT min(updated) FROM visible WHERE is_published AND updated > ?"
# CROSS: else SQLite looks through all files in the order of their paths.
_FUTURE_UPDATES = """SELECT file.path, visible.id, visible.updated FROM visible
    CROSS JOIN file ON file.number = visible.file
    WHERE is_published AND updated > ? AND published <= ? ORDER BY file.path"""
_STATUS_COUNTS = "SELECT is_published, published > ?, coalesce(expires <= ?, 0), count(*), min(published) FROM visible"
_COUNTS = """SELECT (SELECT count(*) FROM file WHERE number NOT IN (SELECT file FROM hidden WHERE is_elsewhere)),
    (SELECT count(*) FROM visible)"""


class Origin(NamedTuple):
    """The number of files read, the paths that were checked, and the time by the clock of the index's disk.

    The time is in nanoseconds since 1970; it is 0, without paths, if the next run has to check everything again.
    """

    read: int
    paths: tuple[str, ...] = ()
    clock: int = 0


class StatusCount(NamedTuple):
    """The number of records with the same status; `first` is when the first of them was or is due."""

    status: Status
    is_scheduled: bool
    has_expired: bool
    records: int
    first: datetime


class RecordStore:
    """The valid records and every problem, sorted, and their origin.

    `unified` maps each topic as written to its published name; `new_ledger` is the ledger of ids, if it has changed.
    """

    def __init__(
        self,
        context: ValidationContext,
        index: Index,
        problems: tuple[Problem, ...],
        origin: Origin,
        new_ledger: Ledger | None = None,
    ) -> None:
        self.context, self.index, self.problems = context, index, problems
        self.origin, self.new_ledger = origin, new_ledger
        self.topic_counts: Mapping[str, int] = dict(index.connection.execute(_TOPIC_COUNTS))
        self.unified = unified_names(self.topic_counts, context.config.topics.aliases)

    def select(self, selection: Selection, now: datetime) -> RecordList:
        """Return the records of a selection, newest first, then by id.

        Records dated after `now`, and those that have expired by then, are left out. Of two records with the same id,
        one published and one not, the published one is selected.
        """
        sql, parameters = is_shown(selection, self.unified, now)
        rows = self.index.connection.execute(_SELECTED.format(sql), parameters)
        wanted = _without_drafts(rows.fetchall()) if selection.status == "all" else rows
        found = (row[:3] for row in islice(wanted, selection.limit))
        selected = Selected(
            self.index,
            found,
            self.unified,
            lambda record: as_of(with_topics(record, self.unified), now),
            {*self._with_renamed_topics(), *self._not_yet_updated(now)},
        )
        return RecordList(selected, range(len(selected.files)))

    def status_counts(self, selection: Selection, now: datetime) -> Iterator[StatusCount]:
        """Yield the number of records by status at an instant; a selection's status and limit are ignored."""
        sql, parameters = conditions_of(selection, self.unified)
        query = f"{_STATUS_COUNTS} WHERE {sql} GROUP BY 1, 2, 3"
        rows = self.index.connection.execute(query, (*(microseconds(now),) * 2, *parameters))
        for is_published, is_scheduled, has_expired, records, first in rows:
            status: Status = "published" if is_published else "unpublished"
            yield StatusCount(status, bool(is_scheduled), bool(has_expired), records, instant_of(first))

    def count_files(self) -> tuple[int, int]:
        """Return the number of files, and of valid records in them."""
        files, records = self.index.connection.execute(_COUNTS).fetchone()
        return int(files), int(records)

    def next_due(self, instant: datetime) -> datetime | None:
        """Return when the first published record after an instant is due, or was, if any."""
        return self._first_after(instant, _NEXT_DUE)

    def next_change(self, now: datetime) -> datetime | None:
        """Return when the next record is due, expires or counts as updated, so that a build has another result."""
        changes = (self._first_after(now, query) for query in (_NEXT_DUE, _NEXT_EXPIRY, _NEXT_UPDATE))
        return min(filter(None, changes), default=None)

    def future_updates(self, now: datetime) -> list[tuple[str, str, datetime]]:
        """Return path, id and update of each published record that is updated after `now`."""
        rows = self.index.connection.execute(_FUTURE_UPDATES, (microseconds(now),) * 2)
        return [(os.fsdecode(path), identity, instant_of(updated)) for path, identity, updated in rows]

    def _first_after(self, instant: datetime, query: str) -> datetime | None:
        (first,) = self.index.connection.execute(query, (microseconds(instant),)).fetchone()
        return None if first is None else instant_of(first)

    def _with_renamed_topics(self) -> Iterator[int]:
        for written, name in self.unified.items():
            if written != name:
                rows = self.index.connection.execute("SELECT file FROM topic WHERE name = ?", (written,))
                yield from (file for (file,) in rows)

    def _not_yet_updated(self, now: datetime) -> Iterator[int]:
        rows = self.index.connection.execute("SELECT file FROM record WHERE updated > ?", (microseconds(now),))
        return (file for (file,) in rows)


def _without_drafts(rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Yield rows without those of drafts whose ids published records have too."""
    published = {row[3] for row in rows if row[4]}
    return (row for row in rows if row[4] or row[3] not in published)
