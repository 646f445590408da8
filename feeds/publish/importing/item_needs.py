"""The title, date and address that a record needs, taken from other parts of an item that lacks them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from feeds.model.feed import NEVER, Feed
from feeds.model.item import Item
from feeds.model.markup_text import content_of, plain_of_html
from feeds.text import shortened
from feeds.urls import is_absolute

_LONGEST_TITLE = 80
_LAST_YEAR = 9999  # means never


def title_of(item: Item) -> tuple[str, str]:
    """Return the title of an item, and where it is from if the item has none."""
    if item.title:
        return item.title, ""
    text = plain_of_html(content_of(item)).partition("\n")[0]
    others = {"from the text": shortened(text, _LONGEST_TITLE), "from the address": item.link, "from the id": item.id}
    return next(((value, origin) for origin, value in others.items() if value), ("Untitled", "Untitled"))


def address_of(item: Item, feed: Feed) -> tuple[str, str]:
    """Return the address of an item, and where it is from if the item has none; empty if there is none at all."""
    files = [(each.url, "from a file") for each in item.enclosures]
    own = [(item.link, ""), (item.id, "from the id"), (item.via, "from the original"), *files]
    others = [*own, (feed.link, "from the feed"), (feed.url, "from the feed")]
    return next(((url, origin) for url, origin in others if is_absolute(url)), ("", ""))


def date_of(item: Item, fallback_date: datetime) -> tuple[datetime, str]:
    """Return the publication date of an item, and where it is from if the item has none."""
    if item.published:
        return item.published, ""
    origin = "from the feed" if fallback_date.year > NEVER.year else "1970-01-01"
    return (item.updated, "from the last change") if item.updated else (fallback_date, origin)


def fallback_dates(feed: Feed) -> list[datetime]:
    """Return the date that each item has if it has none itself: that of the feed, else of its newest item, else 1970.

    They are a second apart, so that the items keep their order: the first is the newest.
    """
    dates = (item.published or item.updated for item in feed.items)
    newest = feed.updated or max((date for date in dates if date and date.year < _LAST_YEAR), default=None)
    first = newest or NEVER + timedelta(seconds=len(feed.items) - 1)
    return [first - timedelta(seconds=number) for number in range(len(feed.items))]


def substitutes_of(item: Item, feed: Feed, fallback_date: datetime) -> Iterator[str]:
    """Yield which of them a record has from another part of its item, as in `title from the text`."""
    found = {"title": title_of(item)[1], "date": date_of(item, fallback_date)[1], "address": address_of(item, feed)[1]}
    yield from (f"{name} {origin}" for name, origin in found.items() if origin)
