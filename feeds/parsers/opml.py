"""Parse OPML: a list of feeds in groups."""

from typing import Any

from feeds.model.feed import Feed
from feeds.parsers.namespaces import short_name
from feeds.parsers.parsed import Notes, Parsed, Subscription
from feeds.parsers.resolve import resolve
from feeds.parsers.xml_document import XmlDocument


def parse_xml(xml: XmlDocument, notes: Notes, url: str) -> Parsed:
    """Return the subscriptions in an `opml` element, each URL once."""
    root = xml.whole().root
    title = next((node.text.strip() for node in root.iter("title") if node.text), "")
    found: dict[str, Subscription] = {}
    lines: list[int] = []
    for outline in root.iter():
        if isinstance(outline.tag, str) and short_name(outline.tag) == "outline":
            subscription = _subscription(outline, url)
            if subscription.url and subscription.url not in found:
                found[subscription.url] = subscription
                lines.append(outline.sourceline or 1)
            elif not subscription.url and _attribute(outline, "type") in {"rss", "atom"}:
                message = f"the outline {subscription.title[:60]!r} has no xmlUrl"
                notes.add("wrong-value", message, "give the address of its feed", outline.sourceline or 1)
    feed = Feed(title=title, is_foreign=True)
    return Parsed(feed, (), "opml", root.get("version") or "", tuple(lines), tuple(found.values()))


def _subscription(outline: Any, base: str) -> Subscription:
    url = resolve(_attribute(outline, "xmlurl"), base)
    groups = [_title(node) for node in outline.iterancestors() if short_name(node.tag) == "outline"]
    return Subscription(_title(outline), url, _attribute(outline, "htmlurl"), tuple(reversed(groups)))


def _title(outline: Any) -> str:
    return _attribute(outline, "title") or _attribute(outline, "text")


def _attribute(outline: Any, name: str) -> str:
    return next((outline.get(key).strip() for key in outline.keys() if key.lower() == name), "")  # noqa: SIM118
