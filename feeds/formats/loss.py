"""Find what a format cannot represent of a feed, as paths of fields, and count it."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from feeds.formats.element_facts import (
    FIELDS_READ,
    READ_OF_HEADS,
    READ_OF_ITEMS,
    is_said,
    without_said,
    written_elements,
)
from feeds.lazy_pattern import lazy_pattern
from feeds.media_types import image_type
from feeds.model.feed import Feed
from feeds.model.global_id import is_iri
from feeds.model.item import Category, Extension, Item, Text
from feeds.model.parts import Image, Person
from feeds.urls import domain_of
from feeds.xml_namespaces import ATOM

Fields = tuple[tuple[str, str], ...]
Losses = frozenset[str]
"""Paths of what a format cannot hold, as in `item.categories.scheme`; a path stands for all that is below it.

Below a list `more` is all but the first; below a text `markup` is what makes it more than plain text; below a date
`fraction` is the part of a second; below extensions are `xml`, `atom`, `json`, `own` and `core`: elements of other
vocabularies, those for which Atom has fields, keys of JSON, among them those of this program, and elements of RSS. A
summary without content beside it is `summary_alone`: where it is lost, it can be the content. An e-mail address without
a URL beside it is `email_alone`, and without a name it is the name, as a URL is without both; the first person's URL
that is only a domain is `domain`, and an image after the first whose media type is not known is `untyped`. An id that
is no IRI is `id_local`, and a scheme that is none is `scheme_local` as well.
"""
BESIDE_FIELDS = frozenset({"link", "content"})
"""The elements of Atom that can be verbatim in it, as they say more than fields do."""
_NONE: Losses = frozenset()
_OURS = {"items", "is_foreign", "stylesheet", "page_links", "caption"}  # in no document
_ELEMENT = lazy_pattern(r"<([A-Za-z_][^\s/>]*)")
_SINGULAR = {
    "authors": "author",
    "categories": "category",
    "contributors": "contributor",
    "enclosures": "enclosure",
    "hubs": "hub",
    "images": "image",
    "links": "other link",
}
_SHARED = {"authors", "categories"}  # which many items have in common
_KEYED = {"_feeds", "_csv"}  # objects of this program, whose keys users know


class Loss(NamedTuple):
    """What is lost, how often, and the number of the first such item, None for the feed's head.

    Verbatim elements are named as in the document, for example `media:credit`.
    """

    path: str
    name: str
    times: int
    item: int | None


def losses_of(feed: Feed, losses: Losses) -> list[Loss]:
    """Return what a format loses of a feed: first of its head, then in the order of items."""
    times, first = Counter[tuple[str, str]](), dict[tuple[str, str], int | None]()
    for item, path, value in _lost(feed, losses):
        for kind in _kinds_of_extension(path, value) if isinstance(value, Extension) else (_kind_of(path),):
            times[kind] += 1
            first.setdefault(kind, item)
    return [Loss(*kind, times[kind], item) for kind, item in first.items()]


def facts_of(value: Any, path: str, losses: Losses = _NONE) -> Iterator[tuple[str, Any]]:
    """Yield each value in a part of a feed with its path, as in `item.categories.scheme`.

    What is lost as a whole is not looked into: it is yielded once, or as often as there are values in a list.
    """
    if path in losses:
        yield from ((path, each) for each in (value if _is_list(value) else (value,)))
    elif not isinstance(value, tuple):
        yield path, value
        if isinstance(value, datetime) and value.microsecond:
            yield f"{path}.fraction", value
    elif isinstance(value, Text):
        yield from _facts_of_text(value, path)
    elif isinstance(value, Extension):
        yield f"{path}.{_kind(value)}", value
    elif isinstance(value, Category):
        yield from _facts_of_category(value, path)
    elif _is_list(value):
        yield from _facts_of_list(value, path, losses)
    else:
        yield from _facts_of_fields(value, path, losses)


def _lost(feed: Feed, losses: Losses) -> Iterator[tuple[int | None, str, Any]]:
    read = _NONE if "feed.extensions" in losses else READ_OF_HEADS
    yield from ((None, path, value) for path, value in _lost_of(feed, "feed", losses, read))
    if any(path.startswith("item") for path in losses):
        read = _NONE if "item.extensions.xml" in losses else READ_OF_ITEMS
        for number, item in enumerate(feed.items):
            here = without_said(losses, frozenset([each.namespace for each in item.extensions]))
            for path, value in _lost_of(item, "item", here, read):
                yield number, path, value


def _lost_of(part: Feed | Item, name: str, losses: Losses, read: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """Yield what is lost of a head or an item, unless one of its verbatim elements, which are kept, says it too."""
    written: list[str] | None = None
    for path, value in facts_of(part, name, losses):
        if path not in losses:
            continue
        if path.startswith(FIELDS_READ):
            written = written_elements(part, read) if written is None else written
            if written and is_said(part, path, value, written):
                continue
        yield path, value


def _is_list(value: Any) -> bool:
    return isinstance(value, tuple) and not hasattr(value, "_fields")


def _facts_of_fields(value: Any, path: str, losses: Losses) -> Iterator[tuple[str, Any]]:
    is_item = isinstance(value, Item)
    has_aside = is_item or (isinstance(value, Feed) and "feed.id_local" in losses)
    for name, inner in _relevant(value._fields, path, losses):
        part = getattr(value, name)
        if not part or (is_item and name == "is_permalink" and not _is_said_by_id(value)):
            continue
        if is_item and name in _SHARED:
            yield from _facts_of_shared(part, inner, losses)
        else:
            yield from facts_of(part, f"{inner}{_aside(name, value)}" if has_aside else inner, losses)


@lru_cache(maxsize=1024)
def _facts_of_shared(value: Any, path: str, losses: Losses) -> tuple[tuple[str, Any], ...]:
    return tuple(facts_of(value, path, losses))


def _is_said_by_id(item: Item) -> bool:
    """Return whether it adds information that the id of an item is its address."""
    return "://" in item.id and item.id != item.link


def _aside(name: str, value: Any) -> str:
    """Return the end of a path whose field only some formats can represent with such a value."""
    if name == "id" and not is_iri(value.id):
        return "_local"
    return "_alone" if name == "summary" and value.content is None else ""


def _kind(extension: Extension) -> str:
    if extension.json:
        return "own" if extension.name == "_feeds" else "json"
    if extension.namespace == ATOM and extension.name not in BESIDE_FIELDS:
        return "atom"
    return "xml" if extension.namespace else "core"


def _facts_of_text(text: Text, path: str) -> Iterator[tuple[str, Any]]:
    yield f"{path}.value", text
    if text.language:
        yield f"{path}.language", text.language
    if text.type != "text" and ("<" in text.value or "&" in text.value):
        yield f"{path}.markup", text


def _facts_of_category(category: Category, path: str) -> Iterator[tuple[str, Any]]:
    yield f"{path}.name", category.name
    if category.scheme:
        yield f"{path}.scheme", category.scheme
        if not is_iri(category.scheme):
            yield f"{path}.scheme_local", category.scheme
    if category.label not in {"", category.term}:
        yield f"{path}.term", category.term


def _facts_of_list(values: tuple[Any, ...], path: str, losses: Losses) -> Iterator[tuple[str, Any]]:
    for number, value in enumerate(values):
        if number and not isinstance(value, Extension):
            yield f"{path}.more", number
        if number and isinstance(value, Image) and not image_type(value.url):
            yield f"{path}.untyped", number
        if not number or f"{path}.more" not in losses:
            if isinstance(value, Person):
                yield from _facts_of_person(value, path, losses, is_first=not number)
            else:
                yield from facts_of(value, path, losses)


def _facts_of_person(person: Person, path: str, losses: Losses, *, is_first: bool) -> Iterator[tuple[str, Any]]:
    for fact, value in facts_of(person, path, losses):
        if fact == f"{path}.email" and not person.url:
            yield f"{fact}_alone" if person.name else f"{path}.name", value
        elif fact == f"{path}.url" and not (person.name or person.email):
            yield f"{path}.name", value
        elif fact == f"{path}.url" and is_first and path.endswith("authors") and domain_of(value):
            yield f"{path}.domain", value
        else:
            yield fact, value


@lru_cache(maxsize=256)
def _relevant(fields: tuple[str, ...], path: str, losses: Losses) -> Fields:
    """Return the fields with their paths; given losses, only fields of which something is lost."""
    paths = [(name, f"{path}.{name}") for name in fields if name not in _OURS]
    return tuple(each for each in paths if not losses or any(_is_below(lost, each[1]) for lost in losses))


def _is_below(lost: str, path: str) -> bool:
    return lost == path or lost.startswith((f"{path}.", f"{path}_"))


@lru_cache(maxsize=256)
def _kind_of(precise_path: str) -> tuple[str, str]:
    """Return the path and the name of a field that is lost, without qualifiers, which only say when it is."""
    path = precise_path.replace("_alone", "").replace(".domain", ".url").replace("_local", "")
    return path, f"{_name_of(path)}{' that is no URI' * precise_path.endswith('_local')}"


def _name_of(path: str) -> str:
    part, field, *rest = path.split(".") if "." in path else (path, "")
    words = [_SINGULAR.get(field, field).replace("_", " "), *rest]
    named = " ".join(words).removesuffix(" value").replace(" untyped", " after the first")
    named = named.replace(" more", " after the first").removeprefix("is ")
    return f"feed {named}" if part == "feed" else named or part


def _kinds_of_extension(path: str, extension: Extension) -> list[tuple[str, str]]:
    names = _names_of_extension(extension)
    if path.startswith("item.source."):
        names = [f"source {name}" for name in names[:1]]
    return [(path, name) for name in names]


def _names_of_extension(extension: Extension) -> list[str]:
    """Return the names of verbatim elements, or of keys of JSON."""
    if not extension.json:
        names = _ELEMENT.findall(extension.xml)
        return names if extension.namespace else names[:1]
    held = json.loads(extension.json)
    has_keys = extension.name in _KEYED and isinstance(held, dict)
    return [key for key in held if key != "about"] if has_keys else [extension.name]
