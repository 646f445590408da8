"""Describe in a few words what a schema expects."""

import json
import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

from feeds.diagnostics.wording import choice, either, plain
from feeds.text import shortened

_LONGEST = 160
_SENTENCE_END = re.compile(r"(?<=\w\w)\.\s+(?=[A-Z])")  # not that of "e.g. this"
_TYPES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "nothing",
    "number": "a number",
    "object": "a mapping of keys to values",
    "string": "text",
}
_BOUNDS = {
    "minimum": "at least",
    "exclusiveMinimum": "more than",
    "maximum": "at most",
    "exclusiveMaximum": "less than",
    "multipleOf": "a multiple of",
}
# format -> what it expects, and an example
FORMAT_WORDS = {
    "date": ("a date", "2024-05-01"),
    "time": ("a time of day with an offset from UTC", "08:30:00Z"),
    "date-time": ("a date and time with an offset", "2024-05-01T08:30:00Z"),
    "duration": ("a duration", "PT9M8S"),
    "email": ("an email address", "ada@example.org"),
    "idn-email": ("an email address", "ada@example.org"),
    "hostname": ("a host name", "www.example.org"),
    "ipv4": ("an IPv4 address", "192.0.2.1"),
    "ipv6": ("an IPv6 address", "2001:db8::1"),
    "uuid": ("a UUID", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
    "regex": ("a regular expression", "^[a-z]+$"),
    "uri": ("an absolute URL", "https://example.org/page"),
    "iri": ("an absolute URL", "https://example.org/page"),
    "uri-reference": ("a URL or a path", "/page"),
    "iri-reference": ("a URL or a path", "/page"),
}
_WORDS: dict[str, Callable[[Any], str]] = {
    "const": plain,
    "enum": choice,
    "format": lambda name: FORMAT_WORDS.get(name, ("",))[0],
    "pattern": lambda pattern: f"text of the form {shortened(pattern)}",
}
# Keywords that restrict no value.
_ANNOTATIONS = {
    *("title", "description", "examples", "default", "deprecated", "readOnly", "writeOnly"),
    *("$comment", "$id", "$anchor", "$dynamicAnchor", "$defs", "definitions", "$schema", "$ref", "$dynamicRef"),
}


def types_in_words(expected: str | list[str]) -> str:
    """Return the types that a schema allows, in words."""
    kinds = [expected] if isinstance(expected, str) else expected
    return either(_TYPES.get(kind, kind) for kind in kinds)


def bound_in_words(keyword: str, bound: float) -> str:
    """Return the bound of a number: `at least 5`."""
    return f"{_BOUNDS[keyword]} {json.dumps(bound)}"


def description_in(schemas: Iterable[Any]) -> str:
    """Return the first sentence of the first description, or else title, without a full stop."""
    for keyword in ("description", "title"):
        for schema in schemas:
            text = schema.get(keyword) if isinstance(schema, dict) else None
            if isinstance(text, str) and text.strip():
                return shortened(_SENTENCE_END.split(" ".join(text.split()))[0].removesuffix("."), _LONGEST)
    return ""


def example_in(schemas: Iterable[Any]) -> str:
    """Return the first example of some schemas as YAML, or nothing."""
    examples = (schema["examples"] for schema in schemas if isinstance(schema, dict) and schema.get("examples"))
    return next((plain(example[0]) for example in examples), "")


def in_words(schema: Any) -> str:
    """Return what a schema expects, as in `a whole number of at least 5`, or nothing if it is too complex."""
    if not isinstance(schema, dict):
        return ""
    keywords = schema.keys() - _ANNOTATIONS
    for keyword, words_of in _WORDS.items():
        if keyword in keywords and keywords <= {keyword, "type"}:
            return words_of(schema[keyword])
    bounds = [bound_in_words(keyword, schema[keyword]) for keyword in _BOUNDS if keyword in keywords]
    if bounds and keywords <= {"type", *_BOUNDS} - {"multipleOf"}:
        return f"{types_in_words(schema.get('type', 'number'))} of {either(bounds, 'and')}"
    if "required" in keywords and keywords <= {"type", "properties", "required"}:
        return _mapping(schema)
    return types_in_words(schema["type"]) if keywords == {"type"} else ""


def conditions_in_words(schema: Any, keys: Collection[str]) -> str:
    """Return what a schema expects of some keys, as in `type is video`, or nothing if it expects more."""
    if not isinstance(schema, dict) or not schema.keys() - _ANNOTATIONS <= {"type", "properties", "required"}:
        return ""
    expected = {key: in_words(part) if key in keys else "" for key, part in schema.get("properties", {}).items()}
    is_said = bool(expected) and all(expected.values())
    return either((f"{key} is {words}" for key, words in expected.items()), "and") if is_said else ""


def _mapping(schema: dict[str, Any]) -> str:
    conditions = conditions_in_words(schema, schema["required"])
    if conditions or not schema["required"]:
        return f"a mapping in which {conditions}" if conditions else ""
    return f"a mapping with {either(schema['required'], 'and')}" if not schema.get("properties") else ""
