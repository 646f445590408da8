"""One error of jsonschema, with what its message is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from feeds.diagnostics.problem import Route
from feeds.diagnostics.wording import quote
from feeds.text import shortened
from feeds.validation.schema.description import description_in, example_in
from feeds.validation.schema.schema_map import SchemaMap
from feeds.validation.schema.schema_problem import SchemaProblem

Error = Any  # jsonschema's ValidationError, most of whose attributes depend on the keyword
Naming = Callable[[Route], str]

_LONGEST = 200
_RULES = {"dependentRequired": "missing-key", **dict.fromkeys(("contains", "minContains", "maxContains"), "wrong-size")}


@dataclass(frozen=True)
class Violation:
    """A value, at a route, that breaks one keyword of a schema, whose value is `limit`.

    `condition` is the schema under `if` that makes the keyword apply, `message` what jsonschema says, and `reason`
    why text cannot be parsed.
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
        """Return the name of the value, as a reader of the file would give it."""
        return self.naming(self.route)

    @property
    def shown(self) -> str:
        """Return the name and the value; the whole record is too long to be shown."""
        if not self.route:
            return f"{self.name} is not as expected"
        return f"{self.name} is {'empty' if self.value is None else quote(self.value)}"

    @cached_property
    def description(self) -> str:
        """Return the description that the schema gives of the value, or nothing."""
        return description_in(self._describing)

    @cached_property
    def example(self) -> str:
        """Return an example that the schema gives, or nothing."""
        return example_in(self._describing)

    @property
    def hint(self) -> str:
        """Return how to write the value, if the schema gives an example."""
        return f"write it as in {self.example}" if self.example else ""

    def problem(self, rule: str, message: str, remedy: str = "", *, is_exact: bool = False) -> SchemaProblem:
        """Return a problem of the value."""
        return SchemaProblem(self.route, rule, message, remedy, is_exact=is_exact)

    def expected(self, rule: str, words: str, remedy: str = "") -> SchemaProblem:
        """Return the problem that something else was expected."""
        return self.problem(rule, f"{self.shown}; expected {words}", remedy)

    def by_jsonschema(self) -> SchemaProblem:
        """Return the problem that jsonschema's own message states, for keywords that few schemas use."""
        description = f"; expected: {self.description}" if self.description else ""
        rule = _RULES.get(self.keyword, "not-allowed")
        return self.problem(rule, f"{self.message_about(self.name)}{description}", self.hint)

    def message_about(self, name: str) -> str:
        """Return jsonschema's message with a name for the value, and JSON for what the schema asks."""
        # The message on unevaluatedItems goes on with values, which may be secret.
        said = self.message.partition(" (")[0] if self.keyword == "unevaluatedItems" else self.message
        stated = said.removeprefix(repr(self.value))
        shown = shortened(stated.replace(repr(self.limit), quote(self.limit)), _LONGEST)
        return f"{name}: {shown[:1].lower()}{shown[1:]}" if shown == said else f"{name}{shown}"

    @cached_property
    def _describing(self) -> list[Any]:
        return self.schemas.leading_to(self.schema, self.route)


def violation_of(error: Error, schemas: SchemaMap, naming: Naming) -> Violation:
    """Return the violation that an error of the validator stands for."""
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
