"""Render reStructuredText with Docutils, where it is installed."""

from itertools import accumulate
from typing import NamedTuple

# Included files are not read, and raw markup is left out.
_SETTINGS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 2,  # what is left out is a warning
    "halt_level": 5,
    "warning_stream": False,
    "doctitle_xform": False,
    "docinfo_xform": False,
    "initial_header_level": 2,
    "syntax_highlight": "none",
    "math_output": "MathML",
    "_disable_config": True,
}


class RenderedRst(NamedTuple):
    """A text as HTML, and the offset and first line of each directive in it that is not rendered."""

    html: str
    lost: tuple[tuple[int, str], ...]


def render_rst(text: str) -> RenderedRst | None:
    """Return a text as HTML, or None if Docutils is missing or fails."""
    try:
        from docutils.core import publish_parts  # noqa: PLC0415 - few sites have such texts, and it may be missing

        from feeds.records.bodies.rst_writer import RstWriter  # noqa: PLC0415 - the same
    except ImportError:
        return None
    writer = RstWriter()
    try:
        parts = publish_parts(text, writer=writer, settings_overrides=_SETTINGS)
    except Exception:  # noqa: BLE001 - one text that breaks Docutils must not stop all others
        return None
    starts = [0, *accumulate(map(len, text.splitlines(keepends=True)))]
    return RenderedRst(str(parts["body"]), tuple((starts[line - 1], what) for line, what in writer.lost))
