"""Answer what curators ask of the records that were chosen last, and of the whole index."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from feeds.model.record import Record
from feeds.store.database import Index
from feeds.store.rows import instant_of

_NEWEST = """SELECT path, title, published FROM chosen JOIN record USING (file) JOIN file ON number = file
    ORDER BY rank LIMIT 1"""
_OLDEST = _NEWEST.replace("rank", "rank DESC")
# A packed record is a list of its fields; it is kept as bytes, of which older SQLite would make no JSON.
_LACKING = """
WITH packed AS (SELECT rank, file, CAST(content AS TEXT) AS text FROM chosen JOIN content USING (file)),
    looked_at AS (
        SELECT rank, file, json_array_length(text, :image) = 0 AS image,
            json_extract(text, :excerpt) = '' AS excerpt,
            NOT EXISTS (SELECT * FROM topic WHERE topic.file = packed.file) AS topic,
            json_type(text, :provider) = 'null' AS provider
        FROM packed)
SELECT path, title, published, image, excerpt, topic, provider
FROM looked_at JOIN record USING (file) JOIN file ON number = file
WHERE image OR excerpt OR topic OR provider ORDER BY rank
"""
_FIELDS = {"image": "images", "excerpt": "excerpt", "provider": "provider"}
_RESPELLED = """SELECT name, unified, count(*) FROM topic JOIN spelling USING (name)
    WHERE name != unified AND file NOT IN (SELECT file FROM hidden) GROUP BY name ORDER BY unified, name"""
_FILES = "SELECT (SELECT count(*) FROM file), (SELECT count(*) FROM visible)"

WHAT_MAY_LACK = ("image", "excerpt", "topic", "provider")


class RankedItem(NamedTuple):
    """Name a record by its file, with its title and when it was published."""

    path: str
    title: str
    published: datetime


class Respelled(NamedTuple):
    """Say which name a topic has in feeds, and how many records write it otherwise."""

    written: str
    name: str
    records: int


def newest(index: Index) -> RankedItem | None:
    """Return the newest of the chosen records, if any."""
    return _found(index, _NEWEST)


def oldest(index: Index) -> RankedItem | None:
    """Return the oldest of the chosen records, if any."""
    return _found(index, _OLDEST)


def lacking(index: Index) -> Iterator[tuple[RankedItem, list[str]]]:
    """Yield each chosen record that lacks some of WHAT_MAY_LACK, newest first, and what it lacks."""
    places = {name: f"$[{Record.__slots__.index(field)}]" for name, field in _FIELDS.items()}
    for path, title, published, *flags in index.connection.execute(_LACKING, places):
        lacks = [what for what, flag in zip(WHAT_MAY_LACK, flags, strict=True) if flag]
        yield RankedItem(os.fsdecode(path), title, instant_of(published)), lacks


def respelled(index: Index) -> list[Respelled]:
    """Return the names of topics that are not published as they are written, by the name that is published."""
    return [Respelled(*row) for row in index.connection.execute(_RESPELLED)]


def count_files(index: Index) -> tuple[int, int]:
    """Return how many files there are, and how many records that can go out came of them."""
    files, records = index.connection.execute(_FILES).fetchone()
    return int(files), int(records)


def _found(index: Index, query: str) -> RankedItem | None:
    found = index.connection.execute(query).fetchone()
    return RankedItem(os.fsdecode(found[0]), found[1], instant_of(found[2])) if found else None
