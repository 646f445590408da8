"""Read with sfeed, which writes a line of fields parted by tabs for each item (sfeed(5))."""

from __future__ import annotations

import subprocess
from pathlib import Path

from readers.loss import Loss, first_if_typed, whole_seconds
from readers.seen import Seen, author_of, instant

from feeds.model.channel import Channel
from feeds.model.record import Record

FIELDS = ("timestamp", "title", "link", "content", "content-type", "id", "author", "enclosure", "category")


def read(path: Path) -> list[Seen]:
    done = subprocess.run(["sfeed"], input=path.read_bytes(), capture_output=True, check=True, timeout=60)
    lines = done.stdout.decode().removesuffix("\n").split("\n")
    return [_seen(dict(zip(FIELDS, line.split("\t"), strict=True))) for line in lines]


def _seen(line: dict[str, str]) -> Seen:
    return Seen(
        title=line["title"],
        link=line["link"],
        id=line["id"],
        published=instant(int(line["timestamp"])) if line["timestamp"] else None,
        author=line["author"],
        categories=tuple(line["category"].split("|")) if line["category"] else (),
        image=line["enclosure"],
    )


def _printable(text: str) -> str:
    return text.replace("\x7f", "")


def _printable_title(record: Record, _feed: Channel) -> str:
    return _printable(record.title)


def _printable_author(record: Record, feed: Channel) -> str:
    return _printable(author_of(record, feed))


def _parted_topics(record: Record, _feed: Channel) -> tuple[str, ...]:
    return tuple(_printable("|".join(record.topics)).split("|")) if record.topics else ()


def _terms(record: Record, feed: Channel) -> tuple[str, ...]:
    return tuple(map(feed.term, record.topics))


BOTH = ("rss", "atom")
LOSSES = (
    Loss("title", BOTH, "control characters are removed", _printable_title),
    Loss("author", BOTH, "control characters are removed", _printable_author),
    Loss("published", BOTH, "timestamps are whole seconds", whole_seconds),
    Loss("categories", ("rss",), "categories are parted by `|`, wherever it stands", _parted_topics),
    Loss("categories", ("atom",), "of a category the term is told, not the label", _terms),
    Loss("image", BOTH, "there is a field for the enclosure, but none for Media RSS", first_if_typed),
)
