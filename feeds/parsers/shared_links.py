"""Tell items apart that have no id and share their address, which readers would take for one."""

from collections import defaultdict
from uuid import NAMESPACE_URL, uuid5

from feeds.model.item import Item
from feeds.model.markup_text import as_plain
from feeds.parsers.parsed import Notes, Parsed


def with_distinct_ids(parsed: Parsed, notes: Notes) -> Parsed:
    """Return a document whose items have ids where they have none, and the address of another such item."""
    items, named = parsed.feed.items, defaultdict[str, dict[str, list[int]]](lambda: defaultdict(list))
    for number, item in enumerate(items):
        if item.link and not item.id:
            named[item.link][_name_of(item)].append(number)
    shared = (pair for names in named.values() if len(names) > 1 for pair in names.items())
    given = {number: name for name, numbers in shared for number in numbers}
    if not given:
        return parsed
    message = f"{len(given)} items have no id, and an address that others have too; they are given ids"
    line = parsed.lines[min(given)] if min(given) < len(parsed.lines) else 1
    notes.add("shared-address", message, "give each item its own id", line)
    known = tuple(item._replace(id=given.get(number, item.id)) for number, item in enumerate(items))
    return parsed._replace(feed=parsed.feed._replace(items=known))


def _name_of(item: Item) -> str:
    date = item.published or item.updated
    title = item.title or as_plain(item.content or item.summary)
    return uuid5(NAMESPACE_URL, f"{item.link} {title} {date.isoformat() if date else ''}").urn
