"""Checks of those formats of JSON Schema that jsonschema defines otherwise, or only with other packages."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable

from feeds import dates, urls

Check = tuple[Callable[[object], bool], tuple[type[Exception], ...]]  # the check, and what it raises for invalid text

# RFC 3986, section 3.1.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.+)", re.DOTALL)
_NOT_IN_ADDRESS = re.compile(r'[\s\x00-\x1f\x7f-\x9f\ud800-\udfff<>"{}|\\^`]')
# RFC 1123, section 2.1.
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST_NAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")


def _is_instant(value: object) -> bool:
    return not isinstance(value, str) or bool(dates.parse_instant(value))


def _is_time(value: object) -> bool:
    # The day keeps every offset inside the years that can be.
    return not isinstance(value, str) or bool(dates.parse_instant(f"2000-01-02T{value}"))


def _is_duration(value: object) -> bool:
    if isinstance(value, str):
        dates.parse_duration(value)
    return True


def _is_url(value: object) -> bool:
    if not isinstance(value, str) or urls.is_plain(value):
        return True
    match = _SCHEME.fullmatch(value)
    if match and match[1].lower() in {"http", "https"}:
        return urls.is_absolute(value)
    return bool(match) and not _NOT_IN_ADDRESS.search(value)


def _is_url_reference(value: object) -> bool:
    if not isinstance(value, str) or not value or urls.is_plain(value):
        return True
    return _is_url(value if _SCHEME.fullmatch(value) else f"https://example.org/{value}")


def _is_host_name(value: object) -> bool:
    return not isinstance(value, str) or bool(_HOST_NAME.fullmatch(value))


def _is_regex(value: object) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what may mean something else in a later Python
        return not isinstance(value, str) or bool(re.compile(value))


def _check(function: Callable[[object], bool], *raises: type[Exception]) -> Check:
    return function, raises


CHECKS: dict[str, Check] = {
    "date-time": _check(_is_instant, ValueError),
    "time": _check(_is_time, ValueError),
    "duration": _check(_is_duration, ValueError),
    **dict.fromkeys(("uri", "iri"), _check(_is_url)),
    **dict.fromkeys(("uri-reference", "iri-reference"), _check(_is_url_reference)),
    "hostname": _check(_is_host_name),
    "regex": _check(_is_regex, re.error, OverflowError, RecursionError),
}
