"""Know what has exactly one right answer, and which edit gives it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from feeds import text
from feeds.dates import naive_time
from feeds.diagnostics.problem import Problem, Route
from feeds.diagnostics.wording import meant_word
from feeds.frontmatter.document import Document
from feeds.validation.context import ValidationContext
from feeds.validation.fixes.yaml_edit import Edit, double_quoted, removed, renamed, replaced, rewritten, single_quoted

GONE = object()
_TRUE, _FALSE = {"true", "yes", "on", "y"}, {"false", "no", "off", "n"}
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,15})")
_UNQUOTED_VALUE = re.compile(
    r"""\s*(?:(?:- +)*[^\s:#"'\[{-][^:#"'\[{]*:[ \t]+|(?:- +)+)(?P<value>[^\s"'|>&*!#\[{].*?)\s*"""
)
_COMMENT = re.compile(r"\s#")


@dataclass(frozen=True, slots=True)
class Fix:
    """Name an edit and what becomes of the value at a route by it: another value, or GONE, or a value under `key`."""

    edit: Edit
    route: Route
    becomes: Any = GONE
    key: str = ""


def fix_of(problem: Problem, document: Document, context: ValidationContext) -> Fix | None:
    """Return the fix that may mend a problem; whether it does, only checking the result can tell."""
    find = _FIXES.get(problem.rule)
    return find(document, problem, value_at(document.data, problem.route), context) if find and problem.route else None


def quoting_edit(source: str, line_start: int) -> Edit | None:
    """Return the edit that puts quotes around the value in a line of a front matter that is no YAML without."""
    line_end = source.find("\n", line_start)
    line = source[line_start : line_end if line_end >= 0 else len(source)]
    match = _UNQUOTED_VALUE.fullmatch(line)
    if not match or _COMMENT.search(match["value"]) or "\\" in match["value"]:
        return None
    value = match["value"]
    quoted = single_quoted(value) if '"' in value else double_quoted(value)
    return Edit(line_start + match.start("value"), line_start + match.end("value"), quoted)


def value_at(data: Any, route: Route) -> Any:
    """Return the value at a route in plain data; None where there is none."""
    for step in route:
        try:
            data = data[step]
        except (LookupError, TypeError):
            return None
    return data


def _other_type(document: Document, problem: Problem, value: Any, context: ValidationContext) -> Fix | None:
    route = problem.route
    if isinstance(value, str) and value.strip().lower() in _TRUE | _FALSE:
        becomes = value.strip().lower() in _TRUE
        return _fix(rewritten(document, route, "true" if becomes else "false"), route, becomes)
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return _fix(rewritten(document, route, value.strip()), route, int(value))
    if isinstance(value, bool | int | float):
        source = document.source(route)
        return _fix(rewritten(document, route, double_quoted(source)), route, source)
    return _removal(document, problem, value, context) if value is None and isinstance(route[-1], int) else None


def _removal(document: Document, problem: Problem, _value: Any, _policy: ValidationContext) -> Fix | None:
    route = problem.route
    siblings = value_at(document.data, route[:-1])
    if isinstance(siblings, list) and all(item is None for item in siblings):
        route = route[:-1]
    return _fix(removed(document, route), route)


def _with_offset(document: Document, problem: Problem, value: str, context: ValidationContext) -> Fix | None:
    route, written = problem.route, _in_zone(value, context.config.zone) if context.config.zone else ""
    source = document.source(route).replace(value, written)
    return _fix(rewritten(document, route, source), route, written) if written else None


def _in_zone(value: str, zone: tzinfo) -> str:
    """Write a local time with the offset of its zone; nothing for one that the clock skips or shows twice."""
    local = naive_time(value)
    if not local:
        return ""
    first, second = (local.replace(tzinfo=zone, fold=fold).isoformat()[-6:] for fold in (0, 1))
    if first != second:
        return ""
    time = value[11:] if value.count(":") > 1 else f"{value[11:]}:00"
    return f"{value[:10]}T{time}{'Z' if first == '+00:00' else first}"


def _unescaped(document: Document, problem: Problem, value: str, _policy: ValidationContext) -> Fix | None:
    plain = text.unescape(text.unescape(value))
    if text.plain_text(plain) != text.plain_text(value):
        return None
    return _fix(replaced(document, problem.route, plain), problem.route, plain)


def _trimmed(document: Document, problem: Problem, value: Any, _policy: ValidationContext) -> Fix | None:
    trimmed = value.strip() if isinstance(value, str) else value
    return _fix(replaced(document, problem.route, trimmed), problem.route, trimmed) if trimmed != value else None


def _meant(document: Document, problem: Problem, value: Any, _policy: ValidationContext) -> Fix | None:
    word = meant_word(problem.remedy)
    if not isinstance(value, str) or word.casefold() != value.strip().casefold():
        return None
    return _fix(replaced(document, problem.route, word), problem.route, word)


def _meant_key(document: Document, problem: Problem, value: Any, _policy: ValidationContext) -> Fix | None:
    route, key = problem.route, meant_word(problem.remedy)
    if not key or key in value_at(document.data, route[:-1]):
        return None
    return Fix(renamed(document, route, key), route, value, key)


def _fix(edit: Edit | None, route: Route, becomes: Any = GONE) -> Fix | None:
    return Fix(edit, route, becomes) if edit else None


_FIXES: dict[str, Callable[[Document, Problem, Any, ValidationContext], Fix | None]] = {
    "wrong-type": _other_type,
    "not-allowed": _meant,
    "unknown-key": _meant_key,
    "duplicate-item": _removal,
    "empty-url": _removal,
    "naive-time": _with_offset,
    "double-escape": _unescaped,
    "untrimmed-text": _trimmed,
    "bad-url": _trimmed,
    "bad-date": _trimmed,
}
