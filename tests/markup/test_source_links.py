"""Links to source files are found wherever a body has them, and lead to pages."""

from __future__ import annotations

import pytest

from feeds.markup.safe_html import safe_html
from feeds.markup.source_links import source_links

PAGE = "https://example.org/news/a"


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ("[a](a.md), [b](<../my b.md#part>) and [c](c%20d.mdx?x=1)", ["a.md", "../my b.md", "c d.mdx"]),
        ("[a][1] and [1]\n\n[1]: /posts/a.md 'A'", ["/posts/a.md", "/posts/a.md"]),
        ('A <a class=x href="a.md">b</a>.\n\n<p><A HREF=../c.rst>d</A></p>', ["a.md", "../c.rst"]),
        ("| a |\n|---|\n| [b](b.md) |\n\n- > [c](@/c.md)", ["b.md", "@/c.md"]),
        ("Note[^1].\n\n[^1]: See [a](@./a).", ["@./a"]),
        ("[a](a_(b).md) and [c](\n  c.md\n  'C')", ["a_(b).md", "c.md"]),
        ("[a](https://example.org/a.md), [b](//example.org/b.md), [c](/b), [d](#e.md), <f@g.md>, mailto:h@i.md", []),
        ("`[a](a.md)`\n\n    [b](b.md)\n\n<!-- <a href='c.md'> -->\n\n```\n[d](d.md)\n```", []),
    ],
    ids=[
        "inline",
        "reference",
        "HTML",
        "blocks",
        "footnote",
        "brackets and lines",
        "no source file",
        "code and comments",
    ],
)
def test_links_to_source_files_are_found_with_their_places(body: str, paths: list[str]) -> None:
    found = list(source_links(body, is_markdown=True))
    assert [link.path for link in found] == paths
    written = [body[link.start : link.end].partition("#")[0].partition("?")[0].replace("%20", " ") for link in found]
    assert written == paths


def test_links_to_source_files_are_found_in_html() -> None:
    body = "<!-- <a href='x.md'> --><a\nhref='a.md#b'>b</a> <a title='c.md'>c</a> <a href=d.html>"
    found = list(source_links(body, is_markdown=False))
    assert [(link.path, body[link.start : link.end]) for link in found] == [("a.md", "a.md#b"), ("d.html", "d.html")]


@pytest.mark.parametrize("is_markdown", [True, False])
def test_a_link_to_a_source_file_leads_to_its_page(is_markdown: bool) -> None:  # noqa: FBT001
    pages = {"../my b.md": "https://example.org/b", "@/c": "https://example.org/c"}
    source = '<a href="../my%20b.md?x#part">b</a> <a href="@/c">c</a>'
    shown = safe_html(f"<p>{source}</p>", PAGE, is_markdown=is_markdown, pages=pages)
    assert 'href="https://example.org/b?x#part"' in shown
    assert 'href="https://example.org/c"' in shown


def test_what_has_no_page_stays_as_it_is_and_is_text_where_only_a_generator_could_follow() -> None:
    shown = safe_html("[a](a.md#b) [c](@/c)", PAGE, is_markdown=True)
    assert shown == (
        '<p><a href="https://example.org/news/a.md#b" rel="noopener noreferrer">a</a> '
        '<a rel="noopener noreferrer">c</a></p>'
    )
