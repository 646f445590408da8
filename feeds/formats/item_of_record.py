"""Make the Feed of Items that formats render of records and the head that the configuration gives them."""

from __future__ import annotations

import json

from feeds.formats.content import content_html, poster_of
from feeds.formats.format import Format
from feeds.model.channel import Channel
from feeds.model.feed import Feed, Offer, Site
from feeds.model.item import Category, Enclosure, Extension, Image, Item, Link, Person, Player, Related, Text
from feeds.model.record import Image as RecordImage
from feeds.model.record import Provider, Record
from feeds.model.record import Related as RelatedRecord
from feeds.urls import image_type

ABOUT = "https://feeds.example/schema/record.schema.json"


def feed_of_records(feed: Channel, kind: Format) -> Feed:
    """Return a feed as one of the formats it comes in: only its own addresses depend on that."""
    return Feed(
        title=feed.title,
        items=tuple(item_of_record(record, feed) for record in feed.items),
        id=feed.id,
        link=feed.home_page,
        url=feed.url(kind.suffix),
        description=feed.description,
        language=feed.language,
        updated=feed.updated if feed.items else None,
        authors=(Person(feed.author),),
        icon=feed.icon,
        hubs=(feed.hub,) if feed.hub else (),
        current_url=feed.current_url(kind.suffix),
        previous_url=feed.previous_url(kind.suffix),
        links=tuple(
            Link(feed.alternate_url(each, kind.suffix), type=kind.media_type, language=each.language)
            for each in feed.alternates
        ),
        is_archive=bool(feed.current),
        stylesheet=feed.stylesheet,
        site=_site(feed),
    )


def item_of_record(record: Record, feed: Channel) -> Item:
    """Return a record as readers are shown it in a feed."""
    first = record.images[0].url if record.images else ""
    return Item(
        id=record.id,
        title=record.title,
        link=record.link,
        published=record.published,
        updated=record.updated,
        summary=Text(record.excerpt, "text") if record.excerpt else None,
        content=Text(content_html(record), "html"),
        authors=record.authors or ((_person(record.provider),) if record.provider else ()),
        categories=tuple(Category(feed.term(topic), feed.scheme, topic) for topic in record.topics),
        enclosures=(Enclosure(first, media_type),) if (media_type := image_type(first)) else (),
        images=tuple(_image(image, record) for image in record.images),
        player=_player(record),
        related=tuple(map(_related, record.related)),
        via=record.original_url,
        language=record.language,
        extensions=_extensions(record),
    )


def offers_of(feed: Channel) -> tuple[Offer, ...]:
    """Return the formats in which subscribers can have a feed."""
    return tuple(
        Offer(offer.label, offer.suffix, offer.media_type, feed.url(offer.suffix), feed.path(offer.suffix))
        for offer in feed.offers
    )


def _site(feed: Channel) -> Site:
    root = "../" * feed.name.count("/") if feed.has_site else feed.base_url
    return Site(root, feed.base_url, offers_of(feed), frozenset(map(feed.term, feed.shown_topics)))


def _person(provider: Provider) -> Person:
    return Person(provider.name, provider.url, avatar=provider.avatar)


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
    written = json.dumps({"about": ABOUT} | known, ensure_ascii=False)
    return (Extension("feeds", "_feeds", json=written),) if known else ()
