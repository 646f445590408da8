"""Compile the sources of each field: those of a preset, overridden by `[fields]` in the configuration."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from feeds.diagnostics.wording import suggestion
from feeds.records.posts.author_values import Authors, authors_value
from feeds.records.posts.field_sources import WHERE, Source, compile_source
from feeds.records.posts.field_values import (
    date_value,
    language_value,
    original_value,
    page_value,
    published_value,
    summary_value,
    text_value,
    title_value,
    topics_value,
)
from feeds.records.posts.media_values import enclosures_value, images_value
from feeds.records.posts.patterns import FieldError
from feeds.records.posts.post import Post
from feeds.records.posts.preset import Preset
from feeds.records.posts.presets import PRESETS

Converter = Callable[[Any, Post], Any]

_PLAIN = Preset({"slug": ("slug", ":stem")})
# In this order, as a field may be made of those before it.
FIELDS = (
    *("title", "publishedDateTime", "updatedDateTime", "expires", "language", "categories", "topics", "slug"),
    *("authors", "webUrl", "originalUrl", "id", "excerpt", "images", "enclosures", "published", "type", "quality"),
    *("heat", "length", "featuredContent"),
)


@dataclass(frozen=True, eq=False)
class FieldMapping:
    """The sources of each field, as text and compiled, and the converters of their values; equal to itself alone.

    `read` are the keys that a source reads, `names` also those that the generator knows, `keys` the latter in lower
    case. Each source comes with the key, in lower case, without which it finds nothing, or "". Without a preset, keys
    that no source reads pass through unchanged.
    """

    preset: Preset
    texts: Mapping[str, tuple[str, ...]]
    read: frozenset[str]
    names: frozenset[str]
    keys: frozenset[str]
    sources: Mapping[str, tuple[tuple[str, Source], ...]]
    converters: Mapping[str, Converter]

    @property
    def known(self) -> frozenset[str]:
        """Return the keys that a source reads or that the generator knows, as `as_read` returns them."""
        return self.keys if self.preset.has_any_case else self.names

    def as_read(self, key: str) -> str:
        """Return a key as the generator compares it."""
        return key.lower() if self.preset.has_any_case else key

    @property
    def passes_through(self) -> bool:
        """Return whether posts are records already, apart from the fields that have sources."""
        return self.preset is _PLAIN


def compile_mapping(
    preset: str,
    fields: Mapping[str, tuple[str, ...]],
    authors: Authors | None = None,
    tags: Mapping[str, str] | None = None,
) -> FieldMapping:
    """Return the mapping of a preset ("" for none), with the sources of some fields replaced.

    `authors` are the people of a data file by key, `tags` the labels of another. Raises FieldError for an unknown
    field, source or token.
    """
    base = PRESETS[preset] if preset else _PLAIN
    for name in fields:
        if name not in FIELDS:
            raise FieldError(f'unknown field "{name}"; {suggestion(name, FIELDS)}')
    wanted = {**base.fields, **fields}
    sources = {
        name: tuple((_needed_key(text), compile_source(text, base, name)) for text in wanted[name])
        for name in FIELDS
        if name in wanted
    }
    read = _keys_read(wanted)
    names = base.keys | read
    keys = frozenset(map(str.lower, names))
    return FieldMapping(base, wanted, read, names, keys, sources, _converters(base, authors or {}, tags or {}))


@cache
def identity_mapping() -> FieldMapping:
    """Return the mapping of files that are records already."""
    return compile_mapping("", {})


def _needed_key(text: str) -> str:
    is_key = not (text.startswith((":", "'")) or "{" in text or WHERE in text or " + " in text)
    return text.lstrip("!").partition("=")[0].partition(".")[0].lower() if is_key else ""


def _keys_read(fields: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the keys that sources name, nested ones by their outermost key."""
    parts = [part for texts in fields.values() for text in texts for part in _parts(text)]
    return frozenset(part.strip().lstrip("!").partition("=")[0].partition(".")[0] for part in parts)


def _parts(text: str) -> list[str]:
    condition, _, text = text.rpartition(WHERE)
    if condition and not condition.endswith("/"):
        return [condition, *_parts(text)]
    if "{" in text:
        return re.findall(r"\{data\.([^{}:!]+)", text)
    return [part for part in text.split(" + ") if not part.startswith((":", "'"))]


def _converters(preset: Preset, authors: Authors, tags: Mapping[str, str]) -> dict[str, Converter]:
    read = date_value(preset)
    return {
        "title": title_value,
        "publishedDateTime": read,
        "updatedDateTime": read,
        "expires": read,
        "excerpt": summary_value,
        "language": language_value,
        "slug": text_value,
        "categories": topics_value(frozenset(), {}),
        "topics": topics_value(preset.no_topics, tags, "#" if preset.templates == "obsidian" else ""),
        "webUrl": page_value(preset.given),
        "originalUrl": original_value,
        "authors": authors_value(authors, preset.words),
        "images": images_value,
        "enclosures": enclosures_value,
        "published": published_value,
    }
