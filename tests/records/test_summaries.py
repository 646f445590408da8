"""A summary that is made of a body says nothing that readers of the body would not see."""

from __future__ import annotations

from random import Random

import pytest

from feeds.records.bodies import summaries
from feeds.records.bodies.hidden_tags import without_comments
from feeds.records.bodies.summaries import first_paragraph, first_words, text_before_mark, whole_paragraphs

SHOWN = "Shown."
BODIES = [
    "<p hidden>never</p>\n\nShown.",
    "<p hidden>never</p>\n<p>Shown.</p>",
    "<div hidden>\n\nnever\n\n<div>never</div>\n\nnever\n\n</div>\n\nShown.",
    "Shown.<span style='display:none'> never</span>",
    "Shown.<!-- <b>never</b> -->",
    "<style>p { color: never }</style>\n\nShown.",
    "<script>\n\nnever\n\n</script>\n\nShown.",
    "<template>\n\nnever\n\n</template>\n\nShown.",
]


@pytest.mark.parametrize("body", BODIES)
def test_what_is_hidden_in_a_body_is_not_in_its_summary(body: str) -> None:
    assert first_paragraph(body) == SHOWN
    assert text_before_mark(f"{body}\n\n<!-- more -->\n\nMore.") == SHOWN
    assert whole_paragraphs(body, 70) == SHOWN
    assert first_words(body, 50) == SHOWN


@pytest.mark.parametrize("start", ["", "Shown.\n\n"])
def test_a_comment_that_ends_beyond_the_text_of_summaries_is_none_of_theirs(start: str) -> None:
    body = f"{start}<!-- " + "never\n\n" * 6000 + "-->\n\nMore."
    assert whole_paragraphs(body, 70) == start.strip()


def test_what_is_hidden_only_in_an_example_is_in_the_summary() -> None:
    assert first_paragraph("The attribute in `<p hidden>` works.") == "The attribute in <p hidden> works."


@pytest.mark.parametrize(
    "heading", ["A part\n------\n\n", "A part\n---\n", "Top\n===\n\nA part\n--\n", "a | b\n--|--\n1 | 2\n\n"]
)
def test_headings_and_tables_are_not_in_a_summary(heading: str) -> None:
    assert first_paragraph(f"{heading}Shown.") == SHOWN
    assert first_words(f"{heading}Shown.", 50) == SHOWN


@pytest.mark.parametrize("body", ["<center><h3>never</h3></center>\n\nShown.", "<h2>\nnever</h2>\nShown."])
def test_headings_in_html_are_not_in_a_summary(body: str) -> None:
    assert first_paragraph(body) == SHOWN
    assert text_before_mark(f"{body}\n\n<!-- more -->") == SHOWN


@pytest.mark.parametrize("broken", ["One<br>two", "One<br />two", "<p>One<br>two</p>", "One<hr>two", "One ~~two~~"])
def test_a_line_break_is_a_blank_and_a_deletion_has_no_marks(broken: str) -> None:
    assert first_paragraph(broken) == "One two"
    assert text_before_mark(f"{broken}\n<!-- more -->") == "One two"


def test_a_line_break_is_no_blank_where_words_have_none_between_them() -> None:
    assert first_paragraph("週末、<br>日本に<br />行こう") == "週末、日本に行こう"


@pytest.mark.parametrize(
    ("suffix", "body"),
    [
        (
            ".org",
            "# never\nShown.\n#+BEGIN_COMMENT\nnever\n#+END_COMMENT\n* A :noexport:\nnever\n** B\nnever\n#+never: x",
        ),
        (".org", "Shown.\n* COMMENT never\nnever\n"),
        (".org", "* never\n:PROPERTIES:\n:never: never\n:END:\nShown.\n** TODO COMMENT never\nnever\n"),
        (".adoc", "= never\n:never: never\n\nShown.\n\n[comment]\nnever\nnever\n\n[comment]\n--\nnever\n\nnever\n--\n"),
        (".textile", "h2(#never). never\n\nShown."),
        (".adoc", "// never\nShown.\n\n////\nnever\n\nnever\n////\n\nifdef::later[]\nnever\nendif::[]\n"),
        (".textile", "###. never\nnever\n\nShown."),
        (".textile", "###.. never\n\nnever\n\np. Shown."),
        (".rst", ".. never\n   never\n\nShown.\n\n..\n   never\n\n   never\n"),
    ],
)
def test_comments_of_other_markup_are_in_no_summary(suffix: str, body: str) -> None:
    text = without_comments(body, suffix)
    assert "never" not in text
    assert text.strip() == SHOWN


