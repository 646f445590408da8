"""Media types of files by name."""

from pathlib import PurePosixPath
from typing import NamedTuple

from feeds.formats import FORMATS, OPML
from feeds.media_types import IMAGES, UNKNOWN
from feeds.publish.output.manifest import MANIFEST

_FOR_PROGRAMS = [kind for kind in FORMATS.values() if kind.role != "page"]
_FEEDS = {f".{kind.suffix}": kind.media_type for kind in _FOR_PROGRAMS} | {".opml": OPML}
_OTHERS = IMAGES | {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".txt": "text/plain",
    ".xml": "application/xml",
    ".webmanifest": "application/manifest+json",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}
_TEXTS = ("text/", "+xml", "/xml", "+json", "/json")


class Media(NamedTuple):
    """The media type of a file, whether it is text in UTF-8, and whether it is a feed."""

    media_type: str
    is_text: bool
    is_feed: bool

    @property
    def is_page(self) -> bool:
        """Return whether browsers run scripts in it."""
        return self.media_type == "text/html"

    @property
    def content_type(self) -> str:
        """Return the value of the header Content-Type."""
        return f"{self.media_type}; charset=utf-8" if self.is_text else self.media_type


def media_of(name: str) -> Media:
    """Return the media type of a file by its name; browsers download an unknown type."""
    path = PurePosixPath(name)
    suffix = path.suffix.lower()
    if path.name == MANIFEST:
        return Media("application/json", is_text=True, is_feed=False)
    is_feed = suffix in _FEEDS
    media_type = _FEEDS[suffix] if is_feed else _OTHERS.get(suffix, UNKNOWN)
    return Media(media_type, any(sign in media_type for sign in _TEXTS), is_feed)
