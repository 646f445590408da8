"""The title, date and address that a record needs, taken from other parts of an item that lacks them."""

from collections.abc import Iterator
from datetime import datetime

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


def date_of(item: Item, newest: datetime) -> tuple[datetime, str]:
    """Return the publication date of an item, and where it is from if the item has none."""
    if item.published:
        return item.published, ""
    origin = "from the feed" if newest != NEVER else "1970-01-01"
    return (item.updated, "from the last change") if item.updated else (newest, origin)


def newest_date(feed: Feed) -> datetime:
    """Return the date of a feed, else that of its newest item, else the epoch."""
    dates = (item.published or item.updated for item in feed.items)
    return feed.updated or max((date for date in dates if date and date.year < _LAST_YEAR), default=NEVER)


def substitutes_of(item: Item, feed: Feed, newest: datetime) -> Iterator[str]:
    """Yield which of them a record has from another part of its item, as in `title from the text`."""
    found = {"title": title_of(item)[1], "date": date_of(item, newest)[1], "address": address_of(item, feed)[1]}
    yield from (f"{name} {origin}" for name, origin in found.items() if origin)
