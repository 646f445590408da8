"""Choose records of the index by a selection, newest first; nothing is loaded before it is asked for."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from feeds.formats import csv_table
from feeds.model.record import Record
from feeds.model.selection import Selection, Status, as_of
from feeds.model.topic import topic_key, unified_names, with_topics
from feeds.store.database import Index
from feeds.store.rows import instant_of, microseconds
from feeds.store.serialize import unpack_record

_RENAMED = "INSERT INTO renamed SELECT DISTINCT file FROM topic JOIN spelling USING (name) WHERE name != unified"
_NOT_YET_UPDATED = "INSERT OR IGNORE INTO renamed SELECT file FROM record WHERE updated > ?"
_TOPIC_COUNTS = "SELECT name, count(*) FROM topic WHERE file NOT IN (SELECT file FROM hidden) GROUP BY name"
_TOPICS_OF_FILES = """SELECT DISTINCT unified FROM json_each(?) JOIN topic ON topic.file = json_each.value
    JOIN spelling USING (name)"""
_WITH_TOPIC = "file IN (SELECT topic.file FROM topic JOIN spelling USING (name) WHERE unified = ?)"
_WITH_ANY_KEY = """file IN (SELECT topic.file FROM topic JOIN spelling USING (name)
    WHERE key IN (SELECT value FROM json_each(?)))"""
_WITH_LABEL = """(file IN (SELECT file FROM label WHERE field = ? AND value IN (SELECT value FROM json_each(?)))
    OR (? AND file NOT IN (SELECT file FROM label WHERE field = ?)))"""
_IN_DRAFT_BESIDE_PUBLISHED = """DELETE FROM chosen WHERE file IN (
    SELECT draft.file FROM record AS draft JOIN record USING (id)
    WHERE NOT draft.is_published AND record.is_published AND record.file IN (SELECT file FROM chosen))"""

_ON_SHOW = "published <= ? AND (expires IS NULL OR expires > ?)"
_NEXT_DUE = "SELECT min(published) FROM visible WHERE is_published AND published > ?"
_NEXT_EXPIRY = "SELECT min(expires) FROM visible WHERE is_published AND expires > ?"
_STANDINGS = "SELECT is_published, published > ?, coalesce(expires <= ?, 0), count(*), min(published) FROM visible"
_NEXT_UPDATE = "SELECT min(updated) FROM visible WHERE is_published AND updated > ?"
_FUTURE_UPDATES = """SELECT file.path, visible.id, visible.updated FROM visible JOIN file ON file.number = visible.file
    WHERE is_published AND updated > ? AND published <= ? ORDER BY file.path"""
_BEYOND_LIMIT = "DELETE FROM chosen WHERE rank NOT IN (SELECT rank FROM chosen ORDER BY rank LIMIT ?)"


class _Condition(NamedTuple):
    """Restrict a query."""

    sql: str
    parameters: tuple[object, ...] = ()


class StatusCount(NamedTuple):
    """Count the records that are alike in this; `first` is when the first of them was or is due."""

    status: Status
    is_scheduled: bool
    has_expired: bool
    records: int
    first: datetime


class RecordQuery:
    """Name some of the chosen records, newest first, then by id."""

    def __init__(self, index: Index, corrected: Callable[[Record], Record], *conditions: _Condition) -> None:
        self._connection, self._index, self._corrected = index.connection, index, corrected
        self._conditions = conditions
        self._where = " AND ".join(["1", *(condition.sql for condition in conditions)])
        self._parameters = tuple(value for condition in conditions for value in condition.parameters)

    def __len__(self) -> int:
        """Return how many records there are."""
        return int(next(self._rows("count(*)"))[0])

    def records(self, limit: int | None = None) -> Iterator[Record]:
        """Yield the records, with unified topics and as they are now, at most the newest so many."""
        for (content,) in self._rows("content", "JOIN content USING (file)", limit):
            yield self._corrected(unpack_record(content))

    def listed(self, limit: int | None = None) -> Iterator[tuple[str, str, str, bytes]]:
        """Yield id, title, link and digest of the records, at most of the newest so many."""
        return self._rows("id, title, link, digest", limit=limit)

    def instants(self) -> Iterator[datetime]:
        """Yield when the records were published."""
        return (instant_of(published) for (published,) in self._rows("published"))

    def digests(self, limit: int | None = None) -> Iterator[bytes]:
        """Yield what stands for the records as they are, at most for the newest so many."""
        return (digest for (digest,) in self._rows("digest", limit=limit))

    def places(self) -> Iterator[tuple[int, bytes]]:
        """Yield for each record its place among all that are chosen, and what stands for the record as it is."""
        return self._rows("rank, digest")

    def lines(self) -> Iterator[bytes]:
        """Yield the records' lines in CSV."""
        rewritten = "SELECT content FROM content JOIN renamed USING (file) WHERE file = record.file"
        for line, content in self._rows(f"line, ({rewritten})", "JOIN line USING (file)"):
            yield csv_table.line(self._corrected(unpack_record(content))) if content else line

    def has_only_plain_lines(self) -> bool:
        """Tell whether every line is as the index has it, with nothing that could be wrong."""
        doubtful = _Condition("(file IN (SELECT file FROM line WHERE NOT is_plain) OR file IN renamed)")
        return len(RecordQuery(self._index, self._corrected, *self._conditions, doubtful)) == 0

    def topic_counts(self) -> dict[str, int]:
        """Return how many of the records each topic has."""
        joined = "JOIN topic USING (file) JOIN spelling USING (name)"
        query = f"SELECT unified, count(DISTINCT file) FROM chosen {joined} WHERE {self._where} GROUP BY unified"  # noqa: S608 - no user's text
        return dict(self._connection.execute(query, self._parameters))

    def topics(self, limit: int) -> list[str]:
        """Return the topics of the newest so many."""
        files = json.dumps([file for (file,) in self._rows("file", limit=limit)])
        return sorted(name for (name,) in self._connection.execute(_TOPICS_OF_FILES, (files,)))

    def newest(self) -> tuple[str, str, datetime] | None:
        """Return title, link and instant of the newest, if there is any."""
        for title, link, published in self._rows("title, link, published", limit=1):
            return title, link, instant_of(published)
        return None

    def counts_since(self, start: datetime, period: timedelta) -> dict[int, int]:
        """Return how many were published in each period from an instant on, by the period's number, from 0."""
        first, length = microseconds(start), period // timedelta(microseconds=1)
        numbered = "SELECT (published - ?) / ? AS period, count(*) FROM chosen JOIN record USING (file)"
        query = f"{numbered} WHERE published >= ? AND {self._where} GROUP BY period"
        return dict(self._connection.execute(query, (first, length, first, *self._parameters)))

    def of_topic(self, topic: str) -> RecordQuery:
        """Return those that have a topic."""
        return RecordQuery(self._index, self._corrected, *self._conditions, _Condition(_WITH_TOPIC, (topic,)))

    def label_counts(self, field: str) -> dict[str, int]:
        """Return how many of the records have each value of a field that feeds are made by; "" is none."""
        labels = "LEFT JOIN (SELECT file, value FROM label WHERE field = ?) USING (file)"
        query = f"""SELECT coalesce(value, ''), count(*) FROM chosen JOIN record USING (file) {labels}
            WHERE {self._where} GROUP BY 1"""  # noqa: S608 - no user's text
        return dict(self._connection.execute(query, (field, *self._parameters)))

    def of_label(self, field: str, values: Collection[str]) -> RecordQuery:
        """Return those that have one of the values in a field; "" is none."""
        labelled = _Condition(_WITH_LABEL, (field, json.dumps([*values]), "" in values, field))
        return RecordQuery(self._index, self._corrected, *self._conditions, labelled)

    def count_since(self, instant: datetime) -> int:
        """Return how many were published at an instant or later."""
        return len(self.narrowed(Selection(since=instant)))

    def between(self, first: int, last: int) -> RecordQuery:
        """Return those whose places among all that are chosen are between two, which count in."""
        ranked = _Condition("rank BETWEEN ? AND ?", (first, last))
        return RecordQuery(self._index, self._corrected, *self._conditions, ranked)

    def narrowed(self, selection: Selection) -> RecordQuery:
        """Return those that a selection wants too, its status and limit aside."""
        return RecordQuery(self._index, self._corrected, *self._conditions, *_conditions(selection))

    def _rows(self, columns: str, joined: str = "", limit: int | None = None) -> Iterator[tuple[Any, ...]]:
        query = (
            f"SELECT {columns} FROM chosen JOIN record USING (file) {joined} WHERE {self._where} ORDER BY rank LIMIT ?"  # noqa: S608 - no user's text
        )
        return self._connection.execute(query, (*self._parameters, -1 if limit is None else limit))


