"""Say which keys are unknown, missing or not allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from feeds.diagnostics.problem import Route
from feeds.diagnostics.spelling import may_hold_back, meant_key
from feeds.diagnostics.wording import asked_for, either, quote
from feeds.frontmatter.odd_blank import odd_blank_in
from feeds.hold_back import HOLD_BACK, is_about_publication
from feeds.validation.schema.complaint import Complaint
from feeds.validation.schema.description import conditions_in_words
from feeds.validation.schema.refusal import Refusal
from feeds.validation.schema.schema_map import Schema


def unknown_keys(refusal: Refusal, *, is_alone: bool) -> Iterator[Complaint]:
    """Say which keys a mapping must not have.

    Where something else is wrong with the mapping, keys that some schema names are left over only because of that.
    """
    is_adjacent = refusal.keyword == "additionalProperties"
    schemas = [refusal.schema] if is_adjacent else refusal.schemas.schemas(refusal.route)
    for key in refusal.limit:
        if not is_named(key, schemas):
            yield unknown_key(refusal.route, key, refusal.value, schemas)
        elif is_alone:
            yield _about(key, refusal.route, f"the key {quote(key)} is not allowed here", "remove it")


def unknown_key(route: Route, key: str, mapping: dict[str, Any], schemas: list[Schema]) -> Complaint:
    """Say that no schema names a key of the mapping at a route, and which key may have been meant."""
    free = [name for schema in schemas for name in schema.get("properties", ()) if name not in mapping]
    blank = odd_blank_in(key)
    message = f"unknown key {quote(key)}{f', in which there is {blank}' if blank else ''}"
    return _about(key, route, message, asked_for(meant_key(key, free)) or _way_out(key, schemas))


def _way_out(key: str, schemas: list[Schema]) -> str:
    if blank := odd_blank_in(key):
        return f"write a plain blank in place of {blank}"
    if not is_named(f"x-{key}", schemas) or is_about_publication(key):
        return "remove it"
    is_of_record = is_named("published", schemas)
    return HOLD_BACK if is_of_record and may_hold_back(key) else "remove it, or begin its name with x-"


def is_named(key: str, schemas: list[Schema]) -> bool:
    """Tell whether schemas name a key, or a pattern that it follows."""
    return any(
        key in schema.get("properties", ()) or any(re.search(each, key) for each in schema.get("patternProperties", ()))
        for schema in schemas
    )


def missing_key(refusal: Refusal) -> Complaint:
    """Say which key is missing, and in which mapping."""
    key, needed_by = refusal.limit if isinstance(refusal.limit, tuple) else (refusal.limit, None)
    message, remedy = f'the key "{key}" is missing in {refusal.name}', f"add a line with {key}:"
    if needed_by is not None:
        message, remedy = f'{message}, which has "{needed_by}"', f"{remedy}, or remove {needed_by}"
    elif conditions := conditions_in_words(refusal.condition, refusal.value):
        message = f"{message}, where {conditions}"
    return Complaint(refusal.route, "missing-key", message, remedy, keys=(key,))


def missing_all(refusal: Refusal, keys: list[str], *, or_empty: bool) -> Complaint:
    """Say that a mapping has none of several keys."""
    message = f"{refusal.name} has none of the keys {', '.join(keys)}{', or they are empty' if or_empty else ''}"
    there = [key for key in keys if key in refusal.value]
    remedy = f"give {there[0]} a value" if there else f"add a line with {keys[0]}:"
    return Complaint(refusal.route, "missing-key", message, remedy, keys=tuple(keys))


def forbidden(refusal: Refusal) -> Complaint:
    """Say that there must be no such key, entry or record at all."""
    if refusal.is_key or (refusal.route and isinstance(refusal.route[-1], str)):
        key = quote(refusal.value if refusal.is_key else refusal.route[-1])
        message = f"the key {key} is not allowed here{f': {refusal.told}' if refusal.told else ''}"
        return Complaint(refusal.route, "unknown-key", message, "remove it", at_key=True)
    return refusal.complain("not-allowed", f"{refusal.shown}; nothing is allowed here", "remove it")


def exclusive_keys(refusal: Refusal, keys: list[str]) -> Complaint:
    """Say that keys, all of which are there, exclude each other, or the only one is not allowed."""
    last = next(key for key in reversed(refusal.value) if key in keys)
    if len(keys) == 1:
        return _about(last, refusal.route, f"the key {quote(last)} is not allowed here", "remove it")
    there = [key for key in refusal.value if key in keys]
    message = f"{either(there, 'and')} exclude each other in {refusal.name}"
    return Complaint((*refusal.route, last), "not-allowed", message, "keep only one of them", at_key=True)


def _about(key: str, route: Route, message: str, remedy: str) -> Complaint:
    return Complaint((*route, key), "unknown-key", message, remedy, at_key=True)
