"""Carets stand below what is wrong, whatever characters surround it, on lines that fit the terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from feeds.diagnostics.excerpt import marked_line
from feeds.diagnostics.problem import Span

FAMILY = "👨\u200d👩\u200d👧"
HEART = "❤\ufe0f"
MARKED = [
    ("publised: true", 1, 9, "publised: true", 0, 8),
    ("title: 漢字 x", 8, 10, "title: 漢字 x", 7, 4),
    ("title: 漢字 x", 11, 12, "title: 漢字 x", 12, 1),
    (f"a{FAMILY}b", 7, 8, f"a{FAMILY}b", 3, 1),
    (f"a{FAMILY}b", 4, 5, f"a{FAMILY}b", 1, 2),
    (f"{HEART}🇩🇪x", 5, 6, f"{HEART}🇩🇪x", 4, 1),
    ("e\u0301e\u0301x", 3, 5, "e\u0301e\u0301x", 1, 1),
    ("\tx", 2, 3, "        x", 8, 1),
    ("漢\tx\ty", 1, 3, "漢      x       y", 0, 8),
    ("می\u200cخواهم x", 10, 11, "می\u200cخواهم x", 8, 1),
    ("\x1b[31m\x9b \u202ex\0", 9, 10, r"\x1b[31m\x9b \u202ex\x00", 19, 1),
    ("abc", 2, 2, "abc", 1, 1),
    ("abc", 4, 4, "abc", 3, 1),
    ("abc", 9, 12, "abc", 3, 1),
    ("", 1, 1, "", 0, 1),
]


@pytest.mark.parametrize(("line", "column", "end", "shown", "at", "width"), MARKED, ids=range(len(MARKED)))
def test_carets_stand_below_the_place(line: str, column: int, end: int, shown: str, at: int, width: int) -> None:
    assert marked_line(line, Span(1, column, 1, end), 120) == (shown, at, width)


def test_a_place_of_several_lines_is_marked_to_the_end_of_its_first() -> None:
    assert marked_line("title: >", Span(1, 8, 3, 2), 120) == ("title: >", 7, 1)
    assert marked_line("abc def", Span(1, 3, 9, 1), 120) == ("abc def", 2, 5)


@pytest.mark.parametrize(
    ("column", "shown", "at"),
    [
        (1, "abcdefghijklmnopqr…", 0),
        (26, "…tuvwxyzabcdefghijk…", 7),
        (52, "…ijklmnopqrstuvwxyz", 18),
    ],
)
def test_of_a_long_line_only_what_surrounds_the_place_is_left(column: int, shown: str, at: int) -> None:
    line = "abcdefghijklmnopqrstuvwxyz" * 2
    found, found_at, width = marked_line(line, Span(1, column, 1, column + 1), 20)
    assert width == 1
    assert found[found_at] == line[column - 1]
    assert (found, found_at) == (shown, at)


@given(
    line=st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: re.sub(r"[\r\n]", "", text)),
    column=st.integers(1, 60),
    length=st.integers(0, 60),
    room=st.integers(36, 60),
)
def test_no_line_is_too_wide_or_steers_the_terminal(line: str, column: int, length: int, room: int) -> None:
    shown, at, width = marked_line(line * 5, Span(1, column, 1, column + length), room)
    assert re.sub("[\u200c\u200d]", "", shown).isprintable()
    assert wcswidth(shown) <= room
    assert width >= 1
    assert at + width <= max(room, wcswidth(shown) + 1)


@given(line=st.text("abc :"), column=st.integers(1, 300), length=st.integers(1, 40))
def test_what_stands_above_the_carets_is_what_is_wrong(line: str, column: int, length: int) -> None:
    line *= 20
    shown, at, width = marked_line(line, Span(1, column, 1, column + length), 60)
    marked = shown[at : at + width]
    assert marked == line[column - 1 : column - 1 + length][: len(marked)]
    assert marked or column > len(line)
