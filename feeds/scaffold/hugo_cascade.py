"""What Hugo's `cascade`, in its configuration and in `_index` pages, gives to the posts of a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from feeds.hold_back import truth
from feeds.records import permalinks
from feeds.records.permalinks import permalink_patterns
from feeds.records.presets import PRESETS
from feeds.scaffold.config_readers import read_front_matter
from feeds.scaffold.site_config import table_in, texts_in

_GIVEN = ("topics", "authors", "images", "language")
_BELOW = re.compile(r"/?(?P<folder>[^*{}\[\]?]*?)/?(?:\{[^{}]*\}|\*\*)?")


class Cascade(NamedTuple):
    """The addresses that folders give to their posts, the sources of other fields, and folders that hold posts back."""

    web_url: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]
    exclude: tuple[str, ...]


def read_cascade(config: Mapping[str, Any], content: Path) -> Cascade:
    """Return what cascades of a site say; the nearest to a post comes first."""
    given = sorted(_values(config, content), key=lambda entry: -len(entry[0]))
    hidden = tuple(f"/{folder}/**" for folder, values in given if folder and _is_hidden(values))
    addresses = [
        f"{folder}/ => {pattern}" if folder else pattern
        for folder, values in given
        for text in texts_in(values, "url")
        for pattern in permalink_patterns(text, permalinks.HUGO)
    ]
    usual = PRESETS["hugo"].fields
    own = {name: tuple(_sources(given, usual.get(name, ()))) for name in _GIVEN}
    return Cascade(tuple(addresses), {name: (*usual[name], *found) for name, found in own.items() if found}, hidden)


def _values(config: Mapping[str, Any], content: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield folders, and what is given to pages in them."""
    yield from _entries(config.get("cascade"), "")
    for page in sorted(content.rglob("_index.*")) if content.is_dir() else ():
        folder = page.parent.relative_to(content).as_posix().removeprefix(".")
        written = read_front_matter(page) if page.name in {"_index.md", "_index.html"} else {}
        yield from _entries({key.lower(): value for key, value in written.items()}.get("cascade"), folder)


def _entries(cascade: Any, folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in cascade if isinstance(cascade, list) else [cascade]:
        if not isinstance(entry, dict):
            continue
        values = {str(key).lower(): value for key, value in entry.items()}
        target = {**table_in(values, "_target"), **table_in(values, "target")}
        path = _BELOW.fullmatch(str(target.get("path", folder)))
        is_for_posts = target.get("kind", "page") in {"page", "*", "{page,section}"} and not target.keys() & {"lang"}
        if path and is_for_posts and target.get("environment", "production") == "production":
            yield path["folder"], values


def _is_hidden(values: dict[str, Any]) -> bool:
    built = {**table_in(values, "_build"), **table_in(values, "build")}
    return truth(values.get("draft")) is True or built.get("list") == "never" or built.get("render") == "never"


def _sources(given: list[tuple[str, dict[str, Any]]], keys: tuple[str, ...]) -> Iterator[str]:
    """Yield the sources of a field for posts that lack its keys."""
    for folder, values in given:
        for key in (key for source in keys for key in source.split(" + ")):
            outer, _, inner = key.rpartition(".")
            texts = texts_in(table_in(values, outer) if outer else values, inner)
            if texts and not any("'" in text for text in texts):
                source = " + ".join(f"'{text}'" for text in texts)
                yield f"{folder}/ => {source}" if folder else source
