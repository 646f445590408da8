"""Format the difference of two feeds for `feeds diff` and `feeds build --diff`, as lines or as JSON."""

from collections.abc import Iterator
from typing import Any

from feeds.model.item import Item
from feeds.publish.feed_diff import FeedDifference, ItemChange, Move, is_difference
from feeds.publish.item_fields import FieldChange
from feeds.publish.match_items import Identified
from feeds.publish.word_diff import word_diff
from feeds.text import counted, shortened

_LONGEST_TITLE = 100


def item_line(kind: str, item: Identified) -> str:
    """Return the line for an item that is `new`, `gone` or `changed`."""
    return f"{kind}: {_named(item)} ({item.id or 'no id'})"


def renamed_line(old: Identified, new: Identified) -> str:
    """Return the line for an item whose id has changed."""
    return f"id changed: {_named(new)} ({old.id} -> {new.id})"


def difference_lines(difference: FeedDifference) -> Iterator[str]:
    """Yield a line for each changed item, each followed by lines for its changed fields."""
    for kind, items in (("new", difference.new), ("gone", difference.gone)):
        yield from (item_line(kind, item) for item in items)
    for change in difference.changed:
        yield item_line("changed", change.new)
        yield from map(field_line, change.fields)
    for change in difference.renamed:
        yield renamed_line(change.old, change.new)
        yield from map(field_line, change.fields)
    for move in difference.moved:
        yield f"{item_line('moved', move.item)} from position {move.old} to {move.new}"


def summary_of(difference: FeedDifference) -> str:
    """Return the number of items by kind of change, as in `2 items new, 1 changed`."""
    if not is_difference(difference):
        return "no difference"
    numbers = {
        "new": len(difference.new),
        "gone": len(difference.gone),
        "changed": len(difference.changed),
        "under another id": len(difference.renamed),
        "moved": len(difference.moved),
    }
    first, *others = ((number, kind) for kind, number in numbers.items() if number)
    return ", ".join([f"{counted(first[0], 'item')} {first[1]}", *(f"{number} {kind}" for number, kind in others)])


def difference_value(difference: FeedDifference) -> dict[str, Any]:
    """Return the difference as data for JSON."""
    return {
        "new": [_item_value(item) for item in difference.new],
        "gone": [_item_value(item) for item in difference.gone],
        "changed": [_change_value(change) for change in difference.changed],
        "id_changed": [{**_change_value(each), "old_id": each.old.id} for each in difference.renamed],
        "moved": [_move_value(move) for move in difference.moved],
    }


def field_line(change: FieldChange) -> str:
    """Return the line with the changed words of a field."""
    return f"  {change.field}: {word_diff(change.old, change.new)}"


def _named(item: Identified) -> str:
    return shortened(" ".join(item.title.split()) or item.link or "no title", _LONGEST_TITLE)


def _item_value(item: Item) -> dict[str, Any]:
    return {"id": item.id, "title": item.title, "link": item.link}


def _change_value(change: ItemChange) -> dict[str, Any]:
    fields = {
        each.field: {"old": each.old, "new": each.new, "diff": word_diff(each.old, each.new)} for each in change.fields
    }
    return {**_item_value(change.new), "fields": fields}


def _move_value(move: Move) -> dict[str, Any]:
    return {**_item_value(move.item), "from": move.old, "to": move.new}
