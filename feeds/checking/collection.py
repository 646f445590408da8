"""Bring examined files together: the records that can go out and every problem, across files too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from feeds.checking.examination import Examined, examine_all
from feeds.checking.schema import RecordSchema
from feeds.problem import Problem
from feeds.reading.source import find_files
from feeds.record import Record


@dataclass(frozen=True, slots=True)
class Collection:
    """Hold what came of many files: records without errors, and all problems, sorted."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]


def read(*sources: Path | str, schema: Path | None = None, site: str = "") -> Collection:
    """Read and check the records in files and folders.

    `schema` is a JSON Schema of one's own, `site` the absolute address that site-relative images belong to.
    Raises CouldNotRun when a source is missing or the schema cannot be used.
    """
    return gather(examine_all(find_files([Path(source) for source in sources]), RecordSchema(schema), site))


def validate(*sources: Path | str, schema: Path | None = None, site: str = "") -> list[Problem]:
    """Return the problems of the records in files and folders, sorted; arguments and errors as for `read`."""
    return list(read(*sources, schema=schema, site=site).problems)


def gather(examined: Iterable[Examined]) -> Collection:
    """Bring examined files together; of published records with the same id only the oldest goes out."""
    good: list[Examined] = []
    problems: list[Problem] = []
    for file in examined:
        problems.extend(file.problems)
        if file.record:
            good.append(file)
    kept, doubles = _without_doubles(good)
    return Collection(tuple(kept), tuple(sorted([*problems, *doubles])))


def _without_doubles(files: list[Examined]) -> tuple[list[Record], list[Problem]]:
    first: dict[tuple[str, bool], str] = {}
    kept: list[Record] = []
    problems: list[Problem] = []
    for file, record in sorted(_records(files), key=lambda entry: (entry[1].published, entry[0].path)):
        identity = record.id, record.is_published
        if identity not in first:
            first[identity] = file.path
            kept.append(record)
        elif record.is_published and file.path != first[identity]:
            problems.append(_double(file.path, file.identity_at, first[identity]))
    return kept, problems


def _records(files: list[Examined]) -> list[tuple[Examined, Record]]:
    return [(file, file.record) for file in files if file.record]


def _double(path: str, place: tuple[int, int], other: str) -> Problem:
    message = f"the same article as {other}, which was there first"
    return Problem(path, *place, "duplicate-id", message, "remove one of the two, or give one an id of its own")
