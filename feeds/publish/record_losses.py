"""Report what a format loses of records: of what they say themselves, not of what a build adds to them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

from feeds.diagnostics.problem import Problem
from feeds.formats.format import Format
from feeds.formats.item_of_record import item_of_record
from feeds.formats.loss import Losses, losses_of
from feeds.model.channel import Channel
from feeds.model.feed import Feed
from feeds.model.item import Item, Text
from feeds.model.record import Record
from feeds.planning.feeds import FeedPlan
from feeds.publish.conversion_rules import LOST, conversion_problem

_NONE: Losses = frozenset()
# Added by a build: ids, terms and schemes of topics, the first image as an enclosure, the poster of a video.
_ADDED: Losses = frozenset(
    {"item.id", "item.categories.scheme", "item.categories.term", "item.enclosures", "item.player.poster"}
)
_NOT_WRITTEN: dict[str, Losses] = {"rss": frozenset({"item.updated", "item.via"})}  # those of other feeds are
_WRITTEN: dict[str, Losses] = {"csv": frozenset({"item.authors.url"})}  # providerDomain


def record_losses(plan: FeedPlan, kind: Format) -> list[Problem]:
    """Return one problem for each kind of loss, with the file of the first record that has it."""
    records = plan.records[: plan.limit]
    found: dict[str, tuple[bytes, int]] = {}
    for path, record in zip(records.paths(), records.records(), strict=True):
        for name, times in _losses(record, plan.channel, kind):
            first, former = found.get(name, (path, 0))
            found[name] = first, former + times
    return [
        conversion_problem(os.fsdecode(path), LOST, f"lost {name} x{times}") for name, (path, times) in found.items()
    ]


def _losses(record: Record, channel: Channel, kind: Format) -> Iterator[tuple[str, int]]:
    losses = (kind.losses | _NOT_WRITTEN.get(kind.name, _NONE)) - _ADDED - _WRITTEN.get(kind.name, _NONE)
    feed = Feed(items=(_as_written(record, channel, kind),))
    return ((loss.name, loss.times) for loss in losses_of(feed, losses))


def _as_written(record: Record, channel: Channel, kind: Format) -> Item:
    """Return a record as an item, without what a build composes or repeats."""
    item = item_of_record(replace(record, body=""), channel)
    related = item.related
    if kind.role == "subscription":  # the list below the content names them
        related = tuple(each._replace(author=None) for each in related)
    return item._replace(
        content=Text(record.body, "html") if record.body else None,
        images=tuple(image._replace(credit=image.caption) for image in item.images),
        related=related,
        updated=item.updated if item.updated != item.published else None,
        via=item.via if item.via != item.link else "",
    )
