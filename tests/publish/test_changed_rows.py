"""Of a table that changes, only the rows are read that the published one lacks."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from feeds.publish.changed_rows import changed_rows

TEXT = st.text(st.sampled_from('a,"\r\n'), max_size=6)
ROWS = st.lists(st.tuples(TEXT, TEXT), max_size=8)
HEAD = ("id", "title")


def table(rows: list[tuple[str, str]], head: tuple[str, str] = HEAD) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([head, *rows])
    return written.getvalue().encode()


def rows_of(content: bytes) -> set[tuple[str, ...]]:
    return set(map(tuple, csv.reader(io.StringIO(content.decode(), newline=""))))


@given(ROWS, ROWS, ROWS, ROWS)
def test_no_row_is_missed(
    start: list[tuple[str, str]],
    before: list[tuple[str, str]],
    after: list[tuple[str, str]],
    end: list[tuple[str, str]],
) -> None:
    old, new = table([*start, *before, *end]), table([*start, *after, *end])
    rows = changed_rows(new, old)
    assert rows is not None
    assert rows_of(new) <= rows_of(old) | rows_of(rows)


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_no_row_of_a_damaged_table_is_missed(old: bytes, new: bytes) -> None:
    text = bytes.maketrans(bytes(range(256)), b'a,"\r\n'.ljust(5) * 51 + b"\n")
    old, new = old.translate(text), new.translate(text)
    rows = changed_rows(new, old)
    assert rows is None or {*_lines(new)} <= {*_lines(old), *_lines(rows)}


def _lines(content: bytes) -> list[bytes]:
    """Return the lines of content, of which those with an odd number of quotes are joined with the next."""
    lines = list[bytes]()
    is_open = False
    for line in content.split(b"\n"):
        if is_open:
            lines[-1] += b"\n" + line
        else:
            lines.append(line)
        is_open ^= line.count(b'"') % 2 == 1
    return lines


def test_only_the_rows_around_a_change_are_given() -> None:
    rows = [(f"id {number}", "title") for number in range(1000)]
    changed = [*rows[:500], ("id 500", "another title"), *rows[501:]]
    assert changed_rows(table(changed), table(rows)) == table([changed[500]])


def test_a_table_with_another_head_is_given_from_its_start() -> None:
    rows = changed_rows(table([("a", "b")], ("id", "name")), table([("a", "b")]))
    assert rows is not None
    assert rows.startswith(b"id,name")
