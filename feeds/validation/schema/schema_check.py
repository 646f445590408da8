"""Check that a schema is valid by draft 2020-12, and normalize it for jsonschema."""

from typing import Any

from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]  # it carries no type information
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from feeds.diagnostics.json_report import pointer
from feeds.diagnostics.problem import CouldNotRunError, Route
from feeds.diagnostics.wording import quote
from feeds.validation.schema.messages import schema_problems
from feeds.validation.schema.own_schemas import DIALECT, Schema
from feeds.validation.schema.schema_map import SchemaMap, subschemas
from feeds.validation.schema.validator import validator_of

_METASCHEMAS = {
    uri: {keyword: part for keyword, part in resource.contents.items() if keyword != "$schema"}
    for uri, resource in REGISTRY.items()
    if "/draft/2020-12/" in uri
}
_RESOURCES = ((uri, DRAFT202012.create_resource(schema)) for uri, schema in _METASCHEMAS.items())
_METASCHEMA = validator_of(_METASCHEMAS[DIALECT], Registry().with_resources(_RESOURCES).crawl())
_NAMED = ("properties", "patternProperties", "dependentSchemas", "$defs", "definitions")
_LISTED = ("prefixItems", "allOf", "anyOf", "oneOf")


def normalize_schema(schema: Any, name: str) -> None:
    """Check a schema, and normalize it in place; `name` is its name in messages.

    Raises CouldNotRunError if it is invalid, or of another draft.
    """
    _require_draft(schema, name)
    problems = schema_problems(_METASCHEMA.iter_errors(schema), SchemaMap({}, Registry()), _place)
    if problems:
        first = min(problems, key=lambda problem: (_place(problem.route), problem.message))
        where = _place(first.route[:-1] if first.at_key else first.route)
        message = first.message if first.message.startswith(where) else f"{where}: {first.message}"
        remedy = f"; {first.remedy}" if first.remedy.startswith("did you mean") else ""  # others are for YAML
        raise CouldNotRunError(f"{name}: not a JSON Schema: {message}{remedy}")
    for part in subschemas(schema):
        _require_draft(part, name)
        part.pop("$schema", None)  # else jsonschema would continue with its own validator
        _spell_out_false(part)


def _require_draft(schema: Any, name: str) -> None:
    dialect = schema.get("$schema", DIALECT) if isinstance(schema, dict) else DIALECT
    if isinstance(dialect, str) and dialect.rstrip("#") != DIALECT:
        raise CouldNotRunError(f'{name}: "$schema" is {quote(dialect)}; only {DIALECT} can be used')


def _spell_out_false(schema: Schema) -> None:
    # jsonschema gives no path for what a mere false refuses.
    for keyword in _NAMED:
        parts = schema.get(keyword, {})
        parts.update({name: {"not": {}} for name, part in parts.items() if part is False})
    for keyword in _LISTED:
        if keyword in schema:
            schema[keyword] = [{"not": {}} if part is False else part for part in schema[keyword]]


def _place(route: Route) -> str:
    return pointer(route) or "the schema"
