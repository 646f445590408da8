"""Read Hugo's `cascade`: default front matter in the configuration and in `_index` pages."""

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

from feeds.records.posts import permalinks
from feeds.records.posts.permalinks import permalink_patterns
from feeds.scaffold.config_readers import read_front_matter
from feeds.scaffold.config_values import lowered, table_in, texts_in
from feeds.scaffold.folder_defaults import given_fields, held_keys, held_posts, in_folder
from feeds.scaffold.globs import alternatives

_BELOW = re.compile(r"(?P<folder>[^*\[\]?]*?)/?\*\*")
_ALL = "**"


class Cascade(NamedTuple):
    """The patterns of URLs by folder, the sources of other fields, and the patterns of unpublished folders."""

    web_url: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]
    exclude: tuple[str, ...]


class _Target(NamedTuple):
    """The glob of the paths of some pages, without a slash before it, and what these are given."""

    path: str
    values: dict[str, Any]


def read_cascade(config: Mapping[str, Any], content: Path, language: str) -> Cascade:
    """Return the cascades of a site in a language, the nearest to a post first.

    What holds a folder back by default is a source of a field, so that its posts can say otherwise.
    """
    targets = [*_targets(config, content, language)]
    given = [(match["folder"], target.values) for target in targets if (match := _BELOW.fullmatch(target.path))]
    given.sort(key=lambda entry: -len(entry[0]))
    addresses = [
        in_folder(folder, pattern)
        for folder, values in given
        for text in texts_in(values, "url")
        for pattern in permalink_patterns(text, permalinks.HUGO)
    ]
    fields = given_fields(given, "hugo", "topics", "authors", "images", "language") | held_posts(given, "hugo")
    held = (
        pattern
        for target in targets
        if held_keys(target.values) and not _BELOW.fullmatch(target.path)
        for pattern in _patterns(target.path)
    )
    return Cascade(tuple(addresses), fields, tuple(dict.fromkeys(held)))


def _targets(config: Mapping[str, Any], content: Path, language: str) -> Iterator[_Target]:
    """Yield what pages are given by default, and the globs of their paths."""
    yield from _entries(config.get("cascade"), "", language)
    for page in sorted(content.rglob("_index.*")) if content.is_dir() else ():
        folder = page.parent.relative_to(content).as_posix().removeprefix(".")
        written = read_front_matter(page) if page.name in {"_index.md", "_index.html"} else {}
        yield from _entries(lowered(written).get("cascade"), folder, language)


def _entries(cascade: Any, folder: str, language: str) -> Iterator[_Target]:
    for entry in cascade if isinstance(cascade, list) else [cascade]:
        if not isinstance(entry, dict):
            continue
        values = lowered(entry)
        target = {**table_in(values, "_target"), **table_in(values, "target")}
        wanted = (
            (target.get("lang"), language),
            (table_in(target, "sites", "matrix").get("languages"), language),
            (target.get("kind"), "page"),
            (target.get("environment"), "production"),
        )
        if all(_allow(texts, name) for texts, name in wanted):
            for path in (each.strip("/") for each in alternatives(str(target.get("path") or _ALL))):
                yield _Target(path if path.startswith(folder) else f"{folder}/{_ALL}", values)


def _allow(texts: Any, name: str) -> bool:
    """Return whether a target has no globs for something, or one that matches a name."""
    globs = texts if isinstance(texts, list) else [texts]
    return not texts or any(fnmatchcase(name, each) for text in globs for each in alternatives(str(text)))


def _patterns(path: str) -> Iterator[str]:
    """Yield the patterns of files whose pages have a path, which has no suffix and may be that of a bundle."""
    yield from [f"/{path}"] if path.endswith("/**") else [f"/{path}.*", f"/{path}/index.*"]
