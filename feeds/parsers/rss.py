"""Read RSS 0.9x, 1.0 and 2.0."""

from typing import Any

from feeds.model.item import Item
from feeds.parsers.builder import Builder
from feeds.parsers.handlers import read_children, read_items
from feeds.parsers.modules import apply_channel_fallbacks, apply_item_fallbacks
from feeds.parsers.namespaces import short_name
from feeds.parsers.parsed import Notes, Parsed
from feeds.parsers.rss_elements import CHANNEL, ITEM, ITEMS
from feeds.parsers.rss_image import RDF_ABOUT, drop_repetition
from feeds.parsers.strays import note_others, note_strays, note_text
from feeds.parsers.xml_reader import LateHeadError, XmlReader

_VERSION_1 = "http://purl.org/rss/1.0/"


def parse_xml(xml: XmlReader, notes: Notes, url: str) -> Parsed:
    """Return the feed in an `rss` element, or in a root `channel`; without a channel, in the root."""
    return _parse_channel(xml, notes, url, "rss", xml.root.get("version") or "")


def parse_rdf(xml: XmlReader, notes: Notes, url: str) -> Parsed:
    """Return the feed in an `rdf:RDF` element: RSS 0.90 or 1.0, whose items are beside the channel."""
    version = "1.0" if xml.root.find(f"{{{_VERSION_1}}}channel") is not None else "0.90"
    return _parse_channel(xml, notes, url, "rdf", version)


def _parse_channel(xml: XmlReader, notes: Notes, url: str, name: str, version: str) -> Parsed:
    """Return the feed of a channel; in RSS 1.0 the items are beside it, as all else is."""
    channel = _channel_of(xml.root)
    base, is_cdf = url or _home(channel), channel is xml.root
    items, lines = read_items(xml.items(ITEMS), lambda element: _read_item(element, notes, base, is_cdf=is_cdf))
    if not xml.is_whole and (_channel_of(xml.root) is not channel or (url or _home(channel)) != base):
        raise LateHeadError
    head = Builder(notes, base, is_channel=True)
    head.language = head.language_of(channel) or head.language_of(xml.root)
    if is_cdf:
        _read_cdf(head, channel)
    for part in (xml.root, channel):
        note_strays(head, part)
        note_text(head, part)
    if name == "rdf" and not is_cdf:
        channel.extend([child for child in xml.root if child is not channel])
    elif not is_cdf:
        note_others(head, xml.root, {"channel"})
    read_children(head, channel, CHANNEL)
    apply_channel_fallbacks(head)
    drop_repetition(head)
    about = head.address(channel.get(RDF_ABOUT) or "", channel)  # of the document or of the site
    if about.rstrip("/") != head.link.rstrip("/"):
        head.url = head.url or about
    if logins := head.fallback.get("logins"):
        items = tuple(_with_names(item, logins) for item in items)
    return Parsed(head.feed(items), (), name, version, lines)


def _channel_of(root: Any) -> Any:
    return next((child for child in root.iterchildren("*") if short_name(child.tag) == "channel"), root)


def _with_names(item: Item, logins: dict[str, str]) -> Item:
    """Return an item with the names of the authors whose logins it has."""
    return item._replace(authors=tuple(each._replace(name=logins.get(each.name, each.name)) for each in item.authors))


def _read_item(element: Any, notes: Notes, base: str, *, is_cdf: bool) -> Builder:
    builder = Builder(notes, base)
    if element.keys():
        note_strays(builder, element)
        builder.language = builder.language_of(element)
        builder.id = element.get(RDF_ABOUT) or ""
    if is_cdf:
        _read_cdf(builder, element)
    read_children(builder, element, ITEM)
    apply_item_fallbacks(builder)
    builder.updated = builder.updated if builder.updated != builder.published else None
    return builder


def _read_cdf(builder: Builder, element: Any) -> None:
    """Read the attributes of channels and items in CDF, the format before RSS."""
    names = {name.lower(): name for name in element.keys()}  # noqa: SIM118 - not a dict
    builder.link = builder.address(element.get(names.get("href", "href")) or "", element)
    builder.updated = builder.date(element.get(names.get("lastmod", "lastmod")) or "", element)


def _home(channel: Any) -> str:
    """Return the URL of the site, the base of relative URLs."""
    found = next((child for child in channel.iterchildren("*") if short_name(child.tag) == "link" and child.text), None)
    return "" if found is None else found.text.strip()
