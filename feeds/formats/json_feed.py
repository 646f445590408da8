"""Write JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterator
from typing import Any

from feeds.dates import format_rfc3339
from feeds.formats.identity import item_id
from feeds.formats.loss import Losses
from feeds.media_types import assumed_type, image_type
from feeds.model.feed import Feed
from feeds.model.item import Item, Source, Text
from feeds.model.json_extension import OURS, extension_values
from feeds.model.markup_text import as_plain
from feeds.model.parts import BANNER, Enclosure, Person, Related

VERSION = "https://jsonfeed.org/version/1.1"

LOSSES: Losses = frozenset(
    {
        *("feed.authors.email", "feed.categories", "feed.contributors", "feed.current_url", "feed.id", "feed.links"),
        "feed.generator",
        *("feed.is_archive", "feed.is_complete", "feed.previous_url", "feed.published", "feed.rights", "feed.updated"),
        *("feed.logo.description", "feed.logo.height", "feed.logo.link", "feed.logo.title", "feed.logo.width"),
        *("item.authors.email", "item.categories.scheme", "item.categories.term", "item.contributors"),
        *("item.comments", "item.links", "item.player", "item.rights", "item.title_markup"),
        *("item.content.language", "item.summary.language", "item.summary.markup"),
        *("item.is_permalink", "item.summary_alone.language"),
        *("item.images.credit", "item.images.description", "item.images.height", "item.images.link"),
        *("item.images.title", "item.images.untyped", "item.images.width"),
        *("item.related.author.email", "item.related.language", "item.related.type", "item.source.extensions"),
    }
)
REQUIRED = frozenset({"content", "enclosure type", "feed title", "id"})


def render(feed: Feed) -> Iterator[bytes]:
    """Yield a JSON Feed document, item by item."""
    head = json.dumps(_head(feed), ensure_ascii=False, indent=2).removesuffix("\n}")
    yield f'{head},\n  "items": ['.encode()
    for number, item in enumerate(feed.items):
        write = _encode if feed.is_foreign else _indented  # a line takes a tenth of the time: others' feeds are large
        yield f"{',' if number else ''}\n    {write(_item(item, feed))}".encode()
    yield b"\n  ]\n}\n" if feed.items else b"]\n}\n"


def _indented(values: dict[str, Any]) -> str:
    import msgspec  # noqa: PLC0415 - others' feeds need none

    # With an indent, json.dumps takes ten times as long.
    return msgspec.json.format(_encode(values), indent=2).replace("\n", "\n    ")


_encode = json.JSONEncoder(ensure_ascii=False).encode


def _head(feed: Feed) -> dict[str, Any]:
    values = {
        "home_page_url": feed.link,
        "feed_url": feed.url if feed.is_foreign else feed.current_url or feed.url,
        "next_url": feed.next_url or feed.previous_url,
        "description": feed.description,
        "icon": feed.logo.url if feed.logo else feed.icon,
        "favicon": feed.icon,
        "authors": list(map(_author, feed.authors)),
        "language": feed.language,
        "hubs": [{"type": "WebSub", "url": hub} for hub in feed.hubs],
        "expired": True if feed.is_expired else None,
    }
    return {"version": VERSION, "title": feed.title} | _without_gaps(values) | extension_values(feed.extensions)


def _item(item: Item, feed: Feed) -> dict[str, Any]:
    values = {
        "id": item_id(item),
        "url": item.link,
        "external_url": item.via if item.via != item.link else "",
        "title": item.title,
        **_contents(item),
        "image": item.images[0].url if item.images else "",
        "date_published": format_rfc3339(item.published) if item.published else None,
        "date_modified": format_rfc3339(item.updated) if item.updated else None,
        "authors": list(map(_author, feed.authors_of(item))),
        "tags": [category.name for category in item.categories],
        "language": item.language,
        "attachments": list(_attachments(item, feed)),
        "_related": {"about": OURS, "items": list(map(_related, item.related))} if item.related else None,
        "_source": _source(item.source) if item.source else None,
    }
    return _without_gaps(values) | extension_values(item.extensions)


def _contents(item: Item) -> dict[str, str]:
    """Return the content of an item; without any, its summary, as JSON Feed requires content."""
    content = next((text for text in (item.content, item.summary) if text and text.value), Text(item.title, "text"))
    summary = as_plain(item.summary) if content is item.content else ""
    if content.type == "text":
        return {"content_text": content.value or item.title or item.link or "-", "summary": summary}
    return {"content_html": content.value, "content_text": item.plain_content, "summary": summary}


def _attachments(item: Item, feed: Feed) -> Iterator[dict[str, Any]]:
    """Yield the files of an item; of our own without images described in full by `image`."""
    shown = {item.images[0].url, _banner(item)} if item.images else set()
    files = {each.url for each in item.enclosures}
    images = [Enclosure(url, kind) for url, *_ in item.images if url not in shown | files and (kind := image_type(url))]
    for enclosure in dict.fromkeys((*item.enclosures, *images)):
        facts = enclosure.length or enclosure.duration or enclosure.title
        if feed.is_foreign or enclosure.url not in shown or facts:
            yield _attachment(enclosure)


def _banner(item: Item) -> str:
    """Return the URL of the image that JSON Feed shows above an item, if it has that from there."""
    written = next((json.loads(each.json) for each in item.extensions if each.json and each.name == BANNER), "")
    return written if isinstance(written, str) else ""


def _attachment(enclosure: Enclosure) -> dict[str, Any]:
    return _without_gaps(
        {
            "url": enclosure.url,
            "mime_type": enclosure.type or assumed_type(enclosure.url),
            "title": enclosure.title,
            "size_in_bytes": enclosure.length,
            "duration_in_seconds": enclosure.duration,
        }
    )


def _author(person: Person) -> dict[str, Any]:
    url = person.url or (f"mailto:{person.email}" if person.email else "")
    return _without_gaps({"name": person.name, "url": url, "avatar": person.avatar})


def _related(article: Related) -> dict[str, Any]:
    return _without_gaps(
        {
            "url": article.url,
            "title": article.title,
            "summary": article.summary,
            "date_published": format_rfc3339(article.published) if article.published else None,
            "authors": [_author(article.author)] if article.author else None,
        }
    )


def _source(source: Source) -> dict[str, Any]:
    updated = format_rfc3339(source.updated) if source.updated else None
    values = {"title": source.title, "url": source.url, "link": source.link, "id": source.id, "updated": updated}
    return {"about": OURS} | _without_gaps(values)


def _without_gaps(values: dict[str, Any]) -> dict[str, Any]:
    """Return non-empty values; 0 is kept."""
    return {key: value for key, value in values.items() if value or value not in (None, "", [])}
