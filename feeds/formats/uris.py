"""Turn IRIs (RFC 3987) of other programs' feeds into URIs (RFC 3986), which are all that RSS allows."""

from feeds.formats._feedgen import has_extension
from feeds.model.feed import Feed
from feeds.model.item import Item
from feeds.model.parts import Image
from feeds.urls import ascii_url
from feeds.xml_namespaces import MEDIA


def head_with_uris(feed: Feed) -> Feed:
    """Return a feed whose link and logo are in ASCII."""
    logo = feed.logo and _image(feed.logo)._replace(link=_uri(feed.logo.link))
    return feed._replace(link=_uri(feed.link), logo=logo)


def item_with_uris(item: Item) -> Item:
    """Return an item whose link, comments, files and images are in ASCII; its id stays as it is.

    Files and images that verbatim elements name too stay as they are there.
    """
    if not (item.link.isascii() and item.comments.isascii()):
        item = item._replace(link=_uri(item.link), comments=_uri(item.comments))
    urls = [each.url for each in item.enclosures] + [each.url for each in item.images]
    if all(map(str.isascii, urls)) or has_extension(item, MEDIA):
        return item
    files = tuple(each._replace(url=_uri(each.url)) for each in item.enclosures)
    return item._replace(enclosures=files, images=tuple(map(_image, item.images)))


def _image(image: Image) -> Image:
    return image._replace(url=_uri(image.url))


def _uri(url: str) -> str:
    try:
        return url if url.isascii() else ascii_url(url)
    except ValueError:  # no web address
        return url
