"""Of a table that changes, only the rows are read that the published one lacks."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import record_bytes

import feeds
from feeds.publish import secret_guard
from feeds.publish.changed_rows import changed_rows

NOW = datetime(2024, 6, 1, tzinfo=UTC)

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


def write(folder: Path, number: int, title: str, *, is_published: bool = True) -> None:
    data = {
        "title": title,
        "publishedDateTime": "2024-05-01T08:30:00Z",
        "webUrl": f"https://example.org/{number}",
        "published": is_published,
    }
    (folder / f"{number}.md").write_bytes(record_bytes(data))


def test_rows_that_were_searched_for_the_same_ids_are_not_parsed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, parse = list[list[str]](), secret_guard.item_ids

    def counted(name: str, file: BinaryIO) -> list[str]:
        read.append([*parse(name, file)])
        return read[-1]

    monkeypatch.setattr(secret_guard, "item_ids", counted)
    records = tmp_path / "records"
    records.mkdir()
    for number in range(20):
        write(records, number, "A lamp", is_published=number > 0)
    config = feeds.Config(
        source=records,
        output=tmp_path / "out",
        base_url="https://example.org/f/",
        cache=tmp_path / "c",
        formats=("csv",),
    )

    def rows_parsed() -> int:
        read.clear()
        feeds.build(config, NOW)
        return sum(map(len, read))

    assert rows_parsed() == 19
    write(records, 7, "Another lamp")
    assert rows_parsed() == 1
    write(records, 7, "A third lamp")
    write(records, 20, "A draft", is_published=False)
    assert rows_parsed() == 19
    write(records, 7, "A fourth lamp")
    assert rows_parsed() == 1
    (tmp_path / "out" / "all.csv").write_bytes((tmp_path / "out" / "all.csv").read_bytes() + b"mine\r\n")
    write(records, 7, "A fifth lamp")
    assert rows_parsed() == 19
