"""Gather what the elements of one item or channel say, in whatever order they come."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from feeds.model.feed import Feed
from feeds.model.item import Category, Enclosure, Extension, Image, Item, Link, Person, Player, Related, Source, Text
from feeds.parsers.date_habits import parse_date
from feeds.parsers.namespaces import short_name
from feeds.parsers.parsed import Notes
from feeds.parsers.resolve import resolve, resolve_html
from feeds.parsers.xml_markup import extension_of, is_sound

BASE = "{http://www.w3.org/XML/1998/namespace}base"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def side_of(text: str) -> int | None:
    """Return how wide or high a picture is, in pixels; None for what tells nothing."""
    text = text.strip().removesuffix("px")
    return int(text) or None if text.isascii() and text.isdigit() and len(text) < 7 else None  # noqa: PLR2004 - pixels


class Draft:
    """An item or a channel of which not everything is read yet; a channel has a few fields more.

    `base` completes relative addresses. `fallback` holds what other vocabularies say where the format's own element is
    missing.
    """

    id = title = link = language = rights = via = comments = ""
    url = description = icon = next_url = previous_url = current_url = plain_content = ""
    is_permalink = is_archive = is_complete = is_expired = False
    title_markup: Text | None = None
    summary: Text | None = None
    content: Text | None = None
    source: Source | None = None
    player: Player | None = None
    logo: Image | None = None
    published: datetime | None = None
    updated: datetime | None = None

    def __init__(self, notes: Notes, base: str = "", *, has_bases: bool = False, is_channel: bool = False) -> None:
        self.notes, self.base, self.has_bases, self.is_channel = notes, base, has_bases, is_channel
        self.authors: list[Person] = []
        self.contributors: list[Person] = []
        self.categories: list[Category] = []
        self.enclosures: list[Enclosure] = []
        self.images: dict[str, Image] = {}
        self.related: list[Related] = []
        self.links: list[Link] = []
        self.hubs: list[str] = []
        self.extensions: list[Extension] = []
        self.fallback: dict[str, Any] = {}
        self.dates: list[tuple[datetime, Any]] = []

    def address(self, url: str, element: Any) -> str:
        """Return an address completed with the base of an element."""
        return resolve(url, self.base_of(element) if self.has_bases else self.base)

    def base_of(self, element: Any) -> str:
        """Return the base that relative addresses in an element have."""
        if not self.has_bases:
            return self.base
        chain = [node.get(BASE) for node in (element, *element.iterancestors()) if node.get(BASE)]
        base = self.base
        for each in reversed(chain):
            base = resolve(each, base)
        return base

    def markup(self, value: str, element: Any) -> str:
        """Return HTML whose addresses are completed with the base of an element."""
        return resolve_html(value, self.base_of(element))

    def date(self, text: str, element: Any) -> datetime | None:
        """Return the instant that a text names; what is no date is noted."""
        instant = parse_date(text)
        if instant is None and text:
            name = element.tag.rpartition("}")[2]
            message = f"{name} is {text[:60]!r}, which is not a date"
            self.notes.add("bad-date", message, "write it as 2026-01-31T08:00:00Z", element.sourceline or 1)
        if instant:
            self.dates.append((instant, element))
        return instant

    def keep_other_dates(self) -> None:
        """Keep the dates of Dublin Core that are neither that of publication nor that of the last change."""
        for instant, element in self.dates:
            if instant in {self.published, self.updated}:
                continue
            if short_name(element.tag).startswith(("dc:", "dcterms:")):
                self.keep(element)
            else:
                message = f"{element.tag.rpartition('}')[2]} is not kept, as there is another date of its kind"
                self.notes.add("not-kept", message, "", element.sourceline or 1)

    def number(self, text: str, element: Any, name: str) -> int | None:
        """Return a number that is not negative; None for anything else, which is noted."""
        text = text.strip()
        if text.isascii() and text.isdigit() and len(text) < 16:  # noqa: PLR2004 - a petabyte
            return int(text)
        if text:
            self.notes.add("bad-number", f"{name} is {text[:60]!r}, not a number", "", element.sourceline or 1)
        return None

    def add_enclosure(self, enclosure: Enclosure) -> None:
        """Add a file, or what else is said of one that is known."""
        for at, known in enumerate(self.enclosures):
            if known.url == enclosure.url:
                said = {name: value for name, value in known._asdict().items() if value}
                self.enclosures[at] = enclosure._replace(**said)
                return
        if enclosure.url:
            self.enclosures.append(enclosure)

    def add_image(self, image: Image) -> None:
        """Add a picture; the first that is said of one stands."""
        if image.url:
            self.images.setdefault(image.url, image)

    def add_category(self, category: Category) -> None:
        """Add a category once; a blank one is none."""
        if category.term and category not in self.categories:
            self.categories.append(category)

    def keep(self, element: Any) -> None:
        """Keep an element as it is written, unless it cannot be written so again."""
        extension = extension_of(element)
        if is_sound(extension, whole=self.notes.is_mended):
            self.extensions.append(extension)
        else:
            message = f"<{extension.name[:60]}> is not kept, as its names are not those of XML"
            self.notes.add("not-kept", message, "declare its namespace", element.sourceline or 1)

    def item(self) -> Item:
        """Return the item."""
        return Item(
            id=self.id,
            title=self.title,
            link=self.link,
            published=self.published,
            updated=self.updated,
            summary=self.summary,
            content=self.content,
            authors=tuple(self.authors),
            contributors=tuple(self.contributors),
            categories=tuple(self.categories),
            enclosures=tuple(self.enclosures),
            images=tuple(self.images.values()),
            player=self.player,
            related=tuple(self.related),
            links=tuple(self.links),
            via=self.via,
            comments=self.comments,
            source=self.source,
            rights=self.rights,
            language=self.language,
            title_markup=self.title_markup,
            plain_content=self.plain_content,
            is_permalink=self.is_permalink,
            extensions=tuple(self.extensions),
        )

    def feed(self, items: tuple[Item, ...]) -> Feed:
        """Return the channel with its items."""
        return Feed(
            title=self.title,
            items=items,
            id=self.id,
            link=self.link,
            url=self.url,
            description=self.description,
            language=self.language,
            published=self.published,
            updated=self.updated,
            authors=tuple(self.authors),
            contributors=tuple(self.contributors),
            categories=tuple(self.categories),
            rights=self.rights,
            icon=self.icon,
            logo=self.logo or next(iter(self.images.values()), None),
            hubs=tuple(self.hubs),
            current_url=self.current_url,
            previous_url=self.previous_url,
            next_url=self.next_url,
            links=tuple(self.links),
            extensions=tuple(self.extensions),
            is_archive=self.is_archive,
            is_complete=self.is_complete,
            is_expired=self.is_expired,
            is_foreign=True,
        )
