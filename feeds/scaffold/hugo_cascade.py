"""Read Hugo's `cascade`: default front matter in the configuration and in `_index` pages."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from feeds.records.posts import permalinks
from feeds.records.posts.permalinks import permalink_patterns
from feeds.scaffold.config_readers import read_front_matter
from feeds.scaffold.folder_defaults import given_fields, held_folders, in_folder
from feeds.scaffold.site_config import table_in, texts_in

_BELOW = re.compile(r"/?(?P<folder>[^*{}\[\]?]*?)/?(?:\{[^{}]*\}|\*\*)?")


class Cascade(NamedTuple):
    """The patterns of URLs by folder, the sources of other fields, and the patterns of unpublished folders."""

    web_url: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]
    exclude: tuple[str, ...]


def read_cascade(config: Mapping[str, Any], content: Path) -> Cascade:
    """Return the cascades of a site, the nearest to a post first."""
    given = sorted(_values(config, content), key=lambda entry: -len(entry[0]))
    addresses = [
        in_folder(folder, pattern)
        for folder, values in given
        for text in texts_in(values, "url")
        for pattern in permalink_patterns(text, permalinks.HUGO)
    ]
    fields = given_fields(given, "hugo", "topics", "authors", "images", "language")
    return Cascade(tuple(addresses), fields, held_folders(given))


def _values(config: Mapping[str, Any], content: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield folders with the default front matter of their pages."""
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
