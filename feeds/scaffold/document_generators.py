"""Read the configurations of MkDocs, Quarto and MyST."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from feeds.scaffold.config_readers import read_front_matter, read_yaml
from feeds.scaffold.folder_defaults import given_fields, held_posts
from feeds.scaffold.site_config import (
    SiteConfig,
    count_in,
    entries_of,
    first_folder,
    name_in,
    pattern_below,
    patterns_in,
    site_url,
    table_in,
    text_in,
    texts_in,
)

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
    plugins = {name.rpartition("/")[2]: options for name, options in entries_of(data.get("plugins"))}
    docs = (text_in(data, "docs_dir") or "docs").removeprefix("./").rstrip("/")
    ending = ".html" if data.get("use_directory_urls") is False else "/"
    language = text_in(table_in(data, "theme"), "language")
    source, pattern, unknown = _mkdocs_blog(plugins.get("blog"), docs, ending, folder, language or "en")
    excluded = (*patterns_in(data.get("exclude_docs")), *patterns_in(data.get("draft_docs")))
    below = source.removeprefix(docs).strip("/")
    return SiteConfig(
        "mkdocs",
        source=source,
        home_page=site_url(text_in(data, "site_url")),
        title=text_in(data, "site_name"),
        description=text_in(data, "site_description"),
        language=language,
        author=text_in(data, "site_author"),
        limit=count_in(plugins.get("rss", {}), "length", 20),
        web_url=(pattern,) if pattern else (),
        output=text_in(data, "site_dir") or "site",
        exclude=tuple(filter(None, (pattern_below(pattern, below) for pattern in excluded))),
        unknown=unknown,
    )


def _inherited(path: Path, depth: int = 0) -> dict[str, Any]:
    data = read_yaml(path)
    parent = path.parent / text_in(data, "INHERIT")
    return {**_inherited(parent, depth + 1), **data} if parent.is_file() and depth < _UNLIKELY_DEPTH else data


def _mkdocs_blog(
    blog: dict[str, Any] | None, docs: str, ending: str, folder: Path, language: str
) -> tuple[str, str, tuple[str, ...]]:
    """Return the folder of posts, the pattern of their URLs if it is not the preset's, and what is not supported."""
    if blog is None:
        source = first_folder(folder, f"{docs}/blog/posts", f"{docs}/blog", f"{docs}/posts", docs)
        below = source.removeprefix(docs).strip("/")
        return source, "{home_page}" + (f"{below}/" if below else "") + "{path}" + ending, ()
    base = (text_in(blog, "blog_dir") or "blog").strip("./")
    posts = (text_in(blog, "post_dir") or "{blog}/posts").replace("{blog}", base).strip("/")
    form = text_in(blog, "post_url_format") or "{date}/{slug}"
    dates = text_in(blog, "post_url_date_format") or "yyyy/MM/dd"
    source = f"{docs}/{posts}"
    tokens = {**_BLOG_TOKENS, "date": f"{{date:{_strftime(dates)}}}"}
    if blog.get("post_url_max_categories", 1) != 1:
        tokens["categories"] = "{categories}"
    is_read = _strftime(dates) and (language.startswith("en") or not re.search("MMM|EEE", dates))
    if set(re.findall(r"\{([^{}]*)\}", form)) - set(tokens) or not is_read:
        return source, "", (f"post_url_format {form} of dates {dates}; write webUrl under [fields]",)
    form = re.sub(r"\{([^{}]*)\}", lambda match: tokens[match[1]], form)
    pattern = "{home_page}" + (f"{base}/" if base else "") + form + ending
    given = tuple(f"{key}; write webUrl under [fields] if it matters" for key in _BLOG_SLUGS if key in blog)
    return source, pattern if pattern != "{home_page}blog/{date:%Y/%m/%d}/{slug}/" else "", given


def _strftime(dates: str) -> str:
    """Return a date pattern of Babel for `strftime`, or nothing if it has an unknown field."""
    found = re.findall(r"[A-Za-z]+|'[^']*'", dates)
    return re.sub(r"[A-Za-z]+", lambda field: _DATE_FIELDS[field[0]], dates) if set(found) <= set(_DATE_FIELDS) else ""


def read_quarto(path: Path, folder: Path) -> SiteConfig:
    """Return the settings in `_quarto.yml`; the folder of posts is that of the listing page."""
    data = read_yaml(path)
    website = table_in(data, "website") or table_in(data, "book")
    source = _listed(folder) or first_folder(folder, "posts", "blog", ".")
    below = "" if source == "." else f"{source}/"
    given = [*_quarto_folders(folder / source)]
    return SiteConfig(
        "quarto",
        source=source,
        home_page=site_url(text_in(website, "site-url")),
        title=text_in(website, "title"),
        description=text_in(website, "description"),
        language=text_in(data, "lang"),
        author=name_in(data, "author") or name_in(website, "author"),
        limit=20,
        web_url=("{home_page}" + below + "{file}.html",) if below else (),
        fields=given_fields(given, "quarto", "authors", "images", "language") | held_posts(given, "quarto"),
        output=text_in(table_in(data, "project"), "output-dir") or "_site",
        exclude=tuple(filter(None, (pattern_below(f"/{path}", source) for path in texts_in(website, "drafts")))),
    )


def _quarto_folders(source: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the folders of posts that have a `_metadata.yml`, and its data."""
    for path in sorted((*source.rglob("_metadata.yml"), *source.rglob("_metadata.yaml"))):
        yield path.parent.relative_to(source).as_posix().removeprefix("."), read_yaml(path)


def _listed(folder: Path) -> str:
    """Return the first folder in the listing of a page, as in `listing: {contents: posts}`."""
    for name in ("index.qmd", "blog.qmd", "posts.qmd", "news.qmd"):
        page = folder / name
        front = read_front_matter(page) if page.is_file() else {}
        listings = front.get("listing")
        for listing in listings if isinstance(listings, list) else [listings]:
            for contents in texts_in(listing, "contents") if isinstance(listing, dict) else ():
                found = re.sub(r"/?[^/]*\*.*$", "", contents).strip("/")
                if found and (folder / found).is_dir():
                    return found
    return ""


def read_myst(path: Path, _: Path) -> SiteConfig:
    """Return the settings in `myst.yml`."""
    data = read_yaml(path)
    project, site = table_in(data, "project"), table_in(data, "site")
    domains = texts_in(site, "domains")
    return SiteConfig(
        "myst",
        home_page=site_url(f"https://{domains[0]}") if domains else "",
        title=text_in(project, "title") or text_in(site, "title"),
        description=text_in(project, "description") or text_in(site, "description"),
        language=text_in(project, "language"),
        author=name_in(project, "authors"),
        output="_build",
        exclude=texts_in(project, "exclude"),
    )
