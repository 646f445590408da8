"""Render bodies in exports of WordPress, which have its shortcodes, and blank lines between paragraphs. Pure."""

import re

from feeds.lazy_pattern import lazy_pattern

_BLOCK = lazy_pattern(
    r"</?(?:address|article|aside|blockquote|dd|div|dl|dt|figure|form|h[1-6]|hr|iframe|li|ol|p|pre|section|table|td|ul)\b",
    re.IGNORECASE,
)
_AS_WRITTEN = lazy_pattern(r"<!-- wp:|<(?:p|pre|script|style|textarea)\b", re.IGNORECASE)
_BLANK_LINE = lazy_pattern(r"\n[ \t]*\n\s*")
# Twice bracketed shortcodes are examples, which are shown.
_MARKS = lazy_pattern(r"(?<!\[)\[/?(?:wp_caption|caption|gallery|playlist)\b[^\[\]]*\](?!\])")
_EMBED = lazy_pattern(r"(?<!\[)\[embed\b[^\[\]]*\]\s*(https?://[^\s\[\]<>\"]+)\s*\[/embed\](?!\])")


def rendered(body: str) -> str:
    """Return a body with paragraphs, and without the marks of shortcodes that every WordPress has."""
    shown = _EMBED.sub(r'<a href="\1">\1</a>', _MARKS.sub("", body))
    return shown if _AS_WRITTEN.search(shown) else _with_paragraphs(shown.replace("\r\n", "\n").strip())


def _with_paragraphs(body: str) -> str:
    parts = _BLANK_LINE.split(body)
    return "\n".join(part if not part or _BLOCK.search(part) else f"<p>{_with_breaks(part)}</p>" for part in parts)


def _with_breaks(part: str) -> str:
    return part.replace("\n", "<br>\n")
