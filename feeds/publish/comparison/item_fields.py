"""Compare two items field by field, each as text, and ignore differences that no reader shows."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import NamedTuple

from feeds.dates import format_rfc3339
from feeds.markup.safe_html import safe_html
from feeds.markup.visible_text import visible_text
from feeds.model.feed import Feed
from feeds.model.item import Item
from feeds.model.markup_text import as_plain, content_of
from feeds.model.parts import Enclosure
from feeds.url_identity import normal_url

# Fields that a format cannot express, so their absence is not a difference.
NOT_IN: dict[str, frozenset[str]] = {
    "rss": frozenset({"updated"}),
    "rdf": frozenset({"updated", "enclosures"}),
    "csv": frozenset({"content", "enclosures"}),
}
_IMAGE = "image/"


class FieldChange(NamedTuple):
    """A field of an item, with its old and its new value."""

    field: str
    old: str
    new: str


def field_changes(old: tuple[Feed, Item], new: tuple[Feed, Item], without: Collection[str]) -> tuple[FieldChange, ...]:
    """Return the fields in which two items differ, without some fields."""
    skipped = {*without}
    if (content_of(old[1]), old[1].link) == (content_of(new[1]), new[1].link):  # to render it takes the most time
        skipped.add("content")
    read = ((name, of(*old), of(*new)) for name, of in FIELDS.items() if name not in skipped)
    return tuple(
        FieldChange(name, before, after)
        for name, before, after in read
        if (before.casefold() != after.casefold() if name in _ANY_CASE else before != after)
        and not _is_said_elsewhere(name, (before, *old), (after, *new))
    )


def _is_said_elsewhere(name: str, *sides: tuple[str, Feed, Item]) -> bool:
    """Return whether a value that only one feed has follows from the rest, as an author named like the feed."""
    (said, feed, item), (unsaid, *_) = sorted(sides, key=lambda side: not side[0])
    if unsaid:
        return False
    if name == "authors":
        return said == " ".join(feed.title.split())
    return name in _OPTIONAL or (name == "title" and _content(feed, item).startswith(said.removesuffix("…")))


def _authors(feed: Feed, item: Item) -> str:
    names = (" ".join(person.label.split()) for person in item.authors or feed.authors)
    return ", ".join(dict.fromkeys(filter(None, names)))


def _categories(_: Feed, item: Item) -> str:
    names = [" ".join(category.name.split()) for category in item.categories]
    return "\n".join(reversed({name.casefold(): name for name in reversed(names)}.values()))


def _content(_: Feed, item: Item) -> str:
    return visible_text(safe_html(content_of(item), item.link, is_markdown=False))  # as shown by readers


def _images(_: Feed, item: Item) -> str:
    urls = [each.url for each in item.enclosures if each.type.startswith(_IMAGE)]
    urls += [image.url for image in item.images]
    return "\n".join(dict.fromkeys(map(normal_url, urls)))


def _enclosures(_: Feed, item: Item) -> str:
    return "\n".join(_file(each) for each in item.enclosures if not each.type.startswith(_IMAGE))


def _file(enclosure: Enclosure) -> str:
    size = "" if enclosure.length is None else f"{enclosure.length} bytes"
    return " ".join(filter(None, (normal_url(enclosure.url), enclosure.type, size)))


def _instant(instant: datetime | None) -> str:
    if instant is None:
        return ""
    instant = instant.replace(microsecond=0)  # RSS has whole seconds
    try:
        return format_rfc3339(instant.astimezone(UTC))
    except OverflowError:  # in the years 1 and 9999
        return format_rfc3339(instant)


FIELDS: dict[str, Callable[[Feed, Item], str]] = {
    "title": lambda _, item: " ".join(item.title.split()),
    "link": lambda _, item: normal_url(item.link),
    "published": lambda _, item: _instant(item.published or item.updated),
    "updated": lambda _, item: _instant(item.updated),
    "authors": _authors,
    "categories": _categories,
    "summary": lambda _, item: " ".join(as_plain(item.summary).split()),
    "content": _content,
    "images": _images,
    "enclosures": _enclosures,
}
_OPTIONAL = frozenset({"updated", "summary"})
_ANY_CASE = frozenset({"categories"})  # a topic has one spelling
