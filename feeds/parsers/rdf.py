"""Read RSS 0.90 and 1.0, which are RDF: items are beside the channel."""

from __future__ import annotations

from typing import Any

from feeds.parsers.namespaces import short_name
from feeds.parsers.parsed import Notes, Parsed
from feeds.parsers.rss import parse_channel

_VERSION_1 = "http://purl.org/rss/1.0/"


def parse_tree(root: Any, notes: Notes, url: str) -> Parsed:
    """Return the feed in an `rdf:RDF` element."""
    children = [(short_name(child.tag), child) for child in root.iterchildren("*")]
    channel = next((child for name, child in children if name == "channel"), root)
    items = [child for name, child in children if name == "item"] if channel is not root else []
    for name, child in children:
        if name not in {"channel", "item"} and channel is not root:
            channel.append(child)
    version = "1.0" if f"{{{_VERSION_1}}}channel" == channel.tag else "0.90"
    return parse_channel(channel, items, notes, url, "rdf", version)
