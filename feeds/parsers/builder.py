"""Collect the values of one item or channel while its elements are read, in any order."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from feeds.lazy_pattern import lazy_pattern
from feeds.model.feed import Feed, Generator
from feeds.model.item import Category, Extension, Item, Link, Player, Source, Text
from feeds.model.parts import Enclosure, Image, Person, Related
from feeds.parsers.feed_dates import parse_date
from feeds.parsers.namespaces import local_name, short_name
from feeds.parsers.parsed import Notes
from feeds.parsers.resolve import XLINK, has_relative, resolve, resolve_html, resolve_srcset, usable
from feeds.parsers.verbatim import extension_of
from feeds.xml_namespaces import XML, XML_LANG

BASE, LANGUAGE = f"{{{XML}}}base", XML_LANG
_IN_THOUSANDS = lazy_pattern(r"[0-9]{1,3}(?:,[0-9]{3})+")
_ADDRESSES = ("url", "href", "src", "img")
_WITH_ADDRESSES = {"media", "itunes", "podcast", "googleplay", "atom"}  # vocabularies in which these are URLs


@lru_cache(maxsize=256)  # most pictures of a site have the same sizes
def parse_side(text: str) -> int | None:
    """Return the width or height of a picture in pixels; None if invalid."""
    if not text:
        return None
    text = text.strip().removesuffix("px")
    return int(text) or None if text.isascii() and text.isdigit() and len(text) < 7 else None  # noqa: PLR2004 - pixels


class Builder:
    """An item or a channel while its elements are read; the fields are those of Item and Feed.

    Relative URLs are resolved against `base`. `fallback` has values of other vocabularies by name, which are used if
    the format's own element is missing. `items` are elements of items inside; `dates` are all dates that were read.
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
    generator: Generator | None = None
    published: datetime | None = None
    updated: datetime | None = None
    held_back: str = ""  # why it is not published

    def __init__(self, notes: Notes, base: str = "", *, is_channel: bool = False) -> None:
        self.notes, self.base, self.has_bases, self.is_channel = notes, base, notes.has_bases, is_channel
        self.authors: list[Person] = []
        self.contributors: list[Person] = []
        self.categories: dict[Category, None] = {}
        self.enclosures: dict[str, Enclosure] = {}
        self.images: dict[str, Image] = {}
        self.related: list[Related] = []
        self.links: list[Link] = []
        self.hubs: list[str] = []
        self.extensions: list[Extension] = []
        self.items: list[Any] = []
        self.fallback: dict[str, Any] = {}
        self.dates: list[tuple[datetime, Any]] = []

    def address(self, url: str, element: Any) -> str:
        """Return a URL resolved against the base of an element."""
        if url.startswith(("https://", "http://")):  # nearly always
            return usable(url.rstrip())
        return usable(resolve(url, self.base_of(element) if self.has_bases else self.base))

    def base_of(self, element: Any) -> str:
        """Return the base of relative URLs in an element."""
        if not self.has_bases:
            return self.base
        chain = [node.get(BASE) for node in (element, *element.iterancestors()) if node.get(BASE)]
        base = self.base
        for each in reversed(chain):
            base = resolve(each, base)
        return base

    def language_of(self, element: Any) -> str:
        """Return the language that an element declares, as in BCP 47."""
        language: str | None = element.get(LANGUAGE) if self.notes.has_languages else None
        return language.strip().replace("_", "-") if language else ""

    def markup(self, value: str, element: Any) -> str:
        """Return HTML with URLs resolved against the base of an element."""
        return resolve_html(value, self.base_of(element)) if has_relative(value) else value

    def complete_addresses(self, element: Any, names: Iterable[str]) -> None:
        """Resolve URLs in attributes of an element and its descendants, each against its own base."""
        nodes = [node for node in element.iter("*") if node.keys()]
        for node in nodes:
            for name in names:
                if (value := node.get(name)) and "://" not in value and not (name == XLINK and value.startswith("#")):
                    node.set(name, self.address(value, node))
            if srcset := node.get("srcset"):
                node.set("srcset", resolve_srcset(srcset, self.base_of(node)))
        for node in nodes if self.has_bases else ():
            node.attrib.pop(BASE, None)

    def date(self, text: str, element: Any) -> datetime | None:
        """Return the instant of a date, or None and note a problem."""
        instant = parse_date(text)
        if instant:
            self.dates.append((instant, element))
        elif text and "-0001" not in text:  # as PHP and WordPress write that there is no date
            name = local_name(element.tag)
            message = f"{name} is {text[:60]!r}, which is not a date"
            self.notes.add("bad-date", message, "write it as 2026-01-31T08:00:00Z", element.sourceline or 1)
        return instant

    def number(self, text: str, element: Any, name: str) -> int | None:
        """Return a non-negative number, or None and note a problem."""
        if not text:
            return None
        text = text.strip()
        digits = text.replace(",", "") if "," in text and _IN_THOUSANDS.fullmatch(text) else text
        if digits.isascii() and digits.isdigit() and len(digits) < 16:  # noqa: PLR2004 - a petabyte
            return int(digits)
        if text:  # not just blanks
            self.notes.add("bad-number", f"{name} is {text[:60]!r}, not a number", "", element.sourceline or 1)
        return None

    def add_enclosure(self, enclosure: Enclosure) -> bool:
        """Add a file, or fill in the one with the same address; return False if both say different things."""
        if known := self.enclosures.get(enclosure.url):
            values = {name: value for name, value in known._asdict().items() if value}
            self.enclosures[enclosure.url] = held = enclosure._replace(**values)
            return all(said in (None, "", kept) for said, kept in zip(enclosure, held, strict=True))
        if enclosure.url:
            self.enclosures[enclosure.url] = enclosure
        return True

    def add_image(self, image: Image) -> None:
        """Add an image, unless one with the same URL exists."""
        if image.url:
            self.images.setdefault(image.url, image)

    def add_category(self, category: Category) -> None:
        """Add a new category that is not blank."""
        if category.term:
            self.categories[category] = None

    def keep(self, element: Any) -> None:
        """Keep an element verbatim, with absolute URLs, if it is well-formed."""
        notes = self.notes
        if notes.has_relative and short_name(element.tag).partition(":")[0] in _WITH_ADDRESSES:
            self.complete_addresses(element, _ADDRESSES)
        extension, problem = extension_of(element, is_mended=notes.is_mended)
        if not problem:
            notes.count("extensions")
            self.extensions.append(extension)
            return
        name = element.tag.rpartition("}")[2]
        message = f"<{name[:60]}> is not kept, as {problem}"
        notes.add("not-kept", message, "declare its namespace, and write it as that says", element.sourceline or 1)

    def item(self) -> Item:
        """Return the item."""
        return Item(  # by position: faster
            self.id,
            self.title,
            self.link,
            self.published,
            self.updated,
            self.summary,
            self.content,
            self.notes.shared(self.authors),
            tuple(self.contributors),
            self.notes.shared(self.categories),
            tuple(self.enclosures.values()),
            tuple(self.images.values()),
            self.player,
            tuple(self.related),
            tuple(self.links),
            self.via,
            self.comments,
            self.source,
            self.rights,
            self.language.replace("_", "-"),
            self.title_markup,
            self.plain_content,
            self.is_permalink,
            tuple(self.extensions),
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
            language=self.language.replace("_", "-"),
            published=self.published,
            updated=self.updated,
            authors=tuple(self.authors),
            contributors=tuple(self.contributors),
            categories=tuple(self.categories),
            rights=self.rights,
            generator=self.generator,
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
