"""Write a list of any feeds as OPML 2.0 (http://opml.org/spec2.opml)."""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from feeds.formats.loss import Losses
from feeds.parsers.parsed import Subscription

LOSSES: Losses = frozenset({"item"})


def render_list(title: str, subscriptions: Sequence[Subscription]) -> bytes:
    """Return a list of feeds by group."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    groups: dict[tuple[str, ...], Any] = {(): body}
    for each in subscriptions:
        parent = _group(groups, each.groups)
        values = {"type": "rss", "text": each.title or each.url, "title": each.title, "xmlUrl": each.url}
        values["htmlUrl"] = each.link
        etree.SubElement(parent, "outline", {name: text for name, text in values.items() if text})
    written: bytes = etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")
    return written


def _group(groups: dict[tuple[str, ...], Any], names: tuple[str, ...]) -> Any:
    if names not in groups:
        parent = _group(groups, names[:-1])
        groups[names] = etree.SubElement(parent, "outline", {"text": names[-1], "title": names[-1]})
    return groups[names]
