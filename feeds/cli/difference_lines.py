"""Format the difference of two feeds for `feeds diff` and `feeds build --diff`, as lines or as JSON."""

from collections.abc import Iterator
from typing import Any

from feeds.model.item import Item
from feeds.publish.comparison.feed_diff import FeedDifference, ItemChange
from feeds.publish.comparison.item_fields import FieldChange
from feeds.publish.comparison.manifest_diff import Difference
from feeds.publish.comparison.match_items import Identified
from feeds.publish.comparison.word_diff import word_diff
from feeds.text import counted, shortened

_LONGEST_TITLE = 100


def feed_lines(difference: Difference) -> Iterator[str]:
    """Yield lines for one feed of a build: its name, each changed item, and below that the changed fields."""
    yield f"{difference.feed}:"
    changes = (("new", difference.new), ("removed", difference.removed), ("changed", difference.changed))
    lines = [(item, _item_line(kind, item)) for kind, items in changes for item in items]
    for item, line in [*lines, *((new, _renamed_line(old, new)) for old, new in difference.renamed)]:
        yield f"  {line}"
        yield from (f"  {_field_line(change)}" for change in difference.fields.get(item.id, ()))


def difference_lines(difference: FeedDifference) -> Iterator[str]:
    """Yield lines for two feeds: each changed item, and below that the changed fields."""
    for kind, items in (("new", difference.new), ("gone", difference.removed)):
        yield from (_item_line(kind, item) for item in items)
    for change in difference.changed:
        yield _item_line("changed", change.new)
        yield from map(_field_line, change.fields)
    for change in difference.renamed:
        yield _renamed_line(change.old, change.new)
        yield from map(_field_line, change.fields)
    for move in difference.moved:
        yield f"{_item_line('moved', move.item)} from position {move.old} to {move.new}"


def counts_text(difference: FeedDifference) -> str:
    """Return the number of items by kind of change, as in `2 items new, 1 changed`."""
    if not difference:
        return "no difference"
    numbers = {
        "new": len(difference.new),
        "gone": len(difference.removed),
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
        "gone": [_item_value(item) for item in difference.removed],
        "changed": [_change_value(change) for change in difference.changed],
        "id_changed": [{**_change_value(each), "old_id": each.old.id} for each in difference.renamed],
        "moved": [{**_item_value(move.item), "from": move.old, "to": move.new} for move in difference.moved],
    }


def _item_line(kind: str, item: Identified) -> str:
    return f"{kind}: {_named(item)} ({item.id or 'no id'})"


def _renamed_line(old: Identified, new: Identified) -> str:
    return f"id changed: {_named(new)} ({old.id} -> {new.id})"


def _field_line(change: FieldChange) -> str:
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
