"""Read the configuration of Jekyll."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from feeds.records.posts import permalinks
from feeds.records.posts.permalinks import permalink_patterns
from feeds.records.posts.presets import PRESETS
from feeds.scaffold.config_readers import read_yaml
from feeds.scaffold.config_values import count_in, name_in, table_in, tables_in, text_in, texts_in
from feeds.scaffold.folder_defaults import Given, given_fields, held_keys, held_posts, in_folder, literal_source
from feeds.scaffold.hexo_config import read_hexo
from feeds.scaffold.site_config import SiteConfig, site_url, unsupported_link

_UNSUPPORTED = {
    "future": "future; posts go out when they are due",
    "unpublished": "unpublished; posts that are held back never go out",
    "show_drafts": "show_drafts; drafts never go out",
}


def read_jekyll(path: Path, folder: Path) -> SiteConfig:
    """Return the settings in `_config.yml` of Jekyll, or of Hexo, which has a file of that name too."""
    data = read_yaml(path)
    if "source_dir" in data or _is_hexo(folder):
        return read_hexo(path, folder)
    root = Path(text_in(data, "source")) / text_in(data, "collections_dir").strip("/")
    kind, others = _collections(data, folder / root)
    defaults = [*_defaults(data, folder, kind)]
    permalink = _permalink(data, defaults, kind)
    patterns = _patterns(permalink, kind)
    return SiteConfig(
        "jekyll",
        source=(root if kind == "posts" else root / f"_{kind}").as_posix(),
        static=text_in(data, "source") or ".",
        home_page=site_url(text_in(data, "url"), text_in(data, "baseurl")),
        title=text_in(data, "title", "name"),
        description=text_in(data, "description", "tagline"),
        language=text_in(data, "lang", "locale", "language"),
        author=name_in(data, "author"),
        zone=text_in(data, "timezone"),
        limit=count_in(table_in(data, "feed"), "posts_limit", 10),
        web_url=(*_addresses(defaults, kind), *patterns),
        fields=given_fields(defaults, "jekyll", "images", "language")
        | _fields(defaults)
        | held_posts(defaults, "jekyll"),
        output=text_in(data, "destination") or "_site",
        has_emoji="jemoji" in (*texts_in(data, "plugins"), *texts_in(data, "gems")),
        exclude=(*texts_in(data, "exclude"), *_held(defaults)),
        unknown=(
            *unsupported_link("permalink", permalink, patterns),
            *(_of_collection(other, data, root) for other in others),
            *(note for key, note in _UNSUPPORTED.items() if data.get(key) is True),
        ),
    )


def _is_hexo(folder: Path) -> bool:
    return (folder / "source" / "_posts").is_dir() or all((folder / name).is_dir() for name in ("themes", "scaffolds"))


def _collections(data: dict[str, Any], root: Path) -> tuple[str, list[str]]:
    """Return the collection with the posts, and others with a feed, or with pages if there are no posts."""
    given = data.get("collections")
    tables = given if isinstance(given, dict) else {}
    shown = [name for name, table in tables.items() if isinstance(table, dict) and table.get("output") is True]
    found = [name for name in shown if name != "posts" and any((root / f"_{name}").rglob("*.m*d*"))]
    fed = table_in(data, "feed").get("collections")
    with_feed = [name for name in found if isinstance(fed, list | dict) and name in fed]
    if any(root.rglob("_posts")):
        return "posts", with_feed
    return (with_feed[0], with_feed[1:]) if with_feed else ("posts", found)


def _of_collection(name: str, data: dict[str, Any], root: Path) -> str:
    """Return a note on a collection that is not read."""
    patterns = _patterns(_permalink(data, [], name), name)
    address = f' and webUrl = "{patterns[0]}" under [fields]' if patterns else ""
    source = (root / f"_{name}").as_posix()
    return f'collection {name}; write a second configuration, with source = "{source}"{address}, for --config'


def _permalink(data: dict[str, Any], defaults: list[tuple[str, dict[str, Any]]], kind: str) -> str:
    """Return the permalink of posts: that of the defaults for all of them, else of their collection, else of pages."""
    given = [values for path, values in defaults if not path]
    of_pages = text_in(data, "permalink")
    places = (*given, table_in(data, "collections", kind))
    found = next(filter(None, (text_in(place, "permalink") for place in places)), "")
    if found or kind == "posts":
        return found or of_pages
    style = permalinks.STYLES.get(of_pages or "date", of_pages)
    return "/:collection/:path" + ("/" if style.endswith("/") else ".html" * style.endswith((".html", ":output_ext")))


def _patterns(permalink: str, kind: str) -> tuple[str, ...]:
    path = {} if kind == "posts" else {":path": ("{file}",)}
    tokens = {**permalinks.JEKYLL, ":collection": (kind,), **path}
    return permalink_patterns(permalinks.STYLES.get(permalink, permalink), tokens)


def _defaults(data: dict[str, Any], folder: Path, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the defaults of posts, or of the files of another collection, by folder, nested folders first."""
    found = [(table_in(entry, "scope"), table_in(entry, "values")) for entry in tables_in(data, "defaults")]
    collections = text_in(data, "collections_dir").strip("/")
    above = f"{collections}/" if kind == "posts" else f"{collections}/_{kind}/".lstrip("/")
    scoped = [
        (f"{text_in(scope, 'path').strip('/')}/".removeprefix(above).strip("/"), values)
        for scope, values in found
        if (scope.get("type") == kind) or ("type" not in scope and _has_posts(text_in(scope, "path"), folder, kind))
    ]
    yield from sorted(scoped, key=lambda entry: -entry[0].count("/") - bool(entry[0]))


def _held(defaults: Given) -> Iterator[str]:
    """Yield the patterns of files, and of folders by a glob, whose posts are not published by default."""
    yield from (f"/{path}" for path, values in defaults if re.search(r"[*?\[]|\.\w+$", path) and held_keys(values))


def _has_posts(path: str, folder: Path, kind: str) -> bool:
    name = f"_{kind}"
    return not path.strip("/") or name in path or any((folder / path.strip("/")).glob(f"**/{name}"))


def _addresses(defaults: list[tuple[str, dict[str, Any]]], kind: str) -> Iterator[str]:
    """Yield the patterns of folders that have a permalink in the defaults."""
    for path, values in defaults:
        patterns = _patterns(text_in(values, "permalink"), kind) if path else ()
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
