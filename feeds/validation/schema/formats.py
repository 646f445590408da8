"""The formats of JSON Schema, including those that jsonschema checks differently, or only with other packages."""

import re
import warnings
from collections.abc import Callable

from jsonschema import FormatChecker

from feeds import dates, urls

# The same formats whatever else is installed.
FORMATS = FormatChecker(formats=("date", "ipv4", "ipv6", "uuid"))

# RFC 3986, section 3.1.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.+)", re.DOTALL)
_NOT_IN_ADDRESS = re.compile(r'[\s\x00-\x1f\x7f-\x9f\ud800-\udfff<>"{}|\\^`]')
# RFC 5321, section 4.1.2.
_EMAIL = re.compile(r'(?:"[^"]*"|[^\s@"]+)@[^\s@]+')
# RFC 1123, section 2.1.
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST_NAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")


def _is_url(text: str) -> bool:
    match = _SCHEME.fullmatch(text)
    if match and match[1].lower() in {"http", "https"}:
        return urls.is_absolute(text)
    return bool(match) and not _NOT_IN_ADDRESS.search(text)


def _is_url_reference(text: str) -> bool:
    return not text or _is_url(text if _SCHEME.fullmatch(text) else f"https://example.org/{text}")


def _compiled(pattern: str) -> re.Pattern[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what may mean something else in a later Python
        return re.compile(pattern)


def _add(names: str, check: Callable[[str], object], *raises: type[Exception]) -> None:
    """Define formats by a function that returns a false value or raises an exception for invalid text."""
    for name in names.split():
        FORMATS.checks(name, raises)(lambda value: not isinstance(value, str) or bool(check(value)))


_add("date-time", dates.parse_instant, ValueError)
# The day keeps every offset inside the years that can be.
_add("time", lambda text: dates.parse_instant(f"2000-01-02T{text}"), ValueError)
_add("duration", lambda text: dates.parse_duration(text) or True, ValueError)
_add("email idn-email", _EMAIL.fullmatch)
_add("uri iri", _is_url)
_add("uri-reference iri-reference", _is_url_reference)
_add("hostname", _HOST_NAME.fullmatch)
_add("regex", _compiled, re.error, OverflowError, RecursionError)
