"""Turn default front matter of folders into sources of fields."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from feeds.hold_back import truth
from feeds.records.posts.presets import PRESETS
from feeds.scaffold.config_values import table_in, texts_in

Given = Sequence[tuple[str, Mapping[str, Any]]]  # folders, "" for the source itself, and what their posts are given


def given_fields(given: Given, preset: str, *names: str) -> dict[str, tuple[str, ...]]:
    """Return the sources of some fields with the defaults for posts without them, nearest folder first."""
    usual = PRESETS[preset].fields
    nearest = sorted(given, key=lambda entry: -len(entry[0]))
    own = {name: tuple(_sources(nearest, usual.get(name, ()))) for name in names}
    return {name: (*usual[name], *found) for name, found in own.items() if found}


def held_posts(given: Given, preset: str) -> dict[str, tuple[str, ...]]:
    """Return the sources of `published` where folders hold their posts back, unless a post itself says otherwise."""
    held = (in_folder(folder, f"!{key} => 'false'") for folder, values in given for key in held_keys(values))
    sources = tuple(dict.fromkeys(held))
    return {"published": (*PRESETS[preset].fields["published"], *sources)} if sources else {}


def in_folder(folder: str, source: str) -> str:
    """Return a source that applies only to the posts of a folder, or to all for the empty folder."""
    return f"{folder}/ => {source}" if folder else source


def literal_source(texts: Collection[str]) -> str:
    """Return the source that gives some texts themselves, or nothing if one of them cannot stand in its quotes."""
    return "" if any("'" in text for text in texts) else " + ".join(f"'{text}'" for text in texts)


def held_keys(values: Mapping[str, Any]) -> list[str]:
    """Return the keys for whose values a post is not published."""
    held = [key for key in ("draft", "eleventyExcludeFromCollections") if truth(values.get(key)) is True]
    held += [key for key in ("permalink", "published") if values.get(key) is False]
    built = ((key, table_in(values, key)) for key in ("_build", "build"))
    return held + [key for key, table in built if "never" in (table.get("list"), table.get("render"))]


def _sources(given: Given, keys: tuple[str, ...]) -> Iterator[str]:
    for folder, values in given:
        for key in (key for usual in keys for key in usual.split(" + ")):
            outer, _, inner = key.rpartition(".")
            texts = texts_in(table_in(values, outer) if outer else dict(values), inner)
            if source := literal_source(texts):
                yield in_folder(folder, source)
