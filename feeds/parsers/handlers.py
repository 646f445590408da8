"""Read elements of XML by their tags: each tag has a handler, a function that puts what it finds into a Builder."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from feeds.model.item import Item
from feeds.parsers.builder import Builder
from feeds.parsers.namespaces import short_name
from feeds.parsers.strays import has_usual_attributes, note_own_text, note_strays, note_text, set_last

Handler = Callable[[Builder, Any], None]

_MOST_TAGS = 1000


class Handlers(dict[Any, Handler]):
    """The handler of each tag as lxml writes it (`{namespace}name`), found by its short name when it first occurs.

    An element of `items` is left for later in `builder.items`; an unknown one is kept verbatim.
    """

    def __init__(self, handlers: dict[str, Handler], items: Iterable[str] = ()) -> None:
        super().__init__()
        self.usual: set[tuple[str, ...]] = set()  # tags with their attributes, if nothing of these can be lost
        self._by_name = handlers | dict.fromkeys(items, _add_item)

    def __missing__(self, tag: Any) -> Handler:
        handler = self._by_name.get(short_name(tag), Builder.keep) if isinstance(tag, str) else ignore
        if len(self) < _MOST_TAGS:
            self[tag] = handler
        return handler


def read_children(builder: Builder, element: Any, handlers: Handlers) -> None:
    """Read the children of an element into a builder, and note what of them is not read."""
    usual, has_tail = handlers.usual, False
    for child in element:
        if (tail := child.tail) and not tail.isspace():
            has_tail = True
        handler, keys = handlers[child.tag], child.keys()
        if len(child) or (keys and (child.tag, *keys) not in usual):
            read_child(builder, child, handlers)
        else:
            handler(builder, child)
    if has_tail:
        note_text(builder, element)
    elif not builder.is_channel:  # of which all text is noted as between its parts
        note_own_text(builder, element)


def read_child(builder: Builder, element: Any, handlers: Handlers) -> None:
    """Read an element, and note its attributes and children that are not read, unless it is kept."""
    kept, handler = len(builder.extensions), handlers[element.tag]
    handler(builder, element)
    if handler is ignore or handler is _add_item or len(builder.extensions) > kept:
        return
    note_strays(builder, element)
    if has_usual_attributes(element) and len(handlers.usual) < _MOST_TAGS:
        handlers.usual.add((element.tag, *element.keys()))


def read_items(elements: Iterator[Any], read: Callable[[Any], Builder]) -> tuple[tuple[Item, ...], tuple[int, ...]]:
    """Return the items in elements, without those that are held back, and their lines."""
    items, lines, inner = list[Item](), list[int](), list[Any]()
    for element in filter(_has_content, chain(elements, inner)):
        builder = read(element)
        builder.notes.count("items")
        line = element.sourceline or 1
        if builder.held_back:
            builder.notes.add("not-kept", f'"{builder.title[:60]}" is left out, as {builder.held_back}', "", line)
        else:
            items.append(builder.item())
            lines.append(line)
        inner += builder.items  # one that is not closed contains the next
    return tuple(items), tuple(lines)


def last_of(field: str, value_of: Callable[[Builder, Any], Any]) -> Handler:
    """Return a handler that sets a field to the value of an element, of several to that of the last one."""
    return lambda builder, element: set_last(builder, field, value_of(builder, element), element)


def ignore(builder: Builder, element: Any) -> None:
    """Leave out an element that describes the document or its generator, not the feed."""


def _has_content(element: Any) -> bool:
    return bool(len(element) or element.keys() or (element.text or "").strip())


def _add_item(builder: Builder, element: Any) -> None:
    builder.items.append(element)
