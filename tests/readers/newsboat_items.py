"""Read with newsboat, out of the cache that a reload fills."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

from readers.loss import Loss, no_categories, nothing
from readers.seen import Seen, instant

from feeds.model.channel import Channel
from feeds.model.record import Record

FEED_ORDER = "SELECT title, url, guid, pubDate, author, enclosure_url FROM rss_item ORDER BY id DESC"
_ADDRESS = re.compile(r"(?P<origin>[^:]+://[^/?#]*)(?P<path>[^?#]*)(?P<query>(?:\?[^#]*)?)(?P<fragment>.*)")


def read(path: Path) -> list[Seen]:
    with tempfile.TemporaryDirectory() as folder:
        urls, config, cache = (Path(folder, name) for name in ("urls", "config", "cache.db"))
        urls.write_text(f"file://{path}\n", encoding="utf-8")
        config.touch()
        command: list[str | Path] = ["newsboat", "-u", urls, "-C", config, "-c", cache, "-x", "reload"]
        subprocess.run(command, env=os.environ | {"HOME": folder, "LC_ALL": "C.UTF-8"}, check=True, timeout=60)
        with closing(sqlite3.connect(cache)) as connection:
            return [_seen(*row) for row in connection.execute(FEED_ORDER)]


def _seen(title: str, url: str, guid: str, published: int, author: str, enclosure: str | None) -> Seen:
    return Seen(title=title, link=url, id=guid, published=instant(published), author=author, image=enclosure or "")


def _normal_link(record: Record, _feed: Channel) -> str:
    """Return the link as the URL standard serialises it, as far as our links need it."""
    parts = _ADDRESS.fullmatch(record.link)
    assert parts
    path: list[str] = []
    for segment in parts["path"].split("/")[1:] or [""]:
        if segment == "..":
            path = path[:-1]
        elif segment != ".":
            path.append(segment)
    return "/".join([parts["origin"].lower(), *path]) + parts["query"].replace("'", "%27") + parts["fragment"]


def _unsigned_seconds(record: Record, _feed: Channel) -> datetime:
    return instant(int(record.published.replace(microsecond=0).timestamp()) % 2**32)


BOTH = ("rss", "atom")
LOSSES = (
    Loss(
        "link", BOTH, "addresses are written as browsers do: host in small letters, no dots in the path", _normal_link
    ),
    Loss("published", BOTH, "dates are whole seconds after 1970, modulo 2 to the power of 32", _unsigned_seconds),
    Loss("categories", BOTH, "the cache has no column for them", no_categories),
    Loss("image", BOTH, "the cache holds enclosures of podcasts only", nothing),
)
