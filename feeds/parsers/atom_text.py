"""Read text constructs of Atom: plain text, HTML that is escaped, or XHTML as elements."""

import binascii
from base64 import b64decode
from typing import Any

from feeds.model.item import Text
from feeds.model.markup_text import as_plain
from feeds.parsers.builder import Builder
from feeds.parsers.namespaces import short_name
from feeds.parsers.resolve import HTML_ADDRESSES, XLINK, resolve_html
from feeds.parsers.strays import note_lost_markup, note_others
from feeds.parsers.xml_markup import inner_markup, text_of
from feeds.text import xml_text

_TYPES = {"text/plain": "text", "text/html": "html", "application/xhtml+xml": "xhtml"}
_BASE64 = "application/octet-stream"
TEXT_TYPES = {*_TYPES, _BASE64}


def read_text(builder: Builder, element: Any) -> Text:
    """Return a text construct (RFC 4287, section 3.1), or its equivalent in Atom 0.3."""
    keys = element.keys()
    if not len(element) and (not keys or keys == ["type"]):  # as usual
        usual = element.get("type", "text")
        if usual == "text":
            return Text(text_of(element), "text")
        if usual == "html":
            return Text(builder.markup(text_of(element), element), "html")
    kind = (element.get("type") or "text").strip().lower()
    mode = (element.get("mode") or "").lower()
    kind = _TYPES.get(kind, kind)
    language = builder.language_of(element)
    division = _only_division(element) if kind == "html" else None
    if division is not None and not len(division):  # escaped all the same, as by TypePad
        return Text(builder.markup(text_of(division), element), "html", language)
    if kind == "xhtml" or (len(element) and mode in {"", "xml"}):
        base = builder.base_of(element)
        if builder.has_bases:
            builder.complete_addresses(element, (*HTML_ADDRESSES, XLINK))
        return Text(resolve_html(_division(element), base), "xhtml", language)
    value = text_of(element)
    if mode == "base64" or kind == _BASE64:
        note_others(builder, element, ())
        value = _decoded(value, builder, element)
    if kind in {"html", _BASE64}:
        return Text(builder.markup(value, element), "html", language)
    return Text(value, "text", language)


def _division(element: Any) -> str:
    """Return the content of the div that XHTML requires."""
    division = _only_division(element)
    return inner_markup(element if division is None else division).strip()


def _only_division(element: Any) -> Any:
    """Return the div that is all of an element; None if there is more, such as its language or class."""
    children = list(element.iterchildren("*"))
    is_wrapped = len(children) == 1 and short_name(children[0].tag).rpartition(":")[2] == "div"
    is_alone = is_wrapped and not (element.text or "").strip() and not (children[0].tail or "").strip()
    return children[0] if is_alone and not children[0].keys() else None


def _decoded(value: str, builder: Builder, element: Any) -> str:
    try:
        return xml_text(b64decode(value, validate=False).decode())
    except (binascii.Error, ValueError):
        builder.notes.add("wrong-value", "the content is not base64", "write it as text", element.sourceline or 1)
        return value


def read_plain(builder: Builder, element: Any) -> str:
    """Return a text construct as plain text, and note the markup that is lost."""
    text = read_text(builder, element)
    plain = as_plain(text)
    if text.type != "text":
        note_lost_markup(builder, text.value, plain, element)
    return plain
