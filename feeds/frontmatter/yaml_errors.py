"""Turn errors of the YAML parser into problems with extents and remedies."""

import re
from collections.abc import Callable
from typing import NamedTuple

import yaml

from feeds.frontmatter.syntax_problem import SyntaxProblem

_CONFLICT = re.compile(r"^(?:<{7}|>{7}) .*", re.MULTILINE)
_BARE_KEY = re.compile(r"[ ]*[\w-]+")
_NO_BLANK = re.compile(r"[ ]*[\w-]+(:)[^\s:/]")
_KEY = re.compile(r"[ ]*[\w-]+[ ]*:(?:\s|\Z)")
_IN_QUOTES = "put the value in quotes"
_UNCLOSED = "a quote that is never closed"
_NO_KEY = (
    "a line that is neither a key nor part of a value",
    "write `key: value`, or indent it as part of the value above",
)
_OTHER_QUOTES = {'"': "single quotes", "'": "double quotes"}
_ESCAPES = {'"': '\\"', "'": "''"}


class _Stop(NamedTuple):
    """The offset at which the parser stopped, and the start of the construct that it was reading."""

    text: str
    at: int
    began: int

    @property
    def char(self) -> str:
        return self.text[self.at : self.at + 1]

    @property
    def before(self) -> str:
        """Return the text before the offset on its line."""
        return self.text[self.text.rfind("\n", 0, self.at) + 1 : self.at]


Explanation = tuple[int, str, str]  # offset, message, remedy


def syntax_problem(error: yaml.MarkedYAMLError, text: str) -> SyntaxProblem:
    """Return the most likely cause of a parser error, located where it begins."""
    if conflict := _CONFLICT.search(text):
        remedy = "keep one of the two versions and remove the markers"
        return SyntaxProblem(conflict.span(), "yaml-syntax", "a merge conflict that is not resolved", remedy)
    at, began = (int(mark.index) if mark else 0 for mark in (error.problem_mark, error.context_mark))
    offset, message, remedy = _explained(error.problem or "", _Stop(text, at or began, began))
    return SyntaxProblem((offset, min(offset + 1, len(text))), "yaml-syntax", message, remedy)


def extent_of(node: yaml.Node | yaml.Event) -> tuple[int, int]:
    """Return the character offsets at which a node or event begins and ends."""
    start, end = node.start_mark, node.end_mark
    return (int(start.index), int(end.index)) if start and end else (0, 0)


def _explained(said: str, stop: _Stop) -> Explanation:
    if stop.char == "\t":
        return stop.at, "a tab where YAML wants spaces", "indent with spaces"
    for part, tell in _DIAGNOSES:
        if part in said:
            return tell(stop)
    for part, message, remedy in _HINTS:
        if part in said:
            return stop.at, message, remedy
    return stop.at, "something that YAML does not allow here", "put the value in quotes, or check the indentation"


def _colon(stop: _Stop) -> Explanation:
    """Explain a colon inside a value, or on a line that was read as a continuation of the last one."""
    line_start = stop.at - len(stop.before)
    above = stop.text[:line_start].rstrip("\r\n")
    previous = above[above.rfind("\n") + 1 :]
    if not _BARE_KEY.fullmatch(stop.before) or not previous.strip():
        return stop.at, "a colon in a value without quotes", f'{_IN_QUOTES}, as in key: "a: b"'
    if no_blank := _NO_BLANK.match(previous):
        return len(above) - len(previous) + no_blank.start(1), "a colon without a blank behind it", "write `key: value`"
    first = line_start + len(stop.before) - len(stop.before.lstrip())
    if first == line_start:
        return len(above) - len(previous), *_NO_KEY
    return first, "a key that is indented too far", "begin it in the column of the key above"


def _unexpected(stop: _Stop) -> Explanation:
    before = stop.before.rstrip()
    if stop.char in _STRAY:
        return stop.at, *_STRAY[stop.char]
    if before.endswith(('"', "'")):
        return _behind_quote(stop, before)
    if before.endswith(("]", "}")):
        return stop.at, "text behind a closing bracket", "put the whole value in quotes"
    if not before:
        return stop.at, "a line that is indented unlike those around it", "begin it in the column of its neighbours"
    return stop.at, "something that does not belong to this level", "check the indentation and the quotes"


