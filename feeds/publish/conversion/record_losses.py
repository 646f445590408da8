"""Report what a format loses of records.

Losses are counted in records, not in their items: to these a build adds content and images, which no record loses.
"""

import os
from collections.abc import Callable, Iterator

from feeds.diagnostics.problem import Problem
from feeds.formats.format import Format
from feeds.formats.loss import Losses
from feeds.media_types import image_type
from feeds.model.record import Record
from feeds.planning.feeds import FeedPlan
from feeds.publish.conversion.conversion_rules import LOST, conversion_problem

Count = Callable[[Record], int]

_NONE: Losses = frozenset()
_NOT_WRITTEN: dict[str, Losses] = {  # as our own feeds have no extension for it
    "rss": frozenset({"item.authors.avatar", "item.authors.url", "item.updated", "item.via"}),
    "atom": frozenset({"item.authors.avatar"}),
}
# In the list of related articles that ends the content.
_WRITTEN: dict[str, Losses] = dict.fromkeys(("rss", "atom", "json"), frozenset({"item.related.author"}))
_MORE = "item.images.more"


def _count(field: str, part: str) -> Count:
    """Return a function that counts the values of a field, as the images of a record, that have a part."""
    return lambda record: sum(bool(getattr(value, part)) for value in getattr(record, field))


def _count_people(part: str) -> Count:
    """Return a function that counts the authors, with the provider, who have a part."""
    return lambda record: sum(bool(getattr(person, part)) for person in (*record.authors, record.provider) if person)


# How often a record has what is lost, by the path of the loss and its name.
_COUNTS: dict[tuple[str, str], Count] = {
    ("item.authors.url", "author url"): _count_people("url"),
    ("item.authors.avatar", "author avatar"): _count_people("avatar"),
    ("item.authors.email", "author email"): lambda record: sum(
        bool(person.email and person.url) for person in record.authors
    ),
    ("item.authors.email_alone", "author email"): lambda record: sum(
        bool(person.email and not person.url) for person in record.authors
    ),
    ("item.content", "content"): lambda record: bool(record.body),
    ("item.enclosures", "enclosure"): lambda record: len(record.enclosures),
    ("item.images.credit", "image credit"): _count("images", "caption"),
    ("item.images.height", "image height"): _count("images", "height"),
    (_MORE, "image after the first"): lambda record: len(record.images[1:]),
    ("item.images.title", "image title"): _count("images", "title"),
    ("item.images.untyped", "image after the first"): lambda record: sum(
        not image_type(image.url) for image in record.images[1:]
    ),
    ("item.images.width", "image width"): _count("images", "width"),
    ("item.language", "language"): lambda record: bool(record.language),
    ("item.player", "player"): lambda record: bool(record.player),
    ("item.published.fraction", "published fraction"): lambda record: bool(record.published.microsecond),
    ("item.player.duration", "player duration"): lambda record: bool(record.player and record.duration),
    ("item.related.author", "related author"): _count("related", "author"),
    ("item.related.published", "related published"): _count("related", "published"),
    ("item.related.summary", "related summary"): _count("related", "summary"),
    ("item.related.title", "related title"): _count("related", "title"),
    ("item.updated", "updated"): lambda record: record.updated != record.published,
    ("item.via", "via"): lambda record: bool(record.original_url) and record.original_url != record.link,
    ("item.extensions.own", "type"): lambda record: bool(record.type),
    ("item.extensions.own", "quality"): lambda record: record.quality is not None,
    ("item.extensions.own", "heat"): lambda record: record.heat is not None,
    ("item.extensions.own", "length"): lambda record: bool(record.length),
}


def record_losses(plan: FeedPlan, kind: Format) -> list[Problem]:
    """Return one problem for each kind of loss, at the first record that has it."""
    records = plan.records[: plan.limit]
    losses = (kind.losses | _NOT_WRITTEN.get(kind.name, _NONE)) - _WRITTEN.get(kind.name, _NONE)
    found: dict[str, tuple[bytes, int]] = {}
    for path, record in zip(records.paths(), records.records(), strict=True):
        for name, times in _losses(record, losses, is_table=kind.role == "table"):
            first, former = found.get(name, (path, 0))
            found[name] = first, former + times
    return [
        conversion_problem(os.fsdecode(path), LOST, f"lost {name} x{times}") for name, (path, times) in found.items()
    ]


def _losses(record: Record, losses: Losses, *, is_table: bool) -> Iterator[tuple[str, int]]:
    shown = _shown(record, losses, is_table=is_table)
    if record.provider and record.authors:
        names = {person.name for person in (shown.provider, *shown.authors) if person}
        for name, people in (("author", record.authors), ("provider", (record.provider,))):
            if times := sum(person.name not in names for person in people):
                yield name, times
    for (path, name), count in _COUNTS.items():
        if path in losses and (times := count(record if path == _MORE else shown)):
            yield name, int(times)


def _shown(record: Record, losses: Losses, *, is_table: bool) -> Record:
    """Return a record with the images and the people that are shown: tables name the provider, feeds the authors."""
    if record.provider and is_table:  # whose address is a column
        record = record._replace(authors=(), provider=record.provider._replace(url=""))
    elif record.authors:
        record = record._replace(provider=None)
    return record._replace(images=record.images[:1]) if _MORE in losses else record
