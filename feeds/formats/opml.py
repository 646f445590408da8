"""Write the list of all feeds that readers import: OPML 2.0 (http://opml.org/spec2.opml)."""

from typing import Any

from lxml import etree

from feeds.formats.pages.site import Site
from feeds.model.channel import Channel
from feeds.text import xml_text


def opml(site: Site) -> bytes:
    """Return the list: everything and the user's own feeds in one group, topics in another.

    It has no date, so that it changes only when the list of feeds does.
    """
    root = etree.Element("opml", version="2.0")
    title = xml_text(site.everything.head.title)
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    root.insert(0, etree.Comment(" generator: feeds "))
    body = etree.SubElement(root, "body")
    for name, feeds in ((title, (site.everything, *site.own)), ("Topics", site.topics)):
        outlines = [_outline(feed.head, site) for feed in feeds if feed.head.formats]
        if outlines:
            etree.SubElement(body, "outline", text=name, title=name).extend(outlines)
    written: bytes = etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")
    return written


def _outline(head: Channel, site: Site) -> Any:
    """Return the outline of a feed; its type is `rss` for every kind of feed."""
    title = xml_text(site.titles[head.name])
    attributes = {"type": "rss", "text": title, "title": title, "description": xml_text(head.description)}
    attributes |= {"xmlUrl": head.url(head.formats[0].suffix)}
    attributes |= {"htmlUrl": head.url("html") if site.has_pages else head.home_page}
    return etree.Element("outline", {name: value for name, value in attributes.items() if value})
