"""Let a schema of the user's own build on the record schema, which by itself takes no keys but its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from feeds.diagnostics.problem import Route
from feeds.validation.schema.complaint import Complaint
from feeds.validation.schema.key_message import is_named, unknown_key
from feeds.validation.schema.schema_map import SchemaMap

_CLOSED = "x-closed"


def extensible(schema: Any) -> Any:
    """Return a schema that takes any further keys, with a mark where it took none."""
    if isinstance(schema, list):
        return [extensible(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {keyword: extensible(part) for keyword, part in schema.items() if keyword != "$schema"}
    if parts.get("additionalProperties") is False:
        del parts["additionalProperties"]
        parts[_CLOSED] = True
    return parts


def unnamed_keys(data: Any, schemas: SchemaMap, route: Route = ()) -> Iterator[Complaint]:
    """Say which keys no schema names, where a mapping took none but those."""
    speaking = schemas.schemas(route) if isinstance(data, dict | list) else []
    if not speaking:
        return
    if isinstance(data, dict) and any(_CLOSED in schema for schema in speaking):
        yield from (unknown_key(route, key, data, speaking) for key in data if not is_named(key, speaking))
    for step, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield from unnamed_keys(value, schemas, (*route, step))
