"""Convert a Record to an Item, which is what readers are shown."""

import json

from feeds.media_types import image_type
from feeds.model.channel import Channel
from feeds.model.enclosure import Enclosure
from feeds.model.item import Category, Extension, Image, Item, Player, Related, Text
from feeds.model.json_extension import OURS
from feeds.model.person import Person
from feeds.model.record import Image as RecordImage
from feeds.model.record import Provider, Record
from feeds.model.record import Related as RelatedRecord
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
        authors=record.authors or ((_person(record.provider),) if record.provider else ()),
        categories=tuple(Category(channel.term(topic), channel.scheme, topic) for topic in record.topics),
        enclosures=record.enclosures or _lead_as_enclosure(record),
        images=tuple(_image(image, record) for image in record.images),
        player=_player(record),
        related=tuple(map(_related, record.related)),
        via=record.original_url,
        language=record.language,
        extensions=_extensions(record),
    )


def _person(provider: Provider) -> Person:
    return Person(provider.name, provider.url, avatar=provider.avatar)


def _lead_as_enclosure(record: Record) -> tuple[Enclosure, ...]:
    first = record.images[0].url if record.images else ""
    return (Enclosure(first, media_type),) if (media_type := image_type(first)) else ()


def _image(image: RecordImage, record: Record) -> Image:
    credit = image.attribution or (record.provider.name if record.provider else "")
    return Image(image.url, image.width, image.height, image.title, credit, image.attribution)


def _player(record: Record) -> Player | None:
    if not record.player:
        return None
    poster = poster_of(record)
    return Player(record.player, record.duration, Image(poster.url) if poster else None)


def _related(article: RelatedRecord) -> Related:
    author = _person(article.provider) if article.provider else None
    return Related(article.link, article.title, article.excerpt, article.published, author)


def _extensions(record: Record) -> tuple[Extension, ...]:
    values = {"type": record.type, "quality": record.quality, "heat": record.heat, "length": record.length}
    known = {key: value for key, value in values.items() if value not in (None, "")}
    written = json.dumps({"about": OURS} | known, ensure_ascii=False)
    return (Extension("feeds", "_feeds", json=written),) if known else ()
