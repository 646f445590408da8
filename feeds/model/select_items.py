"""Choose among the items of any feed, as `select` does among records."""

from datetime import datetime

from feeds.model.item import Item
from feeds.model.own_values import own_values
from feeds.model.selection import EVERYTHING_PUBLISHED, LONG_AGO, Criteria, Selection


def select_items(items: tuple[Item, ...], selection: Selection, now: datetime | None) -> tuple[Item, ...]:
    """Return the items that a selection wants, in their order.

    All items of a feed are published. Those dated after `now` are held, without `now` none are. One without a date is
    not wanted where dates are asked for; type and quality are known of items that this program wrote.
    """
    if selection == EVERYTHING_PUBLISHED and now is None:
        return items
    criteria, has_any = Criteria(selection, now), selection.status != "unpublished"
    wanted = [item for item in items if has_any and _is_wanted(item, selection, criteria)]
    if selection.limit is not None and len(wanted) > selection.limit:
        ranked = sorted(range(len(wanted)), key=lambda at: wanted[at].published or LONG_AGO, reverse=True)
        wanted = [wanted[at] for at in sorted(ranked[: selection.limit])]
    return tuple(wanted)


def _is_wanted(item: Item, selection: Selection, criteria: Criteria) -> bool:
    instant = item.published or item.updated
    own = own_values(item) if selection.type or selection.min_quality is not None else {}
    return (
        (criteria.is_in_time(instant) if instant else not (selection.since or selection.until))
        and criteria.has_topics(name for each in item.categories for name in (each.term, each.label) if name)
        and criteria.has_type_and_quality(own.get("type"), own.get("quality"))
    )
