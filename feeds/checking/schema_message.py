"""Say a validator's error in the words of a record: where it is, what was found, what was expected."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from feeds.instant import is_date_only, naive_time
from feeds.problem import Problem, Route
from feeds.text import shortened

if TYPE_CHECKING:
    from feeds.reading.document import Document

SchemaError = Any  # jsonschema's ValidationError, most of whose attributes depend on the keyword
Finding = tuple[str, str, str]  # rule, message, remedy

# RFC 4287, section 4.2.6: an id is an IRI.
ABSOLUTE_ID = r"^[A-Za-z][A-Za-z0-9+.-]*:\S+$"
_TYPES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "nothing",
    "number": "a number",
    "object": "a mapping of keys to values",
    "string": "text",
}


def problems_of(error: SchemaError, document: Document) -> Iterator[Problem]:
    """Yield the problems that one error of the validator stands for: mostly one, one a key for unknown keys."""
    route: Route = tuple(error.absolute_path)
    keyword = str(error.validator)
    if keyword in {"additionalProperties", "unevaluatedProperties"} and isinstance(error.instance, dict):
        for key in _unknown_keys(error):
            rule, message, remedy = _unknown_key(key, error)
            yield document.problem((*route, key), rule, message, remedy, at_key=True)
    elif keyword == "uniqueItems":
        yield document.problem(route, "duplicate-item", error.message, "remove one of the two")
    elif keyword == "pattern" and "format" in error.schema and _TELLS.get(error.schema["format"]):
        yield document.problem(route, *_TELLS[error.schema["format"]](error.instance))
    else:
        say = _SAY.get(keyword, _anything_else)
        yield document.problem(route, *say(error, name_of(route)))


def quote(value: Any) -> str:
    """Return a value as it is shown in a message: text in quotes, on one line, not too long."""
    if isinstance(value, str):
        return json.dumps(shortened(value), ensure_ascii=False)
    return shortened(json.dumps(value, ensure_ascii=False))


def did_you_mean(word: str, known: list[str]) -> str:
    """Return the question that names the closest known word, or nothing when none is close."""
    close = get_close_matches(word.lower(), known_lower := [name.lower() for name in known], n=1)
    return f'did you mean "{known[known_lower.index(close[0])]}"?' if close else ""


def name_of(route: Route) -> str:
    """Name a value as a reader of the file would: `topics[2]`, `provider.name`."""
    name = ""
    for step in route:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name or "the record"


def _unknown_keys(error: SchemaError) -> list[str]:
    schema = error.schema
    patterns = schema.get("patternProperties", {})
    known = schema.get("properties", {})
    return [
        key for key in error.instance if key not in known and not any(re.search(pattern, key) for pattern in patterns)
    ]


def _unknown_key(key: str, error: SchemaError) -> Finding:
    known = list(error.schema.get("properties", {}))
    remedy = did_you_mean(key, known) or "remove it, or begin its name with x-"
    return "unknown-key", f"unknown key {quote(key)}", remedy


def _missing_key(error: SchemaError, name: str) -> Finding:
    missing = [key for key in error.validator_value if key not in error.instance]
    key = next((key for key in missing if error.message.startswith(repr(key))), missing[0])
    return "missing-key", f'the key "{key}" is missing in {name}', f"add a line with {key}:"


def _wrong_type(error: SchemaError, name: str) -> Finding:
    expected: list[str] = [error.validator_value] if isinstance(error.validator_value, str) else error.validator_value
    words = " or ".join(_TYPES.get(kind, kind) for kind in expected)
    found = "empty" if error.instance is None else f"{_kind(error.instance)}: {quote(error.instance)}"
    remedy = "put the value in quotes" if "string" in expected and not isinstance(error.instance, dict | list) else ""
    if error.instance is None:
        remedy = "give it a value, or remove it"
    elif expected == ["boolean"]:
        remedy = "write true or false, without quotes"
    return "wrong-type", f"{name} is {found}; expected {words}", remedy


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "a truth value"
    kinds = {str: "text", int: "a number", float: "a number", list: "a list", dict: "a mapping"}
    return kinds.get(type(value), "something else")


def _not_one_of(error: SchemaError, name: str) -> Finding:
    words = [str(value) for value in error.validator_value]
    remedy = did_you_mean(str(error.instance), words) or f"write one of {', '.join(words)}"
    return "not-allowed", f"{name} is {quote(error.instance)}, which is not one of {', '.join(words)}", remedy


def _bad_format(error: SchemaError, name: str) -> Finding:
    tell = _TELLS.get(str(error.validator_value))
    if tell:
        return tell(error.instance)
    return "bad-format", f"{name} is {quote(error.instance)}, which is not a {error.validator_value}", ""


def _bad_url(value: Any) -> Finding:
    message = f"{quote(value)} is not an absolute web address"
    return "bad-url", message, "write it whole, as in https://example.org/page, blanks as %20"


def _bad_instant(value: Any) -> Finding:
    if naive_time(value):
        message = f"{quote(value)} has no offset from UTC, so it names no instant"
        return "naive-time", message, f"write it as in {value[:10]}T08:30:00Z or {value[:10]}T10:30:00+02:00"
    if is_date_only(value):
        message = f"{quote(value)} is a date without a time and an offset from UTC"
        return "date-only", message, f"write it as in {value}T08:30:00Z or {value}T10:30:00+02:00"
    message = f"{quote(value)} is not a date and time with an offset"
    return "bad-date", message, "write it as in 2024-05-01T08:30:00Z or 2024-05-01T10:30:00+02:00"


def _bad_duration(value: Any) -> Finding:
    return "bad-duration", f"{quote(value)} is not a duration", "write it as in PT9M8S: 9 minutes, 8 seconds"


def _bad_pattern(error: SchemaError, name: str) -> Finding:
    if error.validator_value == r"\S":
        return "blank-text", f"{name} is blank", "write some text, or remove it"
    if error.validator_value == ABSOLUTE_ID:
        remedy = "write a web address, or begin it with urn: or tag:"
        return "bad-format", f"{name} is {quote(error.instance)}, which is not unique in the whole world", remedy
    return "bad-format", f"{name} is {quote(error.instance)}, which does not match {error.validator_value}", ""


def _out_of_range(error: SchemaError, name: str) -> Finding:
    bound = {
        "minimum": "at least",
        "exclusiveMinimum": "more than",
        "maximum": "at most",
        "exclusiveMaximum": "less than",
        "multipleOf": "a multiple of",
    }[str(error.validator)]
    return "out-of-range", f"{name} is {quote(error.instance)}; expected {bound} {error.validator_value}", ""


def _wrong_size(error: SchemaError, name: str) -> Finding:
    bound = "at least" if str(error.validator).startswith("min") else "at most"
    unit = "characters" if isinstance(error.instance, str) else "entries"
    return "wrong-size", f"{name} has {len(error.instance)} {unit}; expected {bound} {error.validator_value}", ""


def _no_alternative(error: SchemaError, name: str) -> Finding:
    keys = sorted({key for branch in error.validator_value for key in _required(branch)}, reverse=True)
    if keys and isinstance(error.instance, dict):
        message = f"{name} has none of the keys {', '.join(keys)}, or they are empty"
        return "missing-key", message, f"add a line with {keys[0]}:"
    return "not-allowed", f"{name} is {quote(error.instance)}, which fits none of the ways it can be written", ""


def _required(branch: Any) -> list[str]:
    return branch.get("required", []) if isinstance(branch, dict) else []


def _anything_else(error: SchemaError, name: str) -> Finding:
    return "not-allowed", f"{name} is {quote(error.instance)}, which the schema's rule {error.validator} refuses", ""


_TELLS: dict[str, Callable[[Any], Finding]] = {
    "date-time": _bad_instant,
    "duration": _bad_duration,
    **dict.fromkeys(("uri", "iri", "uri-reference", "iri-reference"), _bad_url),
}

_SAY: dict[str, Callable[[SchemaError, str], Finding]] = {
    "required": _missing_key,
    "type": _wrong_type,
    "enum": _not_one_of,
    "format": _bad_format,
    "pattern": _bad_pattern,
    **dict.fromkeys(("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf"), _out_of_range),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), _wrong_size),
    **dict.fromkeys(("anyOf", "oneOf"), _no_alternative),
}
