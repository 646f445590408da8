"""Read and check values of settings."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from feeds.diagnostics.wording import suggestion
from feeds.locations import Location, location_of, misread
from feeds.text import NOT_XML, code_point, shortened

T = TypeVar("T")
Reader = Callable[[Any, str], Any]  # of the value of a setting, given its name; raises SettingError
_PERIODS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


class SettingError(ValueError):
    """An invalid setting; the text names it, and what was expected."""


def read_table(table: Any, readers: Mapping[str, Reader], where: str) -> dict[str, Any]:
    """Return the settings of a table, each read by the reader of its key."""
    words = "a table" if "[" in where else f"settings below a line with [{where}]"
    values = {}
    for key, value in expect(table, dict, where, words).items():
        name = f"{where}.{key}" if where else key
        if key not in readers:
            raise SettingError(f'unknown setting "{name}"; {suggestion(key, readers)}')
        values[key] = readers[key](value, name)
    return values


def shown(value: Any) -> str:
    """Return a value for a message, on one line, about as the configuration has it."""
    is_time = isinstance(value, date | time)
    return shortened(str(value) if is_time else json.dumps(value, ensure_ascii=False, default=str))


def expect(value: Any, kind: type[T], name: str, words: str) -> T:
    """Return a value of a type; `words` describe the type in the error."""
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise SettingError(f'"{name}" is {shown(value)}; expected {words}')
    return value


def read_text(value: Any, name: str) -> str:
    """Return a text that feeds and paths can hold: empty, or not blank."""
    text = expect(value, str, name, "text in quotes")
    forbidden = NOT_XML.search(text)
    if forbidden:
        raise SettingError(f'"{name}" contains the character {code_point(forbidden[0])}; remove it')
    if text and not text.strip():
        raise SettingError(f'"{name}" is {shown(text)}; expected text that is not blank')
    return text


def read_filled(value: Any, name: str) -> str:
    """Return a text that is not empty."""
    text = read_text(value, name)
    if not text:
        raise SettingError(f'"{name}" is empty; fill it in, or remove the line')
    return text


def text_that(is_valid: Callable[[str], bool], words: str) -> Reader:
    """Return a reader of texts that are empty or valid; `words` describe what is valid."""

    def read(value: Any, name: str) -> str:
        text = read_text(value, name)
        if text and not is_valid(text):
            raise SettingError(f'"{name}" is {shown(text)}; expected {words}')
        return text

    return read


def one_of(known: Sequence[str]) -> Reader:
    """Return a reader of a known word."""

    def read(value: Any, name: str) -> str:
        if value not in known:
            raise SettingError(f'"{name}" is {shown(value)}; expected one of {", ".join(known)}')
        return str(value)

    return read


def some_of(known: Sequence[str]) -> Reader:
    """Return a reader of a list of known words, each once."""

    def read(value: Any, name: str) -> tuple[str, ...]:
        words = tuple(dict.fromkeys(read_texts(value, name)))
        if not words:
            raise SettingError(f'"{name}" is []; expected one or more of {", ".join(known)}')
        for word in words:
            if word not in known:
                raise SettingError(f'"{name}" contains {shown(word)}; {suggestion(word, known)}')
        return words

    return read


def read_flag(value: Any, name: str) -> bool:
    """Return true or false."""
    return expect(value, bool, name, "true or false")


def read_number(value: Any, name: str) -> int:
    """Return a whole number."""
    return expect(value, int, name, "a whole number")


def read_count(value: Any, name: str) -> int:
    """Return a whole number of at least 1."""
    number = read_number(value, name)
    if number < 1:
        raise SettingError(f'"{name}" is {number}; expected at least 1')
    return number


def read_period(value: Any, name: str) -> timedelta:
    """Return a period of time: minutes, hours, days or weeks."""
    match = isinstance(value, str) and re.fullmatch(r"([1-9][0-9]{0,4}) ?(m|h|d|w)", value, re.ASCII)
    if not match:
        raise SettingError(f'"{name}" is {shown(value)}; expected a period, as in "48h", "7d" or "2w"')
    return int(match[1]) * _PERIODS[match[2]]


def read_path(value: Any, name: str) -> Path:
    """Return a path, not yet resolved."""
    return Path(str(read_location(value, name)))


def read_location(value: Any, name: str) -> Location:
    """Return a path or a URL, not yet resolved."""
    text = read_filled(value, name)
    if expected := misread(text):
        raise SettingError(f'"{name}" is {shown(text)}; expected {expected}')
    return location_of(text)


def read_texts(value: Any, name: str) -> tuple[str, ...]:
    """Return a list of texts."""
    return tuple(read_text(entry, name) for entry in expect(value, list, name, 'a list of texts, as in ["AI"]'))
