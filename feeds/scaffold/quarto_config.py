"""Read the configuration of Quarto."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from feeds.scaffold.config_readers import read_front_matter, read_yaml
from feeds.scaffold.config_values import name_in, table_in, text_in, texts_in
from feeds.scaffold.folder_defaults import given_fields, held_posts
from feeds.scaffold.globs import patterns_below
from feeds.scaffold.site_config import SiteConfig, first_folder, site_url, url_pattern


def read_quarto(path: Path, folder: Path) -> SiteConfig:
    """Return the settings in `_quarto.yml`; the posts are those of the listing with a feed, else of the first one."""
    data = read_yaml(path)
    website = table_in(data, "website") or table_in(data, "book")
    listings = sorted(_listings(folder), key=lambda listing: "feed" not in listing)
    listed = [glob for listing in listings[:1] for glob in texts_in(listing, "contents")]
    source = next(_folders(listings, folder), "") or first_folder(folder, "posts", "blog", ".")
    others = _folders((listing for listing in listings if "feed" in listing or listing is listings[0]), folder)
    rendered = texts_in(table_in(data, "project"), "render")
    given = [*_data_of_folders(folder / source)]
    return SiteConfig(
        "quarto",
        source=source,
        home_page=site_url(text_in(website, "site-url")),
        title=text_in(website, "title"),
        description=text_in(website, "description"),
        language=text_in(data, "lang"),
        author=name_in(data, "author") or name_in(website, "author"),
        limit=20,
        web_url=(url_pattern(source, "{file}.html"),) if source != "." else (),
        fields=given_fields(given, "quarto", "authors", "images", "language") | held_posts(given, "quarto"),
        output=text_in(table_in(data, "project"), "output-dir") or "_site",
        include=_only(listed, folder, source) or _only(rendered, folder, source),
        exclude=(
            *patterns_below((f"/{path}" for path in texts_in(website, "drafts")), source),
            *patterns_below((glob[1:] for glob in (*rendered, *listed) if glob.startswith("!")), source),
        ),
        unknown=tuple(
            f'posts in {other}; write a second configuration, with source = "{other}" and its own output, for --config'
            for other in dict.fromkeys(others)
            if not f"{other}/".startswith(f"{source}/")
        ),
    )


def _data_of_folders(source: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the folders of posts that have a `_metadata.yml`, and its data."""
    for path in sorted((*source.rglob("_metadata.yml"), *source.rglob("_metadata.yaml"))):
        yield path.parent.relative_to(source).as_posix().removeprefix("."), read_yaml(path)


def _listings(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the listings of folders in pages of the site, as in `listing: {contents: posts}`."""
    for name in ("index.qmd", "blog.qmd", "posts.qmd", "news.qmd"):
        page = folder / name
        listings = read_front_matter(page).get("listing") if page.is_file() else None
        for listing in listings if isinstance(listings, list) else [listings]:
            if isinstance(listing, dict) and any(_folders([listing], folder)):
                yield listing


def _folders(listings: Iterable[dict[str, Any]], folder: Path) -> Iterator[str]:
    """Yield the existing folders of listings."""
    globs = (glob for listing in listings for glob in texts_in(listing, "contents") if not glob.startswith("!"))
    found = (re.sub(r"/?[^/]*\*.*$", "", glob).strip("/") for glob in globs)
    yield from (name for name in found if name and (folder / name).is_dir())


def _only(globs: Iterable[str], folder: Path, source: str) -> tuple[str, ...]:
    """Return the patterns of the only files in the source that are posts, or nothing if all are."""
    wanted = [glob for glob in globs if not glob.startswith("!")]
    wanted = [f"/{glob.strip('/')}/**" if (folder / glob).is_dir() else glob for glob in wanted]
    patterns = patterns_below(wanted, source)
    return () if "/**" in patterns else patterns
