"""Open the record schema, so that a user's schema can extend it."""

from collections.abc import Iterator
from typing import Any

from feeds.diagnostics.problem import Route
from feeds.validation.schema.key_message import is_named, unknown_key
from feeds.validation.schema.plain_schema import CLOSED
from feeds.validation.schema.schema_map import SchemaMap
from feeds.validation.schema.schema_problem import SchemaProblem


def extensible(schema: Any) -> Any:
    """Return a schema that allows further keys, with the keyword CLOSED where it allowed none."""
    if isinstance(schema, list):
        return [extensible(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {keyword: extensible(part) for keyword, part in schema.items() if keyword != "$schema"}
    if parts.get("additionalProperties") is False:
        del parts["additionalProperties"]
        parts[CLOSED] = True
    return parts


def unnamed_keys(data: Any, schemas: SchemaMap, route: Route = ()) -> Iterator[SchemaProblem]:
    """Yield a problem for each key that no schema names, in mappings that are CLOSED."""
    schemas_here = schemas.schemas(route) if isinstance(data, dict | list) else []
    if not schemas_here:
        return
    if isinstance(data, dict) and any(CLOSED in schema for schema in schemas_here):
        yield from (unknown_key(route, key, data, schemas_here) for key in data if not is_named(key, schemas_here))
    for step, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield from unnamed_keys(value, schemas, (*route, step))
