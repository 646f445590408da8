"""Check front matter against the JSON Schema (draft 2020-12) of a record, and against a schema of the user's own."""

from __future__ import annotations

import json
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feeds.diagnostics.problem import Problem, Route
from feeds.validation.emptiness import empty_routes, empty_value
from feeds.validation.route import without

if TYPE_CHECKING:
    from feeds.frontmatter.document import Document
    from feeds.validation.schema.complaint import Complaint
    from feeds.validation.schema.judgement import Judgement


class RecordSchema:
    """Check documents against the record schema and, if one is given, the user's schema as well.

    What the record schema says of known keys always holds, since the formats rely on it; which further keys may
    stand in a record is for the user's schema to say, also where it refers to the record schema. Raises
    CouldNotRunError if that schema cannot be used.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._own = own
        self.has_own = own is not None
        if own is not None:
            self._judgement  # noqa: B018 - a schema that cannot be used is told of before any record is read

    def problems(self, document: Document) -> list[Problem]:
        """Return what the schemas refuse in a document, at its exact place; what both refuse, once."""
        complaints, empty = self._complaints(document.data)
        # A value that aliases put in several places has its mistakes once.
        problems = {document.problem(c.route, c.rule, c.message, c.remedy, at_key=c.at_key) for c in complaints}
        return sorted(problems | {empty_value(document, route) for route in empty})

    def _complaints(self, data: Any) -> tuple[list[Complaint], frozenset[Route]]:
        """Return what is refused, and the routes of optional values that are only empty."""
        complaints = self._judgement.complaints(data)
        empty = empty_routes(data, complaints)
        while empty:
            keys = {route for route in empty if isinstance(route[-1], str)}  # entries of lists keep their numbers
            left = self._judgement.complaints(without(data, keys))
            needed = {(*complaint.route, key) for complaint in left for key in complaint.keys}
            if empty.isdisjoint(needed):
                return [complaint for complaint in left if complaint.route not in empty], empty
            empty -= needed
        return complaints, empty

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the files of the user's schema: its own, and those that it refers to."""
        return self._judgement.files if self._own else ()

    @cached_property
    def _judgement(self) -> Judgement:
        from feeds.validation.schema.judgement import Judgement  # noqa: PLC0415 - most records need no jsonschema

        return Judgement(record_schema(), self._own)


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
    package, place = Path(__file__).parents[2], f"schema/{name}.schema.json"
    # In the wheel the schemas lie inside the package, in a checkout beside it.
    inside = package / place
    return (inside if inside.is_file() else package.parent / place).read_text(encoding="utf-8")
