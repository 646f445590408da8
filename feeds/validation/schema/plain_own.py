"""Narrow a user's schema to data that it certainly accepts, in keywords that jsonschema-rs interprets alike."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from feeds.validation.schema.own_schemas import Schema, record_schema
from feeds.validation.schema.schema_map import Resolver, entered, subschemas

Formats = Mapping[str, Sequence[Schema]]

_DEEPEST = 40  # levels of references, without which a schema of trees would have no end
_ANNOTATIONS = {"$id", "$comment", "$defs", "definitions", "title", "description", "examples", "default", "deprecated"}
_ASSERTIONS = {
    *("type", "required", "dependentRequired", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems"),
    *("minProperties", "maxProperties", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
}
_LISTED = {"allOf", "anyOf", "oneOf", "prefixItems"}
_SINGLE = {"items", "additionalProperties", "propertyNames", "not", "if", "then", "else"}
_DAY: Schema = {"pattern": "^(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])$"}
_NO_TEXT: Schema = {"not": {"type": "string"}}

# Regular expressions that Python and Rust read the same, but for the end of a text, which Python finds before a line
# feed too.
_REPEATED = r"(?:(?:[*+?]|\{\d+(?:,\d*)?\})(?![*+?{]))?"
_ATOM = r"[A-Za-z0-9 _/:,;@#%&=~'\"<>!-]|\\[./+*?()\[\]{}|^$d-]|\[\^?(?:[A-Za-z0-9 _.,:/@]|-(?!-))+\]|\.|\)"
_SAME_PATTERN = re.compile(rf"(?:(?:{_ATOM}){_REPEATED}|\((?:\?:|(?!\?))|[|^$])*")


class NotNarrowableError(ValueError):
    """A schema with a keyword that jsonschema-rs may interpret differently, so that only jsonschema can decide."""


def narrowed(schema: Any, resolver: Resolver, formats: Formats | None, depth: int = 0) -> Any:
    """Return a schema without references that accepts only what a schema accepts.

    `formats` has schemas of plain texts by format. Without them, as inside of `not`, where a narrower schema would
    accept more, the schema is not narrowed. Raises NotNarrowableError for a keyword that is not supported.
    """
    if isinstance(schema, bool):
        return schema
    if depth > _DEEPEST:
        raise NotNarrowableError("$ref")
    own, more = Schema(), list[Any]()
    for keyword, value in schema.items():
        if keyword == "$ref":
            target = resolver.lookup(value)
            more.append(narrowed(target.contents, target.resolver, formats, depth + 1))
        elif keyword == "format" and formats is not None:
            more += [_DAY] if value == "date" else formats.get(value, [_NO_TEXT])
        elif keyword == "pattern" and formats is not None:
            more.append({keyword: value} if _is_same(value) else _NO_TEXT)
        elif keyword not in _ANNOTATIONS and not keyword.startswith("x-"):
            own[keyword] = _keyword(keyword, value, resolver, formats, depth + 1)
    return {**own, "allOf": [*own.get("allOf", ()), *more]} if more else own


def _keyword(keyword: str, value: Any, resolver: Resolver, formats: Formats | None, depth: int) -> Any:
    inner = None if keyword in {"not", "if", "oneOf"} else formats

    def part(schema: Any) -> Any:
        return narrowed(schema, entered(schema, resolver), inner, depth)

    is_as_it_is = keyword in _ASSERTIONS or (
        keyword == "unevaluatedProperties" and value is False and inner is not None
    )
    if is_as_it_is or (keyword in {"const", "enum"} and _is_of_words(value)):
        return value
    if keyword in _LISTED:
        return list(map(part, value))
    if keyword in _SINGLE:
        return part(value)
    if keyword == "properties" or (keyword == "patternProperties" and inner is not None and all(map(_is_same, value))):
        return {name: part(schema) for name, schema in value.items()}
    raise NotNarrowableError(keyword)


def _is_of_words(value: Any) -> bool:
    return all(isinstance(word, str | bool) for word in (value if isinstance(value, list) else [value]))


def _is_same(pattern: str) -> bool:
    return bool(_SAME_PATTERN.fullmatch(pattern)) or pattern in _patterns_of_records()


@cache
def _patterns_of_records() -> frozenset[str]:
    """Return the patterns of the record schema, which both validators interpret alike."""
    schemas = list(subschemas(record_schema()))
    return frozenset(
        [schema["pattern"] for schema in schemas if "pattern" in schema]
        + [pattern for schema in schemas for pattern in schema.get("patternProperties", ())]
    )
