"""Format values, routes and choices for messages."""

import json
import re
from collections.abc import Collection, Iterable
from typing import Any

from feeds.diagnostics.problem import Route
from feeds.diagnostics.spelling import closest_word
from feeds.lazy_pattern import lazy_pattern
from feeds.text import quoted, shortened

_MANY = 12
_FIRST = 8
# What YAML 1.2.2 (section 10.3) takes for text without quotes, whatever stands around it.
_PLAIN = r"(?i)(?!(?:true|false|null)\Z)[^\W\d_](?:[\w .+/&()!?'’-]*[\w.+/&()!?'’-])?"
_DID_YOU_MEAN = lazy_pattern(r'did you mean "(.+)"\?')
_KINDS = {bool: "a truth value", str: "text", int: "a number", float: "a number", list: "a list", dict: "a mapping"}


def quote(value: Any) -> str:
    """Return a value for a message: text in quotes, on one line, shortened."""
    if isinstance(value, str):
        return quoted(value)
    return shortened(json.dumps(value, ensure_ascii=False))


def plain(value: Any) -> str:
    """Return a value as YAML, without quotes where they are not needed."""
    if value is None:
        return "nothing"
    return shortened(value) if isinstance(value, str) and re.fullmatch(_PLAIN, value) else quote(value)


def name_of(route: Route) -> str:
    """Return the name of the value at a route, counting from 1: `topics[2]`, `provider.name`."""
    name = ""
    for step in route:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name or "the record"


def kind_of(value: Any) -> str:
    """Return the type and the value, as in `text: "no"`."""
    return "empty" if value is None else f"{_KINDS.get(type(value), 'something else')}: {quote(value)}"


def did_you_mean(word: str, known: list[str]) -> str:
    """Return the question `did you mean` with the known word for a misspelt one, or nothing."""
    return asked_for(closest_word(word, known))


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return the question `did you mean` with the closest known word, or else all known words."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for what is wrong

    names = list(known)
    close = get_close_matches(word, names, n=1)
    return asked_for(close[0]) if close else f"expected one of {', '.join(names)}"


def asked_for(word: str) -> str:
    """Return the question `did you mean` with a word, or nothing without one."""
    return f'did you mean "{word}"?' if word else ""


def meant_word(remedy: str) -> str:
    """Return the word in the question `did you mean`, or nothing for another remedy."""
    match = _DID_YOU_MEAN.fullmatch(remedy)
    return match[1] if match else ""


def listed(values: Collection[Any]) -> str:
    """Return values, separated by commas; of many only the first and their number."""
    if len(values) <= _MANY:
        return ", ".join(map(plain, values))
    return f"{', '.join(map(plain, list(values)[:_FIRST]))}, … ({len(values)} in all)"


def either(words: Iterable[str], link: str = "or") -> str:
    """Return words as a list without repetitions: `text, a number or nothing`."""
    *rest, last = dict.fromkeys(words)
    return f"{', '.join(rest)} {link} {last}" if rest else last


def choice(values: Collection[Any]) -> str:
    """Return the values to choose from; of many only the first and their number."""
    if not values:
        return "no value at all"
    return listed(values) if len(values) > _MANY else either(map(plain, values))
