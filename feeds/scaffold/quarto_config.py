"""Read the configuration of Quarto."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from feeds.scaffold.config_readers import read_front_matter, read_yaml
from feeds.scaffold.folder_defaults import given_fields, held_posts
from feeds.scaffold.site_config import (
    SiteConfig,
    first_folder,
    name_in,
    patterns_below,
    site_url,
    table_in,
    text_in,
    texts_in,
    url_pattern,
)


def read_quarto(path: Path, folder: Path) -> SiteConfig:
    """Return the settings in `_quarto.yml`; the folder of posts is that of the listing page."""
    data = read_yaml(path)
    website = table_in(data, "website") or table_in(data, "book")
    source = _listed(folder) or first_folder(folder, "posts", "blog", ".")
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
        exclude=patterns_below((f"/{path}" for path in texts_in(website, "drafts")), source),
    )


def _data_of_folders(source: Path) -> Iterator[tuple[str, dict[str, Any]]]:
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
