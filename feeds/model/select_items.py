"""Choose among the items of any feed, as `select` does among records."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from feeds.model.item import Item
from feeds.model.own_values import own_values
from feeds.model.selection import EVERYTHING_PUBLISHED, Selection
from feeds.model.topic import topic_key

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def select_items(items: tuple[Item, ...], selection: Selection, now: datetime | None) -> tuple[Item, ...]:
    """Return the items that a selection wants, in their order.

    All items of a feed are published. Those dated after `now` are held, without `now` none are. One without a date is
    not wanted where dates are asked for; type and quality are known of items that this program wrote.
    """
    if selection == EVERYTHING_PUBLISHED and now is None:
        return items
    wanted = [] if selection.status == "unpublished" else [item for item in items if _is_wanted(item, selection, now)]
    if selection.limit is not None and len(wanted) > selection.limit:
        ranked = sorted(range(len(wanted)), key=lambda at: wanted[at].published or _LONG_AGO, reverse=True)
        wanted = [wanted[at] for at in sorted(ranked[: selection.limit])]
    return tuple(wanted)


def _is_wanted(item: Item, selection: Selection, now: datetime | None) -> bool:
    topics = {topic_key(name) for each in item.categories for name in (each.term, each.label) if name}
    return (
        _is_in_time(item.published or item.updated, selection, now)
        and _meet(selection.topics, topics, default=True)
        and not _meet(selection.exclude_topics, topics, default=False)
        and (not (selection.type or selection.min_quality is not None) or _is_own(own_values(item), selection))
    )


def _is_in_time(instant: datetime | None, selection: Selection, now: datetime | None) -> bool:
    if instant is None:
        return not (selection.since or selection.until)
    bounds = [bound for bound in (selection.until, now) if bound]
    return (not selection.since or selection.since <= instant) and all(instant <= bound for bound in bounds)


def _meet(names: Iterable[str], topics: set[str], *, default: bool) -> bool:
    wanted = {topic_key(name) for name in names}
    return bool(wanted & topics) if wanted else default


def _is_own(values: dict[str, Any], selection: Selection) -> bool:
    quality, least = values.get("quality"), selection.min_quality
    has_quality = least is None or (isinstance(quality, int) and quality >= least)
    return has_quality and selection.type in {"", values.get("type")}
