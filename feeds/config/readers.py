"""Read and check each setting; the table of all settings is at the end."""

import re
from datetime import datetime, tzinfo
from typing import Any, Literal

from feeds.config.ignore_patterns import pattern_spec
from feeds.config.settings import BODY_MODES, FORMAT_NAMES, Config, TopicConfig
from feeds.config.values import (
    Reader,
    SettingError,
    expect,
    one_of,
    read_count,
    read_filled,
    read_flag,
    read_location,
    read_path,
    read_period,
    read_table,
    read_text,
    read_texts,
    shown,
    some_of,
    text_that,
)
from feeds.dates import naive_instant
from feeds.diagnostics.problem import WrongUsageError
from feeds.diagnostics.rules import RULES, SEVERITIES, Severity
from feeds.diagnostics.wording import suggestion
from feeds.languages import is_language, tag_of, tag_of_name
from feeds.urls import is_absolute, is_folder

SHOWN_BY_EVERY_ITEM = ("title", "publishedDateTime", "webUrl", "originalUrl")
_PLAIN = ("base_url", "home_page", "title", "language", "icon", "hub", "formats", "limit", "max_bytes", "rules")
_WHOLE = 100  # percent


def read_config(settings: dict[str, Any]) -> Config:
    """Return the configuration that a file has, with paths as they are written. Raises SettingError."""
    values = read_table(settings, _CONFIG, "")
    return Config(feeds=values.pop("feed", ()), **values)


def refuse_invalid(config: Config, *instants: datetime | None) -> None:
    """Raise WrongUsageError for settings made in Python that a file may not have, and for an instant without offset."""
    for name in ("source", "output"):
        if isinstance(getattr(config, name), str):
            raise WrongUsageError(f'"{name}" is text; expected a path, as in Path("public")')
    for name in _PLAIN:
        value = getattr(config, name)
        try:
            _CONFIG[name]([*value] if isinstance(value, tuple) else value, name)
        except SettingError as error:
            raise WrongUsageError(str(error)) from None
    if message := naive_instant(*instants):
        raise WrongUsageError(message)


def is_setting(name: str, value: Any) -> bool:
    """Return whether a value is valid for a setting."""
    try:
        _CONFIG[name](value, name)
    except SettingError:
        return False
    return True


def _percentage(value: Any, name: str) -> int:
    match = isinstance(value, str) and re.fullmatch(r"(\d{1,3})%", value, re.ASCII)
    if not match or int(match[1]) > _WHOLE:
        raise SettingError(f'"{name}" is {shown(value)}; expected a percentage, as in "50%"')
    return int(match[1])


def _language(value: Any, name: str) -> str:
    tag = read_text(value, name)
    if tag and not is_language(tag):
        meant = tag_of(tag) or tag_of_name(tag)
        expected = f'a language tag, "{meant}"' if meant else 'a language tag, as in "en" or "pt-BR"'
        raise SettingError(f'"{name}" is {shown(tag)}; expected {expected}')
    return tag


def _aliases(value: Any, name: str) -> dict[str, str]:
    table = expect(value, dict, name, "a table")
    return {key: read_text(entry, f"{name}.{key}") for key, entry in table.items()}


def _zone(value: Any, name: str) -> tzinfo:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - few configurations name a zone

    try:
        return ZoneInfo(read_text(value, name))
    except (OSError, ValueError, LookupError):
        raise SettingError(
            f'"{name}" is {shown(value)}; expected a time zone, as in "Europe/Berlin" or "UTC"'
        ) from None


def _own_feeds(value: Any, name: str) -> Any:
    from feeds.config.own_feeds import read_own_feeds  # noqa: PLC0415 - few configurations have feeds of their own

    return read_own_feeds(value, name)


def _podcast(value: Any, name: str) -> Any:
    from feeds.config.podcast import read_podcast  # noqa: PLC0415 - few configurations have a podcast

    return read_podcast(value, name)


def _secret(value: Any, name: str) -> tuple[str, ...]:
    keys = read_texts(value, name)
    for key in keys:
        if key in SHOWN_BY_EVERY_ITEM:
            raise SettingError(f'"{name}" contains "{key}", which every item needs')
    return keys


def _patterns(value: Any, name: str) -> tuple[str, ...]:
    patterns = read_texts(value, name)
    for pattern in patterns:
        try:
            pattern_spec((pattern,))
        except ValueError:
            raise SettingError(f'"{name}" contains {shown(pattern)}; expected a pattern, as in "drafts/**"') from None
    return patterns


def _rules(value: Any, name: str) -> dict[str, Severity | Literal["off"]]:
    switchable = [rule for rule, definition in RULES.items() if definition.is_switchable]
    table = expect(value, dict, name, "a table")
    for rule, severity in table.items():
        if rule not in RULES:
            raise SettingError(f'unknown rule "{name}.{rule}"; {suggestion(rule, switchable)}')
        if rule not in switchable:
            raise SettingError(f'"{name}.{rule}" cannot be changed, because feeds rely on it')
        _severity(severity, f"{name}.{rule}")
    return table


def _topic_feeds(value: Any, name: str) -> TopicConfig:
    return TopicConfig(**read_table(value, _TOPICS, name))


def _fields(value: Any, name: str) -> dict[str, tuple[str, ...]]:
    """Return the sources of fields in order, unparsed."""
    table = expect(value, dict, name, "a table")
    return {
        key: (entry,) if isinstance(entry, str) else read_texts(entry, f"{name}.{key}") for key, entry in table.items()
    }


_url = text_that(is_absolute, 'an absolute URL, as in "https://example.org/feeds/"')
_folder_url = text_that(is_folder, 'the absolute URL of a folder, as in "https://example.org/feeds/"')
_severity = one_of((*SEVERITIES, "off"))
_TOPICS: dict[str, Reader] = {
    "include": read_texts,
    "exclude": read_texts,
    "min_items": read_count,
    "aliases": _aliases,
    "allowed": read_texts,
}

_CONFIG: dict[str, Reader] = {
    "source": read_location,
    "exclude": _patterns,
    "output": read_location,
    "base_url": _folder_url,
    "home_page": _url,
    "title": read_filled,
    "description": read_text,
    "language": _language,
    "author": read_text,
    "icon": _url,
    "hub": _url,
    "podcast": _podcast,
    "formats": some_of(FORMAT_NAMES),
    "limit": read_count,
    "keep": read_period,
    "max_bytes": read_count,
    "archives": read_flag,
    "schema": read_path,
    "cache_control": read_text,
    "csv_defuse": read_flag,
    "csv_bom": read_flag,
    "cache": read_path,
    "max_drop": _percentage,
    "zone": _zone,
    "secret": _secret,
    "rules": _rules,
    "preset": read_text,
    "fields": _fields,
    "body": one_of(BODY_MODES),
    "emoji": read_flag,
    "topics": _topic_feeds,
    "feed": _own_feeds,
}
