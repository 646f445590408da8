"""The secret part of front matter, apart from the rest. Pure: plain data in, plain data out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

SHORTEST = 8  # bytes of a value that outputs are searched for; less stands in many an output by chance

_FIELD_NAME = re.compile(r"[a-z]+(?:[A-Z][a-z]+)*")


def public_part(data: Mapping[str, Any], text: str, keys: Collection[str]) -> dict[str, Any]:
    """Return front matter, whose text is given, without what stands under any of the keys, at any depth."""
    if _are_on_top(data, text, keys):
        return {key: value for key, value in data.items() if key not in keys}
    public: dict[str, Any] = without_secrets(data, keys)
    return public


def secret_part(data: Mapping[str, Any], text: str, keys: Collection[str]) -> tuple[str, ...]:
    """Return the texts of what stands under any of the keys of front matter, whose text is given, at any depth."""
    if _are_on_top(data, text, keys):
        return tuple(value for key in keys if key in data for value in _leaves(data[key]))
    return tuple(secret_values(data, keys))


def secret_values(data: Any, keys: Collection[str]) -> Iterator[str]:
    """Yield the text of every value under any of the keys, at any depth of parsed front matter.

    All that a secret key holds is secret: lists and mappings give the texts of their leaves, and mappings those of
    their keys, but for mere names of fields, as in `publishedDateTime`. Numbers count as they are written in outputs;
    true, false and null say too little to be recognised anywhere.
    """
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value) if key in keys else secret_values(value, keys)
    elif isinstance(data, list):
        for entry in data:
            yield from secret_values(entry, keys)


def is_short(value: str) -> bool:
    """Return whether outputs are not searched for a value, though it says something."""
    return 0 < len(value.strip().encode(errors="replace")) < SHORTEST


def without_secrets(data: Any, keys: Collection[str]) -> Any:
    """Return parsed front matter without any of the keys, at any depth; what is given stays as it is."""
    if isinstance(data, dict):
        return {key: without_secrets(value, keys) for key, value in data.items() if key not in keys}
    if isinstance(data, list):
        return [without_secrets(entry, keys) for entry in data]
    return data


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (key for key in value if not _FIELD_NAME.fullmatch(key))
    if isinstance(value, dict | list):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from _leaves(entry)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield str(value)


def _are_on_top(data: Mapping[str, Any], text: str, keys: Collection[str]) -> bool:
    """Return whether secret keys can only stand at the top: the text names none of them a second time.

    Where there are escapes or aliases, a key may be somewhere else too, so that this cannot be known.
    """
    return not any(sign in text for sign in "\\*") and all(text.count(key) == (key in data) for key in keys)
