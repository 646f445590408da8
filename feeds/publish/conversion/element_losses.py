"""Find what elements of Media RSS and iTunes say of an item that its record does not hold."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from feeds.dates import parse_clock
from feeds.media_types import image_type
from feeds.model.item import Extension, Item, Text
from feeds.model.markup_text import as_plain
from feeds.model.xml_extension import element_of
from feeds.text import plain_text
from feeds.xml_namespaces import ITUNES, MEDIA

_NUMBERS = {"width", "height", "fileSize", "duration"}
_READ = {"author", "duration", "image", "keywords", "subtitle", "summary", "title"}  # of iTunes


class HeldValues(NamedTuple):
    """The values of a record, and those of each of its images and files by its address."""

    all: frozenset[str]
    by_url: dict[str, set[str]]


def held_values(item: Item, data: dict[str, Any]) -> HeldValues:
    """Return what the record of an item with the given data holds, as plain text."""
    by_url: dict[str, set[str]] = {}
    for file in (*data.get("images", ()), *data.get("enclosures", ())):
        by_url.setdefault(file["url"], set()).update(map(str, file.values()))
    others = as_plain(item.content), as_plain(item.summary), item.player.url if item.player else ""
    return HeldValues(frozenset(map(plain_text, (*_scalars(data), *others))), by_url)


def _scalars(value: Any) -> Iterator[str]:
    """Yield the values in data as text."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _scalars(each)
    else:
        yield str(value)


def lost_parts(extension: Extension, held: HeldValues) -> list[str] | None:
    """Return the names of the parts of an element that a record lacks; None if it holds nothing of the element."""
    namespace = extension.namespace.lower()
    if namespace != MEDIA and not (namespace == ITUNES and extension.name in _READ):
        return None
    lost, is_held = list[str](), False
    for node in element_of(extension.xml).iter(etree.Element):
        name, parts = _name_of(node), list(_parts(node))
        missing = [part for part, value in parts if not _is_held(part, value, node, held)]
        if parts and len(missing) == len(parts):
            lost.append(name)
        else:
            lost += [f"{name} {part}".strip() for part in missing]
            is_held = is_held or bool(parts)
    return lost if is_held else None


def _name_of(node: Any) -> str:
    return ":".join(filter(None, (node.prefix, etree.QName(node).localname)))


def _parts(node: Any) -> Iterator[tuple[str, str]]:
    """Yield the attributes of an element, except the kinds that other values imply, and its text without a name."""
    implied = image_type(node.get("url") or "")
    for name, value in node.items():
        if name != "medium" and not (name == "type" and ("/" not in value or value == implied)):
            yield name, value
    if text := (node.text or "").strip():
        yield "", as_plain(Text(text, "html")) if node.get("type") == "html" else text


def _is_held(part: str, value: str, node: Any, held: HeldValues) -> bool:
    if part in _NUMBERS:
        number = parse_clock(value) if part == "duration" else value.strip()
        return str(number) in held.by_url.get(node.get("url"), ())
    kind = "" if part else etree.QName(node).localname
    if kind == "duration":
        return any(str(parse_clock(value)) in values for values in held.by_url.values())
    return all(plain_text(each) in held.all for each in (value.split(",") if kind == "keywords" else [value]))
