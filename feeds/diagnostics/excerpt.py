"""Excerpt the line of a problem for a terminal, with the columns of its span."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from wcwidth import iter_graphemes, wcswidth

from feeds.diagnostics.problem import Span
from feeds.text import printable

_JOINERS = "\u200c\u200d"
_TAB = 8
_ELLIPSIS = "…"


class _Cell(NamedTuple):
    """One grapheme: its offsets in the line, its printable text, and the width of that in columns."""

    start: int
    end: int
    shown: str
    width: int


def marked_line(line: str, span: Span, room: int) -> tuple[str, int, int]:
    """Return a printable line, with the column of a span, counted from 0, and its width, at least 1.

    A line wider than `room` columns is shortened to what surrounds the beginning of the span.
    """
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    first, last = max(0, start - room), start + room
    cells = list(_cells(line[first:last], first))
    before = [cell for cell in cells if cell.end <= start]
    behind = cells[len(before) :]
    if first or last < len(line) or _width(cells) > room:
        room -= 2 * len(_ELLIPSIS)
        before = _fitting(before[::-1], room - min(_width(behind), room * 2 // 3))[::-1]
        behind = _fitting(behind, room - _width(before))
    shown = before + behind
    lead = _ELLIPSIS if shown and shown[0].start else ""
    rest = _ELLIPSIS if shown and shown[-1].end < len(line) else ""
    width = _width([cell for cell in behind if cell.start < end])
    return f"{lead}{''.join(cell.shown for cell in shown)}{rest}", len(lead) + _width(before), max(1, width)


def _cells(text: str, start: int) -> Iterator[_Cell]:
    column = 0
    for cluster in iter_graphemes(text):
        shown = cluster if cluster.isprintable() else _spelled_out(cluster, column)
        width = wcswidth(shown)
        yield _Cell(start, start + len(cluster), shown, width)
        start += len(cluster)
        column += width


def _spelled_out(cluster: str, column: int) -> str:
    if cluster == "\t":
        return " " * (_TAB - column % _TAB)
    # Joiners do no harm where there is something to join: families of emoji, Persian and Indic words.
    return "".join(char if char in _JOINERS and len(cluster) > 1 else printable(char) for char in cluster)


def _fitting(cells: Sequence[_Cell], room: int) -> list[_Cell]:
    ends = accumulate(cell.width for cell in cells)
    return [cell for cell, end in zip(cells, ends, strict=True) if end <= room]


def _width(cells: Sequence[_Cell]) -> int:
    return sum(cell.width for cell in cells)
