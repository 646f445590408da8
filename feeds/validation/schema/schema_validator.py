"""Validate front matter with jsonschema, by the record schema and by the user's schema."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from referencing import Registry
from referencing.jsonschema import DRAFT202012

from feeds.diagnostics.problem import CouldNotRunError
from feeds.validation.schema.extensible import extensible, unnamed_keys
from feeds.validation.schema.messages import schema_problems
from feeds.validation.schema.own_schemas import Schema
from feeds.validation.schema.plain_own import Formats, NotNarrowableError, narrowed
from feeds.validation.schema.schema_map import SchemaMap
from feeds.validation.schema.schema_problem import SchemaProblem, distinct_problems
from feeds.validation.schema.slow_pattern import MOST_SECONDS, slow_problem, time_limit
from feeds.validation.schema.validator import validator_of
from feeds.validation.schema.violation import Error


class SchemaValidator:
    """A validator by the record schema and, if there is one, the user's schema.

    Raises CouldNotRunError if that schema cannot be used.
    """

    def __init__(self, record: Schema, own: Path | None) -> None:
        registry = Registry().with_resource(record["$id"], DRAFT202012.create_resource(record)).crawl()
        self._record, self._record_map = validator_of(record, registry), SchemaMap(record, registry)
        self._own: Any = None
        self._own_path = own
        self.files: tuple[Path, ...] = ()
        if own:
            from feeds.validation.schema.schema_file import read_schema  # noqa: PLC0415 - few users have one

            self.open_record = extensible(record)
            root, registry, self.files = read_schema(own, self.open_record)
            self._own, self._own_map = validator_of(root, registry), SchemaMap(root, registry)

    def problems(self, data: Any) -> list[SchemaProblem]:
        """Return the problems of front matter by both schemas, without duplicates."""
        problems = schema_problems(self._errors(data), self._record_map)
        return distinct_problems([*problems, *self._own_problems(data)]) if self._own else problems

    def plain_own(self, formats: Formats) -> Schema | None:
        """Return the schema of data that the user's schema certainly accepts, apart from unknown keys, or None."""
        try:
            narrow: Schema = narrowed(*self._own_map.root, formats)
        except (NotNarrowableError, RecursionError):
            return None
        return narrow

    def has_only_named_keys(self, data: Any) -> bool:
        """Return whether the user's schema names every key in mappings that are closed."""
        try:
            with time_limit(MOST_SECONDS):
                return next(unnamed_keys(data, self._own_map), None) is None
        except TimeoutError:
            return False

    def _errors(self, data: Any) -> Iterator[Error]:
        for error in self._record.iter_errors(data):
            if not (self._own and error.validator == "additionalProperties"):
                yield error

    def _own_problems(self, data: Any) -> list[SchemaProblem]:
        try:
            with time_limit(MOST_SECONDS):
                errors = self._own.iter_errors(data)
                return [*schema_problems(errors, self._own_map), *unnamed_keys(data, self._own_map)]
        except TimeoutError:
            return [slow_problem(data, self._own_map.root[0], str(self._own_path))]
        except RecursionError:
            raise CouldNotRunError(f"{self._own_path}: the schema recurses too deeply for a record") from None
