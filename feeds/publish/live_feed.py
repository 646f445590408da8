"""Compare planned items with the live feed, whatever program wrote it. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from feeds.model.item import Item
from feeds.publish.id_changes import UnreadItem
from feeds.publish.manifest import ManifestItem
from feeds.url_identity import normal_url
from feeds.urls import split


class LiveComparison(NamedTuple):
    """The items of a live feed against planned ones: kept ids, changed ids, removed and new items."""

    same: int
    unread: tuple[UnreadItem, ...]
    removed: tuple[Item, ...]
    new: tuple[ManifestItem, ...]


def compare_with_live(live: Sequence[Item], planned: Sequence[ManifestItem]) -> LiveComparison:
    """Pair the items of a feed with planned ones by id, else by page, else by title."""
    live_by_id = {item.id or item.link: item for item in live}
    ids = {item.id for item in planned}
    missing = {key: item for key, item in live_by_id.items() if key not in ids}
    added = [item for item in planned if item.id not in live_by_id]
    former = _former_ids(missing, added)
    return LiveComparison(
        len(ids & live_by_id.keys()),
        tuple(UnreadItem(item, former[item.id], ("all",)) for item in added if item.id in former),
        tuple(item for key, item in missing.items() if key not in former.values()),
        tuple(item for item in added if item.id not in former),
    )


def _former_ids(missing: Mapping[str, Item], added: Sequence[ManifestItem]) -> dict[str, str]:
    """Return the former ids of items by their new ones; only a unique title identifies an item."""
    by_page = {_page(item.link): key for key, item in missing.items() if item.link}
    found = {item.id: by_page.pop(_page(item.link)) for item in added if _page(item.link) in by_page}
    taken = set(found.values())
    left = {key: _title(item.title) for key, item in missing.items() if key not in taken}
    others = [item for item in added if item.id not in found]
    titles = _single(left.values()) & _single(_title(item.title) for item in others)
    by_title = {title: key for key, title in left.items() if title in titles}
    return found | {item.id: by_title[_title(item.title)] for item in others if _title(item.title) in titles}


def _page(link: str) -> str:
    """Return a key of a page, without scheme, `www` and trailing slash."""
    parts = split(normal_url(link))
    return f"{parts.netloc.removeprefix('www.')}{parts.path.removesuffix('index.html').rstrip('/')}?{parts.query}"


def _title(text: str) -> str:
    return " ".join(text.casefold().split())


def _single(titles: Iterable[str]) -> set[str]:
    return {title for title, count in Counter(titles).items() if count == 1 and title}
