"""The data of the index page and the list of feeds: each feed's head, size and newest items."""

from collections import Counter
from datetime import date, datetime
from typing import NamedTuple

from feeds.model.channel import Channel


class Headline(NamedTuple):
    """The title, address and date of an item."""

    title: str
    link: str
    published: datetime


class FeedSummary(NamedTuple):
    """A feed: its head without items, the number of its items, and the newest of them.

    `topic` is its topic, if it has one.
    """

    head: Channel
    total: int
    newest: Headline | None = None
    topic: str = ""


class Week(NamedTuple):
    """A week, named by its Monday, and the number of items published in it."""

    monday: date
    items: int


class Site(NamedTuple):
    """All feeds, that of everything first, and the items of the latest weeks, oldest first.

    `has_pages` is whether feeds have pages for people.
    """

    feeds: tuple[FeedSummary, ...]
    weeks: tuple[Week, ...] = ()
    has_pages: bool = False

    @property
    def everything(self) -> FeedSummary:
        """Return the feed of everything, which gives the site its title."""
        return self.feeds[0]

    @property
    def own(self) -> tuple[FeedSummary, ...]:
        """Return the feeds that the user has defined."""
        return tuple(feed for feed in self.feeds[1:] if not feed.topic)

    @property
    def topics(self) -> tuple[FeedSummary, ...]:
        """Return the feeds of topics."""
        return tuple(feed for feed in self.feeds[1:] if feed.topic)

    @property
    def titles(self) -> dict[str, str]:
        """Return a unique title for each feed by its name, as readers list feeds by title only."""
        counts = Counter(feed.head.title for feed in self.feeds)
        heads = [feed.head for feed in self.feeds]
        return {head.name: head.title if counts[head.title] == 1 else f"{head.title} ({head.name})" for head in heads}


def weeks_until(newest: datetime, most: int) -> list[date]:
    """Return the Mondays of `most` weeks up to an instant, oldest first; fewer where the calendar begins.

    Weeks begin on Monday (ISO 8601), in UTC.
    """
    last = newest.toordinal() - newest.weekday()
    return [date.fromordinal(day) for day in range(last - 7 * (most - 1), last + 1, 7) if day > 0]
