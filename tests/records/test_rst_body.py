"""ReStructuredText is rendered, and what cannot be is told with its place."""

import pytest

from feeds.records.bodies.rst_body import render_rst

pytest.importorskip("docutils", reason="docutils is missing: pip install '.[rst]' brings it")
TEXT = """\
Keep *watch* with ``lamp --lit``, :kbd:`K` and |oil|.

{}

End.
"""
SHOWN = "<p>Keep <em>watch</em> with <code>lamp --lit</code>, :kbd:`K` and |oil|.</p>\n{}<p>End.</p>"


@pytest.mark.parametrize(
    "directive",
    [
        ".. include:: keeper.txt",
        ".. raw:: html\n\n   <b>Keeper</b>",
        ".. youtube:: lamp\n\n   What is below it",
        ".. csv-table:: Lamps\n   :file: lamps.csv",
    ],
)
def test_a_directive_that_is_left_out_is_told(directive: str) -> None:
    text = TEXT.format(directive)
    rendered = render_rst(text)
    assert rendered
    first_line = directive.partition("\n")[0]
    assert rendered.lost == ((text.index(".. "), first_line),)
    assert rendered.html.strip() == SHOWN.format("")


def test_comments_are_left_out_without_a_word() -> None:
    rendered = render_rst(TEXT.format(".. Say who keeps it."))
    assert rendered
    assert (rendered.html.strip(), rendered.lost) == (SHOWN.format("<!-- Say who keeps it. -->\n"), ())
