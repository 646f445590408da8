"""Read RSS 0.90 and 1.0, which are RDF: items are beside the channel."""

from feeds.parsers.parsed import Notes, Parsed
from feeds.parsers.rss import parse_channel
from feeds.parsers.xml_reader import XmlReader

_VERSION_1 = "http://purl.org/rss/1.0/"


def parse_xml(xml: XmlReader, notes: Notes, url: str) -> Parsed:
    """Return the feed in an `rdf:RDF` element."""
    version = "1.0" if xml.root.find(f"{{{_VERSION_1}}}channel") is not None else "0.90"
    return parse_channel(xml, notes, url, "rdf", version)
