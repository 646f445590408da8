"""Test the parser of Markdown."""

from hypothesis import given
from hypothesis import strategies as st

from feeds.markup.markdown import markdown, parse_markdown

PIECES = (
    *("a", " ", "\n", "\n\n", "    ", "> ", "- ", "1. ", "# ", "```\n", "*", "_", "`", "[", "]", "(", ")", ":", "\\"),
    *("<", ">", "<b>", "</b>", "<!-- ", "-->", "<a@b.example>", "<1@b.example>", "<https://a.example>", "&lt;"),
    *("[^1]", "[^1]: ", "^[", "[ ] ", "[x] ", "[X] ", "|", "|-|", "a | b\n- | -\n", "~", "~~", "\n: ", "\n~ "),
)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_rules_without_a_sign_of_theirs_change_nothing(source: str) -> None:
    tokens, environment = parse_markdown(source, "")
    assert tokens == markdown().parse(source, {"docId": environment["docId"]})
