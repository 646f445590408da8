"""Extend the validator of jsonschema, draft 2020-12, so that errors have values in place of prose.

`validator_value` of an error is the missing key for `required`, and the index of the first duplicate for
`uniqueItems`. Under `then` an error has a `condition`: the schema under `if`.
"""

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from jsonschema import Draft202012Validator, ValidationError, validators
from referencing import Registry

from feeds.validation.schema.formats import FORMATS

Errors = Iterator[ValidationError]


def validator_of(schema: dict[str, Any], registry: Registry[Any]) -> Any:
    """Return a validator for a schema; the registry has the schemas that it refers to, without `$schema`."""
    return _Validator(schema, registry=registry, format_checker=FORMATS)


def _required(_validator: Any, keys: list[str], instance: Any, _schema: Any) -> Errors:
    if isinstance(instance, dict):
        yield from (ValidationError("", validator_value=key) for key in keys if key not in instance)


def _property_names(validator: Any, names: Any, instance: Any, _schema: Any) -> Errors:
    # jsonschema gives no path to the key.
    for key in instance if isinstance(instance, dict) else ():
        for error in validator.descend(key, names):
            message = error.message if error.validator else f"{key!r} is not allowed here"
            yield ValidationError(message, path=[key], instance=key, validator_value=error.validator_value)


def _unique_items(_validator: Any, unique: Any, instance: Any, _schema: Any) -> Errors:
    # jsonschema compares each with each, which takes minutes for long lists.
    first: dict[str, int] = {}
    for index, item in enumerate(instance if unique and isinstance(instance, list) else ()):
        other = first.setdefault(json.dumps(item, sort_keys=True), index)
        if other != index:
            yield ValidationError("", path=[index], instance=item, validator_value=other)


def _multiple_of(_validator: Any, step: Any, instance: Any, _schema: Any) -> Errors:
    # By decimals, as people write them: for binary fractions 4.6 is no multiple of 0.1.
    is_number = isinstance(instance, int | float) and not isinstance(instance, bool)
    if is_number and (Fraction(str(instance)) / Fraction(str(step))).denominator != 1:
        yield ValidationError("")


def _if(validator: Any, condition: Any, instance: Any, schema: Any) -> Errors:
    if validator.evolve(schema=condition).is_valid(instance):
        for error in validator.descend(instance, schema.get("then", True), schema_path="then"):
            error.condition = getattr(error, "condition", condition)
            yield error
    else:
        # What must not be other than a condition must meet it.
        otherwise = condition if schema.get("else") is False else schema.get("else", True)
        yield from validator.descend(instance, otherwise, schema_path="else")


_Validator = validators.extend(  # type: ignore[no-untyped-call]  # the stubs leave it so
    Draft202012Validator,
    {
        "required": _required,
        "propertyNames": _property_names,
        "uniqueItems": _unique_items,
        "multipleOf": _multiple_of,
        "if": _if,
    },
)