def test_links_and_emphasis_of_org_are_text() -> None:
    written = (
        "A /thin/ =line= [[https://a.example/x][and its +end+]], 1/2/3, a=b=c, https://a.example/b/ and /usr/bin/."
    )
    said = "A thin line and its end, 1/2/3, a=b=c, https://a.example/b/ and /usr/bin/."
    assert without_comments(written, ".org") == said


def test_what_only_looks_like_a_comment_of_other_markup_stays() -> None:
    assert without_comments("#1 of all\n*Bold*\nText", ".org") == "#1 of all\n*Bold*\nText"
    assert without_comments("psi. A letter", ".textile") == "psi. A letter"
    assert without_comments(".. note:: Mind it.\n\n.. _a: https://a.example/", ".rst").startswith(".. note:: Mind it.")
    assert without_comments("See https://a.example/ // there", ".adoc") == "See https://a.example/ // there"


PIECES = [
    *("\n", "\n\n", "\n \n", "\n\t\n\n", "a word", "b", "# H", "```", "~~~", "--", "---", "==", " --", "> ", "- "),
    *("[x](y)", "[x]", "[x]: /u", "[^1]", "[^1]: n", "    code", "**b**"),
    *("<p>", "</p>", "<!-- c -->", "<p hidden>", "<!--"),
]


@pytest.mark.parametrize("seed", range(100))
def test_the_start_of_a_body_gives_the_summary_that_all_of_it_gives(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(seed)  # noqa: S311 - nothing here is secret
    body = "".join(random.choice(PIECES) + random.choice(["", " ", "\n"]) for _ in range(random.randint(5, 40)))
    monkeypatch.setattr(summaries, "_START", len(body))
    expected = [whole_paragraphs(body, words) for words in (1, 5, 70)]
    for start in range(0, len(body), 7):
        monkeypatch.setattr(summaries, "_START", start)
        assert [whole_paragraphs(body, words) for words in (1, 5, 70)] == expected, body


@pytest.mark.parametrize("body", ["- Buy\n- oil", "+ Buy\n+ oil", "* Buy\n* oil", "Buy\n- oil", "- Buy *oil*"])
def test_bullets_of_a_list_are_in_no_summary(body: str) -> None:
    assert first_paragraph(body) == "Buy oil"


def test_code_without_an_end_is_in_no_summary() -> None:
    assert whole_paragraphs("Shown.\n\n```py\nnever\n\nnever", 70) == SHOWN
    assert whole_paragraphs("Shown.\n\n````\nnever\n```\n\nnever\n````", 70) == SHOWN


def test_a_paragraph_of_html_ends_where_the_next_begins() -> None:
    assert first_paragraph("<p>Shown.\n<p>More.</p>") == SHOWN


@pytest.mark.parametrize("word", ["*oil* ", "油*"])
def test_a_paragraph_that_is_too_long_for_a_summary_is_cut(word: str) -> None:
    summary = first_paragraph(word * 4000)
    assert summary.endswith("…")
    assert 2000 < len(summary) <= 5001


@pytest.mark.parametrize("piece", ["<style", "<style ", "`", "~", "<p>x", "[^", "![", "```{a}\n", '<a b="'])
def test_a_summary_of_hostile_text_takes_no_time_by_its_square(piece: str) -> None:
    assert len(first_paragraph(piece * 20_000)) <= 20_000  # or the run would last for minutes


@pytest.mark.parametrize("before", ["", "word " * 6000 + "\n\n"])
def test_definitions_are_found_in_the_whole_body_and_those_of_notes_are_in_no_summary(before: str) -> None:
    start = "A [lamp][docs], [just] and a note[^1].\n[^1]: never\n\n[^2]: never\nnever"
    body = f"{start}\n\n<!-- more -->\n\n{before}[docs]: /a\n[Just]: /b\n[^1]: never"
    shown = "A lamp, just and a note."
    assert text_before_mark(body) == shown
    assert first_paragraph(body) == shown
    assert whole_paragraphs(body.replace(before, ""), 70) == shown


def test_a_summary_follows_the_dialect_of_its_body() -> None:
    body = "<img src='a.png'>\n*A* [b](c d) [e] [1]\n[1]: /f\n\n<!-- more -->"
    for text in (
        text_before_mark(body, None, "python-markdown"),
        first_paragraph(body, "python-markdown"),
        whole_paragraphs(body, 70, "python-markdown"),
        first_words(body, 50, "python-markdown"),
    ):
        assert text == "A b e"
