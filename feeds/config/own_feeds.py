"""Read the user's own feeds: tables under `[[feed]]`."""

from typing import Any

from feeds.config.settings import FEEDS_BY, FeedBy, FeedConfig
from feeds.config.values import (
    Reader,
    SettingError,
    expect,
    read_count,
    read_number,
    read_period,
    read_table,
    read_text,
    read_texts,
    shown,
    some_of,
)
from feeds.text import is_device, slug

_TAKEN = {"all", "topics", "index", "feeds", "manifest", "archive"}


def read_own_feeds(value: Any, name: str) -> tuple[FeedConfig, ...]:
    """Return the user's own feeds; those made by fields are named after the fields unless they have a name."""
    tables = expect(value, list, name, "tables, each under [[feed]], in pyproject.toml under [[tool.feeds.feed]]")
    own = []
    for number, table in enumerate(tables, start=1):
        values = read_table(table, _OWN_FEED, f"{name}[{number}]")
        values.setdefault("name", "-".join(f"{field}s" for field in values.get("by", ())))
        if not values["name"]:
            raise SettingError(f'"{name}[{number}]" has no name; add name = "best-of"')
        own.append(FeedConfig(**values))
    names = [feed.name for feed in own]
    for repeated in {text for text in names if names.count(text) > 1}:
        raise SettingError(f'two feeds have the name "{repeated}"; give each a name of its own')
    return tuple(own)


def _file_name(value: Any, name: str) -> str:
    text = read_text(value, name)
    if is_device(text) or text in _TAKEN:
        raise SettingError(f'"{name}" is {shown(text)}, which no feed of your own can be called; choose another name')
    if text != slug(text):
        raise SettingError(f'"{name}" is {shown(text)}; expected a file name of small letters, digits and hyphens')
    return text


def _by(value: Any, name: str) -> tuple[FeedBy, ...]:
    names = _read_by([value] if isinstance(value, str) else value, name)
    return tuple(field for field in FEEDS_BY if field in names)


_read_by = some_of(FEEDS_BY)
_OWN_FEED: dict[str, Reader] = {
    "name": _file_name,
    "title": read_text,
    "description": read_text,
    "topics": read_texts,
    "exclude_topics": read_texts,
    "type": read_text,
    "min_quality": read_number,
    "limit": read_count,
    "keep": read_period,
    "by": _by,
    "min_items": read_count,
}
