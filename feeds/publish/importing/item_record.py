"""Convert an item of a feed to the front matter and body of a record."""

import re
from datetime import UTC, datetime
from html import escape
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from feeds.dates import format_rfc3339
from feeds.languages import is_language
from feeds.markup.safe_html import safe_html
from feeds.media_types import image_type, is_media_type
from feeds.model.feed import Feed
from feeds.model.global_id import is_iri
from feeds.model.item import Item
from feeds.model.markup_text import as_plain, content_of
from feeds.model.own_values import own_values
from feeds.model.parts import Enclosure, Image, Person, Related
from feeds.model.topic import topic_key
from feeds.publish.importing.item_needs import address_of, date_of, title_of
from feeds.records.content import related_list
from feeds.text import is_email, plain_text
from feeds.urls import domain_of, is_absolute

EMPTY_BODY = "<p></p>"  # without it a build would compose a body of other fields
_REL = re.compile(r'(<a\b[^<>]*?) rel="noopener noreferrer"')  # a build adds it again
_LARGEST = 100_000  # pixels, the maximum of the schema


class RecordDraft(NamedTuple):
    """The front matter of a record, in the order of its schema, and its body as HTML."""

    data: dict[str, Any]
    body: str


def draft_of(item: Item, feed: Feed, fallback_date: datetime, *, needs_id: bool) -> RecordDraft:
    """Return an item as a record; `needs_id` if other items have the same address.

    `fallback_date` is the date of items that have none.
    """
    (link, _), (published, _) = address_of(item, feed), date_of(item, fallback_date)
    content, related = _content(item, link)
    own = own_values(item)
    data = _present(
        id=_own_id(item, link) if needs_id else "",
        type=own.get("type") or ("video" if item.player else ""),
        title=_literal(title_of(item)[0]),
        excerpt=_literal(as_plain(item.summary)),
        publishedDateTime=_instant(published),
        updatedDateTime=_instant(item.updated) if item.updated and item.updated != published else "",
        originalUrl=item.via if is_absolute(item.via) and item.via != link else "",
        webUrl=link,
        quality=own.get("quality"),
        heat=own.get("heat"),
        **_people(item.authors or feed.authors),
        language=item.language if is_language(item.language) else "",
        topics=_topics(item),
        images=[_image(each, item) for each in _images_of(item)],
        enclosures=[_enclosure(each) for each in _enclosures_of(item)],
        featuredContent=f'<iframe src="{escape(item.player.url)}"></iframe>' if item.player else "",
        length=own.get("length") or _duration(item),
        related=[_related(each) for each in related],
    )
    return RecordDraft(data, content)


def _present(**values: Any) -> dict[str, Any]:
    """Return the values that say something; zero does."""
    return {key: value for key, value in values.items() if value not in ("", None, [])}


def _images_of(item: Item) -> list[Image]:
    """Return the images of an item, that of its enclosure first."""
    known = {image.url: image for image in item.images}
    enclosed = [each.url for each in item.enclosures if _is_image(each)]
    urls = dict.fromkeys([*enclosed, *known])
    return [known.get(url) or Image(url) for url in urls if is_absolute(url)]


def _enclosures_of(item: Item) -> list[Enclosure]:
    """Return the files of an item, unless they are images of which a record's image says the same."""
    files = [each for each in item.enclosures if is_absolute(each.url)]
    return [] if all(map(_is_bare_image, files)) else files


def _is_image(enclosure: Enclosure) -> bool:
    return enclosure.type.startswith("image/")


def _is_bare_image(enclosure: Enclosure) -> bool:
    facts = enclosure.length or enclosure.duration or enclosure.title
    return _is_image(enclosure) and bool(image_type(enclosure.url)) and not facts


def _own_id(item: Item, link: str) -> str:
    """Return the id of an item, or one derived from it if it is not valid in a record."""
    return item.id if is_iri(item.id) else uuid5(NAMESPACE_URL, f"{link}#{item.id or item.title}").urn


def _literal(text: str) -> str:
    """Return plain text for a record, escaped if its entities would else be read as the signs of a tag."""
    text = " ".join(text.split())
    return text.replace("&", "&amp;amp;") if "<" in plain_text(text) and "<" not in text else text


def _instant(instant: datetime) -> str:
    offset = instant.utcoffset()
    is_odd = offset is None or offset.seconds % 60
    return format_rfc3339(instant.astimezone(UTC) if is_odd else instant)


def _topics(item: Item) -> list[str]:
    names = filter(None, (plain_text(each.name) for each in item.categories))
    return list({topic_key(name): name for name in reversed(list(names))}.values())[::-1]


def _people(authors: tuple[Person, ...]) -> dict[str, Any]:
    """Return authors for a record: a single one as its provider, unless a provider cannot hold all that is known."""
    if len(authors) == 1 and _is_provider(authors[0]):
        return {"provider": _provider(authors[0])}
    people = [_author(each) for each in authors]
    return {"authors": [each for each in people if each["name"]]}


def _is_provider(person: Person) -> bool:
    has_page = is_absolute(person.url) and not domain_of(person.url)
    return not has_page and not (person.email and person.name)


def _name(person: Person) -> str:
    return plain_text(person.label)


def _author(person: Person) -> dict[str, Any]:
    return {"name": _name(person)} | _present(
        url=person.url if is_absolute(person.url) else "",
        email=person.email if is_email(person.email) else "",
        avatar=person.avatar if is_absolute(person.avatar) else "",
    )


def _provider(person: Person) -> dict[str, Any] | None:
    images = [{"url": person.avatar}] if is_absolute(person.avatar) else []
    provider = _present(name=_name(person), domain=domain_of(person.url), images=images)
    return provider if "name" in provider else None


def _enclosure(file: Enclosure) -> dict[str, Any]:
    return _present(
        url=file.url,
        type=file.type if is_media_type(file.type) else "",
        length=file.length,
        duration=file.duration,
        title=plain_text(file.title),
    )


def _image(image: Image, item: Item) -> dict[str, Any]:
    credit = image.caption or image.credit
    return _present(
        url=image.url,
        width=image.width if image.width and image.width <= _LARGEST else None,
        height=image.height if image.height and image.height <= _LARGEST else None,
        title=image.title,
        attribution="" if item.authors and credit == item.authors[0].name else credit,  # a build adds it itself
    )


def _duration(item: Item) -> str:
    return f"PT{item.player.duration}S" if item.player and item.player.duration else ""


def _content(item: Item, link: str) -> tuple[str, tuple[Related, ...]]:
    """Return the body, without the trailing list of related articles that a build adds again, and the articles."""
    body = _REL.sub(r"\1", safe_html(content_of(item), link, is_markdown=False))
    listed = "\n".join(related_list(item.related))
    if listed and body.endswith(listed):
        return body.removesuffix(listed).rstrip() or EMPTY_BODY, item.related
    return body or EMPTY_BODY, ()


def _related(article: Related) -> dict[str, Any]:
    return _present(
        title=article.title or article.url,
        excerpt=article.summary,
        publishedDateTime=_instant(article.published) if article.published else "",
        webUrl=article.url,
        provider=_provider(article.author) if article.author else None,
    )
