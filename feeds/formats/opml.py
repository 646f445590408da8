"""Write lists of feeds that readers import: OPML 2.0 (http://opml.org/spec2.opml)."""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from feeds.formats.loss import Losses
from feeds.formats.pages.site import Site
from feeds.model.channel import Channel
from feeds.parsers.parsed import Subscription
from feeds.text import xml_text

LOSSES: Losses = frozenset({"item"})


def opml(site: Site) -> bytes:
    """Return the list of a site's feeds: everything and the user's own in one group, topics in another.

    It has no date, so that it changes only when the list of feeds does.
    """
    title = xml_text(site.everything.head.title)
    root, body = _empty_list(title)
    root.insert(0, etree.Comment(" generator: feeds "))
    for name, feeds in ((title, (site.everything, *site.own)), ("Topics", site.topics)):
        if outlines := [_outline_of_channel(feed.head, site) for feed in feeds if feed.head.formats]:
            etree.SubElement(body, "outline", text=name, title=name).extend(outlines)
    return _written(root)


def render_list(title: str, subscriptions: Sequence[Subscription]) -> bytes:
    """Return a list of any feeds by group."""
    root, body = _empty_list(title)
    groups: dict[tuple[str, ...], Any] = {(): body}
    for each in subscriptions:
        names = {"text": each.title or each.url, "title": each.title}
        _group(groups, each.groups).append(_outline(**names, xmlUrl=each.url, htmlUrl=each.link))
    return _written(root)


def _empty_list(title: str) -> tuple[Any, Any]:
    """Return the root of a list, and its body."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    return root, etree.SubElement(root, "body")


def _outline_of_channel(head: Channel, site: Site) -> Any:
    title = xml_text(site.titles[head.name])
    page = head.url("html") if site.has_pages else head.home_page
    address = head.url(head.formats[0].suffix)
    return _outline(text=title, title=title, description=xml_text(head.description), xmlUrl=address, htmlUrl=page)


def _outline(**values: str) -> Any:
    """Return the outline of a feed; its type is `rss` for every kind of feed."""
    return etree.Element("outline", {"type": "rss"} | {name: text for name, text in values.items() if text})


def _group(groups: dict[tuple[str, ...], Any], names: tuple[str, ...]) -> Any:
    if names not in groups:
        parent = _group(groups, names[:-1])
        groups[names] = etree.SubElement(parent, "outline", {"text": names[-1], "title": names[-1]})
    return groups[names]


def _written(root: Any) -> bytes:
    content: bytes = etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")
    return content