def _behind_quote(stop: _Stop, before: str) -> Explanation:
    closing = stop.at - len(stop.before) + len(before) - 1
    opening = stop.text.rfind(before[-1], 0, closing)
    if "\n" in stop.text[max(opening, 0) : closing]:
        return opening, _UNCLOSED, "close the quotation mark"
    quote = before[-1]
    remedy = f"put {_OTHER_QUOTES[quote]} around the whole value, or write {_ESCAPES[quote]} for a quote inside it"
    return stop.at, "text behind a quoted value", remedy


def _bracket(stop: _Stop) -> Explanation:
    if stop.char == ":" and "\n" not in stop.text[stop.began : stop.at]:
        return _colon(stop)
    quote = stop.text[: stop.at].rstrip()[-1:]
    if quote in _OTHER_QUOTES and not _KEY.match(stop.text, stop.at):
        remedy = f"write a comma between two values, or {_OTHER_QUOTES[quote]} around the whole value"
        return stop.at, "text behind a quoted value", remedy
    return stop.began, "a bracket that is never closed", f"close it, or {_IN_QUOTES}"


def _missing_value(stop: _Stop) -> Explanation:
    if stop.char == ",":
        return stop.at, "a comma without a value before it", "remove it, or write the value"
    if stop.text.startswith("...", stop.at):
        return stop.at, "a line of ... that ends the front matter too early", "remove it"
    return stop.at, "a missing value", "write the value"


def _document(stop: _Stop) -> Explanation:
    if stop.text.lstrip().startswith("%"):
        first = stop.text.index("%")
        return first, "a line that begins with %, which YAML takes for a directive", "remove it"
    return stop.at, "a line that is indented less than the first", "begin all keys in the same column"


_STRAY = {
    **dict.fromkeys("]}", ("a closing bracket that nothing opened", f"remove it, or {_IN_QUOTES}")),
    ":": ("a colon without a key before it", "write `key: value`"),
    ",": ("a comma behind a value", "remove it, or put the whole value in quotes"),
}
_DIAGNOSES: tuple[tuple[str, Callable[[_Stop], Explanation]], ...] = (
    ("mapping values are not allowed", _colon),
    ("did not find expected key", _unexpected),
    ("expected <block end>", _unexpected),
    ("expected ',' or", _bracket),
    ("did not find expected node content", _missing_value),
    ("expected the node content", _missing_value),
    ("<document start>", _document),
    # For these, the start of the quote or the line is more useful than where the error was noticed.
    ("found unexpected end of stream", lambda stop: (stop.began, _UNCLOSED, "close the quotation mark")),
    ("could not find expected ':'", lambda stop: (stop.began, *_NO_KEY)),
    ("alphabetic or numeric character", lambda stop: (stop.began, "a value that begins with * or &", _IN_QUOTES)),
)
_HINTS = (
    ("cannot start any token", "a character that no value can begin with", _IN_QUOTES),
    ("expected '-' indicator", "a key among the items of a list", "indent it, or begin its line with a dash"),
    ("invalid Unicode", "an escape of a character that does not exist", "write the character itself"),
    ("escape", "a backslash that begins no escape", "use single quotes, or write the backslash twice"),
    ("hexdecimal", "a backslash that begins no escape", "use single quotes, or write the backslash twice"),
    ("comment or line break", "text on the line of | or >", f"begin the text on the next line, or {_IN_QUOTES}"),
    ("block sequence entries", "a list that begins on the line of its key", "begin it on the next line"),
    ("mapping keys are not allowed", "a value that begins with a question mark", _IN_QUOTES),
    ("expected a single document", "a second document in the front matter", "keep one mapping between the fences"),
    ("found undefined alias", "an alias without an anchor", "put a value that begins with * in quotes"),
    ("duplicate anchor", "an anchor that another value has", "give each anchor a name of its own"),
    ("tag", "a value that begins with !, which YAML takes for a tag", _IN_QUOTES),
    ("directive", "a line that begins with %, which YAML takes for a directive", "remove it"),
)
