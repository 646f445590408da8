"""Messages about text that does not match a format or a pattern."""

import re
from collections.abc import Callable
from typing import Any

from feeds.dates import is_date_only, naive_time, rfc3339_of, unix_time, with_seconds
from feeds.diagnostics.wording import asked_for, quote
from feeds.hostname import refused_host
from feeds.languages import tag_of, tag_of_name
from feeds.text import shortened
from feeds.validation.schema.description import FORMAT_WORDS
from feeds.validation.schema.formats import FORMATS
from feeds.validation.schema.schema_problem import SchemaProblem
from feeds.validation.schema.violation import Violation

Explanation = tuple[str, str, str]  # rule, message, remedy

# RFC 4287, section 4.2.6: an id is an IRI.
ABSOLUTE_ID = r"""^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$"""
# What the record schema adds to formats, since few validators check them.
VISIBLE = r"\S"
WEB_ADDRESS = r"[Hh][Tt][Tt][Pp][Ss]?://[^/?#\s]"
_LOOKS_RIGHT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII)
LANGUAGE = "^(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}"
DURATION = "^P(?:[0-9]+W|"


def bad_format(violation: Violation) -> SchemaProblem:
    """Return the problem of text that does not match a format."""
    name = str(violation.limit)
    if violation.schema.get("pattern") == ABSOLUTE_ID:
        return _bad_id(violation)
    if name in _EXPLANATIONS:
        return violation.problem(*_explain(name, violation))
    words, example = FORMAT_WORDS[name]
    if name == "regex":
        return violation.expected("bad-format", f"{words} that Python can read: {violation.reason}")
    return violation.expected(_RULES.get(name, "bad-format"), words, violation.hint or f"write it as in {example}")


def bad_pattern(violation: Violation) -> SchemaProblem:
    """Return the problem of text that does not match a pattern, by the description, which is clearer than a pattern."""
    if violation.limit == ABSOLUTE_ID or violation.limit.startswith(LANGUAGE):
        return _bad_id(violation) if violation.limit == ABSOLUTE_ID else _bad_language(violation)
    name = str(violation.schema.get("format"))
    has_explanation = WEB_ADDRESS in violation.limit or violation.limit.startswith(DURATION)
    if name in _EXPLANATIONS and (has_explanation or not FORMATS.conforms(violation.value, name)):
        return violation.problem(*_explain(name, violation))
    if violation.limit == VISIBLE:
        return violation.problem("blank-text", f"{violation.name} is blank", "write some text")
    rule = _RULES.get(name, "bad-format")
    if violation.description:
        return violation.problem(rule, f"{violation.shown}; expected: {violation.description}", violation.hint)
    if violation.example:
        return violation.expected(rule, f"text as in {violation.example}")
    return violation.expected(rule, f"text of the form {shortened(violation.limit)}")


def _bad_id(violation: Violation) -> SchemaProblem:
    remedy = "write a URL, or begin it with urn: or tag:"
    return violation.problem("bad-format", f"{violation.name} {quote(violation.value)} is not an absolute URI", remedy)


def _bad_language(violation: Violation) -> SchemaProblem:
    tag, meant = tag_of(violation.value), tag_of_name(violation.value)
    remedy = f"write it as {tag}" if tag else asked_for(meant) or violation.hint
    return violation.expected("bad-format", "a language tag (BCP 47)", remedy)


def _explain(name: str, violation: Violation) -> Explanation:
    if name.endswith("-reference") and "pattern" not in violation.schema:
        return "bad-url", f"{quote(violation.value)} is neither a URL nor a path", "write spaces as %20"
    return _EXPLANATIONS[name](violation.value)


def _bad_url(value: Any) -> Explanation:
    host = refused_host(value)
    if host:
        message = f"{quote(value)} has the host {quote(host)}, which is not a valid domain name (IDNA 2008)"
        return "bad-url", message, "correct it, or write the host as it is registered, beginning with xn--"
    blanks = ", spaces as %20" if " " in value.strip() else ""
    message = f"{quote(value)} is not an absolute URL"
    return "bad-url", message, f"write it as in https://example.org/page{blanks}"


def _bad_instant(value: Any) -> Explanation:
    if naive_time(value):
        message = f"{quote(value)} has no offset from UTC, so it names no instant"
        remedy = f"write it as {with_seconds(value)}Z if it is in UTC, else with its offset in place of Z"
        return "naive-time", message, remedy
    if is_date_only(value):
        message = f"{quote(value)} is a date without a time and an offset from UTC"
        return "date-only", message, f"write it as in {value}T08:30:00Z or {value}T10:30:00+02:00"
    if _LOOKS_RIGHT.fullmatch(value):
        message = f"{quote(value)} is a date and time that does not exist"
        return "bad-date", message, "correct the day, the time or the offset"
    message = f"{quote(value)} is not a date and time with seconds and an offset"
    if written := rfc3339_of(value):
        return "bad-date", message, f"write it as {written}"
    return "bad-date", message, instead_of_number(value)


def instead_of_number(value: Any) -> str:
    """Return the remedy for a number, or unreadable text, in place of a date and time."""
    unix = unix_time(value)
    as_unix = f"write it as {unix}, if it is Unix time"
    return as_unix if unix else "write it as in 2024-05-01T08:30:00Z or 2024-05-01T10:30:00+02:00"


def _bad_duration(value: Any) -> Explanation:
    return "bad-duration", f"{quote(value)} is not a duration", "write it as in PT9M8S: 9 minutes, 8 seconds"


_ADDRESSES = ("uri", "iri", "uri-reference", "iri-reference")
_EXPLANATIONS: dict[str, Callable[[Any], Explanation]] = {
    "date-time": _bad_instant,
    "duration": _bad_duration,
    **dict.fromkeys(_ADDRESSES, _bad_url),
}
_RULES = {
    **dict.fromkeys(("date", "time", "date-time"), "bad-date"),
    "duration": "bad-duration",
    **dict.fromkeys(_ADDRESSES, "bad-url"),
}
