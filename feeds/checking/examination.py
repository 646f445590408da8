"""Examine files one by one: the record that can go out, and every problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from feeds.checking.rules import rule_problems
from feeds.checking.schema import RecordSchema
from feeds.problem import Problem
from feeds.reading.document import Document, parse_document
from feeds.reading.making import make_record
from feeds.reading.source import read_bytes
from feeds.record import Record


@dataclass(frozen=True, slots=True)
class Examined:
    """Hold what came of one file: its record, unless an error holds it back, and its problems.

    `identity_at` is the line and column of what gives the record its id.
    """

    path: str
    record: Record | None
    problems: tuple[Problem, ...]
    identity_at: tuple[int, int] = (1, 1)


def examine(found: Path | Problem, schema: RecordSchema, site: str = "") -> Examined:
    """Read and check one file; `site` is the address that site-relative images belong to."""
    if isinstance(found, Problem):
        return Examined(found.path, None, (found,))
    content = read_bytes(found)
    if isinstance(content, Problem):
        return Examined(content.path, None, (content,))
    return examine_bytes(found.as_posix(), content, schema, site)


def examine_bytes(path: str, content: bytes, schema: RecordSchema, site: str = "") -> Examined:
    """Check what a file holds."""
    document = parse_document(path, content)
    if not isinstance(document, Document):
        return Examined(path, None, tuple(sorted(document)))
    problems = schema.problems(document) or sorted(rule_problems(document, site))
    if any(problem.is_error for problem in problems):
        return Examined(path, None, tuple(problems))
    return Examined(path, make_record(document, site), tuple(problems), _identity_at(document))


def examine_all(found: Iterable[Path | Problem], schema: RecordSchema, site: str = "") -> Iterator[Examined]:
    """Examine files one after the other, as they are asked for."""
    return (examine(entry, schema, site) for entry in found)


def _identity_at(document: Document) -> tuple[int, int]:
    key = next(key for key in ("id", "originalUrl", "webUrl") if document.data.get(key))
    return document.place((key,))
