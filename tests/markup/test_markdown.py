"""Test the parser of Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.markup.markdown import markdown, parse_markdown

PIECES = (
    *("a", " ", "\n", "\n\n", "    ", "> ", "- ", "1. ", "# ", "```\n", "*", "_", "`", "[", "]", "(", ")", ":", "\\"),
    *("<", ">", "<b>", "</b>", "<!-- ", "-->", "<a@b.example>", "<1@b.example>", "<https://a.example>", "&lt;"),
    *("[^1]", "[^1]: ", "^[", "[ ] ", "[x] ", "[X] ", "|", "|-|", "a | b\n- | -\n", "~", "~~", "\n: ", "\n~ "),
    *("www.", "http", "://", "@", "w", "."),
)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_rules_without_a_sign_of_theirs_change_nothing(source: str) -> None:
    tokens, environment = parse_markdown(source, "")
    assert tokens == markdown().parse(source, {"docId": environment["docId"]})


def test_brackets_that_nothing_closes_are_text_whose_end_is_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[int] = []
    monkeypatch.setattr("markdown_it.helpers.parseLinkLabel", lambda *_: searched.append(1) or -1)
    text = "[![*a* " * 100
    assert markdown().render(f"[x]\n\n{text}") == "<p>[x]</p>\n<p>" + ("[![<em>a</em> " * 100).strip() + "</p>\n"
    assert len(searched) == 1  # for [x]


@pytest.mark.parametrize("comment", ["<!--- never --->", "<!-- never ---->", "<!-->", "<!--->", "<!-- a -- b\nc -->"])
def test_a_comment_in_a_line_ends_with_two_hyphens_or_more(comment: str) -> None:
    assert markdown().render(f"a {comment} b -->") == f"<p>a {comment} b --&gt;</p>\n"


def test_a_comment_without_an_end_is_text() -> None:
    assert markdown().render("--> a <!-- b") == "<p>--&gt; a &lt;!-- b</p>\n"
