"""Convert a Record to an Item, which is what readers are shown."""

import json

from feeds.media_types import image_type
from feeds.model.channel import Channel
from feeds.model.item import Category, Extension, Item, Player, Text
from feeds.model.json_extension import OURS
from feeds.model.parts import Enclosure, Image
from feeds.model.record import Record
from feeds.records.content import content_html, poster_of


def items_of_records(channel: Channel) -> tuple[Item, ...]:
    """Return the items of a channel, the same for every format."""
    return tuple(item_of_record(record, channel) for record in channel.items)


def item_of_record(record: Record, channel: Channel) -> Item:
    """Return a record as an item of a channel's feed."""
    return Item(
        id=record.id,
        title=record.title,
        link=record.link,
        published=record.published,
        updated=record.updated,
        summary=Text(record.excerpt, "text") if record.excerpt else None,
        content=Text(content_html(record), "html"),
        authors=record.authors or ((record.provider,) if record.provider else ()),
        categories=tuple(Category(channel.term(topic), channel.scheme, topic) for topic in record.topics),
        enclosures=record.enclosures or _lead_as_enclosure(record),
        images=tuple(_credited(image, record) for image in record.images),
        player=Player(record.player, record.duration, poster_of(record)) if record.player else None,
        related=record.related,
        via=record.original_url,
        language=record.language,
        extensions=_extensions(record),
    )


def _lead_as_enclosure(record: Record) -> tuple[Enclosure, ...]:
    first = record.images[0].url if record.images else ""
    return (Enclosure(first, media_type),) if (media_type := image_type(first)) else ()


def _credited(image: Image, record: Record) -> Image:
    return image._replace(credit=image.caption or (record.provider.name if record.provider else ""))


def _extensions(record: Record) -> tuple[Extension, ...]:
    values = {"type": record.type, "quality": record.quality, "heat": record.heat, "length": record.length}
    known = {key: value for key, value in values.items() if value not in (None, "")}
    written = json.dumps({"about": OURS} | known, ensure_ascii=False)
    return (Extension("feeds", "_feeds", json=written),) if known else ()
