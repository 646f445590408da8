"""Write a page for people (HTML Living Standard): what a feed is about, how to subscribe, its newest items."""

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from feeds.formats import csv_table
from feeds.formats.loss import Losses
from feeds.formats.pages.page import fill_page
from feeds.markup.vocabulary import unknown_scheme
from feeds.model.feed import Feed, PageLinks
from feeds.model.markup_text import as_plain

LOSSES: Losses = csv_table.LOSSES - {
    *("feed.title", "feed.link", "feed.description", "feed.language"),
    *("item.authors.url", "item.enclosures", "item.images.title", "item.images.credit", "item.related.title"),
} | {
    "item.enclosures.length",
    "item.enclosures.duration",
    "item.id",
    "item.id_local",
    "item.updated",
    "item.via",
    "item.extensions.own",
}


def render(feed: Feed) -> Iterator[bytes]:
    """Yield a page, which loads nothing but images of items, and shows excerpts instead of bodies."""
    yield fill_page(
        "feed.html",
        feed.language,
        "http: https: data:",
        title=feed.title,
        description=feed.description,
        feed=feed,
        links=feed.page_links or PageLinks("", ""),
        plain=as_plain,
        topic_path=lambda term: quote(f"topics/{term}.html"),
        opens=_opens,
        file_name=_file_name,
    )


def _opens(address: str) -> bool:
    """Return whether there is an address, and a page may lead to it: others' feeds hold scripts as well."""
    return bool(address) and not unknown_scheme(address)


def _file_name(address: str) -> str:
    """Return the last part of the path of an address, as people read it."""
    last = re.split("[?#]", address)[0].rpartition("/")[2]
    return shown if (shown := unquote(last)) and shown.isprintable() else last or address
