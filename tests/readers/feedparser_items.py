"""Read with feedparser, as it comes."""

from __future__ import annotations

import calendar
import re
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import feedparser
from readers.loss import Loss, whole_seconds
from readers.seen import Seen, author_of, instant

from feeds.model.channel import Channel
from feeds.model.record import Record

LIKE_HTML = re.compile(r"</\w+>|&#?\w+;")
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}


def read(path: Path) -> list[Seen]:
    return [_seen(entry) for entry in feedparser.parse(path.read_bytes()).entries]


def _seen(entry: Any) -> Seen:
    media = [content for content in entry.get("media_content", []) if content.get("medium") == "image"]
    return Seen(
        title=entry.title,
        link=entry.link,
        id=entry.id,
        published=instant(calendar.timegm(entry.published_parsed)),
        author=entry.author,
        categories=tuple(tag.label or tag.term for tag in entry.get("tags", [])),
        image=media[0]["url"] if media else "",
    )


def mended(text: str) -> str:
    """Return text as feedparser takes it to have been meant, were it decoded wrongly before."""
    with suppress(UnicodeError):
        text = text.encode("latin-1").decode()
    return text.translate(_C1)


def mended_title(record: Record, _feed: Channel) -> str:
    return mended(record.title)


def cleaned_title(record: Record, _feed: Channel) -> Any:
    return ANY if LIKE_HTML.search(record.title) else mended(record.title)


def link_of_rss(record: Record, _feed: Channel) -> str:
    return re.sub(r"&(\w+);", r"&\1", record.link.replace("&amp;", "&"))


def _mended_author(record: Record, feed: Channel) -> str:
    return mended(author_of(record, feed))


def _mended_topics(record: Record, _feed: Channel) -> tuple[str, ...]:
    return tuple(map(mended, record.topics))


GUESSES = "text of elements whose Latin-1 bytes happen to be UTF-8 is decoded again, and C1 controls are Windows-1252"
SHARED_LOSSES = (
    Loss("title", ("rss",), "a title with a closing tag or an entity is taken for HTML, and made safe", cleaned_title),
    Loss("title", ("atom",), GUESSES, mended_title),
    Loss(
        "link", ("rss",), "`&amp;` in a link is decoded once more, and `;` behind a name after `&` is lost", link_of_rss
    ),
    Loss("published", ("rss", "atom"), "dates are a struct_time, without fractions of a second", whole_seconds),
)
LOSSES = (
    *SHARED_LOSSES,
    Loss("author", ("rss",), GUESSES, _mended_author),
    Loss("categories", ("rss",), GUESSES, _mended_topics),
)
