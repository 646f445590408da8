"""Make the JSON Schema (draft 2020-12) of another generator's front matter from its preset. Pure.

It has only keywords that editors know from every draft, and no references.
"""

import json
from collections.abc import Iterator

from feeds.records.posts.presets import PRESETS
from feeds.validation.schema.own_schemas import DIALECT, Schema, record_schema

_NESTED = {"type": ["string", "number", "object", "array", "null"]}
_TEXT: Schema = {"type": ["string", "number", "null"]}
_DATE: Schema = {"type": ["string", "integer", "null"], "pattern": r"\d{4}|^\s*$"}
_SWITCH: Schema = {"type": ["boolean", "string", "null"]}
_LIST: Schema = {"type": ["string", "number", "object", "array", "null"], "items": _NESTED}
_KINDS: dict[str, Schema] = {
    "publishedDateTime": _DATE,
    "updatedDateTime": _DATE,
    "expires": _DATE,
    "topics": _LIST,
    "categories": _LIST,
    "authors": _LIST,
    "images": _LIST,
    "enclosures": {**_LIST, "type": [*_LIST["type"], "boolean"]},  # `audio: true` is a setting of some themes
    "published": _SWITCH,
}
_SLUG = {"title": "Slug", "description": "The part of the address that stands for the post."}


def preset_schema_text(preset: str) -> str:
    """Return the schema of a preset as JSON."""
    return json.dumps(preset_schema(preset), indent=2, ensure_ascii=False) + "\n"


def preset_schema(preset: str) -> Schema:
    """Return the schema of a preset; it allows further keys, as sites have their own."""
    conventions = PRESETS[preset]
    properties: Schema = {}
    for field, sources in conventions.fields.items():
        keys = [key for source in sources for key in _keys_of(source)]
        for key, words in keys:
            others = [other for other, _ in keys if other != key]
            _add(properties, key.split("."), _described(field, words, others))
    for key in sorted(conventions.keys):
        _add(properties, key.split("."), {"description": f"A setting of {preset}; feeds does not use it."})
    schema: Schema = {
        "$schema": DIALECT,
        "$id": f"https://feeds.example/schema/{preset}.schema.json",
        "title": f"Front matter of {preset}",
        "description": f"The front matter of one post, as {preset} reads it and feeds publishes it.",
        "type": "object",
        "properties": properties,
    }
    if conventions.has_any_case:
        schema["patternProperties"] = {_any_case(key): value for key, value in properties.items()}
    return schema


def _keys_of(source: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the keys that a source reads, with the values that it accepts, if it names them."""
    if source.startswith(":") or "{" in source:
        return
    for part in source.split(" + "):
        key, _, words = part.strip().removeprefix("!").partition("=")
        yield key, tuple(words.split("|")) if words else ()


def _described(field: str, words: tuple[str, ...], others: list[str]) -> Schema:
    known = record_schema()["properties"].get(field, _SLUG)
    also = f" Also read: {', '.join(others)}." if others else ""
    only = f" {' or '.join(words)} says yes." if words else ""
    description = f"{known.get('description', '')}{only}{also}".strip()
    return {"title": known.get("title", field), "description": description, **_KINDS.get(field, _TEXT)}


def _add(properties: Schema, route: list[str], schema: Schema) -> None:
    """Add the schema of a key for one field; a key that several fields read allows the types of all."""
    key, *below = route
    if below:
        table = properties.setdefault(key, {"type": ["object"]})
        if "type" in table and "object" not in table["type"]:
            table["type"] = [*table["type"], "object"]
        _add(table.setdefault("properties", {}), below, schema)
    elif key not in properties:
        properties[key] = dict(schema)
    elif "type" in schema and "type" in properties[key]:
        own = properties[key]
        own["type"] = [*own["type"], *(kind for kind in schema["type"] if kind not in own["type"])]
        own.setdefault("title", schema["title"])
        own.setdefault("description", schema["description"])
        if own.get("pattern") != schema.get("pattern"):
            own.pop("pattern", None)


def _any_case(key: str) -> str:
    """Return the pattern of a key in any other case, for generators that ignore case."""
    letters = (f"[{char.upper()}{char.lower()}]" if char.isalpha() else char for char in key)
    return f"^(?!{key}$){''.join(letters)}$"
