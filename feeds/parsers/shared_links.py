"""Tell items apart that have no id and share their address, which readers would take for one."""

from collections import defaultdict
from uuid import NAMESPACE_URL, uuid5

from feeds.model.item import Item
from feeds.model.markup_text import as_plain
from feeds.parsers.parsed import Notes, Parsed


def with_distinct_ids(parsed: Parsed, notes: Notes) -> Parsed:
    """Return a document whose items have ids where they have none, and the address of another such item."""
    items, alike = parsed.feed.items, defaultdict[str, list[int]](list)
    for number, item in enumerate(items):
        if item.link and not item.id:
            alike[item.link].append(number)
    given: dict[int, str] = {}
    for numbers in alike.values():
        if len(numbers) > 1:
            given |= _ids_of({number: items[number] for number in numbers})
    if not given:
        return parsed
    message = f"{len(given)} items have no id, and an address that others have too; they are given ids"
    line = parsed.lines[min(given)] if min(given) < len(parsed.lines) else 1
    notes.add("shared-address", message, "give each item its own id", line)
    known = tuple(item._replace(id=given.get(number, item.id)) for number, item in enumerate(items))
    return parsed._replace(feed=parsed.feed._replace(items=known))


def _ids_of(items: dict[int, Item]) -> dict[int, str]:
    """Return ids by which items of one address differ, if they do: by title and date, else by their texts."""
    groups, ids = defaultdict[str, list[int]](list), dict[int, str]()
    for number, item in items.items():
        groups[_id_of(item)].append(number)
    for name, numbers in groups.items():
        ids |= dict.fromkeys(numbers, name)
        if len(numbers) > 1:
            texts = {number: as_plain(items[number].content or items[number].summary) for number in numbers}
            if len({*texts.values()}) > 1:
                ids |= {number: _id_of(items[number], text) for number, text in texts.items()}
    return ids if len({*ids.values()}) > 1 else {}


def _id_of(item: Item, text: str = "") -> str:
    date = item.published or item.updated
    title = item.title or as_plain(item.content or item.summary)
    said = f"{item.link} {title} {date.isoformat() if date else ''}"
    return uuid5(NAMESPACE_URL, f"{said} {text}" if text else said).urn
