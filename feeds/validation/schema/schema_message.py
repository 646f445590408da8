"""Say a validator's errors in the words of a record: where they are, what was found, what was expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from feeds.diagnostics.wording import name_of
from feeds.validation.schema import key_message, list_message, value_message
from feeds.validation.schema.branch_message import no_alternative
from feeds.validation.schema.complaint import Complaint, without_echoes
from feeds.validation.schema.format_message import bad_format, bad_pattern
from feeds.validation.schema.not_message import not_allowed, several_at_once
from feeds.validation.schema.refusal import Error, Naming, Refusal, refusal_of
from feeds.validation.schema.schema_map import SchemaMap


def complaints_of(errors: Iterable[Error], schemas: SchemaMap, naming: Naming = name_of) -> list[Complaint]:
    """Return what errors that came of one schema stand for, none of it twice."""
    errors = list(errors)
    if not errors:
        return []
    paths = [tuple(error.relative_path) for error in errors]
    inside = Counter(path[:length] for path in paths for length in range(len(path) + 1))

    def say(error: Error) -> Iterable[Complaint]:
        refusal = refusal_of(error, schemas, naming)
        if refusal.keyword in {"additionalProperties", "unevaluatedProperties"}:
            return key_message.unknown_keys(refusal, is_alone=inside[tuple(error.relative_path)] == 1)
        return _complaints(error, refusal)

    return without_echoes(each for error in errors for each in say(error))


def _complaints(error: Error, refusal: Refusal) -> Iterable[Complaint]:
    def say(inner: Iterable[Error]) -> list[Complaint]:
        return complaints_of(inner, refusal.schemas, refusal.naming)

    if refusal.keyword == "propertyNames":
        return say(error.context)
    if error.context:
        return no_alternative(refusal, error.context, say)
    if refusal.keyword == "unevaluatedItems":
        return list_message.left_over(refusal)
    return [_SAY[refusal.keyword](refusal)]


_SAY: dict[str, Callable[[Refusal], Complaint]] = {
    "false": key_message.forbidden,
    "required": key_message.missing_key,
    "dependentRequired": key_message.missing_key,
    "type": value_message.wrong_type,
    "enum": value_message.not_one_of,
    "const": value_message.not_one_of,
    "format": bad_format,
    "pattern": bad_pattern,
    "uniqueItems": list_message.duplicate,
    "items": list_message.too_many,
    "contains": list_message.wrong_mixture,
    "oneOf": several_at_once,
    "not": not_allowed,
    **dict.fromkeys(
        ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf"), value_message.out_of_range
    ),
    **dict.fromkeys(
        ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), value_message.wrong_size
    ),
}
