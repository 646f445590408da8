"""Name elements by fixed short prefixes, whatever the prefixes and spellings of their namespaces."""

from functools import lru_cache

from feeds.xml_namespaces import ATOM, CONTENT, DC, GOOGLE_PLAY, ITUNES, MEDIA, PODCAST, SLASH, SY, WFW

NAMESPACES = {
    "atom": ATOM,
    "content": CONTENT,
    "dc": DC,
    "googleplay": GOOGLE_PLAY,
    "itunes": ITUNES,
    "media": MEDIA,
    "podcast": PODCAST,
    "slash": SLASH,
    "sy": SY,
    "wfw": WFW,
}
"""What prefixes mean that a document uses and does not declare."""
USUAL_PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items() if prefix != "atom"}  # which is also a format


def _spelling(namespace: str) -> str:
    """Return a namespace as it is compared, since documents vary in its spelling."""
    return namespace.strip().lower().replace("https://", "http://", 1).rstrip("/")


_PREFIXES = {
    **{_spelling(uri): prefix for prefix, uri in NAMESPACES.items()},
    "": "",
    "http://backend.userland.com/rss2": "",
    "http://backend.userland.com/rss": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://cyber.law.harvard.edu/rss/rss.html": "",
    "http://cyber.law.harvard.edu/rss": "",
    "http://purl.org/rss/1.0": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    "http://my.netscape.com/publish/formats/rss-0.91.dtd": "",
    "http://purl.org/net/rss1.1#": "",
    "http://backend.userland.com/rss2.1": "",
    "http://purl.org/atom/ns#": "atom",
    "http://example.com/necho": "atom",  # the drafts before Atom 0.3
    "http://example.com/newformat#": "atom",
    "http://purl.org/echo": "atom",
    "http://purl.org/pie": "atom",
    "uri/of/echo/namespace#": "atom",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://video.search.yahoo.com/mrss": "media",
    "http://tools.search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd.xml": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://base.google.com/ns/1.0": "g",
    "http://purl.org/atom/app#": "app",
    "http://www.w3.org/2007/app": "app",
    **{f"http://wordpress.org/export/1.{minor}": "wp" for minor in range(3)},
    **{f"http://wordpress.org/export/1.{minor}/excerpt": "excerpt" for minor in range(3)},
    "http://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
    "http://schemas.google.com/g/2005": "gd",
    "http://schemas.google.com/blogger/2018": "blogger",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://opml.org/spec2": "",
}


def local_name(tag: str) -> str:
    """Return the name of a tag in Clark notation without its namespace."""
    return tag.rpartition("}")[2]


@lru_cache(maxsize=4096)
def short_name(tag: str) -> str:
    """Return `prefix:name` of a tag in Clark notation, in lower case; the name alone for elements of RSS.

    Tags in unknown namespaces are returned unchanged.
    """
    if not tag.startswith("{"):
        return tag.lower()
    namespace, _, name = tag[1:].partition("}")
    prefix = _prefix_of(namespace)
    if prefix is None:
        return tag
    return f"{prefix}:{name.lower()}" if prefix else name.lower()


def usual_namespace(namespace: str) -> str:
    """Return a namespace as its vocabulary spells it; none for elements of RSS, and a draft of Atom as it is."""
    prefix = _prefix_of(namespace)
    if prefix is None or prefix == "atom":
        return namespace
    return NAMESPACES.get(prefix, namespace) if prefix else ""


def _prefix_of(namespace: str) -> str | None:
    return _PREFIXES.get(_spelling(namespace))
