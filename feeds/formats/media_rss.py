"""Write Media RSS 1.5.1, which RSS and Atom share."""

from collections.abc import Iterator
from html import escape
from typing import Any

from feeds.formats._feedgen import as_attributes, child, has_extension
from feeds.media_types import image_type
from feeds.model.item import Item
from feeds.model.parts import Enclosure, Image
from feeds.model.players_first import players_first
from feeds.xml_namespaces import ITUNES, MEDIA


def add_media(parent: Any, item: Item, title: str) -> None:
    """Append a media:content for each image, and the player of a video; the first has a thumbnail.

    `title` is that of images without one. An item with its own Media RSS is left as it is.
    """
    if has_extension(item, MEDIA) or has_extension(item, ITUNES, "image"):
        return
    poster = item.player.poster if item.player else None
    lead = item.images[0] if item.images else poster
    if item.player:
        length = {"duration": str(item.player.duration)} if item.player.duration else {}
        content = child(parent, f"{{{MEDIA}}}content", medium="video", **length)
        child(content, f"{{{MEDIA}}}player", url=item.player.url)
        _add_thumbnail(content, lead)
    for image in item.images:
        content = _add_image(parent, image, title)
        if image is lead and not item.player:
            _add_thumbnail(content, lead)


def add_enclosures(parent: Any, item: Item) -> None:
    """Append the enclosures beyond the one that RSS allows, and the first too if RSS cannot say all of it.

    What the item's verbatim elements say already is left out.
    """
    images = {image.url for image in item.images}
    media = _verbatim(item)
    for number, enclosure in enumerate(item.enclosures):
        is_there = not number or enclosure.url in images or f'"{escape(enclosure.url, quote=False)}"' in media
        if not is_there or any(each not in media for each in _details(enclosure)):
            content = child(parent, f"{{{MEDIA}}}content", url=enclosure.url, **_facts(enclosure))
            if enclosure.title:
                child(content, f"{{{MEDIA}}}title", enclosure.title, type="plain")


def add_durations(parent: Any, item: Item) -> None:
    """Append a media:content for each enclosure with a duration, which a link of Atom cannot have."""
    said = _verbatim(item)
    start = 1 if has_extension(item, ITUNES, "duration") else 0  # which is that of the first
    for enclosure in players_first(item.enclosures)[start:]:
        if enclosure.duration and f' duration="{enclosure.duration}"' not in said:
            child(parent, f"{{{MEDIA}}}content", url=enclosure.url, **_facts(enclosure))


def _verbatim(item: Item) -> str:
    """Return the verbatim elements of Media RSS of an item."""
    return "".join(each.xml for each in item.extensions if each.namespace == MEDIA)


def _details(enclosure: Enclosure) -> Iterator[str]:
    """Yield, as they are written, the values that an RSS enclosure and itunes:duration cannot have."""
    if enclosure.title:
        yield escape(enclosure.title, quote=False)
    if enclosure.duration and enclosure.duration != int(enclosure.duration):
        yield f' duration="{enclosure.duration}"'


def _facts(enclosure: Enclosure) -> dict[str, str]:
    return as_attributes({"fileSize": enclosure.length, "type": enclosure.type, "duration": enclosure.duration})


def _add_thumbnail(content: Any, image: Image | None) -> None:
    if image:
        child(content, f"{{{MEDIA}}}thumbnail", url=image.url, **_sides(image))


def _sides(image: Image) -> dict[str, str]:
    return as_attributes({"width": image.width, "height": image.height})


def _add_image(parent: Any, image: Image, title: str) -> Any:
    media_type = image_type(image.url)
    kind = {"type": media_type} if media_type else {}
    content = child(parent, f"{{{MEDIA}}}content", url=image.url, **kind, medium="image", **_sides(image))
    if shown := image.title or title:
        child(content, f"{{{MEDIA}}}title", shown, type="plain")
    if image.credit:
        child(content, f"{{{MEDIA}}}credit", image.credit)
    return content
