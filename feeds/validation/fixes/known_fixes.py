"""Edits that fix problems with exactly one right answer."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from feeds import dates, languages, text
from feeds.diagnostics.positions import line_start
from feeds.diagnostics.problem import Problem, Route
from feeds.diagnostics.spelling import is_safe_rename
from feeds.diagnostics.wording import meant_word, plain
from feeds.frontmatter.document import Document
from feeds.frontmatter.odd_blank import odd_blank_in
from feeds.hold_back import truth
from feeds.validation.context import ValidationContext
from feeds.validation.fixes.yaml_edit import Edit, double_quoted, removed, renamed, replaced, rewritten, single_quoted
from feeds.validation.route import value_at
from feeds.validation.schema.value_message import AS_LIST, QUOTE_IT, entries_of

REMOVED = object()
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,15})")
_UNQUOTED_VALUE = re.compile(
    r"""\s*(?:(?:- +)*[^\s:#"'\[{-][^:#"'\[{]*:[ \t]+|(?:- +)+)(?P<value>[^\s"'|>&*!#\[{].*?)\s*"""
)
_COMMENT = re.compile(r"\s#")


class Fix(NamedTuple):
    """An edit, and the new value at a route: another value, REMOVED, or a value under `key`.

    `rule` is that of the problem that it fixes.
    """

    edit: Edit
    route: Route
    becomes: Any = REMOVED
    key: str = ""
    rule: str = ""


FindFix = Callable[[Document, Problem, Any, ValidationContext], Fix | None]  # given the value with the problem


def fix_of(problem: Problem, document: Document, context: ValidationContext, *, unsafe: bool) -> Fix | None:
    """Return a fix of a problem, to be verified by checking the result.

    An unsafe one applies the suggestion of the message.
    """
    value = value_at(document.data, problem.route)
    for table in (_SUGGESTIONS, _FIXES) if unsafe else (_FIXES,):
        find = table.get(problem.rule)
        fix = find(document, problem, value, context) if find and problem.route else None
        if fix:
            return fix._replace(rule=problem.rule)
    return None


def blank_edit(source: str, problem: Problem) -> Edit | None:
    """Return the edit that replaces whitespace that YAML does not allow by a space."""
    start = line_start(source, problem.span.line) + problem.span.column - 1
    end = line_start(source, problem.span.end_line) + problem.span.end_column - 1
    return Edit(start, end, " " * (end - start)) if odd_blank_in(source[start : start + 1]) else None


def quoting_edit(source: str, line_start: int) -> Edit | None:
    """Return the edit that quotes the value in a line that is invalid YAML without quotes."""
    line_end = source.find("\n", line_start)
    line = source[line_start : line_end if line_end >= 0 else len(source)]
    match = _UNQUOTED_VALUE.fullmatch(line)
    if not match or _COMMENT.search(match["value"]) or "\\" in match["value"]:
        return None
    value = match["value"]
    quoted = single_quoted(value) if '"' in value else double_quoted(value)
    return Edit(line_start + match.start("value"), line_start + match.end("value"), quoted)


def _other_type(document: Document, problem: Problem, value: Any, _context: ValidationContext) -> Fix | None:
    route = problem.route
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return _fix(rewritten(document, route, value.strip()), route, int(value))
    if isinstance(value, str) and (says := truth(value)) is not None:
        return _fix(rewritten(document, route, "true" if says else "false"), route, says)
    if isinstance(value, bool | int | float) and problem.remedy == QUOTE_IT:
        source = document.source(route)
        return _fix(rewritten(document, route, double_quoted(source)), route, source)
    return None


def _empty_item(document: Document, problem: Problem, value: Any, context: ValidationContext) -> Fix | None:
    return _removal(document, problem, value, context) if value is None and isinstance(problem.route[-1], int) else None


def _removal(document: Document, problem: Problem, _value: Any, _context: ValidationContext) -> Fix | None:
    route = problem.route
    siblings = value_at(document.data, route[:-1])
    if isinstance(siblings, list) and all(item is None for item in siblings):
        route = route[:-1]
    return _fix(removed(document, route), route)


def _with_offset(document: Document, problem: Problem, value: str, context: ValidationContext) -> Fix | None:
    zone = context.config.zone
    return _written(document, problem.route, value, dates.in_zone(value, zone) if zone else "")


def _in_form(document: Document, problem: Problem, value: Any, context: ValidationContext) -> Fix | None:
    """Return the fix that writes a complete date and time as RFC 3339."""
    written = dates.rfc3339_of(value) if isinstance(value, str) else ""
    return _written(document, problem.route, value, written) or _trimmed(document, problem, value, context)


def _unix_time(document: Document, problem: Problem, value: Any, _context: ValidationContext) -> Fix | None:
    written = dates.unix_time(value)
    is_meant = written and written in problem.remedy
    return _written(document, problem.route, document.source(problem.route), written) if is_meant else None


def _written(document: Document, route: Route, value: str, written: str) -> Fix | None:
    source = document.source(route).replace(value, written)
    return _fix(rewritten(document, route, source), route, written) if written and written in source else None


def _list(document: Document, problem: Problem, value: Any, _context: ValidationContext) -> Fix | None:
    if not isinstance(value, str) or not problem.remedy.startswith(AS_LIST):
        return None
    entries = entries_of(value)
    return _fix(rewritten(document, problem.route, f"[{', '.join(map(plain, entries))}]"), problem.route, entries)


def _unescaped(document: Document, problem: Problem, value: str, _context: ValidationContext) -> Fix | None:
    plain = text.unescape(text.unescape(value))
    if text.plain_text(plain) != text.plain_text(value):
        return None
    return _fix(replaced(document, problem.route, plain), problem.route, plain)


def _language(document: Document, problem: Problem, value: Any, _context: ValidationContext) -> Fix | None:
    tag = languages.tag_of(value) if isinstance(value, str) else ""
    is_meant = problem.remedy == f"write it as {tag}"
    return _fix(replaced(document, problem.route, tag), problem.route, tag) if is_meant else None


def _trimmed(document: Document, problem: Problem, value: Any, _context: ValidationContext) -> Fix | None:
    trimmed = value.strip() if isinstance(value, str) else value
    return _fix(replaced(document, problem.route, trimmed), problem.route, trimmed) if trimmed != value else None


def _meant(document: Document, problem: Problem, value: Any, context: ValidationContext) -> Fix | None:
    is_same = isinstance(value, str) and meant_word(problem.remedy).casefold() == value.strip().casefold()
    return _suggested(document, problem, value, context) if is_same else None


def _suggested(document: Document, problem: Problem, value: Any, _context: ValidationContext) -> Fix | None:
    word = meant_word(problem.remedy)
    if not word or not isinstance(value, str):
        return None
    return _fix(replaced(document, problem.route, word), problem.route, word)


def _meant_key(document: Document, problem: Problem, value: Any, context: ValidationContext) -> Fix | None:
    key, meant = str(problem.route[-1]), meant_word(problem.remedy)
    is_safe = is_safe_rename(key, meant, value, context.config.secret)
    return _suggested_key(document, problem, value, context) if is_safe else None


def _suggested_key(document: Document, problem: Problem, value: Any, _context: ValidationContext) -> Fix | None:
    route, key = problem.route, meant_word(problem.remedy)
    if not key or key in value_at(document.data, route[:-1]):
        return None
    return Fix(renamed(document, route, key), route, value, key)


def _fix(edit: Edit | None, route: Route, becomes: Any = REMOVED) -> Fix | None:
    return Fix(edit, route, becomes) if edit else None


_FIXES: dict[str, FindFix] = {
    "wrong-type": _other_type,
    "not-allowed": _meant,
    "unknown-key": _meant_key,
    "duplicate-item": _removal,
    "empty-value": _empty_item,
    "empty-url": _removal,
    "naive-time": _with_offset,
    "double-escape": _unescaped,
    "untrimmed-text": _trimmed,
    "bad-url": _trimmed,
    "bad-date": _in_form,
    "bad-format": _language,
}
_SUGGESTIONS: dict[str, FindFix] = {
    "bad-date": _unix_time,
    "bad-format": _suggested,
    "not-allowed": _suggested,
    "unknown-key": _suggested_key,
    "wrong-type": lambda *given: _unix_time(*given) or _list(*given),
}
