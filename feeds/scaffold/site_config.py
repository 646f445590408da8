"""The settings of another site generator, and how single values are read. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

from feeds.config.settings import BodyMode
from feeds.urls import is_absolute

_BRACES = re.compile(r"\{([^{}]*)\}")


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


def table_in(data: Any, *keys: str) -> dict[str, Any]:
    """Return the table under nested keys, or an empty one."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def lowered(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping with its keys in lower case, as Hugo reads them."""
    return {str(key).lower(): value for key, value in data.items()}


def text_in(data: Mapping[str, Any], *keys: str) -> str:
    """Return the first text or number under one of some keys, or nothing."""
    values = (value for value in map(data.get, keys) if isinstance(value, str | int | float))
    return next(filter(None, (str(value).strip() for value in values if not isinstance(value, bool))), "")


def texts_in(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return the texts under a key, which may hold one or a list."""
    value = data.get(key)
    return tuple(text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str) and text)


def tables_in(data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the tables in the list under a key."""
    value = data.get(key)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def name_in(data: Mapping[str, Any], *keys: str) -> str:
    """Return a person's name under one of some keys: written there, under `name`, or first of a list."""
    for key in keys:
        value = data.get(key)
        first = value[0] if isinstance(value, list) and value else value
        name = text_in(first, "name") if isinstance(first, dict) else text_in({"name": first}, "name")
        if name:
            return name
    return ""


def count_in(data: Mapping[str, Any], key: str, default: int | None = None) -> int | None:
    """Return a number from 1 under a key."""
    value = data.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else default


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


def alternatives(glob: str) -> Iterator[str]:
    """Yield the globs that one with `{a,b}` stands for."""
    match = _BRACES.search(glob)
    if not match:
        yield glob
        return
    for part in match[1].split(","):
        yield from alternatives(glob[: match.start()] + part.strip() + glob[match.end() :])


def rooted_patterns(globs: Iterable[str], folder: str = "") -> Iterator[str]:
    """Yield globs of paths in a folder as patterns of a .gitignore, which `**/` alone makes apply at any depth."""
    for glob in globs:
        for each in alternatives(glob):
            plain = each.removeprefix("./").lstrip("/")
            yield plain if plain.startswith("**/") else f"/{folder}/{plain}" if folder else f"/{plain}"


def patterns_below(patterns: Iterable[str], folder: str) -> tuple[str, ...]:
    """Return patterns of a .gitignore beside a folder as those of one in it, without what does not concern it."""
    return tuple(filter(None, (_pattern_below(pattern, folder) for pattern in patterns)))


def _pattern_below(pattern: str, folder: str) -> str:
    plain = pattern.strip().removeprefix("./")
    rooted = plain.lstrip("/")
    if f"{folder}/".startswith(rooted.rstrip("*").rstrip("/") + "/") or plain.rstrip("/") in folder.split("/"):
        return "/**"
    if folder in {"", "."} or plain.startswith("**/") or "/" not in plain.rstrip("/"):
        return plain
    return rooted.removeprefix(folder) if rooted.startswith(f"{folder}/") else ""


def patterns_in(text: Any) -> tuple[str, ...]:
    """Return the patterns in the lines of a .gitignore or a text like one, without comments."""
    lines = text.splitlines() if isinstance(text, str) else ()
    return tuple(line.strip() for line in lines if line.strip() and not line.strip().startswith("#"))


def first_folder(folder: Path, *names: str) -> str:
    """Return the first of some folders that exists, else the first."""
    return next((name for name in names if (folder / name).is_dir()), names[0])


def first_file(folder: Path, *names: str) -> Path | None:
    """Return the first of some files that exists."""
    return next((folder / name for name in names if (folder / name).is_file()), None)


def plugins_of(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield names and options of plugins from a table, or from a list of names and `name: options`."""
    if isinstance(value, dict):
        yield from ((name, options if isinstance(options, dict) else {}) for name, options in value.items())
    for entry in value if isinstance(value, list) else ():
        yield from plugins_of(entry) if isinstance(entry, dict) else [(str(entry), {})]
