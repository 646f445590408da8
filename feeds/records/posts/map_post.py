"""Map the front matter of a post to that of a record, with the origin of each value."""

from collections.abc import Mapping, Sequence
from datetime import UTC
from functools import lru_cache
from typing import Any, NamedTuple

from feeds.diagnostics.problem import Route
from feeds.records.loose_dates import day_of
from feeds.records.posts.field_mapping import Converter, FieldMapping
from feeds.records.posts.field_sources import Source
from feeds.records.posts.field_values import date_text, summary_value, title_value
from feeds.records.posts.post import Post, SourceValue

_OF_TEXT = {title_value, summary_value}
_ONLY_FOR_ADDRESSES = {"slug", "is_slug", "categories", "day", "written_title"}


class MappedPost(NamedTuple):
    """The front matter of a record, the route to the origin of each field, and the unknown keys."""

    data: dict[str, Any]
    origins: Mapping[str, Route]
    unknown: tuple[str, ...]
    has_heading_as_title: bool


class _Reading(NamedTuple):
    """How posts with the same keys are read: the keys that pass through, and the sources that may find a value."""

    passing: tuple[str, ...]
    sources: tuple[tuple[str, tuple[Source, ...]], ...]
    unknown: tuple[str, ...]


def map_post(post: Post, mapping: FieldMapping) -> MappedPost:
    """Return a post as a record; invalid values stay, so that the schema reports them."""
    reading = _reading(mapping, tuple(post.data))
    post.values.update((key, post.data[key]) for key in reading.passing)
    origins: dict[str, Route] = {key: (key,) for key in reading.passing}
    for name, sources in reading.sources:
        found, value = _first(sources, mapping.converters.get(name), post)
        if not found:
            continue
        post.values[name], origins[name] = value, found.route
        if name == "slug":
            post.values["is_slug"] = found.is_slug or bool(found.route and mapping.preset.keeps_slugs)
        if name == "title" and isinstance(found.value, str):
            post.values["written_title"] = found.value
        if name == "publishedDateTime":
            shown = (post.zone or UTC) if mapping.preset.days_are_in_zone else None
            zone = mapping.preset.zone_of(found.value, post.zone, post.front_matter)
            post.values["day"] = day_of(date_text(found.value, mapping.preset), zone, shown)
    data = {name: value for name, value in post.values.items() if name not in _ONLY_FOR_ADDRESSES}
    may_be_heading = not origins.get("title") and bool(data.get("title"))
    return MappedPost(data, origins, reading.unknown, may_be_heading and data["title"] == post.heading)


@lru_cache(maxsize=1024)  # most posts have the same keys
def _reading(mapping: FieldMapping, keys: tuple[str, ...]) -> _Reading:
    written = {"", *(key.partition(".")[0].lower() for key in keys)}
    possible = ((name, [find for key, find in all_of if key in written]) for name, all_of in mapping.sources.items())
    sources = tuple((name, tuple(some)) for name, some in possible if some)
    if mapping.passes_through:
        return _Reading(tuple(key for key in keys if key.lower() not in mapping.keys), sources, ())
    unknown = (key for key in keys if mapping.as_read(key) not in mapping.known and not key.lower().startswith("x-"))
    return _Reading((), sources, tuple(unknown))


def _first(sources: Sequence[Source], convert: Converter | None, post: Post) -> tuple[SourceValue | None, Any]:
    """Return the first usable value of the sources, and its converted form."""
    for source in sources:
        if found := source(post):
            is_plain = convert in _OF_TEXT and not found.route  # as what is made of a body is
            value = convert(found.value, post) if convert and not is_plain else found.value
            if value is not None:
                return found, value
    return None, None
