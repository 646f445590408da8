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


# What documents call a vocabulary besides its own namespace.
_OTHER_NAMES = {
    "": (
        "",
        *(f"http://backend.userland.com/rss{version}" for version in ("", "2", "2.1")),
        "http://blogs.law.harvard.edu/tech/rss",
        *("http://cyber.law.harvard.edu/rss", "http://cyber.law.harvard.edu/rss/rss.html"),
        *("http://purl.org/rss/1.0", "http://purl.org/net/rss1.1#", "http://opml.org/spec2"),
        *("http://my.netscape.com/rdf/simple/0.9", "http://channel.netscape.com/rdf/simple/0.9"),
        "http://my.netscape.com/publish/formats/rss-0.91.dtd",
    ),
    "atom": (  # 0.3, and the drafts before it
        *("http://purl.org/atom/ns#", "http://purl.org/echo", "http://purl.org/pie", "uri/of/echo/namespace#"),
        *("http://example.com/necho", "http://example.com/newformat#"),
    ),
    "app": ("http://purl.org/atom/app#", "http://www.w3.org/2007/app"),
    "blogger": ("http://schemas.google.com/blogger/2018",),
    "dc": ("http://purl.org/dc/elements/1.0",),
    "dcterms": ("http://purl.org/dc/terms",),
    "excerpt": tuple(f"http://wordpress.org/export/1.{minor}/excerpt" for minor in range(3)),
    "fh": ("http://purl.org/syndication/history/1.0",),
    "g": ("http://base.google.com/ns/1.0",),
    "gd": ("http://schemas.google.com/g/2005",),
    "itunes": ("http://www.itunes.com/dtds/podcast-1.0.dtd.xml", "http://example.com/dtds/podcast-1.0.dtd"),
    "media": ("http://video.search.yahoo.com/mrss", "http://tools.search.yahoo.com/mrss"),
    "podcast": ("http://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",),
    "rdf": ("http://www.w3.org/1999/02/22-rdf-syntax-ns#",),
    "thr": ("http://purl.org/syndication/thread/1.0",),
    "wp": tuple(f"http://wordpress.org/export/1.{minor}" for minor in range(3)),
    "xhtml": ("http://www.w3.org/1999/xhtml",),
    "xlink": ("http://www.w3.org/1999/xlink",),
}
_PREFIXES = {
    **{_spelling(uri): prefix for prefix, uri in NAMESPACES.items()},
    **{uri: prefix for prefix, uris in _OTHER_NAMES.items() for uri in uris},
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
