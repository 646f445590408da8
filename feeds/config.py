"""Read the configuration: `feeds.toml`, or `[tool.feeds]` in `pyproject.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from feeds.address import is_absolute
from feeds.problem import CouldNotRun
from feeds.text import slug

FORMAT_NAMES = ("rss", "atom", "json", "csv")
PREVIEW_URL = "http://127.0.0.1:8000/"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TopicFeeds:
    """Say which topics get feeds: names, or `*` for all; `min_items` leaves small topics out."""

    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()
    min_items: int = 1
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnFeed:
    """Describe a feed of the user's own: its file name, its title and what it selects."""

    name: str
    title: str = ""
    description: str = ""
    topics: tuple[str, ...] = ()
    exclude_topics: tuple[str, ...] = ()
    type: str = ""
    min_quality: int | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """Hold every setting; paths are relative to the folder of the configuration file."""

    source: Path = Path("seeds")
    output: Path = Path("public")
    base_url: str = ""
    home_page: str = ""
    title: str = "Published records"
    description: str = ""
    language: str = "en"
    author: str = ""
    icon: str = ""
    hub: str = ""
    formats: tuple[str, ...] = FORMAT_NAMES
    limit: int = 50
    schema: Path | None = None
    csv_defuse: bool = False
    csv_bom: bool = False
    topics: TopicFeeds = field(default_factory=TopicFeeds)
    feeds: tuple[OwnFeed, ...] = ()

    @property
    def served_at(self) -> str:
        """Return the absolute address of the output folder, with a slash at its end."""
        return (self.base_url or PREVIEW_URL).rstrip("/") + "/"


def load_config(path: Path | None = None, folder: Path = Path()) -> Config:
    """Return the configuration in a file, or else in `feeds.toml` or `pyproject.toml` of a folder, or the defaults.

    Raises CouldNotRun when a file that is named is missing, or when a file holds anything but valid settings.
    """
    if path:
        return _parse(path, _settings(path))
    for name in ("feeds.toml", "pyproject.toml"):
        candidate = folder / name
        if candidate.is_file():
            settings = _settings(candidate)
            if settings or name == "feeds.toml":
                return _parse(candidate, settings)
    return Config()


def _settings(path: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CouldNotRun(f"{path}: the configuration cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise CouldNotRun(f"{path}: not valid TOML: {error}") from None
    if "tool" in content:
        settings = content["tool"].get("feeds", {}) if isinstance(content["tool"], dict) else {}
    else:
        settings = {} if path.name == "pyproject.toml" else content
    if not isinstance(settings, dict):
        raise CouldNotRun(f"{path}: [tool.feeds] is not a table")
    return settings


def _parse(path: Path, settings: dict[str, Any]) -> Config:
    try:
        config = Config(**_typed(settings, _CONFIG, ""))
    except _SettingError as error:
        raise CouldNotRun(f"{path}: {error}") from None
    folder = path.parent
    schema = folder / config.schema if config.schema else None
    return replace(config, source=folder / config.source, output=folder / config.output, schema=schema)


class _SettingError(ValueError):
    """Say which setting is wrong and what was expected."""


def _typed(table: Any, readers: Mapping[str, Callable[[Any, str], Any]], where: str) -> dict[str, Any]:
    """Read each setting of a table with the reader of its key."""
    if not isinstance(table, dict):
        raise _SettingError(f"{where or 'the configuration'} is not a table")
    values = {}
    for key, value in table.items():
        name = f"{where}.{key}" if where else key
        if key not in readers:
            close = get_close_matches(key, readers, n=1)
            hint = f'did you mean "{close[0]}"?' if close else f"known are {', '.join(readers)}"
            raise _SettingError(f'unknown setting "{name}"; {hint}')
        values["feeds" if key == "feed" else key] = readers[key](value, name)
    return values


def _expect(value: Any, kind: type[T], name: str, words: str) -> T:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise _SettingError(f'"{name}" is {value!r}; expected {words}')
    return value


def _text(value: Any, name: str) -> str:
    return _expect(value, str, name, "text in quotes")


def _flag(value: Any, name: str) -> bool:
    return _expect(value, bool, name, "true or false")


def _number(value: Any, name: str) -> int:
    return _expect(value, int, name, "a whole number")


def _count(value: Any, name: str) -> int:
    number = _number(value, name)
    if number < 1:
        raise _SettingError(f'"{name}" is {number}; expected at least 1')
    return number


def _path(value: Any, name: str) -> Path:
    return Path(_text(value, name))


def _url(value: Any, name: str) -> str:
    url = _text(value, name)
    if url and not is_absolute(url):
        raise _SettingError(f'"{name}" is {url!r}; expected an absolute address, as in "https://example.org/feeds/"')
    return url


def _texts(value: Any, name: str) -> tuple[str, ...]:
    return tuple(_text(entry, name) for entry in _expect(value, list, name, 'a list of texts, as in ["AI"]'))


def _formats(value: Any, name: str) -> tuple[str, ...]:
    names = _texts(value, name)
    for entry in names:
        if entry not in FORMAT_NAMES:
            raise _SettingError(f'"{name}" holds {entry!r}; expected some of {", ".join(FORMAT_NAMES)}')
    return names


def _aliases(value: Any, name: str) -> dict[str, str]:
    table = _expect(value, dict, name, "a table")
    return {key: _text(entry, f"{name}.{key}") for key, entry in table.items()}


def _file_name(value: Any, name: str) -> str:
    text = _text(value, name)
    if text != slug(text) or text in {"all", "topics", "index", "feeds"}:
        raise _SettingError(f'"{name}" is {text!r}; expected a file name of small letters, digits and hyphens')
    return text


def _topic_feeds(value: Any, name: str) -> TopicFeeds:
    return TopicFeeds(**_typed(value, _TOPICS, name))


def _own_feeds(value: Any, name: str) -> tuple[OwnFeed, ...]:
    tables = _expect(value, list, name, "tables, each under [[tool.feeds.feed]]")
    own = []
    for number, table in enumerate(tables, start=1):
        values = _typed(table, _OWN_FEED, f"{name}[{number}]")
        if "name" not in values:
            raise _SettingError(f'"{name}[{number}]" has no name; add name = "best-of"')
        own.append(OwnFeed(**values))
    names = [feed.name for feed in own]
    for repeated in {text for text in names if names.count(text) > 1}:
        raise _SettingError(f'two feeds have the name "{repeated}"; give each a name of its own')
    return tuple(own)


_TOPICS: dict[str, Callable[[Any, str], Any]] = {
    "include": _texts,
    "exclude": _texts,
    "min_items": _count,
    "aliases": _aliases,
}

_OWN_FEED: dict[str, Callable[[Any, str], Any]] = {
    "name": _file_name,
    "title": _text,
    "description": _text,
    "topics": _texts,
    "exclude_topics": _texts,
    "type": _text,
    "min_quality": _number,
    "limit": _count,
}

_CONFIG: dict[str, Callable[[Any, str], Any]] = {
    "source": _path,
    "output": _path,
    "base_url": _url,
    "home_page": _url,
    "title": _text,
    "description": _text,
    "language": _text,
    "author": _text,
    "icon": _url,
    "hub": _url,
    "formats": _formats,
    "limit": _count,
    "schema": _path,
    "csv_defuse": _flag,
    "csv_bom": _flag,
    "topics": _topic_feeds,
    "feed": _own_feeds,
}