class StoreQueries:
    """Hold the records of an index ready to be chosen from; topics are unified over all of them."""

    def __init__(self, index: Index, aliases: Mapping[str, str]) -> None:
        self._index = index
        self.unified = unified_names(dict(index.connection.execute(_TOPIC_COUNTS)), aliases)
        rows = ((name, unified, topic_key(unified)) for name, unified in self.unified.items())
        index.connection.executemany("INSERT INTO spelling VALUES (?, ?, ?)", rows)
        index.connection.execute(_RENAMED)

    def choose(self, selection: Selection, now: datetime) -> RecordQuery:
        """Return what a selection wants; an earlier choice is then no longer valid.

        Records dated after `now` are held until they are due, and those that have expired by then are left out. Of two
        records with the same id, one published and one not, the published one is chosen.
        """
        conditions = [*_conditions(selection), *_status(selection), _Condition(_ON_SHOW, (microseconds(now),) * 2)]
        where = " AND ".join(condition.sql for condition in conditions)
        parameters = [value for condition in conditions for value in condition.parameters]
        query = f"INSERT INTO chosen (file) SELECT file FROM visible WHERE {where} ORDER BY published DESC, id"  # noqa: S608 - no user's text
        self._index.connection.execute("DELETE FROM chosen")
        self._index.connection.execute(query, parameters)
        if selection.status == "all":
            self._index.connection.execute(_IN_DRAFT_BESIDE_PUBLISHED)
        if selection.limit is not None:
            self._index.connection.execute(_BEYOND_LIMIT, (selection.limit,))
        self._index.connection.execute(_NOT_YET_UPDATED, (microseconds(now),))
        return RecordQuery(self._index, lambda record: as_of(with_topics(record, self.unified), now))

    def status_counts(self, selection: Selection, now: datetime) -> Iterator[StatusCount]:
        """Yield how many records stand how at an instant; of a selection, status and limit do not count."""
        conditions = [*_conditions(selection)]
        where = " AND ".join(["1", *(condition.sql for condition in conditions)])
        parameters = [value for condition in conditions for value in condition.parameters]
        query = f"{_STANDINGS} WHERE {where} GROUP BY 1, 2, 3"
        rows = self._index.connection.execute(query, (*(microseconds(now),) * 2, *parameters))
        for is_published, is_scheduled, has_expired, records, first in rows:
            status: Status = "published" if is_published else "unpublished"
            yield StatusCount(status, bool(is_scheduled), bool(has_expired), records, instant_of(first))

    def next_due(self, now: datetime) -> datetime | None:
        """Return when the next scheduled record is due, if any is."""
        return self._first_after(now, _NEXT_DUE)

    def next_expiry(self, now: datetime) -> datetime | None:
        """Return when the next published record expires, if any does."""
        return self._first_after(now, _NEXT_EXPIRY)

    def oldest_since(self, instant: datetime) -> datetime | None:
        """Return when the first published record after an instant was published, if there is any."""
        return self._first_after(instant, _NEXT_DUE)

    def next_update(self, now: datetime) -> datetime | None:
        """Return when the next update that does not count yet will, if there is any."""
        return self._first_after(now, _NEXT_UPDATE)

    def future_updates(self, now: datetime) -> list[tuple[str, str, datetime]]:
        """Return path, id and update of each published record that was updated after `now`."""
        rows = self._index.connection.execute(_FUTURE_UPDATES, (microseconds(now),) * 2)
        return [(os.fsdecode(path), identity, instant_of(updated)) for path, identity, updated in rows]

    def _first_after(self, now: datetime, query: str) -> datetime | None:
        (first,) = self._index.connection.execute(query, (microseconds(now),)).fetchone()
        return None if first is None else instant_of(first)


def _conditions(selection: Selection) -> Iterator[_Condition]:
    if selection.topics:
        yield _Condition(_WITH_ANY_KEY, (_keys(selection.topics),))
    if selection.exclude_topics:
        yield _Condition(f"NOT {_WITH_ANY_KEY}", (_keys(selection.exclude_topics),))
    if selection.type:
        yield _Condition("type = ?", (selection.type,))
    if selection.since:
        yield _Condition("published >= ?", (microseconds(selection.since),))
    if selection.until:
        yield _Condition("published <= ?", (microseconds(selection.until),))
    if selection.min_quality is not None:
        yield _Condition("quality >= ?", (selection.min_quality,))


def _status(selection: Selection) -> Iterator[_Condition]:
    if selection.status != "all":
        yield _Condition("is_published = ?", (selection.status == "published",))


def _keys(topics: tuple[str, ...]) -> str:
    return json.dumps([topic_key(name) for name in topics])
