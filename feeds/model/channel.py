"""A channel: the head of a feed as the configuration has it, and its records."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from feeds.model.podcast import Podcast
from feeds.model.record import Record
from feeds.text import slug

STYLESHEET = "feed.css"


class FeedFormat(NamedTuple):
    """A format in which subscribers can have a feed: its label, its suffix and its media type."""

    label: str
    suffix: str
    media_type: str


class Alternate(NamedTuple):
    """The same feed in another language, and its name."""

    language: str
    name: str


class Channel(NamedTuple):
    """One channel.

    `name` is the path of its files below `base_url`, without a suffix (`all`, `topics/ai`); `items` are in the
    order in which they appear, and never more than a reader should get at once. Older items are in archive documents
    (RFC 5005, section 4): `previous` is the name of the next older one, and `current`, in an archive document, that of
    the feed itself. `formats` are the formats that the feed comes in. With `has_site` the index page and the stylesheet
    lie beside it, and those of its items' topics that are `shown_topics` have pages there.
    """

    name: str
    title: str
    base_url: str
    home_page: str
    items: tuple[Record, ...]
    author: str
    description: str = ""
    language: str = ""
    icon: str = ""
    hub: str = ""
    podcast: Podcast | None = None
    previous: str = ""
    current: str = ""
    topic_slugs: Mapping[str, str] = {}
    formats: tuple[FeedFormat, ...] = ()
    has_site: bool = False
    shown_topics: tuple[str, ...] = ()
    alternates: tuple[Alternate, ...] = ()

    def path(self, suffix: str) -> str:
        """Return the address of this feed's file with the given suffix, relative to `base_url`."""
        return _path(self.name, suffix)

    def url(self, suffix: str) -> str:
        """Return the absolute address of this feed's file with the given suffix."""
        return self.base_url + self.path(suffix)

    def previous_url(self, suffix: str) -> str:
        """Return the absolute address of the archive document with the next older items, if there is one."""
        return self.base_url + _path(self.previous, suffix) if self.previous else ""

    def current_url(self, suffix: str) -> str:
        """Return the absolute address at which this feed's newest items are."""
        return self.base_url + _path(self.current or self.name, suffix)

    def alternate_url(self, alternate: Alternate, suffix: str) -> str:
        """Return the absolute address of the feed in another language."""
        return self.base_url + _path(alternate.name, suffix)

    @property
    def stylesheet(self) -> str:
        """Return where what makes XML readable in a browser is, seen from the feed, if there is one."""
        return "../" * self.name.count("/") + STYLESHEET if self.has_site else ""

    @property
    def id(self) -> str:
        """Return the identity that the feed has in every format (RFC 4287, section 4.2.6)."""
        return uuid5(NAMESPACE_URL, self.base_url + (self.current or self.name)).urn

    def term(self, topic: str) -> str:
        """Return the name that stands for a topic in addresses: the file name of its feed."""
        return self.topic_slugs.get(topic) or slug(topic) or topic

    @property
    def scheme(self) -> str:
        """Return the address that all topics' terms are relative to."""
        return f"{self.base_url}topics/"

    @property
    def updated(self) -> datetime | None:
        """Return when the newest item changed; the build itself leaves no trace, so there is none without items."""
        return max((max(item.published, item.updated) for item in self.items), default=None)


def _path(name: str, suffix: str) -> str:
    return f"{quote(name)}.{suffix}"
