"""Tell beforehand whether a planned feed would come out as before, and load what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from hashlib import blake2b

from feeds.config.settings import Config
from feeds.formats import csv_table
from feeds.formats.format import Format
from feeds.model.channel import Channel
from feeds.model.topic import topic_slugs
from feeds.planning.archives import cut_for_archives, divided
from feeds.planning.feeds import FeedPlan
from feeds.publish.manifest import ListedFeed, ListedItem
from feeds.store.query import StoreQueries
from feeds.text import slug

_DIGEST_BYTES = 16


class Rendering:
    """Say what one feed is made of, and load it when it has to be rendered.

    `surroundings` stands for what all feeds have in common.
    """

    def __init__(self, plan: FeedPlan, config: Config, surroundings: bytes = b"") -> None:
        self.plan, self._config, self._surroundings = plan, config, surroundings

    @property
    def name(self) -> str:
        """Return the name of the feed."""
        return self.plan.head.name

    def listed_feed(self, items: int) -> ListedFeed:
        """Return what the manifest says of the feed, of which subscribers get so many items."""
        rows = self.plan.choice.listed(items)
        listed = tuple(ListedItem(identity, title, link, digest.hex()) for identity, title, link, digest in rows)
        return ListedFeed(self.total, listed)

    def recipe(self, kind: Format) -> bytes:
        """Return a digest of all that the bytes of a format are made of; how a feed is cut follows from it."""
        head = replace(self.plan.head, topic_slugs={})  # those that are not plain are in the surroundings
        is_table = kind.role == "table"
        items = self._all_digests if is_table or self._config.archives else self._newest_digests
        limit = None if is_table else self.plan.limit
        return _digest([self._surroundings, repr((kind.name, head, limit)).encode(errors="replace"), items])

    def has_only_plain_lines(self) -> bool:
        """Tell whether nothing can be wrong with the table, each of its lines having been looked at."""
        return not self._config.csv_defuse and self.plan.choice.has_only_plain_lines()

    def table(self) -> Iterator[bytes]:
        """Yield the table of all items line by line, so that it is never held as a whole."""
        if self._config.csv_bom:
            yield csv_table.BOM
        yield csv_table.header()
        if self._config.csv_defuse:
            yield from map(csv_table.line_for_spreadsheets, self.plan.choice.records())
        else:
            yield from self.plan.choice.lines()

    def documents(self, most: int | None = None) -> list[FeedPlan]:
        """Return the feed as subscribers get it, with at most so many items, else its limit; then its archives."""
        limit = self.plan.limit
        most = min(most or limit, limit)
        if self._config.archives:
            return divided(self.plan, cut_for_archives(self.total, most, self.plan.usual_limit or limit))
        return [replace(self.plan, limit=min(self.total, most))]

    @cached_property
    def total(self) -> int:
        """Return how many items the feed has in all."""
        return len(self.plan.choice)

    @cached_property
    def _newest_digests(self) -> bytes:
        return _digest(self.plan.choice.digests(self.plan.limit))

    @cached_property
    def _all_digests(self) -> bytes:
        return _digest(self.plan.choice.digests())


def loaded(plan: FeedPlan) -> Channel:
    """Return a feed with its items."""
    items = tuple(plan.choice.records(plan.limit))
    known = plan.head.topic_slugs
    slugs = {topic: known[topic] for item in items for topic in item.topics if topic in known}
    return replace(plan.head, items=items, topic_slugs=slugs)


def surroundings(queries: StoreQueries, config: Config, now: datetime) -> bytes:
    """Return a digest of what all feeds have in common: what is not as written, topics and updates, and settings."""
    renamed = {name: unified for name, unified in queries.unified.items() if name != unified}
    odd_slugs = {
        name: short for name, short in topic_slugs(set(queries.unified.values())).items() if short != slug(name)
    }
    settings = (config.csv_bom, config.csv_defuse, config.max_bytes, config.archives)
    parts = (sorted(renamed.items()), sorted(odd_slugs.items()), settings, queries.future_updates(now))
    return _digest([repr(parts).encode(errors="replace")])


def _digest(parts: Iterable[bytes]) -> bytes:
    digest = blake2b(digest_size=_DIGEST_BYTES)
    for part in parts:
        digest.update(part)
    return digest.digest()
