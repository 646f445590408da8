"""The words of simple Markdown are those that a parser finds, and most paragraphs are simple."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.records.bodies.plain_markdown import plain_words
from feeds.records.bodies.summaries import _parser, _plain

PIECES = [
    *("*", "**", "_", "__", "`", "``", "[", "](https://a.eu/b_c*d)", "](/x)", "!", "![", "a", "b c", "foo", "é", "9"),
    *(
        "1. ",
        "- ",
        "+ ",
        "# ",
        "> ",
        "=",
        "===",
        "---",
        "~",
        "~~",
        "~~~",
        "|",
        "<",
        "< ",
        "<b>",
        "&",
        " & ",
        "&amp;",
        "\\",
    ),
    *("\n", "\n\n", " ", "  ", "\t", ".", ",", ":", ";", "?", ")", "(", "“", "–", "\u00a0", "\u2028", "\x1c", "\x85"),
    *("'", '"', "snake_case", "2*3*4", "**bold** ", "*em* ", "`code` ", "[x](https://e.org/) ", "_x_", "__y__ "),
    *("\n- ", "\n- foo", "\n> bar", "\n> ", "![a](/b)", "![](https://x.y/z)", "\u200b", "²", "\u0301", "\r", "\n    "),
]


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join))
def test_words_are_those_of_the_parser_or_left_to_it(markdown: str) -> None:
    words = plain_words(markdown)
    assert words in {None, _plain(_parser().render(markdown))}


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Ropes & *knots*, **tied** twice!", "Ropes & knots, tied twice!"),
        ("See [the map](https://example.org/a_b) of `tide_gauge`.", "See the map of tide_gauge."),
        ("- one\n- *two*", "one two"),
        ("![A lamp](/lamp.jpg)", ""),
        ("a * b * c", None),
        ("*a **b***", None),
        ("a &copy; b", None),
        ("# Heading", None),
        ("a ~~b~~", None),
    ],
)
def test_what_is_simple_needs_no_parser(markdown: str, words: str | None) -> None:
    assert plain_words(markdown) == words
