"""Find what verbatim elements say that fields say as well, so that a format without the fields keeps it. Pure."""

from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import Any

from feeds.model.feed import Feed
from feeds.model.item import Item
from feeds.model.parts import BANNER

# What verbatim elements of Media RSS and iTunes say in place of fields.
_SAID_BY = {
    "search.yahoo.com/mrss": ("item.images", "item.player", "item.enclosures.duration"),
    "www.itunes.com/dtds/podcast": ("item.images", "item.enclosures.duration"),
}
# Elements that fields are read from, and that are kept verbatim as well.
READ_OF_ITEMS = frozenset({"category", "keywords", "product_type", BANNER})
READ_OF_HEADS = READ_OF_ITEMS | {"content", "group", "image", "owner", "thumbnail"}
_VOCABULARIES = (
    "search.yahoo.com/mrss",
    "www.itunes.com/dtds/podcast",
    "google.com/schemas/play",
    "base.google.com/ns",
)
_UNTYPED = "item.images.untyped"
FIELDS_READ = ("feed.authors", "feed.categories", "feed.logo", "item.categories", _UNTYPED)


def written_elements(part: Feed | Item, names: frozenset[str]) -> list[str]:
    """Return, as they are written, those verbatim elements of a head or an item that fields are read from."""
    return [each.xml or each.json for each in part.extensions if each.name in names and _is_read(each.namespace)]


@lru_cache(maxsize=64)
def _is_read(namespace: str) -> bool:
    return not namespace or any(name in namespace for name in _VOCABULARIES)


def is_said(part: Feed | Item, path: str, value: Any, written: list[str]) -> bool:
    """Return whether a value that a format loses of a field is in one of the elements, so that it is not lost."""
    if isinstance(part, Feed):
        value = part.logo if path.startswith("feed.logo") else value
    elif path == _UNTYPED:
        value = part.images[value].url
    if isinstance(value, str):
        for text in written:  # noqa: SIM110 - any() takes a percent of a conversion
            if _has_word(text, value):
                return True
        return False
    return all(any(_has_word(text, str(each)) for text in written) for each in value if each)


@lru_cache(maxsize=256)
def _has_word(text: str, word: str) -> bool:
    """Return whether a word is an attribute or the text of an element, or is between commas there."""
    parts = [part.strip() for part in text.split(escape(word, quote=False))]
    return any(
        before.endswith(('"', ",", ">")) and after.startswith(('"', ",", "<")) for before, after in pairwise(parts)
    )


@lru_cache(maxsize=256)
def without_said(losses: frozenset[str], namespaces: frozenset[str]) -> frozenset[str]:
    """Return the losses of an item without those that its elements of some namespaces repeat."""
    said = [path for name, paths in _SAID_BY.items() for path in paths if any(name in each for each in namespaces)]
    return frozenset(path for path in losses if not path.startswith(tuple(said)))
