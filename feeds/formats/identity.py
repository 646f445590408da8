"""Make stable ids for items and feeds without one, as Atom and JSON Feed require."""

from uuid import NAMESPACE_URL, uuid5

from feeds.model.feed import Feed
from feeds.model.global_id import is_iri
from feeds.model.item import Item
from feeds.url_identity import normal_url


def item_id(item: Item) -> str:
    """Return the id of an item, else its address, else one made of its content."""
    if item.id or item.link:
        return item.id or item.link
    said = (item.title, item.published, item.content, item.summary, item.enclosures)
    return uuid5(NAMESPACE_URL, repr(said)).urn


def feed_id(feed: Feed) -> str:
    """Return the first of a feed's id, URL and link that is a URI, else an id made of them or of the title."""
    if is_iri(feed.id):
        return feed.id
    known = (feed.id, feed.url, feed.link)
    address = next(filter(is_iri, known), "")
    return normal_url(address) or uuid5(NAMESPACE_URL, next(filter(None, known), feed.title)).urn
