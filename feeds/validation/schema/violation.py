"""An error of jsonschema, with what its message needs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from feeds.diagnostics.problem import Route
from feeds.diagnostics.wording import quote
from feeds.text import shortened
from feeds.validation.schema.description import description_in, example_in, in_words
from feeds.validation.schema.schema_map import SchemaMap
from feeds.validation.schema.schema_problem import SchemaProblem

Error = Any  # jsonschema's ValidationError, most of whose attributes depend on the keyword
Naming = Callable[[Route], str]

_LONGEST = 200


@dataclass(frozen=True)
class Violation:
    """A value at a route that violates a keyword of a schema; `limit` is the value of the keyword.

    `condition` is the schema under `if` that applies, `message` the message of jsonschema, and `reason` why text
    cannot be parsed.
    """

    route: Route
    keyword: str
    limit: Any
    value: Any
    schema: Any
    schemas: SchemaMap
    naming: Naming
    condition: Any = None
    message: str = ""
    reason: str = ""

    @property
    def name(self) -> str:
        """Return the name of the value."""
        return self.naming(self.route)

    @property
    def shown(self) -> str:
        """Return the name and the value, for a whole record only the name."""
        if not self.route:
            return f"{self.name} is not as expected"
        return f"{self.name} is {'empty' if self.value is None else quote(self.value)}"

    @cached_property
    def description(self) -> str:
        """Return the schema's description of the value, or nothing."""
        return description_in(self._describing)

    @cached_property
    def example(self) -> str:
        """Return an example from the schema, or nothing."""
        return example_in(self._describing)

    @property
    def hint(self) -> str:
        """Return the remedy with the schema's example, or nothing."""
        return f"write it as in {self.example}" if self.example else ""

    def kind(self, schema: Any) -> str:
        """Return what a subschema expects: in words if possible, else as it is described, else as JSON."""
        parts = self.schemas.parts(schema, self.schema, self.route)
        target = parts[1] if parts[1:] and schema.keys() == {"$ref"} else schema
        return in_words(target) or description_in(parts) or quote(target)

    def problem(self, rule: str, message: str, remedy: str = "", *, is_exact: bool = False) -> SchemaProblem:
        """Return a problem of the value."""
        return SchemaProblem(self.route, rule, message, remedy, is_exact=is_exact)

    def expected(self, rule: str, words: str, remedy: str = "") -> SchemaProblem:
        """Return the problem that something else was expected."""
        return self.problem(rule, f"{self.shown}; expected {words}", remedy)

    def by_jsonschema(self) -> SchemaProblem:
        """Return the problem with the message of jsonschema, for rare keywords."""
        description = f"; expected: {self.description}" if self.description else ""
        return self.problem("not-allowed", f"{self.message_about(self.name)}{description}", self.hint)

    def message_about(self, name: str) -> str:
        """Return the message of jsonschema with a name in place of the value, and JSON in place of Python."""
        # The message on unevaluatedItems goes on with values, which may be secret.
        said = self.message.partition(" (")[0] if self.keyword == "unevaluatedItems" else self.message
        stated = said.removeprefix(repr(self.value))
        shown = shortened(stated.replace(repr(self.limit), quote(self.limit)), _LONGEST)
        return f"{name}: {shown[:1].lower()}{shown[1:]}" if shown == said else f"{name}{shown}"

    @cached_property
    def _describing(self) -> list[Any]:
        return self.schemas.leading_to(self.schema, self.route)


def violation_of(error: Error, schemas: SchemaMap, naming: Naming) -> Violation:
    """Return the violation for an error of the validator."""
    return Violation(
        route=tuple(error.absolute_path),
        keyword="false" if error.validator is None else str(error.validator),
        limit=error.validator_value,
        value=error.instance,
        schema=error.schema,
        schemas=schemas,
        naming=naming,
        condition=getattr(error, "condition", None),
        message=error.message,
        reason=str(error.cause or ""),
    )
