"""Separate secret values from the rest of front matter. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

SHORTEST = 8  # bytes; shorter values occur in outputs by chance, so they are not searched for

_FIELD_NAME = re.compile(r"[a-z]+(?:[A-Z][a-z]+)*")
# No other escape stands for a letter or digit, or for nothing.
_SPELLING, _WORD = re.compile(r"\\[xuU\r\n]"), re.compile(r"[\w.-]+")


def public_part(data: Mapping[str, Any], text: str, keys: Collection[str]) -> dict[str, Any]:
    """Return front matter without the given keys, at any depth; `text` is its source."""
    if are_on_top(data, text, keys):
        return {key: value for key, value in data.items() if key not in keys}
    public: dict[str, Any] = without_secrets(data, keys)
    return public


def secret_part(data: Mapping[str, Any], text: str, keys: Collection[str]) -> tuple[str, ...]:
    """Return the text of every value under any of the keys, at any depth; `text` is the source of the front matter."""
    if are_on_top(data, text, keys):
        return tuple(value for key in keys if key in data for value in _leaves(data[key]))
    return tuple(secret_values(data, keys))


def are_on_top(data: Mapping[str, Any], text: str, keys: Collection[str]) -> bool:
    """Return whether secret keys are at the top level only, as the text contains each just once.

    With aliases in the text, or escapes that may spell a key, this is unknown, and so false.
    """
    return _occurrences(text, tuple(keys)) == tuple(map(data.__contains__, keys))


def secret_values(data: Any, keys: Collection[str]) -> Iterator[str]:
    """Yield the text of every value under any of the keys, at any depth of parsed front matter.

    Everything below a secret key is secret: the leaves of lists and mappings, and the keys of mappings unless they look
    like field names, as in `publishedDateTime`. Numbers are formatted as in outputs; true, false and null are too
    common to be recognised.
    """
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value) if key in keys else secret_values(value, keys)
    elif isinstance(data, list):
        for entry in data:
            yield from secret_values(entry, keys)


def is_short(value: str) -> bool:
    """Return whether a value, not empty, is too short to be searched for in outputs."""
    return 0 < len(value.strip().encode(errors="replace")) < SHORTEST


def without_secrets(data: Any, keys: Collection[str]) -> Any:
    """Return a copy of parsed front matter without the given keys, at any depth."""
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


@lru_cache(maxsize=2)  # a text is asked for when its secrets are taken, and when its record is made
def _occurrences(text: str, keys: tuple[str, ...]) -> tuple[int, ...] | None:
    """Return how often a text contains each of the keys; None if it has aliases, or escapes that may spell one."""
    is_spelt = "\\" in text and (_SPELLING.search(text) or not all(map(_WORD.fullmatch, keys)))
    return None if is_spelt or "*" in text else tuple(map(text.count, keys))
