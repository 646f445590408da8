"""Map offsets in a transformed text back to the original."""

from bisect import bisect_right
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

_MOST_LINES = 200  # replaced lines that are compared one by one
_LONGEST_LINE = 1000  # compared character by character, which takes quadratic time
_Change = tuple[int, int, int, int]  # a stretch of the original, and what it is in the changed text


class _Lines(NamedTuple):
    """The lines of a text, and the offsets at which they begin and the last one ends."""

    lines: tuple[str, ...]
    starts: tuple[int, ...]


def written_offset(written: str, changed: str, offset: int) -> int:
    """Return the offset in the original text that corresponds to an offset in the changed one."""
    if written.startswith(changed):
        return offset
    old, new = _lines_of(written), _lines_of(changed)
    number = bisect_right(new.starts, offset, hi=len(new.lines)) - 1
    column = offset - new.starts[number]
    line = _line_at(written, changed, number)
    if line == len(old.lines):
        return len(written)
    before, after = old.lines[line], new.lines[number]
    if max(len(before), len(after)) <= _LONGEST_LINE:
        column = _column_at(before, after, column)
    return old.starts[line] + min(column, len(before))


@lru_cache(maxsize=4)
def _lines_of(text: str) -> _Lines:
    lines = tuple(text.split("\n"))
    return _Lines(lines, tuple(accumulate((len(line) + 1 for line in lines), initial=0)))


def _line_at(written: str, changed: str, number: int) -> int:
    """Return the line in the original that corresponds to a line of the changed text, or how many lines there are."""
    old, new = _lines_of(written).lines, _lines_of(changed).lines
    found = _change_at(_line_changes(written, changed), number)
    if not found:
        return len(old)
    start, end, new_start, new_end = found
    if 0 < end - start <= _MOST_LINES and end - start != new_end - new_start:
        return max(range(start, end), key=lambda at: _likeness(old[at], new[number]))
    return _same_place(found, number)


def _column_at(line: str, changed: str, column: int) -> int:
    found = _change_at(_changes(line, changed), column)
    return _same_place(found, column) if found else len(line)


def _change_at(changes: Sequence[_Change], index: int) -> _Change | None:
    """Return the change, or the stretch without one, in which an index of the changed text lies."""
    at = bisect_right(changes, index, key=itemgetter(3))
    return changes[at] if at < len(changes) else None


def _same_place(change: _Change, index: int) -> int:
    start, end, new_start, _ = change
    return min(start + index - new_start, max(end - 1, start))


def _likeness(line: str, other: str) -> float:
    return SequenceMatcher(None, line, other).quick_ratio()


@lru_cache(maxsize=2)
def _line_changes(written: str, changed: str) -> list[_Change]:
    old, new = _lines_of(written).lines, _lines_of(changed).lines
    matcher = SequenceMatcher(lambda line: not line.strip(), old, new)
    return [opcode[1:] for opcode in matcher.get_opcodes()]


@lru_cache(maxsize=16)
def _changes(line: str, changed: str) -> list[_Change]:
    return [opcode[1:] for opcode in SequenceMatcher(None, line, changed).get_opcodes()]
