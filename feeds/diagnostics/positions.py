"""Lines, columns and spans of character offsets in a text; LF, CRLF and CR end a line."""

import re
from bisect import bisect_right
from functools import lru_cache

from feeds.diagnostics.problem import Span

_LINE_END = re.compile(r"\r\n|\n|\r")


def locate(text: str, offset: int) -> tuple[int, int]:
    """Return the 1-based line and column, in characters, of an offset."""
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def line_start(text: str, line: int) -> int:
    """Return the character offset at which a line, counted from 1, begins."""
    return _line_starts(text)[line - 1]


def lines_of(text: str) -> list[str]:
    """Return the lines of a text without their ends."""
    return _LINE_END.split(text)


def span_of(text: str, start: int, end: int) -> Span:
    """Return the span between two character offsets of a text."""
    return Span(*locate(text, start), *locate(text, max(start, end)))


# A file may have thousands of problems; each is located in the file, in its body, and in that as it is written.
@lru_cache(maxsize=4)
def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _LINE_END.finditer(text))]
