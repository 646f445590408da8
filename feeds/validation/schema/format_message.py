"""Say what is wrong with text that is not of the form it needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from feeds.dates import is_date_only, naive_time, rfc3339_of, unix_time, with_seconds
from feeds.diagnostics.wording import quote
from feeds.hostname import refused_host
from feeds.text import shortened
from feeds.validation.schema.complaint import Complaint
from feeds.validation.schema.description import FORMAT_WORDS
from feeds.validation.schema.refusal import Refusal
from feeds.validation.schema.validator import FORMATS

Finding = tuple[str, str, str]  # rule, message, remedy

# RFC 4287, section 4.2.6: an id is an IRI.
ABSOLUTE_ID = r"""^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$"""
# What the record schema adds to formats, since few validators check them.
VISIBLE = r"\S"
WEB_ADDRESS = r"[Hh][Tt][Tt][Pp][Ss]?://[^/?#\s]"
_LOOKS_RIGHT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII)
DURATION = "^P(?:[0-9]+W|"


def bad_format(refusal: Refusal) -> Complaint:
    """Say what a format refuses."""
    name = str(refusal.limit)
    if refusal.schema.get("pattern") == ABSOLUTE_ID:
        return _bad_id(refusal)
    if name in _TELLS and not refusal.is_key:
        return refusal.complain(*_tell(name, refusal))
    words, example = FORMAT_WORDS[name]
    if name == "regex":
        return refusal.expected("bad-format", f"{words} that Python can read: {refusal.reason}")
    return refusal.expected(_RULES.get(name, "bad-format"), words, refusal.hint or f"write it as in {example}")


def bad_pattern(refusal: Refusal) -> Complaint:
    """Say what a pattern refuses: by what the schema tells, for a regular expression tells people little."""
    if refusal.limit == ABSOLUTE_ID:
        return _bad_id(refusal)
    name = str(refusal.schema.get("format"))
    is_told = WEB_ADDRESS in refusal.limit or refusal.limit.startswith(DURATION)
    if name in _TELLS and not refusal.is_key and (is_told or not FORMATS.conforms(refusal.value, name)):
        return refusal.complain(*_tell(name, refusal))
    if refusal.limit == VISIBLE:
        return refusal.complain("blank-text", f"{refusal.name} is blank", "write some text")
    rule = _RULES.get(name, "bad-format")
    if refusal.told:
        return refusal.complain(rule, f"{refusal.shown}; expected: {refusal.told}", refusal.hint)
    if refusal.example:
        return refusal.expected(rule, f"text as in {refusal.example}")
    return refusal.expected(rule, f"text of the form {shortened(refusal.limit)}")


def _bad_id(refusal: Refusal) -> Complaint:
    remedy = "write a web address, or begin it with urn: or tag:"
    return refusal.complain("bad-format", f"{refusal.shown}, which is not unique in the whole world", remedy)


def _tell(name: str, refusal: Refusal) -> Finding:
    if name.endswith("-reference") and "pattern" not in refusal.schema:
        return "bad-url", f"{quote(refusal.value)} is neither a web address nor a path", "write blanks as %20"
    return _TELLS[name](refusal.value)


def _bad_url(value: Any) -> Finding:
    host = refused_host(value)
    if host:
        message = f"{quote(value)} has the host {quote(host)}, which domain names cannot be (IDNA 2008)"
        return "bad-url", message, "correct it, or write the host as it is registered, beginning with xn--"
    blanks = ", blanks as %20" if " " in value.strip() else ""
    message = f"{quote(value)} is not a whole web address"
    return "bad-url", message, f"write it as in https://example.org/page{blanks}"


def _bad_instant(value: Any) -> Finding:
    if naive_time(value):
        message = f"{quote(value)} has no offset from UTC, so it names no instant"
        remedy = f"write it as {with_seconds(value)}Z if it is in UTC, else with its offset in place of Z"
        return "naive-time", message, remedy
    if is_date_only(value):
        message = f"{quote(value)} is a date without a time and an offset from UTC"
        return "date-only", message, f"write it as in {value}T08:30:00Z or {value}T10:30:00+02:00"
    if _LOOKS_RIGHT.fullmatch(value):
        message = f"{quote(value)} names a moment that does not exist"
        return "bad-date", message, "correct the day, the time or the offset"
    message = f"{quote(value)} is not a date and time with seconds and an offset"
    if written := rfc3339_of(value):
        return "bad-date", message, f"write it as {written}"
    return "bad-date", message, instead_of_number(value)


def instead_of_number(value: Any) -> str:
    """Return how to write a date and time that is a number, or nothing that can be read."""
    unix = unix_time(value)
    as_unix = f"write it as {unix}, if it is Unix time"
    return as_unix if unix else "write it as in 2024-05-01T08:30:00Z or 2024-05-01T10:30:00+02:00"


def _bad_duration(value: Any) -> Finding:
    return "bad-duration", f"{quote(value)} is not a duration", "write it as in PT9M8S: 9 minutes, 8 seconds"


_TELLS: dict[str, Callable[[Any], Finding]] = {
    "date-time": _bad_instant,
    "duration": _bad_duration,
    **dict.fromkeys(("uri", "iri", "uri-reference", "iri-reference"), _bad_url),
}
_RULES = {
    **dict.fromkeys(("date", "time", "date-time"), "bad-date"),
    "duration": "bad-duration",
    **dict.fromkeys(("uri", "iri", "uri-reference", "iri-reference"), "bad-url"),
}
