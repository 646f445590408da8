"""Hold what the words for one error of the validator are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from feeds.diagnostics.problem import Route
from feeds.diagnostics.wording import quote
from feeds.validation.schema.complaint import Complaint
from feeds.validation.schema.description import example_in, told_by
from feeds.validation.schema.schema_map import SchemaMap

Error = Any  # jsonschema's ValidationError, most of whose attributes depend on the keyword
Naming = Callable[[Route], str]


@dataclass(frozen=True)
class Refusal:
    """Say what a keyword of a schema refuses: `value`, at a route, because of `limit`.

    With `is_key` the value is not what stands at the route, but the key of that. The schema may count only
    because another one, its `condition`, is met; a `reason` is why text cannot be read.
    """

    route: Route
    keyword: str
    limit: Any
    value: Any
    schema: Any
    schemas: SchemaMap
    naming: Naming
    is_key: bool = False
    condition: Any = None
    reason: str = ""

    @property
    def name(self) -> str:
        """Name the value as a reader of the file would."""
        return f"the key {quote(self.value)}" if self.is_key else self.naming(self.route)

    @property
    def shown(self) -> str:
        """Say which value is refused; the whole record is too long to be shown."""
        if self.is_key:
            return f"{self.name} is not allowed"
        if not self.route:
            return f"{self.name} is not right as it is"
        return f"{self.name} is {'empty' if self.value is None else quote(self.value)}"

    @cached_property
    def told(self) -> str:
        """Return what the schema itself tells of the value, or nothing."""
        return told_by(self._speakers)

    @cached_property
    def example(self) -> str:
        """Return an example that the schema gives, or nothing."""
        return example_in(self._speakers)

    @property
    def hint(self) -> str:
        """Return how to write the value, if the schema gives an example."""
        return f"write it as in {self.example}" if self.example else ""

    def complain(self, rule: str, message: str, remedy: str = "", *, is_exact: bool = False) -> Complaint:
        """Return a complaint about the value."""
        return Complaint(self.route, rule, message, remedy, at_key=self.is_key, is_exact=is_exact)

    def expected(self, rule: str, words: str, remedy: str = "") -> Complaint:
        """Return the complaint that something else was expected."""
        return self.complain(rule, f"{self.shown}; expected {words}", remedy)

    @cached_property
    def _speakers(self) -> list[Any]:
        return self.schemas.leading_to(self.schema, self.route)


def refusal_of(error: Error, schemas: SchemaMap, naming: Naming) -> Refusal:
    """Return what an error of the validator refuses."""
    return Refusal(
        route=tuple(error.absolute_path),
        keyword="false" if error.validator is None else str(error.validator),
        limit=error.validator_value,
        value=error.instance,
        schema=error.schema,
        schemas=schemas,
        naming=naming,
        is_key=_is_about_key(error),
        condition=getattr(error, "condition", None),
        reason=str(error.cause or ""),
    )


def _is_about_key(error: Error) -> bool:
    while error.parent is not None:
        error = error.parent
        if error.validator == "propertyNames":
            return True
    return False
