"""Which sources each field has: those of a preset, and over them those of `[fields]` in the configuration."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from feeds.records.field_sources import Source, compile_source
from feeds.records.field_values import (
    Authors,
    authors_value,
    date_value,
    images_value,
    summary_value,
    text_value,
    topics_value,
    url_value,
)
from feeds.records.post import Post
from feeds.records.presets import PRESETS, Preset

_PLAIN = Preset({})
# In this order, as each may be made of those before it.
FIELDS = (
    *(
        "title",
        "publishedDateTime",
        "updatedDateTime",
        "expires",
        "language",
        "topics",
        "slug",
        "webUrl",
        "originalUrl",
    ),
    *("id", "excerpt", "authors", "images", "published", "type", "quality", "heat", "length", "featuredContent"),
)


@dataclass(frozen=True)
class FieldMapping:
    """Compiled sources by field, what makes values of them, and the keys that are of no use but known."""

    preset: Preset
    sources: Mapping[str, tuple[Source, ...]]
    converters: Mapping[str, Callable[[Any, Post], Any]]


class FieldError(ValueError):
    """A field that no record has; the text says which there are."""


def compile_mapping(preset: str, fields: Mapping[str, tuple[str, ...]], authors: Authors | None = None) -> FieldMapping:
    """Return the mapping of a preset (or of none: ""), with some fields given other sources.

    `authors` are the people of a data file by their keys. Raises ValueError for a field, a source or a token that
    means nothing.
    """
    base = PRESETS[preset] if preset else _PLAIN
    for name in fields:
        if name not in FIELDS:
            near = difflib.get_close_matches(name, FIELDS, 1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(FIELDS)}"
            raise FieldError(f'unknown field "{name}"; {hint}')
    wanted = {**base.fields, **fields}
    sources = {
        name: tuple(compile_source(text, base.slug, name) for text in wanted[name]) for name in FIELDS if name in wanted
    }
    return FieldMapping(base, sources, _converters(base, authors or {}))


def _converters(preset: Preset, authors: Authors) -> dict[str, Callable[[Any, Post], Any]]:
    return {
        "title": text_value,
        "publishedDateTime": date_value,
        "updatedDateTime": date_value,
        "expires": date_value,
        "excerpt": summary_value,
        "language": text_value,
        "slug": text_value,
        "topics": topics_value(preset.words, preset.no_topics),
        "webUrl": url_value,
        "originalUrl": url_value,
        "authors": authors_value(authors, preset.words),
        "images": images_value,
    }
