"""Render reStructuredText with Docutils, where it is installed."""

# Included files are not read, and raw markup is shown as text.
_SETTINGS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 5,
    "halt_level": 5,
    "doctitle_xform": False,
    "docinfo_xform": False,
    "initial_header_level": 2,
    "syntax_highlight": "none",
    "math_output": "MathML",
    "_disable_config": True,
}


def rst_to_html(text: str) -> str | None:
    """Return a text as HTML, or None if Docutils is missing or fails."""
    try:
        from docutils.core import publish_parts  # noqa: PLC0415 - few sites have such texts, and it may be missing

        from feeds.records.bodies.rst_writer import RstWriter  # noqa: PLC0415 - the same
    except ImportError:
        return None
    try:
        parts = publish_parts(text, writer=RstWriter(), settings_overrides=_SETTINGS)
    except Exception:  # noqa: BLE001 - one text that breaks Docutils must not stop all others
        return None
    return str(parts["body"])
