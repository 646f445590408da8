"""Parse OPML: a list of feeds in groups."""

from typing import Any

from feeds.model.feed import Feed
from feeds.parsers.namespaces import local_name, short_name
from feeds.parsers.parsed import Notes, Parsed, Subscription
from feeds.parsers.resolve import resolve
from feeds.parsers.xml_reader import XmlReader

_READ = {"htmlurl", "text", "title", "type", "xmlurl"}


def parse_xml(xml: XmlReader, notes: Notes, url: str) -> Parsed:
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
            else:
                _note_no_feed(outline, subscription, found, notes)
            _note_attributes(outline, notes)
    for part in root.iterfind("head/*"):
        if part.tag != "title":
            notes.not_kept(f"<{local_name(part.tag)[:60]}> of <head> is not kept", part.sourceline or 1)
    feed = Feed(title=title, is_foreign=True)
    return Parsed(feed, (), "opml", root.get("version") or "", tuple(lines), tuple(found.values()))


def _note_no_feed(outline: Any, said: Subscription, found: dict[str, Subscription], notes: Notes) -> None:
    """Note an outline that is neither a feed nor a group, or a feed again, with another title or group."""
    what, line = f"the outline {said.title[:60]!r}", outline.sourceline or 1
    if said.url and said != found[said.url]:
        notes.add("not-kept", f"{what} is not kept, as its feed was there before", "", line)
    elif not said.url and _attribute(outline, "type") in {"rss", "atom"}:
        notes.add("left-out", f"{what} has no xmlUrl", "give the address of its feed", line)
    elif not said.url and not len(outline):
        notes.add("not-kept", f"{what} is not kept, as it is no feed", "", line)


def _note_attributes(outline: Any, notes: Notes) -> None:
    for key in outline.keys():  # noqa: SIM118 - not a dict
        if key.lower() not in _READ:
            message = f"the attribute {local_name(key)[:60]} of <outline> is not kept"
            notes.not_kept(message, outline.sourceline or 1)
    if _attribute(outline, "text") not in {"", _title(outline)}:
        notes.not_kept("the text of <outline> is not kept, where it has a title", outline.sourceline or 1)


def _subscription(outline: Any, base: str) -> Subscription:
    url = resolve(_attribute(outline, "xmlurl"), base)
    groups = [_title(node) for node in outline.iterancestors() if short_name(node.tag) == "outline"]
    return Subscription(_title(outline), url, _attribute(outline, "htmlurl"), tuple(reversed(groups)))


def _title(outline: Any) -> str:
    return _attribute(outline, "title") or _attribute(outline, "text")


def _attribute(outline: Any, name: str) -> str:
    return next((value.strip() for key, value in outline.items() if key.lower() == name), "")
