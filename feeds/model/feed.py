"""The hub between formats: a feed, which is a head and its Items."""

from datetime import UTC, datetime
from typing import NamedTuple

from feeds.model.item import Category, Extension, Item, Link
from feeds.model.parts import Image, Person

THIS_PROGRAM = "feeds"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class FormatLink(NamedTuple):
    """A feed in one format: its label, suffix, media type, address and path from the page."""

    label: str
    suffix: str
    media_type: str
    url: str
    path: str


class Generator(NamedTuple):
    """The program that made a feed, if it is another than this one."""

    name: str
    url: str = ""
    version: str = ""


class PageLinks(NamedTuple):
    """What a feed's page links to: other formats, the page of all feeds, and pages of topics by their terms."""

    root: str
    address: str
    formats: tuple[FormatLink, ...] = ()
    topics: frozenset[str] = frozenset()


class Feed(NamedTuple):
    """A channel with its items in their order; what it does not have is empty or None.

    `url` is the feed's own address, `current_url` the one at which the newest items are. Older items are at
    `next_url` (the next page: RFC 5005, section 3) or in the archive document `previous_url` (section 4).
    One that is `foreign` was parsed: all that it says goes out, and nothing is added,
    while items of our own that name no author are given the feed's.
    """

    title: str = ""
    items: tuple[Item, ...] = ()
    id: str = ""
    link: str = ""
    url: str = ""
    description: str = ""
    language: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[Person, ...] = ()
    contributors: tuple[Person, ...] = ()
    categories: tuple[Category, ...] = ()
    rights: str = ""
    generator: Generator | None = None
    icon: str = ""
    logo: Image | None = None
    hubs: tuple[str, ...] = ()
    current_url: str = ""
    previous_url: str = ""
    next_url: str = ""
    links: tuple[Link, ...] = ()
    extensions: tuple[Extension, ...] = ()
    is_archive: bool = False
    is_complete: bool = False  # has all items that there are (RFC 5005, section 2)
    is_expired: bool = False  # will never change again (JSON Feed)
    is_foreign: bool = False
    stylesheet: str = ""
    page_links: PageLinks | None = None

    @property
    def last_change(self) -> datetime | None:
        """Return when the feed last changed: as it says, else its newest item; None if neither has a date."""
        return self.updated or max(filter(None, (item.updated or item.published for item in self.items)), default=None)

    @property
    def newest(self) -> datetime:
        """Return when the feed last changed, else the epoch."""
        return self.last_change or NEVER

    def authors_of(self, item: Item) -> tuple[Person, ...]:
        """Return who is named as the authors of an item."""
        return item.authors or (() if self.is_foreign else self.authors)
