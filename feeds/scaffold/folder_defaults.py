"""Turn default front matter of folders into sources of fields."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from feeds.hold_back import truth
from feeds.records.posts.presets import PRESETS
from feeds.scaffold.site_config import table_in, texts_in

HELD_ALL = "/**"
Given = Sequence[tuple[str, Mapping[str, Any]]]  # folders, "" for the source itself, and what their posts are given


def given_fields(given: Given, preset: str, *names: str) -> dict[str, tuple[str, ...]]:
    """Return the sources of some fields with the defaults for posts without them, nearest folder first."""
    usual = PRESETS[preset].fields
    nearest = sorted(given, key=lambda entry: -len(entry[0]))
    own = {name: tuple(_sources(nearest, usual.get(name, ()))) for name in names}
    return {name: (*usual[name], *found) for name, found in own.items() if found}


def held_folders(given: Given) -> tuple[str, ...]:
    """Return the patterns of folders whose posts are not published by default."""
    return tuple(f"/{folder}/**" if folder else HELD_ALL for folder, values in given if is_held(values))


def in_folder(folder: str, source: str) -> str:
    """Return a source that applies only to the posts of a folder, or to all for the empty folder."""
    return f"{folder}/ => {source}" if folder else source


def is_held(values: Mapping[str, Any]) -> bool:
    """Return whether posts with these values are not published."""
    built = {**table_in(values, "_build"), **table_in(values, "build")}
    is_held = True in (truth(values.get(key)) for key in ("draft", "eleventyExcludeFromCollections"))
    is_refused = False in (values.get("permalink"), values.get("published"))
    return is_held or is_refused or "never" in (built.get("list"), built.get("render"))


def _sources(given: Given, keys: tuple[str, ...]) -> Iterator[str]:
    for folder, values in given:
        for key in (key for source in keys for key in source.split(" + ")):
            outer, _, inner = key.rpartition(".")
            texts = texts_in(table_in(values, outer) if outer else dict(values), inner)
            if texts and not any("'" in text for text in texts):
                yield in_folder(folder, " + ".join(f"'{text}'" for text in texts))
