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


class _Case(NamedTuple):
    """A problem of a document, and the value that has it."""

    problem: Problem
    value: Any
    document: Document
    context: ValidationContext

    @property
    def source(self) -> str:
        return self.document.source(self.problem.route)

    def replaced(self, text: str) -> Fix | None:
        """Return the fix that writes another text, in the quotes that there are."""
        return _fix(replaced(self.document, self.problem.route, text), self.problem.route, text)

    def rewritten(self, source: str, becomes: Any) -> Fix | None:
        """Return the fix that writes a source, which stands for another value."""
        return _fix(rewritten(self.document, self.problem.route, source), self.problem.route, becomes)

    def respelt(self, written: str) -> Fix | None:
        """Return the fix that spells a part of the source, which stands for the value, in another way."""
        source = self.source.replace(self.value, written)
        return self.rewritten(source, written) if written and written in source else None


FindFix = Callable[[_Case], Fix | None]


def fix_of(problem: Problem, document: Document, context: ValidationContext, *, unsafe: bool) -> Fix | None:
    """Return a fix of a problem, for the caller to verify; an unsafe one does what the message suggests."""
    case = _Case(problem, value_at(document.data, problem.route), document, context)
    for table in (_SUGGESTIONS, _FIXES) if unsafe else (_FIXES,):
        find = table.get(problem.rule)
        fix = find(case) if find and problem.route else None
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


def _other_type(case: _Case) -> Fix | None:
    value = case.value
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return case.rewritten(value.strip(), int(value))
    if isinstance(value, str) and (says := truth(value)) is not None:
        return case.rewritten("true" if says else "false", says)
    if isinstance(value, bool | int | float) and case.problem.remedy == QUOTE_IT:
        return case.rewritten(double_quoted(case.source), case.source)
    return None


def _empty_item(case: _Case) -> Fix | None:
    return _removal(case) if case.value is None and isinstance(case.problem.route[-1], int) else None


def _removal(case: _Case) -> Fix | None:
    route = case.problem.route
    siblings = value_at(case.document.data, route[:-1])
    if isinstance(siblings, list) and all(item is None for item in siblings):
        route = route[:-1]
    return _fix(removed(case.document, route), route)


def _with_offset(case: _Case) -> Fix | None:
    zone = case.context.config.zone
    return case.respelt(dates.in_zone(case.value, zone) if zone else "")


def _in_form(case: _Case) -> Fix | None:
    """Return the fix that writes a complete date and time as RFC 3339."""
    written = dates.rfc3339_of(case.value) if isinstance(case.value, str) else ""
    return (case.respelt(written) if written else None) or _trimmed(case)


def _unix_time(case: _Case) -> Fix | None:
    written = dates.unix_time(case.value)
    return case.rewritten(written, written) if written and written in case.problem.remedy else None


def _list(case: _Case) -> Fix | None:
    if not isinstance(case.value, str) or not case.problem.remedy.startswith(AS_LIST):
        return None
    entries = entries_of(case.value)
    return case.rewritten(f"[{', '.join(map(plain, entries))}]", entries)


def _unescaped(case: _Case) -> Fix | None:
    plain = text.unescape(text.unescape(case.value))
    return case.replaced(plain) if text.plain_text(plain) == text.plain_text(case.value) else None


def _language(case: _Case) -> Fix | None:
    tag = languages.tag_of(case.value) if isinstance(case.value, str) else ""
    return case.replaced(tag) if case.problem.remedy == f"write it as {tag}" else None


def _trimmed(case: _Case) -> Fix | None:
    trimmed = case.value.strip() if isinstance(case.value, str) else case.value
    return case.replaced(trimmed) if trimmed != case.value else None


def _meant(case: _Case) -> Fix | None:
    word = meant_word(case.problem.remedy)
    is_same = isinstance(case.value, str) and word.casefold() == case.value.strip().casefold()
    return _suggested(case) if is_same else None


def _suggested(case: _Case) -> Fix | None:
    word = meant_word(case.problem.remedy)
    return case.replaced(word) if word and isinstance(case.value, str) else None


def _meant_key(case: _Case) -> Fix | None:
    key, meant = str(case.problem.route[-1]), meant_word(case.problem.remedy)
    return _suggested_key(case) if is_safe_rename(key, meant, case.value, case.context.config.secret) else None


def _suggested_key(case: _Case) -> Fix | None:
    route, key = case.problem.route, meant_word(case.problem.remedy)
    is_free = key and key not in value_at(case.document.data, route[:-1])
    return Fix(renamed(case.document, route, key), route, case.value, key) if is_free else None


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
    "wrong-type": lambda case: _unix_time(case) or _list(case),
}
