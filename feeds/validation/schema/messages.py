"""Turn errors of jsonschema into problems with messages for the authors of records."""

from collections import Counter
from collections.abc import Callable, Iterable

from feeds.diagnostics.wording import name_of
from feeds.validation.schema import key_message, value_message
from feeds.validation.schema.alternative_message import no_alternative, several_alternatives
from feeds.validation.schema.format_message import bad_format, bad_pattern
from feeds.validation.schema.schema_map import SchemaMap
from feeds.validation.schema.schema_problem import SchemaProblem, distinct_problems
from feeds.validation.schema.violation import Error, Naming, Violation, violation_of


def schema_problems(errors: Iterable[Error], schemas: SchemaMap, naming: Naming = name_of) -> list[SchemaProblem]:
    """Return the problems for errors from one schema, without duplicates."""
    errors = list(errors)
    paths = [tuple(error.relative_path) for error in errors]
    inside = Counter(path[:length] for path in paths for length in range(len(path) + 1))

    def problems(error: Error) -> Iterable[SchemaProblem]:
        violation = violation_of(error, schemas, naming)
        if error.context:
            return no_alternative(violation, error.context, lambda inner: schema_problems(inner, schemas, naming))
        if violation.limit is False and violation.keyword in {"additionalProperties", "unevaluatedProperties"}:
            # After another error in the mapping, jsonschema takes keys that a schema names for unevaluated as well.
            is_alone = inside[tuple(error.relative_path)] == 1
            return key_message.unknown_keys(violation) or ([violation.by_jsonschema()] if is_alone else [])
        if violation.keyword == "dependentRequired":
            return key_message.missing_beside(violation)
        return [_MESSAGES.get(violation.keyword, Violation.by_jsonschema)(violation)]

    return distinct_problems(problem for error in errors for problem in problems(error))


_MESSAGES: dict[str, Callable[[Violation], SchemaProblem]] = {
    "false": key_message.forbidden,
    "required": key_message.missing_key,
    "propertyNames": key_message.bad_key,
    "type": value_message.wrong_type,
    "enum": value_message.not_one_of,
    "const": value_message.not_one_of,
    "format": bad_format,
    "pattern": bad_pattern,
    "uniqueItems": value_message.duplicate,
    "items": value_message.too_many,
    "oneOf": several_alternatives,
    "not": key_message.not_allowed,
    **dict.fromkeys(("contains", "minContains", "maxContains"), value_message.wrong_number),
    **dict.fromkeys(
        ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf"), value_message.out_of_range
    ),
    **dict.fromkeys(
        ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), value_message.wrong_size
    ),
}
