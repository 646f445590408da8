"""Translate a selection to SQL."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from feeds.model.selection import Selection
from feeds.model.topic import topic_key
from feeds.store.rows import microseconds

_OF_TOPIC = "file IN (SELECT file FROM topic WHERE name IN (SELECT value FROM json_each(?)))"


class Conditions(NamedTuple):
    """The conditions on rows of records."""

    sql: str
    parameters: tuple[object, ...]


def conditions_of(selection: Selection, unified: Mapping[str, str]) -> Conditions:
    """Return the conditions of a selection, without status and limit; `unified` maps written topics to their names."""
    pairs = [*_pairs(selection, unified)]
    return Conditions(" AND ".join(["1", *(sql for sql, _ in pairs)]), tuple(value for _, value in pairs))


def is_shown(selection: Selection, unified: Mapping[str, str], now: datetime) -> Conditions:
    """Return the conditions of a selection for records that are due at an instant and have not expired."""
    sql, parameters = conditions_of(selection, unified)
    sql += " AND published <= ? AND (expires IS NULL OR expires > ?)"
    parameters = (*parameters, *(microseconds(now),) * 2)
    if selection.status == "all":
        return Conditions(sql, parameters)
    # The plus keeps SQLite from the index of pages, after which it would have to sort.
    return Conditions(f"{sql} AND +is_published = ?", (*parameters, selection.status == "published"))


def _pairs(selection: Selection, unified: Mapping[str, str]) -> Iterator[tuple[str, object]]:
    if selection.topics:
        yield _OF_TOPIC, _written_names(selection.topics, unified)
    if selection.exclude_topics:
        yield f"NOT {_OF_TOPIC}", _written_names(selection.exclude_topics, unified)
    if selection.type:
        yield "type = ?", selection.type
    if selection.since:
        yield "published >= ?", microseconds(selection.since)
    if selection.until:
        yield "published <= ?", microseconds(selection.until)
    if selection.min_quality is not None:
        yield "quality >= ?", selection.min_quality


def _written_names(topics: tuple[str, ...], unified: Mapping[str, str]) -> str:
    keys = {topic_key(name) for name in topics}
    return json.dumps([written for written, name in unified.items() if topic_key(name) in keys])
