"""Put elements of other vocabularies into a document as they were written."""

from typing import Any

from lxml import etree

from feeds.lazy_pattern import lazy_pattern

LEAF = lazy_pattern(r'<([\w.-]+:[\w.-]+) xmlns:[\w.-]+="[^"]*">([^<&]*)</\1>')  # what needs no parser
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=False)


def element_of(xml: str) -> Any:
    """Return an element of the text of an extension, in which no blanks are put when a document is indented."""
    element = etree.fromstring(xml, _PARSER)
    if len(element) and element.text is None:
        element.text = ""
    return element
