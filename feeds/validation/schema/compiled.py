"""Compile a schema with jsonschema-rs, of which not every platform has a wheel."""

from collections.abc import Callable
from typing import Any

from feeds.validation.schema.own_schemas import Schema
from feeds.validation.schema.plain_schema import LARGEST

Predicate = Callable[[Any], bool]


def compile_schema(schema: Schema) -> Predicate | None:
    """Return a predicate that accepts what a schema does and jsonschema-rs can read, or None without that package."""
    try:
        from jsonschema_rs import Draft202012Validator  # noqa: PLC0415 - few platforms have none
    except ImportError:
        return None
    is_valid = Draft202012Validator(schema, validate_formats=True).is_valid

    def accepts(data: Any) -> bool:
        try:
            return is_valid(data)
        except ValueError:  # a key that is not a string, or a lone surrogate
            return False

    return accepts


def is_of_json(data: Any) -> bool:
    """Return whether all keys in data are strings, and all numbers are small enough for jsonschema-rs."""
    if isinstance(data, dict):
        return all(isinstance(key, str) for key in data) and all(map(is_of_json, data.values()))
    if isinstance(data, list):
        return all(map(is_of_json, data))
    return not isinstance(data, int | float) or abs(data) < LARGEST
