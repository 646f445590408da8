"""Put elements of other vocabularies into a document as they were written."""

from html import unescape
from typing import Any

from lxml import etree

from feeds.lazy_pattern import lazy_pattern

_ESCAPED = r"&(?:amp|lt|gt|quot);"
_VALUE = rf'[^"&<\t\n\r]*+(?:{_ESCAPED}[^"&<\t\n\r]*+)*+'
_TEXT = rf"[^<&]*+(?:{_ESCAPED}[^<&]*+)*+"
_LEAF = lazy_pattern(  # what needs no parser
    rf'<([\w.-]+:[\w.-]+) xmlns:[\w.-]+="[^"]*"((?: (?!xmlns=)[\w.-]+="{_VALUE}")*+)>({_TEXT})</\1>'
)
_ATTRIBUTE = lazy_pattern(r' ([\w.-]+)="([^"]*)"')
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=False)


def element_of(xml: str) -> Any:
    """Return an element of the text of an extension, in which no blanks are put when a document is indented."""
    element = etree.fromstring(xml, _PARSER)
    if len(element) and element.text is None:
        element.text = ""
    return element


def leaf_of(xml: str) -> tuple[dict[str, str], str] | None:
    """Return the attributes and the text of an element that has nothing else; None for others, which need a parser."""
    found = _LEAF.fullmatch(xml)
    if not found:
        return None
    if "&" in xml:
        return {name: unescape(value) for name, value in _ATTRIBUTE.findall(found[2])}, unescape(found[3])
    return dict(_ATTRIBUTE.findall(found[2])), found[3]
