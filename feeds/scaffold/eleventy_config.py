"""Read the configuration of Eleventy and its data files, without executing any."""

import re
from collections.abc import Iterator
from glob import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from feeds.records.posts.permalinks import ELEVENTY, link_pattern
from feeds.records.posts.presets import PRESETS
from feeds.scaffold.config_readers import lenient_text, read_data
from feeds.scaffold.folder_defaults import Given, given_fields, held_keys, held_posts, in_folder
from feeds.scaffold.script_reader import Script, number_in, read_script
from feeds.scaffold.site_config import (
    SiteConfig,
    first_file,
    name_in,
    patterns_below,
    patterns_in,
    rooted_patterns,
    site_url,
    table_in,
    text_in,
    texts_in,
    url_pattern,
)
from feeds.sources.detect import likely_source

_SITE_KEYS = ("title", "name", "url", "description", "language", "lang")
_POSTS = (
    *("blog", "posts", "post", "articles"),
    *("content/blog", "content/posts", "src/posts", "src/blog"),
)
_DATA_FILES = ("metadata", "site", "meta", "config", "global", "siteConfig")


def read_eleventy(path: Path, folder: Path) -> SiteConfig:
    """Return the settings in the configuration of Eleventy and in its data files."""
    script = read_script(path)
    called = re.search(r"setInputDirectory\(\s*['\"]([^'\"]+)", lenient_text(path))
    source = (called[1] if called else script.find("dir", "input") or script.find("input")).strip("./")
    root = folder / source
    site = _site_in_data(root / (script.find("dir", "data") or "_data"), script)
    names = [name for name in _POSTS if (root / name).is_dir()]
    posts = names[0] if names else (likely_source(root) or Path()).as_posix()
    given = [*_data_of_folders(root / posts)]
    prefix = script.find("pathPrefix").strip("/")
    return site._replace(
        home_page=urljoin(site.home_page, f"/{prefix}/") if prefix and site.home_page else site.home_page,
        source=(Path(source) / posts).as_posix(),
        limit=number_in(script.find("collection", "limit")),
        body="raw" if re.search(r"\bmarkdownTemplateEngine\s*:\s*false\b", lenient_text(path)) else "",
        web_url=_links(given, posts),
        fields=given_fields(given, "eleventy", "authors", "images", "language")
        | _topics(given)
        | held_posts(given, "eleventy"),
        exclude=(*_held_by_data(root / posts), *_ignored(path, folder, source, (Path(source) / posts).as_posix())),
        output=(script.find("dir", "output") or "_site").removeprefix("./"),
    )


def _site_in_data(folder: Path, script: Script) -> SiteConfig:
    """Return title, URL and author of the site from a data file, or else from the options of the feed plugin."""
    for name in _DATA_FILES:
        file = first_file(folder, *(f"{name}.{suffix}" for suffix in ("json", "yaml", "yml", "js", "mjs", "cjs", "ts")))
        if file and file.suffix in {".json", ".yaml", ".yml"}:
            data = read_data(file)
            return _site_of({key: text_in(data, key) for key in _SITE_KEYS}, name_in(data, "author"))
        if file:
            own = read_script(file)
            author = own.find("author", "name") or own.find("author")
            return _site_of({key: own.find(key) for key in _SITE_KEYS}, author)
    keys = {"title": "title", "url": "base", "description": "subtitle", "language": "language"}
    found = {key: script.find("metadata", name) for key, name in keys.items()}
    return _site_of(found, script.find("metadata", "author", "name"))


def _site_of(texts: dict[str, str], author: str) -> SiteConfig:
    return SiteConfig(
        "eleventy",
        home_page=site_url(texts.get("url", "")),
        title=texts.get("title", "") or texts.get("name", ""),
        description=texts.get("description", ""),
        language=texts.get("language", "") or texts.get("lang", ""),
        author=author,
    )


def _links(given: Given, posts: str) -> tuple[str, ...]:
    """Return the patterns of links: the permalinks of folders, nested ones first, and for other posts the path."""
    both = ((folder, each) for folder, values in given for each in (values, table_in(values, "eleventyComputed")))
    written = ((folder, text_in(each, "permalink")) for folder, each in both)
    found = {folder: pattern for folder, text in written if (pattern := link_pattern(text, ELEVENTY))}
    if posts != ".":
        found.setdefault("", url_pattern(posts, "{path:raw}/"))
    nested_first = sorted(found.items(), key=lambda entry: -entry[0].count("/") - bool(entry[0]))
    return tuple(in_folder(folder, pattern) for folder, pattern in nested_first)


def _data_of_folders(posts: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield folders of posts with the data in the file that is named after the folder."""
    for file in _data_files(posts):
        if file.name.partition(".")[0] == file.parent.name:
            yield file.parent.relative_to(posts).as_posix().removeprefix("."), _data_of(file)


def _data_files(posts: Path) -> list[Path]:
    return sorted((*posts.rglob("*.json"), *posts.rglob("*.11tydata.*js")))


def _held_by_data(posts: Path) -> Iterator[str]:
    """Yield patterns of the posts that are not published by a data file that is named after them."""
    for file in _data_files(posts):
        name = file.name.removesuffix(file.suffix).removesuffix(".11tydata")
        if any(file.parent.glob(f"{escape(name)}.m*")) and held_keys(_data_of(file)):
            yield f"/{(file.parent / name).relative_to(posts).as_posix()}.*"


def _ignored(path: Path, folder: Path, root: str, posts: str) -> tuple[str, ...]:
    """Return patterns of the posts that the configuration or a file of patterns ignores."""
    found = re.findall(r"\bignores\.add\(\s*['\"`]([^'\"`]+)", lenient_text(path))
    for place in dict.fromkeys(("", root)):
        lines = patterns_in(lenient_text(first_file(folder / place, ".eleventyignore")))
        found += [f"{place}/{line.lstrip('/')}" if place else line for line in lines]
    return patterns_below(rooted_patterns(found), posts)


def _data_of(file: Path) -> dict[str, Any]:
    return read_data(file) if file.suffix == ".json" else _script_data(file)


def _topics(given: Given) -> dict[str, tuple[str, ...]]:
    """Return the sources of topics, which are those of a post and of all folders that it is in."""
    preset = PRESETS["eleventy"]
    usual, sources = preset.fields["topics"], list[str]()
    for folder, _ in sorted(given, key=lambda entry: -len(entry[0])):
        above = (values for other, values in given if not other or f"{folder}/".startswith(f"{other}/"))
        tags = dict.fromkeys(tag for values in above for tag in texts_in(values, "tags") if tag not in preset.no_topics)
        if tags:
            sources.append(in_folder(folder, " + ".join([*usual, *(f"'{tag}'" for tag in tags)])))
    return {"topics": (*sources, *usual)} if sources else {}


def _script_data(file: Path) -> dict[str, Any]:
    """Return what a program says of posts as plain values: a text or a truth value each."""
    text, script = lenient_text(file), read_script(file)
    switches = re.findall(r"^\s*(draft|permalink|eleventyExcludeFromCollections):\s*(true|false)\b", text, re.MULTILINE)
    texts = {key: script.find(key) for key in ("author", "lang", "permalink")}
    return texts | {key: say == "true" for key, say in switches}
