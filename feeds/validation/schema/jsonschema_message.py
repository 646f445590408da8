"""Messages of jsonschema, for keywords that few schemas use, without Python's notation and without values."""

from __future__ import annotations

from feeds.diagnostics.wording import quote
from feeds.text import shortened
from feeds.validation.schema.schema_problem import SchemaProblem
from feeds.validation.schema.violation import Violation

_LONGEST = 200
_RULES = {"dependentRequired": "missing-key", **dict.fromkeys(("contains", "minContains", "maxContains"), "wrong-size")}


def by_jsonschema(violation: Violation) -> SchemaProblem:
    """Return the problem that jsonschema's own message states."""
    description = f"; expected: {violation.description}" if violation.description else ""
    message = f"{cleaned(violation, violation.name)}{description}"
    return violation.problem(_RULES.get(violation.keyword, "not-allowed"), message, violation.hint)


def cleaned(violation: Violation, name: str) -> str:
    """Return jsonschema's message with a name for the value, and JSON for what the schema asks."""
    message, shown = violation.message, repr(violation.value)
    if violation.keyword == "unevaluatedItems":
        message = message.partition(" (")[0]  # it goes on with values, which may be secret
    stated = message.removeprefix(shown)
    stated = shortened(stated.replace(repr(violation.limit), quote(violation.limit)), _LONGEST)
    return f"{name}: {stated[:1].lower()}{stated[1:]}" if stated == message else f"{name}{stated}"
