"""The settings of another site generator, and the addresses and paths in them."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from feeds.config.settings import BodyMode
from feeds.urls import is_absolute


class SiteConfig(NamedTuple):
    """The settings of a site in another generator's configuration; texts that are missing or computed are empty.

    `file` is the configuration; `source` and `output` are relative to the folder. `web_url` has the patterns of URLs
    where they differ from the preset, `fields` the sources of other fields. Files in `static` are published
    unchanged. With `has_emoji`, codes such as :tada: are emoji. `include` has the patterns of posts if only some files
    in .md and .qmd are posts. `unknown` names what is not supported.
    """

    preset: str
    file: str = ""
    source: str = "."
    home_page: str = ""
    title: str = ""
    description: str = ""
    language: str = ""
    author: str = ""
    zone: str = ""
    limit: int | None = None
    body: BodyMode = ""
    web_url: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = {}
    output: str = ""
    static: str = ""
    has_emoji: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def site_url(url: str, base: str = "") -> str:
    """Return the URL of a home page with a slash at its end, or nothing if it is not absolute or local."""
    url = f"https:{url}" if url.startswith("//") else url
    if not is_absolute(url) or "localhost" in url:
        return ""
    return urljoin(url.rstrip("/") + "/", base.strip("/") + "/" if base.strip("/") else "")


def url_pattern(folder: str, rest: str) -> str:
    """Return the pattern of URLs below a folder of the site, or of the site itself for none."""
    return "{home_page}" + (f"{folder}/" if folder not in {"", "."} else "") + rest


def unsupported_link(name: str, value: str, patterns: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return a note about the setting of a permalink, if there is one and no patterns were made of it."""
    return (f"{name} {value}; write webUrl under [fields]",) if value and not patterns else ()


def first_folder(folder: Path, *names: str) -> str:
    """Return the first of some folders that exists, else the first."""
    return next((name for name in names if (folder / name).is_dir()), names[0])


def first_file(folder: Path, *names: str) -> Path | None:
    """Return the first of some files that exists."""
    return next((folder / name for name in names if (folder / name).is_file()), None)
