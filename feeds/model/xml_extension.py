"""Put elements of other vocabularies into a document as they were written."""

from __future__ import annotations

from typing import Any

from lxml import etree

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=False)


def element_of(xml: str) -> Any:
    """Return an element of the text of an extension."""
    return etree.fromstring(xml, _PARSER)
