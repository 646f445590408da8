"""Name what an item has and no record holds, so that a build of the records cannot give it back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from feeds.formats.item_of_record import ABOUT
from feeds.markup.dropped_html import dropped_html
from feeds.model.feed import Feed
from feeds.model.item import Extension, Item
from feeds.model.markup_text import as_html

_OURS = "_feeds"
_MEDIA_RSS = "http://search.yahoo.com/mrss/"
_URL = re.compile(r'\surl="([^"]*)"')


def own_values(item: Item) -> dict[str, Any]:
    """Return what our own JSON Feed says of an item beyond the format."""
    found: Any = next((json.loads(each.json) for each in item.extensions if _is_ours(each)), {})
    return found if isinstance(found, dict) and found.get("about") == ABOUT else {}


def losses_of(item: Item, feed: Feed, data: dict[str, Any]) -> Iterator[str]:
    """Yield the name of each part of an item that the keys of a record made of it do not hold, once for each time."""
    yield from (f"author's {part}" for part in _losses_of_authors(item, feed, data))
    yield from ("contributor" for _ in item.contributors)
    yield from ("category's scheme" for category in item.categories if category.scheme)
    yield from ("enclosure" for each in item.enclosures if not each.type.startswith("image/"))
    if "related" not in data:
        yield from ("related article" for _ in item.related)
    yield from (f"link rel={link.rel}" for link in item.links)
    yield from ("image's description" for image in item.images if image.description)
    parts = {"comments": item.comments, "source": item.source, "rights": item.rights, "language": item.language}
    markup = as_html(item.content or item.summary)
    yield from (f"{dropped.what} in the content" for dropped in dropped_html(markup, is_markdown=False))
    yield from (name for name, value in parts.items() if value)
    if item.title_markup:
        yield "markup of the title"
    yield from (_name(each) for each in item.extensions if not (_is_ours(each) or _is_image(each, item)))


def _losses_of_authors(item: Item, feed: Feed, data: dict[str, Any]) -> Iterator[str]:
    for author in item.authors or feed.authors:
        if author.email and author.name:
            yield "e-mail address"
        if author.url and author.name and not data.get("provider", {}).get("domain"):
            yield "address"


def _is_ours(extension: Extension) -> bool:
    return extension.name == _OURS and bool(extension.json)


def _is_image(extension: Extension, item: Item) -> bool:
    """Tell whether an element of Media RSS only says what an image of the item says."""
    if extension.namespace != _MEDIA_RSS:
        return False
    urls = {unescape(url) for url in _URL.findall(extension.xml)}
    return bool(urls) and urls <= {image.url for image in item.images}


def _name(extension: Extension) -> str:
    return ":".join(filter(None, (extension.prefix, extension.name))) if extension.xml else extension.name
