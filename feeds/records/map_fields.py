"""Make the front matter of a record of that of a post, and remember where each value stands in the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from feeds.diagnostics.problem import Route
from feeds.records.field_mapping import FieldMapping
from feeds.records.field_sources import Source
from feeds.records.post import Found, Post


class MappedPost(NamedTuple):
    """The front matter of a record, the route to the origin of each field, and the keys that nobody knows."""

    data: dict[str, Any]
    origins: Mapping[str, Route]
    unknown: tuple[str, ...]
    has_heading_as_title: bool


def map_post(post: Post, mapping: FieldMapping) -> MappedPost:
    """Return the record that a post stands for; values that make no sense stay, for the schema to refuse."""
    passing = _passing(post, mapping) if mapping.passes_through else {}
    post.values.update(passing)
    origins: dict[str, Route] = {key: (key,) for key in passing}
    for name, sources in mapping.sources.items():
        found = _held(sources, post) if name == "published" else _first(sources, post)
        if not found:
            continue
        convert = mapping.converters.get(name)
        post.values[name] = convert(found.value, post) if convert else found.value
        origins[name] = found.route
        if name == "topics":
            post.values["categories"] = _categories(post, mapping)
    data = {name: value for name, value in post.values.items() if name not in {"slug", "categories"}}
    is_from_heading = bool(post.heading) and not origins.get("title") and data.get("title") == post.heading
    return MappedPost(data, origins, _unknown(post, mapping), is_from_heading)


def _first(sources: tuple[Source, ...], post: Post) -> Found | None:
    return next(filter(None, (source(post) for source in sources)), None)


def _held(sources: tuple[Source, ...], post: Post) -> Found | None:
    """Return that a post is not published, if any source says so."""
    for source in sources:
        found = source(post)
        if found and (found.value is False or str(found.value).strip().lower() in {"false", "no", "off"}):
            return Found(value=False, route=found.route)
    return None


def _categories(post: Post, mapping: FieldMapping) -> list[str]:
    """Return what addresses may hold of a post: its categories, those of its path first."""
    convert = mapping.converters["topics"]
    below = [part for part in post.folder.split("/") if part and not part.startswith("_")]
    found = post.find("categories") or post.find("category")
    return [*below, *(convert(found.value, post) if found else [])]


def _passing(post: Post, mapping: FieldMapping) -> dict[str, Any]:
    return {key: value for key, value in post.data.items() if key.lower() not in mapping.keys}


def _unknown(post: Post, mapping: FieldMapping) -> tuple[str, ...]:
    """Return the keys that are of no use here, and of none to the generator."""
    if mapping.passes_through:
        return ()
    return tuple(key for key in post.data if key.lower() not in mapping.keys and not key.lower().startswith("x-"))
