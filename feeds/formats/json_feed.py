"""Write JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from feeds.dates import format_rfc3339
from feeds.formats.content import content_html
from feeds.model.feed import Feed
from feeds.model.record import Provider, Record, Related
from feeds.urls import image_type

VERSION = "https://jsonfeed.org/version/1.1"
ABOUT = "https://feeds.example/schema/record.schema.json"


def render(feed: Feed) -> Iterator[bytes]:
    """Yield a JSON Feed document, item by item."""
    head = json.dumps(_head(feed), ensure_ascii=False, indent=2).removesuffix("\n}")
    yield f'{head},\n  "items": ['.encode()
    for number, record in enumerate(feed.items):
        item = json.dumps(_item(record, feed), ensure_ascii=False, indent=2).replace("\n", "\n    ")
        yield f"{',' if number else ''}\n    {item}".encode()
    yield b"\n  ]\n}\n" if feed.items else b"]\n}\n"


def _head(feed: Feed) -> dict[str, Any]:
    return _without_gaps(
        {
            "version": VERSION,
            "title": feed.title,
            "home_page_url": feed.home_page,
            "feed_url": feed.current_url("json"),
            "next_url": feed.previous_url("json"),
            "description": feed.description,
            "icon": feed.icon,
            "favicon": feed.icon,
            "authors": [{"name": feed.author}],
            "language": feed.language,
            "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else None,
        }
    )


def _item(record: Record, feed: Feed) -> dict[str, Any]:
    lead, *others = [image.url for image in record.images] or [""]
    return _without_gaps(
        {
            "id": record.id,
            "url": record.link,
            "external_url": record.original_url if record.original_url != record.link else "",
            "title": record.title,
            "content_html": content_html(record),
            "summary": record.excerpt,
            "image": lead,
            "date_published": format_rfc3339(record.published),
            "date_modified": format_rfc3339(record.updated),
            "authors": [_author(feed.author_of(record))],
            "tags": list(record.topics),
            "attachments": [{"url": url, "mime_type": kind} for url in others if (kind := image_type(url))],
            "_related": _related_extension(record.related),
            "_feeds": _extension(record),
        }
    )


def _author(provider: Provider) -> dict[str, Any]:
    return _without_gaps({"name": provider.name, "url": provider.url, "avatar": provider.avatar})


def _related_extension(related: tuple[Related, ...]) -> dict[str, Any] | None:
    return {"about": ABOUT, "items": [_related(article) for article in related]} if related else None


def _related(article: Related) -> dict[str, Any]:
    return _without_gaps(
        {
            "url": article.link,
            "title": article.title,
            "summary": article.excerpt,
            "date_published": format_rfc3339(article.published) if article.published else None,
            "authors": [_author(article.provider)] if article.provider else None,
        }
    )


def _extension(record: Record) -> dict[str, Any] | None:
    values = {"type": record.type, "quality": record.quality, "heat": record.heat, "length": record.length}
    known = _without_gaps(values)
    return {"about": ABOUT} | known if known else None


def _without_gaps(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty; a zero is a value."""
    return {key: value for key, value in values.items() if value not in (None, "", [])}
