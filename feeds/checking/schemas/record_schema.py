"""Check front matter against the JSON Schema (draft 2020-12) of a record, and against a schema of the user's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from referencing import Registry
from referencing.jsonschema import DRAFT202012

from feeds.checking.schemas.complaint import Complaint, without_echoes
from feeds.checking.schemas.extension import extensible, unnamed_keys
from feeds.checking.schemas.refusal import Error
from feeds.checking.schemas.schema_map import SchemaMap
from feeds.checking.schemas.schema_message import complaints_of
from feeds.checking.schemas.validator import validator_of
from feeds.problem import CouldNotRun, Problem

if TYPE_CHECKING:
    from feeds.reading.document import Document


class RecordSchema:
    """Check documents against the record schema and, if one is given, the user's schema as well.

    What the record schema says of known keys always holds, since the formats rely on it; which further keys may
    stand in a record is for the user's schema to say, also where it refers to the record schema. Raises
    CouldNotRun if that schema cannot be used.
    """

    def __init__(self, own: Path | None = None) -> None:
        record = record_schema()
        registry = Registry().with_resource(record["$id"], DRAFT202012.create_resource(record)).crawl()
        self._record, self._record_map = validator_of(record, registry), SchemaMap(record, registry)
        self._own: Any = None
        self._own_path = own
        if own:
            from feeds.checking.schemas.schema_file import read_schema  # noqa: PLC0415 - few users have a schema of their own

            root, registry = read_schema(own, extensible(record))
            self._own, self._own_map = validator_of(root, registry), SchemaMap(root, registry)

    def problems(self, document: Document) -> list[Problem]:
        """Return what the schemas refuse in a document, at its exact place; what both refuse, once."""
        complaints = complaints_of(self._errors(document.data), self._record_map)
        if self._own:
            complaints = without_echoes([*complaints, *self._own_complaints(document.data)])
        # A value that aliases repeat has one place, and is told of once.
        return sorted(
            {
                document.problem(each.route, each.rule, each.message, each.remedy, at_key=each.at_key)
                for each in complaints
            }
        )

    def _errors(self, data: Any) -> Iterator[Error]:
        for error in self._record.iter_errors(data):
            if not (self._own and error.validator == "additionalProperties"):
                yield error

    def _own_complaints(self, data: Any) -> list[Complaint]:
        try:
            return [*complaints_of(self._own.iter_errors(data), self._own_map), *unnamed_keys(data, self._own_map)]
        except RecursionError:
            raise CouldNotRun(f"{self._own_path}: the schema goes too deep for what a record holds") from None


@cache
def record_schema() -> dict[str, Any]:
    """Return the JSON Schema of a record."""
    schema: dict[str, Any] = json.loads(record_schema_text())
    return schema


def record_schema_text() -> str:
    """Return the JSON Schema of a record as it is written."""
    return _schema_text("record")


def report_schema_text() -> str:
    """Return the JSON Schema of what `feeds validate --format json` prints, as it is written."""
    return _schema_text("report")


def _schema_text(name: str) -> str:
    package, place = files("feeds"), f"schema/{name}.schema.json"
    # In the wheel the schemas lie inside the package, in a checkout beside it.
    inside = package / place
    return (inside if inside.is_file() else Path(str(package)).parent / place).read_text(encoding="utf-8")
