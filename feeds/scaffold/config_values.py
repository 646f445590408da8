"""Read values of a configuration by type; one that is missing or of another type is empty. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any


def table_in(data: Any, *keys: str) -> dict[str, Any]:
    """Return the table under nested keys, or an empty one."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def lowered(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping with its keys in lower case, as Hugo reads them."""
    return {str(key).lower(): value for key, value in data.items()}


def text_in(data: Mapping[str, Any], *keys: str) -> str:
    """Return the first text or number under one of some keys, or nothing."""
    values = (value for value in map(data.get, keys) if isinstance(value, str | int | float))
    return next(filter(None, (str(value).strip() for value in values if not isinstance(value, bool))), "")


def texts_in(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return the texts under a key, which may hold one or a list."""
    value = data.get(key)
    return tuple(text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str) and text)


def tables_in(data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the tables in the list under a key."""
    value = data.get(key)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def name_in(data: Mapping[str, Any], *keys: str) -> str:
    """Return a person's name under one of some keys: written there, under `name`, or first of a list."""
    for key in keys:
        value = data.get(key)
        first = value[0] if isinstance(value, list) and value else value
        name = text_in(first, "name") if isinstance(first, dict) else text_in({"name": first}, "name")
        if name:
            return name
    return ""


def count_in(data: Mapping[str, Any], key: str, default: int | None = None) -> int | None:
    """Return a number from 1 under a key."""
    value = data.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else default


def plugins_of(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield names and options of plugins from a table, or from a list of names and `name: options`."""
    if isinstance(value, dict):
        yield from ((name, options if isinstance(options, dict) else {}) for name, options in value.items())
    for entry in value if isinstance(value, list) else ():
        yield from plugins_of(entry) if isinstance(entry, dict) else [(str(entry), {})]
