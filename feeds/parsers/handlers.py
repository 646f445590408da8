"""Dispatch elements to handlers."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from feeds.model.item import Item
from feeds.parsers.draft import Draft
from feeds.parsers.namespaces import short_name
from feeds.parsers.strays import has_usual_attributes, note_own_text, note_strays, note_text

Handler = Callable[[Draft, Any], None]

_MOST_TAGS = 1000


class Handlers(dict[Any, Handler]):
    """The handler of each tag in lxml notation; unknown elements are kept verbatim."""

    def __init__(self, handlers: dict[str, Handler], items: Iterable[str] = ()) -> None:
        super().__init__()
        self.usual: set[tuple[str, ...]] = set()  # tags and attributes of which all is read
        self._by_name = handlers | dict.fromkeys(items, _add_item)

    def __missing__(self, tag: Any) -> Handler:
        handler = self._by_name.get(short_name(tag), Draft.keep) if isinstance(tag, str) else ignore
        if len(self) < _MOST_TAGS:
            self[tag] = handler
        return handler


def read_children(draft: Draft, element: Any, handlers: Handlers) -> None:
    """Read the children of an element into a draft; what is not read of them is noted."""
    usual, has_tail = handlers.usual, False
    for child in element:
        if (tail := child.tail) and not tail.isspace():
            has_tail = True
        handler, keys = handlers[child.tag], child.keys()
        if len(child) or (keys and (child.tag, *keys) not in usual):
            read_child(draft, child, handlers)
        else:
            handler(draft, child)
    if has_tail:
        note_text(draft, element)
    else:
        note_own_text(draft, element)


def read_child(draft: Draft, element: Any, handlers: Handlers) -> None:
    """Read an element, and note its attributes and children that are not read, unless it is kept."""
    kept, handler = len(draft.extensions), handlers[element.tag]
    handler(draft, element)
    if handler is ignore or handler is _add_item or len(draft.extensions) > kept:
        return
    note_strays(draft, element)
    if has_usual_attributes(element) and len(handlers.usual) < _MOST_TAGS:
        handlers.usual.add((element.tag, *element.keys()))


def read_items(elements: Iterator[Any], read: Callable[[Any], Draft]) -> tuple[tuple[Item, ...], tuple[int, ...]]:
    """Return the items in elements, and their lines."""
    items, lines, inner = list[Item](), list[int](), list[Any]()
    for element in filter(_has_content, chain(elements, inner)):
        draft = read(element)
        draft.notes.count("items")
        line = element.sourceline or 1
        if draft.held_back:
            draft.notes.add("not-kept", f'"{draft.title[:60]}" is left out, as {draft.held_back}', "", line)
        else:
            items.append(draft.item())
            lines.append(line)
        inner += draft.items  # one that is not closed contains the next
    return tuple(items), tuple(lines)


def ignore(draft: Draft, element: Any) -> None:
    """Leave out an element that describes the document or its generator, not the feed."""


def _has_content(element: Any) -> bool:
    return bool(len(element) or element.keys() or (element.text or "").strip())


def _add_item(draft: Draft, element: Any) -> None:
    draft.items.append(element)
