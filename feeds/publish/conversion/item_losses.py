"""Find what a record cannot represent of an item, so that a build of the records would lose it."""

from collections.abc import Iterator
from typing import Any

from feeds.formats.loss import Losses
from feeds.markup.dropped_html import dropped_html
from feeds.media_types import is_media_type
from feeds.model.item import Extension, Item
from feeds.model.markup_text import as_html
from feeds.model.own_values import has_own_values
from feeds.model.parts import Person
from feeds.publish.conversion.element_losses import held_values, lost_parts
from feeds.text import is_email
from feeds.urls import is_absolute

RECORD_LOSSES: Losses = frozenset(
    {
        *("item.authors.email", "item.authors.email_alone", "item.authors.url", "item.categories.scheme"),
        *("item.categories.term", "item.comments", "item.content.language", "item.contributors", "item.enclosures"),
        *("item.extensions.atom", "item.extensions.core", "item.extensions.json", "item.extensions.xml"),
        *("item.images.description", "item.images.link", "item.is_permalink", "item.language", "item.links"),
        *("item.plain_content", "item.related", "item.rights", "item.source", "item.summary.language"),
        *("item.summary.markup", "item.summary_alone.language", "item.title_markup"),
    }
)


def unheld_elements(item: Item, data: dict[str, Any]) -> tuple[list[str], tuple[Extension, ...]]:
    """Compare the verbatim elements of an item with a record that has the given data.

    Return the names of what the record lacks of the elements that it holds in part, and the elements of which it holds
    nothing.
    """
    if not item.extensions:
        return [], ()
    values = held_values(item, data)
    found = [(each, lost_parts(each, values)) for each in item.extensions if not has_own_values(each)]
    parts = [part for _, lost in found for part in lost or ()]
    return parts, tuple(each for each, lost in found if lost is None)


def remainder_of(item: Item, data: dict[str, Any]) -> Item:
    """Return an item without the optional parts that a record with the given data holds, apart from elements."""
    has_own_authors = bool(item.authors) and bool(data.keys() & {"authors", "provider"})
    held = {each["url"] for each in [*data.get("enclosures", ()), *data.get("images", ())]}
    return item._replace(
        authors=tuple(_rest_of(person) for person in item.authors) if has_own_authors else item.authors,
        enclosures=tuple(each for each in item.enclosures if each.url not in held),
        related=() if "related" in data else item.related,
        language="" if "language" in data else item.language,
    )


def _rest_of(person: Person) -> Person:
    """Return what is left of a person without the URL and the e-mail address that a record holds, if they are valid."""
    url, email = "" if is_absolute(person.url) else person.url, "" if is_email(person.email) else person.email
    return Person(person.name or person.email, url, email)


def losses_of_content(item: Item) -> Iterator[str]:
    """Yield what is dropped from the HTML of an item, and the values that no record can have."""
    yield from ("image without a whole address" for image in item.images if not is_absolute(image.url))
    yield from ("enclosure type" for file in item.enclosures if file.type and not is_media_type(file.type))
    markup = as_html(item.content or item.summary)
    yield from (f"{dropped.what} in the content" for dropped in dropped_html(markup, is_markdown=False))
