"""Compare what a generator's own feed says of each post with what ours says."""

from __future__ import annotations

import html
import re
import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from feeds.model.item import Item

HERE = Path(__file__).parent
FIELDS = ("link", "id", "title", "date", "categories", "summary")


class Seen(NamedTuple):
    """What a feed says of a post; a field that the feed never gives is None."""

    link: str
    id: str
    title: str
    date: str
    categories: tuple[str, ...]
    summary: str


class Difference(NamedTuple):
    """Where the feeds disagree: the field of the post with a title, or `item` where only one feed has the post."""

    post: str
    field: str
    theirs: Any
    ours: Any


@cache
def case_of(generator: str) -> dict[str, Any]:
    """Return how a site is read by feeds, what it is compared in, and where ours is better."""
    return tomllib.loads((HERE / generator / "case.toml").read_text(encoding="utf-8"))


def seen(item: Item) -> Seen:
    """Return what can be compared of an item of either feed."""
    return Seen(
        unquote(item.link),
        unquote(item.id),
        item.title,
        _instant(item.published or item.updated),
        tuple(sorted({category.name for category in item.categories})),
        _plain(item.summary.value if item.summary else ""),
    )


def differences(theirs: list[Seen], ours: list[Seen], fields: tuple[str, ...]) -> list[Difference]:
    """Return where two feeds disagree: items by their links, then the order of those that both have."""
    by_link = [{item.link: item for item in items} for items in (theirs, ours)]
    found = [Difference(item.title, "item", item.link, None) for item in theirs if item.link not in by_link[1]]
    found += [Difference(item.title, "item", None, item.link) for item in ours if item.link not in by_link[0]]
    shared = [(item, by_link[1][item.link]) for item in theirs if item.link in by_link[1]]
    found += [
        Difference(item.title, field, getattr(item, field), getattr(other, field))
        for item, other in shared
        for field in fields
        if getattr(item, field) != getattr(other, field)
    ]
    orders = [[item.title for item in items if item.link in by_link[0] and item.link in by_link[1]] for items in (theirs, ours)]
    return found + [Difference("", "order", a, b) for a, b in [tuple(orders)] if len(a) == len(b) and [x.link for x in theirs if x.link in by_link[1]] != [x.link for x in ours if x.link in by_link[0]]]


def _instant(value: datetime | None) -> str:
    return value.astimezone(UTC).isoformat() if value else ""


def _plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", markup)).split())
