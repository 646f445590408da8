"""Keep what the owner of the records calls secret apart from the rest. Pure: plain data in, plain data out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any


def secret_values(data: Any, keys: Collection[str]) -> Iterator[str]:
    """Yield the text of every value under any of the keys, at any depth of parsed front matter.

    All that a secret key holds is secret: lists and mappings give the texts of their leaves. Numbers count as they
    are written in outputs; true, false and null say too little to be recognised anywhere.
    """
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value) if key in keys else secret_values(value, keys)
    elif isinstance(data, list):
        for entry in data:
            yield from secret_values(entry, keys)


def without_secrets(data: Any, keys: Collection[str]) -> Any:
    """Return parsed front matter without any of the keys, at any depth; what is given stays as it is."""
    if isinstance(data, dict):
        return {key: without_secrets(value, keys) for key, value in data.items() if key not in keys}
    if isinstance(data, list):
        return [without_secrets(entry, keys) for entry in data]
    return data


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from _leaves(entry)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield str(value)
