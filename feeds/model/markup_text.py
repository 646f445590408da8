"""Turn texts of one kind into another: plain, HTML, XHTML."""

import re
from html import escape, unescape

from feeds.lazy_pattern import lazy_pattern
from feeds.model.item import Item, Text
from feeds.text import unescape as unescape_words
from feeds.text import xml_text

_BLANK_LINES = lazy_pattern(r"(?:[ \t]*\r?\n){2,}")
_LINE_END = lazy_pattern(r"[ \t]*\r?\n")
_BROKEN = "<br>\n"
_BREAK = lazy_pattern(r"</(?:p|div|h[1-6]|li|tr|blockquote)\s*>|<br\b[^<>]*>", re.IGNORECASE)
_UNSEEN = lazy_pattern(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = lazy_pattern(r"</?[A-Za-z][^<>]*>")
_INLINE = lazy_pattern(  # not `List<T>`, nor one that is spoken of, as in `What <b> means`
    r"<(a|abbr|b|bdi|big|cite|code|del|div|em|font|h\d|i|ins|kbd|mark|p|q|s|small|span|strike|strong|sub|sup|tt|u|var)"
    r"(?:\s[^<>]*)?>.*?</\1\s*>|<(?:br|img)(?:\s[^<>]*)?/?>",
    re.IGNORECASE | re.DOTALL,
)


def as_html(text: Text | None) -> str:
    """Return a text as HTML; nothing for none."""
    if text is None:
        return ""
    return escape(text.value, quote=False) if text.type == "text" else text.value


def as_blocks(text: Text | None) -> str:
    """Return a text as HTML that shows its paragraphs and lines; nothing for none."""
    lines = as_html(text)
    if text is None or text.type != "text" or "\n" not in lines.strip():
        return lines
    blocks = (block.strip() for block in _BLANK_LINES.split(lines.strip()))
    return "\n".join(f"<p>{_LINE_END.sub(_BROKEN, block)}</p>" for block in blocks)


def content_of(item: Item) -> str:
    """Return what readers show of an item as HTML: its content, else its summary."""
    return as_blocks(item.content) or as_blocks(item.summary)


def as_plain(text: Text | None) -> str:
    """Return a text without its markup; nothing for none."""
    if text is None:
        return ""
    return text.value if text.type == "text" else plain_of_html(text.value)


def has_inline_markup(text: str) -> bool:
    """Return whether a title is HTML, to those who cannot know whether it is."""
    return "<" in text and bool(_INLINE.search(text))


def plain_title(text: str) -> str:
    """Return a title that may be HTML as plain text."""
    if has_inline_markup(text):
        return plain_of_html(text)
    return xml_text(unescape_words(text)) if "&" in text else text


def plain_of_html(markup: str) -> str:
    """Return what is read of HTML, lines where its blocks end."""
    if "<" in markup:
        markup = _TAG.sub("", _BREAK.sub("\n", _UNSEEN.sub("", markup)))
    lines = (" ".join(line.split()) for line in xml_text(unescape(markup)).splitlines())
    return "\n".join(filter(None, lines))
