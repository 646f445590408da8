"""Read the configuration of MkDocs."""

import re
from pathlib import Path
from typing import Any

from feeds.scaffold.config_readers import read_yaml
from feeds.scaffold.config_values import count_in, plugins_of, table_in, text_in, texts_in
from feeds.scaffold.globs import name_patterns, patterns_below, patterns_in
from feeds.scaffold.site_config import SiteConfig, first_folder, site_url, unsupported_link, url_pattern

_UNLIKELY_DEPTH = 5
_BLOG_TOKENS = {"slug": "{slug}", "file": "{name}", "categories": "{category}"}
_BLOG_SLUGS = ("post_slugify", "post_slugify_separator", "categories_slugify", "categories_slugify_separator")
# Babel's fields of dates (cldr.unicode.org), as strftime has them.
_DATE_FIELDS = {
    "y": "%Y",
    "yyyy": "%Y",
    "yy": "%y",
    "M": "%-m",
    "MM": "%m",
    "MMM": "%b",
    "MMMM": "%B",
    "d": "%-d",
    "dd": "%d",
    "D": "%-j",
    "EEE": "%a",
    "EEEE": "%A",
}


def read_mkdocs(path: Path, folder: Path) -> SiteConfig:
    """Return the settings of the site and its blog in `mkdocs.yml` and the file that it inherits from."""
    data = _inherited(path)
    plugins = {name.rpartition("/")[2]: options for name, options in plugins_of(data.get("plugins"))}
    docs = (text_in(data, "docs_dir") or "docs").removeprefix("./").rstrip("/")
    has_files = data.get("use_directory_urls") is False
    language = text_in(table_in(data, "theme"), "language")
    rss = plugins.get("rss", {})
    pages = _folder_of_pages(text_in(rss, "match_path"), docs, folder)
    source, pattern, unknown = _blog(plugins.get("blog"), docs, pages, language or "en", has_files=has_files)
    by_plugin = plugins.get("exclude", {})
    excluded = (
        *name_patterns(texts_in(by_plugin, "glob")),
        *patterns_in(data.get("exclude_docs")),
        *patterns_in(data.get("draft_docs")),
    )
    return SiteConfig(
        "mkdocs",
        source=source,
        static=docs,
        home_page=site_url(text_in(data, "site_url")),
        title=text_in(data, "site_name"),
        description=text_in(data, "site_description"),
        language=language,
        author=text_in(data, "site_author"),
        limit=count_in(rss, "length", 20),
        web_url=(pattern,) if pattern else (),
        output=text_in(data, "site_dir") or "site",
        has_emoji="pymdownx.emoji" in dict(plugins_of(data.get("markdown_extensions"))),
        exclude=patterns_below(excluded, source.removeprefix(docs).strip("/")),
        unknown=(
            *unknown,
            *(["regex of the plugin exclude; write into exclude what it leaves out"] * ("regex" in by_plugin)),
        ),
    )


def _inherited(path: Path, depth: int = 0) -> dict[str, Any]:
    data = read_yaml(path)
    parent = path.parent / text_in(data, "INHERIT")
    return {**_inherited(parent, depth + 1), **data} if parent.is_file() and depth < _UNLIKELY_DEPTH else data


def _folder_of_pages(matched: str, docs: str, folder: Path) -> str:
    """Return the folder of the pages that the site's own feed has, else the one where posts usually are."""
    found = re.fullmatch(r"\^?([\w/-]+)/\.\*\$?", matched)
    of_feed = [f"{docs}/{found[1]}"] if found else []
    return first_folder(folder, *of_feed, f"{docs}/blog/posts", f"{docs}/blog", f"{docs}/posts", docs)


def _blog(
    blog: dict[str, Any] | None, docs: str, pages: str, language: str, *, has_files: bool
) -> tuple[str, str, tuple[str, ...]]:
    """Return the folder of posts, the pattern of their URLs if it is not the preset's, and what is not supported."""
    if blog is None:
        path = "{path:file}.html" if has_files else "{path:page}/"
        return pages, url_pattern(pages.removeprefix(docs).strip("/"), path), ()
    base = (text_in(blog, "blog_dir") or "blog").strip("./")
    posts = (text_in(blog, "post_dir") or "{blog}/posts").replace("{blog}", base).strip("/")
    form = text_in(blog, "post_url_format") or "{date}/{slug}"
    dates = text_in(blog, "post_url_date_format") or "yyyy/MM/dd"
    source = f"{docs}/{posts}"
    tokens = {**_BLOG_TOKENS, "date": f"{{date:{_strftime(dates)}}}"}
    if (most := blog.get("post_url_max_categories", 1)) != 1:
        tokens["categories"] = f"{{categories:{most}}}" if count_in(blog, "post_url_max_categories") else "{categories}"
    is_read = _strftime(dates) and (language.startswith("en") or not re.search("MMM|EEE", dates))
    if set(re.findall(r"\{([^{}]*)\}", form)) - set(tokens) or not is_read:
        return source, "", unsupported_link("post_url_format", f"{form} of dates {dates}")
    form = re.sub(r"\{([^{}]*)\}", lambda match: tokens[match[1]], form)
    pattern = url_pattern(base, form + (".html" if has_files else "/"))
    given = tuple(f"{key}; write webUrl under [fields] if it matters" for key in _BLOG_SLUGS if key in blog)
    return source, pattern if pattern != "{home_page}blog/{date:%Y/%m/%d}/{slug}/" else "", given


def _strftime(dates: str) -> str:
    """Return a date pattern of Babel for `strftime`, or nothing if it has an unknown field."""
    found = re.findall(r"[A-Za-z]+|'[^']*'", dates)
    return re.sub(r"[A-Za-z]+", lambda field: _DATE_FIELDS[field[0]], dates) if set(found) <= set(_DATE_FIELDS) else ""
