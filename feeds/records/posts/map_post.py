"""Map the front matter of a post to that of a record, with the origin of each value."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from feeds.diagnostics.problem import Route
from feeds.hold_back import truth
from feeds.records.loose_dates import day_of
from feeds.records.posts.field_mapping import Converter, FieldMapping
from feeds.records.posts.field_sources import Source
from feeds.records.posts.post import Found, Post

_ONLY_FOR_ADDRESSES = {"slug", "is_slug", "categories", "day"}


class MappedPost(NamedTuple):
    """The front matter of a record, the route to the origin of each field, and the unknown keys."""

    data: dict[str, Any]
    origins: Mapping[str, Route]
    unknown: tuple[str, ...]
    has_heading_as_title: bool


def map_post(post: Post, mapping: FieldMapping) -> MappedPost:
    """Return a post as a record; invalid values stay, so that the schema reports them."""
    own = post.data if mapping.passes_through else {}
    passing = {key: value for key, value in own.items() if key.lower() not in mapping.keys}
    post.values.update(passing)
    origins: dict[str, Route] = {key: (key,) for key in passing}
    written = {"", *(key.partition(".")[0].lower() for key in post.data)}
    for name, compiled in mapping.sources.items():
        sources = [source for key, source in compiled if key in written]
        convert = mapping.converters.get(name, lambda value, _: value)
        found, value = _held(sources, post) if name == "published" else _first(sources, convert, post)
        if not found:
            continue
        post.values[name], origins[name] = value, found.route
        if name == "slug":
            post.values["is_slug"] = found.is_slug or bool(found.route and mapping.preset.keeps_slugs)
        if name == "publishedDateTime":
            post.values["day"] = day_of(found.value, post.zone, is_in_zone=mapping.preset.days_are_in_zone)
    data = {name: value for name, value in post.values.items() if name not in _ONLY_FOR_ADDRESSES}
    is_from_heading = bool(post.heading) and not origins.get("title") and data.get("title") == post.heading
    return MappedPost(data, origins, _unknown(post, mapping), is_from_heading)


def _first(sources: Sequence[Source], convert: Converter, post: Post) -> tuple[Found | None, Any]:
    """Return the first usable value of the sources, and its converted form."""
    for source in sources:
        found = source(post)
        value = convert(found.value, post) if found else None
        if found and value is not None:
            return found, value
    return None, None


def _held(sources: Sequence[Source], post: Post) -> tuple[Found | None, Any]:
    """Return `published: false` if any source says so."""
    for source in sources:
        found = source(post)
        if found and truth(found.value) is False:
            return found, False
    return None, None


def _unknown(post: Post, mapping: FieldMapping) -> tuple[str, ...]:
    """Return the keys that neither feeds nor the generator knows."""
    if mapping.passes_through:
        return ()
    known = mapping.known
    return tuple(key for key in post.data if mapping.as_read(key) not in known and not key.lower().startswith("x-"))
