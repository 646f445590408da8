"""Find what a record cannot represent of an item, so that a build of the records would lose it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from feeds.formats.loss import Losses
from feeds.markup.dropped_html import dropped_html
from feeds.model.item import Extension, Item
from feeds.model.json_extension import OURS
from feeds.model.markup_text import as_html
from feeds.urls import is_absolute

RECORD_LOSSES: Losses = frozenset(
    {
        "item.authors.email",
        "item.authors.email_alone",
        "item.authors.url",
        "item.categories.scheme",
        "item.comments",
        "item.contributors",
        "item.enclosures",
        "item.extensions.core",
        "item.extensions.json",
        "item.extensions.xml",
        "item.images.description",
        "item.images.link",
        "item.language",
        "item.links",
        "item.related",
        "item.rights",
        "item.source",
        "item.title_markup",
    }
)
_OUR_KEY = "_feeds"
_MEDIA_RSS = "http://search.yahoo.com/mrss/"
_URL = re.compile(r'\surl="([^"]*)"')


def own_values(item: Item) -> dict[str, Any]:
    """Return the values of an item in our own extension of JSON Feed."""
    found: Any = next((json.loads(each.json) for each in item.extensions if _is_ours(each)), {})
    return found if isinstance(found, dict) and found.get("about") == OURS else {}


def remainder_of(item: Item, data: dict[str, Any]) -> Item:
    """Return an item without the optional parts that a record with the given data holds."""
    domain = data.get("provider", {}).get("domain", "")
    authors = item.authors
    if authors and (domain or not authors[0].name):
        authors = (authors[0]._replace(url="", email=authors[0].email if authors[0].name else ""), *authors[1:])
    return item._replace(
        authors=authors,
        enclosures=tuple(each for each in item.enclosures if not each.type.startswith("image/")),
        extensions=tuple(each for each in item.extensions if not (_is_ours(each) or _is_image(each, item))),
        related=() if "related" in data else item.related,
    )


def losses_of_content(item: Item) -> Iterator[str]:
    """Yield what is dropped from the HTML of an item, and its images with relative addresses."""
    yield from ("image without a whole address" for image in item.images if not is_absolute(image.url))
    markup = as_html(item.content or item.summary)
    yield from (f"{dropped.what} in the content" for dropped in dropped_html(markup, is_markdown=False))


def _is_ours(extension: Extension) -> bool:
    return extension.name == _OUR_KEY and bool(extension.json)


def _is_image(extension: Extension, item: Item) -> bool:
    """Return whether an element of Media RSS only repeats an image of the item."""
    if extension.namespace != _MEDIA_RSS:
        return False
    urls = {unescape(url) for url in _URL.findall(extension.xml)}
    return bool(urls) and urls <= {image.url for image in item.images}
