"""The hub between formats: one entry of a feed, with all that a reader can show.

Records become Items to be rendered; parsers make Items of the entries of any feed. Everything is a plain value.
Addresses are absolute, instants are aware and keep the offset that they were written with, titles are plain text.
"""

from datetime import datetime
from typing import Literal, NamedTuple

from feeds.model.parts import Enclosure, Image, Person, Related

TextType = Literal["text", "html", "xhtml"]


class Text(NamedTuple):
    """A text and how it is written: plain, as HTML, or as the inside of an XHTML div that stands alone."""

    value: str
    type: TextType = "html"
    language: str = ""


class Category(NamedTuple):
    """A category or tag: `term` stands for it in machines, `label` for people, `scheme` says whose term it is."""

    term: str
    scheme: str = ""
    label: str = ""

    @property
    def name(self) -> str:
        """Return what people call it."""
        return self.label or self.term


class Player(NamedTuple):
    """A page that plays an item's video, how many seconds that lasts, and the image that stands for it."""

    url: str
    duration: int | None = None
    poster: Image | None = None


class Link(NamedTuple):
    """A link to something else, by its relation (RFC 8288, section 3.3)."""

    href: str
    rel: str = "alternate"
    type: str = ""
    title: str = ""
    language: str = ""
    length: str = ""


class Extension(NamedTuple):
    """What no field of the hub holds, as it was written: an XML element, or the value of a JSON key.

    `xml` declares every namespace that it uses; `namespace` is empty for elements of RSS itself and keys of JSON
    Feed. `prefix` is how the namespace was called, or the key without its underscore.
    """

    prefix: str
    name: str = ""
    namespace: str = ""
    xml: str = ""
    json: str = ""


class Source(NamedTuple):
    """The feed that an item was taken from; its extensions are elements of Atom too."""

    title: str = ""
    url: str = ""
    link: str = ""
    id: str = ""
    updated: datetime | None = None
    extensions: tuple[Extension, ...] = ()


class Item(NamedTuple):
    """An entry of a feed; what it does not have is empty or None."""

    id: str = ""
    title: str = ""
    link: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    summary: Text | None = None
    content: Text | None = None
    authors: tuple[Person, ...] = ()
    contributors: tuple[Person, ...] = ()
    categories: tuple[Category, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    images: tuple[Image, ...] = ()
    player: Player | None = None
    related: tuple[Related, ...] = ()
    links: tuple[Link, ...] = ()
    via: str = ""  # where the item was found; the link may lead there too
    comments: str = ""
    source: Source | None = None
    rights: str = ""
    language: str = ""
    title_markup: Text | None = None  # the title with its markup, if it has any
    plain_content: str = ""  # the same content once more as plain text (JSON Feed's content_text)
    is_permalink: bool = False  # the id is the address of the item (RSS guid)
    extensions: tuple[Extension, ...] = ()
