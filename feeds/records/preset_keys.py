"""Write what a record says under the keys of a generator: each field under the first key that its preset reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from feeds.records.preset import Preset

# Where what no preset has a key for is left for themes, and for `[fields]` of a configuration.
ADDRESS_KEY = "canonicalURL"
_FOR_ONE = frozenset({"image", "heroImage", "thumbnail", "path", "cover"})


def preset_data(data: Mapping[str, Any], preset: Preset) -> dict[str, Any]:
    """Return the front matter that a generator's own posts have for what is in a record, nothing else."""
    written: dict[str, Any] = {}
    for field, value in _fields(data).items():
        key = first_key(preset.fields.get(field, ()))
        if key and value:
            _put(written, key, value)
    return written | {ADDRESS_KEY: data["webUrl"]}


def first_key(sources: tuple[str, ...]) -> str:
    """Return the first source of a field that is a key; of several that are read together the one for tags."""
    for source in sources:
        parts = source.split(" + ")
        key = next((part for part in parts if part.endswith("tags")), parts[0])
        if not (key.startswith((":", "!")) or "{" in key or "=" in key):
            return key
    return ""


def _fields(data: Mapping[str, Any]) -> dict[str, Any]:
    provider = data.get("provider", {})
    people = [author["name"] for author in provider.get("authors", [])] or [provider.get("name", "")]
    return {
        "title": data["title"],
        "publishedDateTime": data["publishedDateTime"],
        "updatedDateTime": data.get("updatedDateTime"),
        "excerpt": data.get("excerpt"),
        "topics": data.get("topics"),
        "authors": [name for name in people if name],
        "images": [image["url"] for image in data.get("images", [])],
    }


def _put(data: dict[str, Any], key: str, value: Any) -> None:
    """Put a value under a key, or under keys in each other (`params.author`), alone where the key is for one."""
    *outer, last = key.split(".")
    for step in outer:
        data = data.setdefault(step, {})
    data[last] = value[0] if last in _FOR_ONE or (last == "author" and len(value) == 1) else value
