"""Read with reader, a library for feed readers; it has its own copy of feedparser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from unittest.mock import ANY

from readers.feedparser_items import SHARED_LOSSES, mended
from readers.loss import Loss, first_if_typed, first_typed_attachment, no_categories
from readers.seen import Seen, author_of

from feeds.model.channel import Channel
from feeds.model.record import Record

PARTED = re.compile("[,(<@]")


def read(path: Path) -> list[Seen]:
    from reader import make_reader  # noqa: PLC0415 - tests are skipped where it is missing

    with make_reader(":memory:", feed_root=str(path.parent)) as library:
        library.add_feed(path.name)
        library.update_feed(path.name)
        return [_seen(entry) for entry in library.get_entries(feed=path.name)]


def _seen(entry: Any) -> Seen:
    images = [enclosure.href for enclosure in entry.enclosures if enclosure.type.startswith("image/")]
    return Seen(
        title=entry.title,
        link=entry.link,
        id=entry.id,
        published=entry.published,
        author=entry.authors_str or "",
        image=images[0] if images else "",
    )


def _parted_author(record: Record, feed: Channel) -> Any:
    name = author_of(record, feed)
    return ANY if PARTED.search(name) else mended(name)


LOSSES = (
    *SHARED_LOSSES,
    Loss("author", ("rss",), "a name is parted at commas and brackets into names and e-mail addresses", _parted_author),
    Loss("categories", ("rss", "atom", "json"), "entries have no categories", no_categories),
    Loss("image", ("rss", "atom"), "entries have enclosures, but nothing of Media RSS", first_if_typed),
    Loss("image", ("json",), "entries have attachments, but not the image of an item", first_typed_attachment),
)
