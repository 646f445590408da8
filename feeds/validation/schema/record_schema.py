"""Validate front matter by the JSON Schema (draft 2020-12) of a record, and by a user's schema."""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feeds.diagnostics.problem import Problem, Route
from feeds.validation.emptiness import empty_routes, empty_value, is_within, with_empty_parts
from feeds.validation.route import without
from feeds.validation.schema.compiled import Predicate, compile_schema, is_of_json
from feeds.validation.schema.own_schemas import Schema, record_schema
from feeds.validation.schema.plain_schema import plain_formats, plain_open_schema, plain_schema, valid_schema

if TYPE_CHECKING:
    from feeds.frontmatter.document import Document
    from feeds.validation.schema.schema_problem import SchemaProblem
    from feeds.validation.schema.schema_validator import SchemaValidator


class RecordSchema:
    """The record schema and, if there is one, the user's schema.

    The record schema always applies to known keys, since the formats rely on it; the user's schema decides which
    further keys are allowed, even if it refers to the record schema. Raises CouldNotRunError if it cannot be used.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._own = own
        self.has_own = own is not None
        if own is not None:
            self._validator  # noqa: B018 - a schema that cannot be used is reported before any record is read

    def problems(self, document: Document) -> list[Problem]:
        """Return the problems of a document by both schemas, with spans and without duplicates."""
        if not self._own and _is_surely_valid(document):
            return []
        found, empty = self._problems(document.data)
        # A value that aliases repeat has its problems once.
        problems = {document.problem(p.route, p.rule, p.message, p.remedy, at_key=p.at_key) for p in found}
        return sorted(problems | {empty_value(document, route, part) for route, part in empty.items()})

    def _problems(self, data: Any) -> tuple[list[SchemaProblem], dict[Route, str]]:
        """Return the problems, and the routes of optional values that are empty, with the parts they lack."""
        problems = self._validator.problems(data)
        empty = empty_routes(data, problems)
        while empty:
            keys = {route for route in empty if isinstance(route[-1], str)}  # entries of lists keep their numbers
            remaining = self._validator.problems(without(data, keys)) if keys else problems
            optional = with_empty_parts(empty, remaining)
            if optional == empty:
                return [problem for problem in remaining if not is_within(problem.route, empty)], empty
            empty = optional
        return problems, empty

    def plain(self, *, has_site: bool) -> Schema | None:
        """Return the schema of data that both schemas and all rules about values certainly accept.

        Returns None for a user's schema that jsonschema-rs may interpret differently. URLs relative to the root of
        the site are plain if there is a home page.
        """
        if not self._own:
            return plain_schema(record_schema(), has_site=has_site)
        own = self._validator.plain_own(plain_formats(has_site=has_site))
        both = plain_open_schema(self._validator.open_record, has_site=has_site)
        return both | {"allOf": [*both.get("allOf", ()), own]} if own is not None else None

    def has_only_named_keys(self, data: Any) -> bool:
        """Return whether the user's schema names every key in mappings that are closed."""
        return not self._own or self._validator.has_only_named_keys(data)

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the file of the user's schema, and those that it refers to."""
        return self._validator.files if self._own else ()

    @cached_property
    def _validator(self) -> SchemaValidator:
        from feeds.validation.schema.schema_validator import SchemaValidator  # noqa: PLC0415 - most records need no jsonschema

        return SchemaValidator(record_schema(), self._own)


def _is_surely_valid(document: Document) -> bool:
    """Return whether the record schema certainly accepts a document; aliases could be many times as long as written."""
    accepts = _valid_records() if "*" not in document.tree.text and is_of_json(document.data) else None
    return bool(accepts and accepts(document.data))


@cache
def _valid_records() -> Predicate | None:
    return compile_schema(valid_schema(record_schema()))
