"""Decode text, and convert offsets to lines and columns."""

import re
from bisect import bisect_right
from functools import cached_property

from feeds.diagnostics.problem import Span
from feeds.lint.lint_rule import LintProblem

_LINE_END = re.compile(r"\r\n|\n|\r")


class LineIndex:
    """The lines of a text by offset."""

    def __init__(self, text: str) -> None:
        self._text = text

    def span(self, start: int, end: int) -> Span:
        """Return the span between two offsets."""
        return Span(*self._place(start), *self._place(end))

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self._text))]


def decoded(content: bytes) -> str | LintProblem:
    """Return bytes as text without a byte order mark, or a problem where they are not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        span = LineIndex(before).span(len(before), len(before))
        return LintProblem("bad-encoding", "these bytes are not UTF-8 text", "write UTF-8", span)
