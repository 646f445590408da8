"""Validate by JSON Schema, draft 2020-12, with errors that tell as values what jsonschema tells in prose only.

`validator_value` of an error is the missing key for `required`, that and the key that needs it for
`dependentRequired`, the keys left over for `additionalProperties` and `unevaluatedProperties`, the indices left over
for `unevaluatedItems`, the index of the same item for `uniqueItems`, the number of fitting items for `contains`, the
schemas that fit for a `oneOf` without a context, and the schema that fits for `not`. Under `then` an
error has a `condition`: the schema that let it count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from referencing import Registry

from feeds.validation.schema.value_format import CHECKS

# The same formats whatever else is installed.
FORMATS = FormatChecker(formats=("date", "email", "idn-email", "ipv4", "ipv6", "uuid"))
for _name, (_judge, _raises) in CHECKS.items():
    FORMATS.checks(_name, raises=_raises)(_judge)

Errors = Iterator[ValidationError]

_ONE_OF = Draft202012Validator.VALIDATORS["oneOf"]


def validator_of(schema: dict[str, Any], registry: Registry[Any]) -> Any:
    """Return what validates by a schema; the schemas it refers to are in the registry, none with `$schema`."""
    return _Validator(schema, registry=registry, format_checker=FORMATS)


def _required(_validator: Any, keys: list[str], instance: Any, _schema: Any) -> Errors:
    if isinstance(instance, dict):
        for key in keys:
            if key not in instance:
                yield ValidationError("", validator_value=key)


def _dependent_required(_validator: Any, needs: dict[str, list[str]], instance: Any, _schema: Any) -> Errors:
    if isinstance(instance, dict):
        for key, needed in needs.items():
            for other in needed if key in instance else ():
                if other not in instance:
                    yield ValidationError("", validator_value=(other, key))


def _additional_properties(validator: Any, allowed: Any, instance: Any, schema: Any) -> Errors:
    if isinstance(instance, dict):
        known, patterns = schema.get("properties", ()), schema.get("patternProperties", ())
        over = [key for key in instance if key not in known and not any(re.search(each, key) for each in patterns)]
        yield from _left_over(validator, allowed, instance, over)


def _unevaluated_properties(validator: Any, allowed: Any, instance: Any, schema: Any) -> Errors:
    # There is no public way to learn what is left over; only these two keywords depend on the private one.
    from jsonschema._utils import find_evaluated_property_keys_by_schema  # noqa: PLC0415

    if isinstance(instance, dict):
        known = set(find_evaluated_property_keys_by_schema(validator, instance, schema))
        yield from _left_over(validator, allowed, instance, [key for key in instance if key not in known])


def _unevaluated_items(validator: Any, allowed: Any, instance: Any, schema: Any) -> Errors:
    from jsonschema._utils import find_evaluated_item_indexes_by_schema  # noqa: PLC0415

    if isinstance(instance, list):
        known = set(find_evaluated_item_indexes_by_schema(validator, instance, schema))
        over = [index for index in range(len(instance)) if index not in known]
        yield from _left_over(validator, allowed, instance, over)


def _left_over(validator: Any, allowed: Any, instance: Any, over: list[Any]) -> Errors:
    if allowed is False and over:
        yield ValidationError("", validator_value=over)
    elif allowed is not False:
        for step in over:
            yield from validator.descend(instance[step], allowed, path=step)


def _property_names(validator: Any, names: Any, instance: Any, _schema: Any) -> Errors:
    for key in instance if isinstance(instance, dict) else ():
        errors = list(validator.descend(key, names))
        if errors:
            yield ValidationError("", path=[key], instance=key, context=errors)


def _unique_items(_validator: Any, unique: Any, instance: Any, _schema: Any) -> Errors:
    # jsonschema compares each with each, which takes minutes for long lists.
    first: dict[str, int] = {}
    for index, item in enumerate(instance if unique and isinstance(instance, list) else ()):
        other = first.setdefault(json.dumps(item, sort_keys=True), index)
        if other != index:
            yield ValidationError("", path=[index], instance=item, validator_value=other)


def _contains(validator: Any, wanted: Any, instance: Any, schema: Any) -> Errors:
    if isinstance(instance, list):
        judge = validator.evolve(schema=wanted)
        fitting = sum(judge.is_valid(item) for item in instance)
        if not schema.get("minContains", 1) <= fitting <= schema.get("maxContains", fitting):
            yield ValidationError("", validator_value=fitting)


def _multiple_of(_validator: Any, step: Any, instance: Any, _schema: Any) -> Errors:
    # By decimals, as people write them: for binary fractions 4.6 is no multiple of 0.1.
    is_number = isinstance(instance, int | float) and not isinstance(instance, bool)
    if is_number and (Fraction(str(instance)) / Fraction(str(step))).denominator != 1:
        yield ValidationError("")


def _one_of(validator: Any, schemas: list[Any], instance: Any, schema: Any) -> Errors:
    for error in _ONE_OF(validator, schemas, instance, schema):
        if not error.context:
            error.validator_value = [each for each in schemas if validator.evolve(schema=each).is_valid(instance)]
        yield error


def _not(validator: Any, refused: Any, instance: Any, _schema: Any) -> Errors:
    # Not any of several is: not the first, not the second, ...
    is_any = isinstance(refused, dict) and refused.keys() == {"anyOf"}
    for schema in refused["anyOf"] if is_any else [refused]:
        if validator.evolve(schema=schema).is_valid(instance):
            yield ValidationError("", validator_value=schema)


def _if(validator: Any, condition: Any, instance: Any, schema: Any) -> Errors:
    # What may never be is told by its condition.
    if validator.evolve(schema=condition).is_valid(instance):
        if schema.get("then", True) is False:
            yield ValidationError("", validator="not", validator_value=condition)
        else:
            for error in validator.descend(instance, schema.get("then", True), schema_path="then"):
                error.condition = getattr(error, "condition", condition)
                yield error
    elif "else" in schema:
        otherwise = schema["else"] if schema["else"] is not False else condition
        yield from validator.descend(instance, otherwise, schema_path="else")


_Validator = validators.extend(  # type: ignore[no-untyped-call]  # the stubs leave it so
    Draft202012Validator,
    {
        "required": _required,
        "dependentRequired": _dependent_required,
        "additionalProperties": _additional_properties,
        "unevaluatedProperties": _unevaluated_properties,
        "unevaluatedItems": _unevaluated_items,
        "propertyNames": _property_names,
        "uniqueItems": _unique_items,
        "contains": _contains,
        "multipleOf": _multiple_of,
        "oneOf": _one_of,
        "not": _not,
        "if": _if,
    },
)
