"""A summary that is made of a body says nothing that readers of the body would not see."""

from __future__ import annotations

import pytest

from feeds.records.summaries import first_paragraph, first_words, text_before_mark, whole_paragraphs

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


def test_what_is_hidden_only_in_an_example_is_in_the_summary() -> None:
    assert first_paragraph("The attribute in `<p hidden>` works.") == "The attribute in <p hidden> works."
