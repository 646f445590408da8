"""Map offsets in a transformed text back to the original."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

_MOST_LINES = 200  # replaced lines that are compared one by one
_LONGEST_LINE = 1000  # compared character by character, which takes quadratic time


def written_offset(written: str, changed: str, offset: int) -> int:
    """Return the offset in the original text that corresponds to an offset in the changed one."""
    if written.startswith(changed):
        return offset
    old, new = tuple(written.split("\n")), tuple(changed.split("\n"))
    number = changed.count("\n", 0, offset)
    column = offset - (changed.rfind("\n", 0, offset) + 1)
    line = _index_in(old, new, number)
    if line == len(old):
        return len(written)
    if max(len(old[line]), len(new[number])) <= _LONGEST_LINE:
        column = _index_in(old[line], new[number], column)
    return sum(len(each) + 1 for each in old[:line]) + min(column, len(old[line]))


def _index_in(old: Sequence[str], new: Sequence[str], index: int) -> int:
    """Return the index in the old sequence that corresponds to an index in the new one, or its length."""
    for _, start, end, new_start, new_end in _changes(old, new):
        if new_start <= index < new_end:
            if isinstance(old, tuple) and 0 < end - start <= _MOST_LINES and end - start != new_end - new_start:
                return max(range(start, end), key=lambda at: _likeness(old[at], new[index]))
            return min(start + index - new_start, max(end - 1, start))
    return len(old)


def _likeness(line: str, other: str) -> float:
    return SequenceMatcher(None, line, other).quick_ratio()


@lru_cache(maxsize=16)
def _changes(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    is_blank = (lambda line: not line.strip()) if isinstance(old, tuple) else None
    return SequenceMatcher(is_blank, old, new).get_opcodes()
