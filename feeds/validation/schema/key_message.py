"""Messages about keys: unknown, missing or not allowed."""

import re
from typing import Any

from feeds.diagnostics.problem import Route
from feeds.diagnostics.spelling import may_hold_back, meant_key
from feeds.diagnostics.wording import asked_for, either, quote
from feeds.frontmatter.odd_blank import odd_blank_in
from feeds.hold_back import HOLD_BACK, is_about_publication
from feeds.validation.schema.description import conditions_in_words
from feeds.validation.schema.own_schemas import Schema, record_schema
from feeds.validation.schema.schema_problem import SchemaProblem
from feeds.validation.schema.violation import Violation


def unknown_keys(violation: Violation) -> list[SchemaProblem]:
    """Return a problem for each key that no schema names."""
    is_adjacent = violation.keyword == "additionalProperties"
    schemas = [violation.schema] if is_adjacent else violation.schemas.schemas(violation.route)
    return [
        unknown_key(violation.route, key, violation.value, schemas)
        for key in violation.value
        if not is_named(key, schemas)
    ]


def unknown_key(route: Route, key: str, mapping: dict[str, Any], schemas: list[Schema]) -> SchemaProblem:
    """Return the problem of an unknown key of the mapping at a route, with the key that may be meant."""
    free = [name for schema in schemas for name in schema.get("properties", ()) if name not in mapping]
    blank = odd_blank_in(key)
    message = f"unknown key {quote(key)}{f', which contains {blank}' if blank else ''}"
    remedy = asked_for(meant_key(key, free)) or _remedy(key, schemas)
    return SchemaProblem((*route, key), "unknown-key", message, remedy, at_key=True)


def _remedy(key: str, schemas: list[Schema]) -> str:
    if odd_blank_in(key):
        return "remove it, or write a normal space"
    if not is_named(f"x-{key}", schemas) or is_about_publication(key):
        is_of_records = key in record_schema()["properties"]
        return "name it in your schema, which allows no other keys" if is_of_records else "remove it"
    is_of_record = is_named("published", schemas)
    return HOLD_BACK if is_of_record and may_hold_back(key) else "remove it, or begin its name with x-"


def is_named(key: str, schemas: list[Schema]) -> bool:
    """Return whether schemas name a key, or a pattern that matches it."""
    return any(
        key in schema.get("properties", ()) or any(re.search(each, key) for each in schema.get("patternProperties", ()))
        for schema in schemas
    )


def missing_key(violation: Violation) -> SchemaProblem:
    """Return the problem that a mapping lacks a key."""
    key = violation.limit
    conditions = conditions_in_words(violation.condition, violation.value)
    message = f'the key "{key}" is missing in {violation.name}{f", where {conditions}" if conditions else ""}'
    return SchemaProblem(violation.route, "missing-key", message, f"add a line with {key}:", keys=(key,))


def missing_beside(violation: Violation) -> list[SchemaProblem]:
    """Return a problem, at a key, for each other key that a mapping must have with it."""
    return [
        SchemaProblem(
            (*violation.route, key),
            "missing-key",
            f'the key "{other}" is missing in {violation.name}, which has "{key}"',
            f"add a line with {other}:",
            at_key=True,
        )
        for key, others in violation.limit.items()
        if key in violation.value
        for other in others
        if other not in violation.value
    ]


def missing_all(violation: Violation, keys: list[str], *, or_empty: bool) -> SchemaProblem:
    """Return the problem that a mapping has none of several keys."""
    message = f"{violation.name} has none of the keys {', '.join(keys)}{', or they are empty' if or_empty else ''}"
    present = [key for key in keys if key in violation.value]
    remedy = f"give {present[0]} a value" if present else f"add a line with {keys[0]}:"
    return SchemaProblem(violation.route, "missing-key", message, remedy, keys=tuple(keys))


def bad_key(violation: Violation) -> SchemaProblem:
    """Return the problem of a key that does not match `propertyNames`."""
    message = violation.message_about(f"the key {quote(violation.value)}")
    return SchemaProblem(violation.route, "not-allowed", message, "rename it, or remove it", at_key=True)


def not_allowed(violation: Violation) -> SchemaProblem:
    """Return the problem of a value that matches `not`, at the last of keys that it may not have."""
    if violation.limit in ({}, True):
        return forbidden(violation)
    keys = violation.limit["required"] if violation.limit.keys() - {"type"} == {"required"} else ()
    if not keys or not isinstance(violation.value, dict):
        is_said = violation.route and violation.description
        words = f": {violation.description}" if is_said else f" anything but {violation.kind(violation.limit)}"
        return violation.problem("not-allowed", f"{violation.shown}; expected{words}", violation.hint)
    last, names = max(keys, key=list(violation.value).index), either(map(quote, keys), "and")
    message = f"the keys {names} are not allowed together" if len(keys) > 1 else f"the key {names} is not allowed here"
    remedy = "remove one of them" if len(keys) > 1 else "remove it"
    return SchemaProblem((*violation.route, last), "not-allowed", message, remedy, at_key=True)


def forbidden(violation: Violation) -> SchemaProblem:
    """Return the problem of a key, an entry or a record that is never allowed."""
    if violation.route and isinstance(violation.route[-1], str):
        description = f": {violation.description}" if violation.description else ""
        message = f"the key {quote(violation.route[-1])} is not allowed here{description}"
        return SchemaProblem(violation.route, "unknown-key", message, "remove it", at_key=True)
    conditions = conditions_in_words(violation.condition, violation.value if isinstance(violation.value, dict) else ())
    if conditions:
        return violation.problem("not-allowed", f"{violation.name} is not allowed where {conditions}")
    return violation.problem("not-allowed", f"{violation.shown}; nothing is allowed here", "remove it")
