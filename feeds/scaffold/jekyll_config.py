"""Read the configuration of Jekyll."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from feeds.records.posts import permalinks
from feeds.records.posts.permalinks import permalink_patterns
from feeds.records.posts.presets import PRESETS
from feeds.scaffold.config_readers import read_yaml
from feeds.scaffold.folder_defaults import Given, given_fields, held_keys, held_posts, in_folder, literal_source
from feeds.scaffold.hexo_config import read_hexo
from feeds.scaffold.site_config import (
    SiteConfig,
    count_in,
    name_in,
    site_url,
    table_in,
    tables_in,
    text_in,
    texts_in,
    unsupported_link,
)


def read_jekyll(path: Path, folder: Path) -> SiteConfig:
    """Return the settings in `_config.yml` of Jekyll, or of Hexo, which has a file of that name too."""
    data = read_yaml(path)
    if "source_dir" in data or _is_hexo(folder):
        return read_hexo(path, folder)
    defaults = [*_defaults(data, folder)]
    permalink = _permalink(data, defaults)
    patterns = _patterns(permalink)
    return SiteConfig(
        "jekyll",
        source=(Path(text_in(data, "source")) / text_in(data, "collections_dir").strip("/")).as_posix(),
        static=text_in(data, "source") or ".",
        home_page=site_url(text_in(data, "url"), text_in(data, "baseurl")),
        title=text_in(data, "title", "name"),
        description=text_in(data, "description", "tagline"),
        language=text_in(data, "lang", "locale", "language"),
        author=name_in(data, "author"),
        zone=text_in(data, "timezone"),
        limit=count_in(table_in(data, "feed"), "posts_limit", 10),
        web_url=(*_addresses(defaults), *patterns),
        fields=given_fields(defaults, "jekyll", "images", "language")
        | _fields(defaults)
        | held_posts(defaults, "jekyll"),
        output=text_in(data, "destination") or "_site",
        exclude=(*texts_in(data, "exclude"), *_held(defaults)),
        unknown=(
            *unsupported_link("permalink", permalink, patterns),
            *(["future; posts go out when they are due"] if data.get("future") is True else []),
        ),
    )


def _is_hexo(folder: Path) -> bool:
    return (folder / "source" / "_posts").is_dir() or all((folder / name).is_dir() for name in ("themes", "scaffolds"))


def _permalink(data: dict[str, Any], defaults: Given) -> str:
    """Return the permalink of posts: that of the defaults for all of them, else of their collection, else of pages."""
    given = [values for path, values in defaults if not path]
    places = (*given, table_in(data, "collections", "posts"), data)
    return next(filter(None, (text_in(place, "permalink") for place in places)), "")


def _patterns(permalink: str) -> tuple[str, ...]:
    return permalink_patterns(permalinks.STYLES.get(permalink, permalink), permalinks.JEKYLL)


def _defaults(data: dict[str, Any], folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the defaults of posts by folder, nested folders first."""
    found = [(table_in(entry, "scope"), table_in(entry, "values")) for entry in tables_in(data, "defaults")]
    collections = text_in(data, "collections_dir").strip("/")
    scoped = [
        (f"{text_in(scope, 'path').strip('/')}/".removeprefix(f"{collections}/").strip("/"), values)
        for scope, values in found
        if (scope.get("type") == "posts") or ("type" not in scope and _has_posts(text_in(scope, "path"), folder))
    ]
    yield from sorted(scoped, key=lambda entry: -entry[0].count("/") - bool(entry[0]))


def _held(defaults: Given) -> Iterator[str]:
    """Yield the patterns of files, and of folders by a glob, whose posts are not published by default."""
    yield from (f"/{path}" for path, values in defaults if re.search(r"[*?\[]|\.\w+$", path) and held_keys(values))


def _has_posts(path: str, folder: Path) -> bool:
    return not path.strip("/") or "_posts" in path or any((folder / path.strip("/")).glob("**/_posts"))


def _addresses(defaults: Given) -> Iterator[str]:
    """Yield the patterns of folders that have a permalink in the defaults."""
    for path, values in defaults:
        patterns = _patterns(text_in(values, "permalink")) if path else ()
        yield from (in_folder(path, pattern) for pattern in patterns)


def _fields(defaults: Given) -> dict[str, tuple[str, ...]]:
    """Return the sources of categories, authors and tags with the defaults for posts that have none."""
    fields = {}
    for name, keys in (("categories", ("category", "categories")), ("authors", ("author",))):
        given = [(path, values.get(key), key) for path, values in defaults for key in keys]
        own = tuple(in_folder(path, found) for path, value, key in given if (found := _quoted(value, key)))
        if own:
            fields[name] = (*PRESETS["jekyll"].fields[name], *own)
    tags = [(path, _quoted(values.get("tags"), "tags")) for path, values in defaults]
    own = tuple(in_folder(path, f":categories + tag + {found}") for path, found in tags if found)
    if own:
        usual = PRESETS["jekyll"].fields["topics"]
        fields["topics"] = (*(f"tags => {source}" for source in usual), *own, *usual)
    return fields


def _quoted(value: Any, key: str) -> str:
    """Return the source of a default, or nothing; several categories or tags are separated by spaces."""
    texts = value.split() if key in {"categories", "tags"} and isinstance(value, str) else texts_in({key: value}, key)
    return literal_source(texts)
