"""Make patterns of the permalinks that Eleventy's data files give to the posts of folders."""

import re
from collections.abc import Iterator
from pathlib import Path

from feeds.records.posts.permalinks import ELEVENTY, link_pattern
from feeds.scaffold.config_readers import lenient_text
from feeds.scaffold.config_values import table_in, text_in
from feeds.scaffold.eleventy_data import COMPUTED, Data
from feeds.scaffold.folder_defaults import Given, in_folder
from feeds.scaffold.site_config import unsupported_link, url_pattern

_GLOBAL = re.compile(r"\baddUrlTransform\(|\baddGlobalData\(\s*['\"`](?:permalink|eleventyComputed)\b")


def folder_links(given: Given, posts: str) -> tuple[str, ...]:
    """Return the patterns of links: the permalinks of folders, nested ones first, and for other posts the path."""
    return _nested_first({"": url_pattern(posts, "{path:raw}/"), **_patterns(given, posts)})


def computed_links(given: Given, posts: str) -> dict[str, tuple[str, ...]]:
    """Return the patterns of links, if any, that folders compute, whatever permalink a post has itself."""
    found = _patterns([(folder, table_in(values, COMPUTED)) for folder, values in given], posts)
    return {"webUrl": _nested_first(found)} if found else {}


def unclear_links(data: Data, config: Path, folder: Path, posts: str) -> Iterator[str]:
    """Yield a note on each file with a permalink of which no pattern can be made."""
    if _GLOBAL.search(lenient_text(config)):
        yield from unsupported_link("permalink of", config.name)
    for file, values in data.items():
        links = (text_in(each, "permalink") for each in (values, table_in(values, COMPUTED)))
        if any(link and not _pattern(link, posts) for link in links):
            yield from unsupported_link("permalink of", file.relative_to(folder).as_posix())


def _patterns(given: Given, posts: str) -> dict[str, str]:
    written = ((folder, text_in(values, "permalink")) for folder, values in given)
    return {folder: pattern for folder, text in written if (pattern := _pattern(text, posts))}


def _pattern(link: str, posts: str) -> str:
    stem = url_pattern(posts, "{path:stem}").removeprefix("{home_page}")
    return link_pattern(link, {**ELEVENTY, "page.filePathStem": stem})


def _nested_first(patterns: dict[str, str]) -> tuple[str, ...]:
    ordered = sorted(patterns.items(), key=lambda entry: -entry[0].count("/") - bool(entry[0]))
    return tuple(in_folder(folder, pattern) for folder, pattern in ordered)
