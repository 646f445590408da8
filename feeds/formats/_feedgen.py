"""Render feeds with feedgen, and correct what it gets wrong.

feedgen writes the head of a channel, titles, guids and content. Hooks receive the finished lxml elements and add
links, dates, authors, categories and Media RSS: feedgen drops rel and type of an Atom entry's links, formats dates in
the locale of the process, drops RSS authors without an e-mail address, and is slow to check the rest. Entries are
written in batches, as feedgen would keep them all.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.formats.identity import feed_id, item_id
from feeds.formats.loss import BESIDE_FIELDS
from feeds.model.feed import NEVER, THIS_PROGRAM, Feed, Generator
from feeds.model.item import Extension, Item, Link
from feeds.model.markup_text import as_blocks
from feeds.model.xml_extension import element_of, leaf_of
from feeds.xml_namespaces import ATOM, GOOGLE, HISTORY, ITUNES, MEDIA, PODCAST

NOTHING = "\ue000"  # private use area: in no text of a feed

_BATCH = 100
_MOST_PREFIXES = 50  # at the root; any others are declared where they are used
_DECLARED = {  # where they are used
    f"{{{ITUNES}}}duration": {"itunes": ITUNES},
    f"{{{GOOGLE}}}image": {"gd": GOOGLE},
    f"{{{PODCAST}}}person": {"podcast": PODCAST},
}
Correct = Callable[[Any], object]
Namespaces = dict[str, str]


class _Hook(BaseExtension):  # type: ignore[misc]  # feedgen is untyped
    """An extension of feedgen that passes the finished element to a callback."""

    correct: Correct
    namespaces: Namespaces
    element: Any

    def __init__(self) -> None:
        self.correct = lambda _: None
        self.namespaces = {}

    def extend_ns(self) -> Namespaces:
        return self.namespaces

    def extend_rss(self, element: Any) -> None:
        self.element = element
        self.correct(element)

    extend_atom = extend_rss


def generator(feed: Feed, namespaces: Namespaces, correct: Correct) -> FeedGenerator:
    """Return a feedgen channel with the head that RSS and Atom share; `correct` receives its element."""
    channel = FeedGenerator()
    channel.register_extension("hook", _Hook, _Hook)
    channel.hook.namespaces = namespaces
    channel.hook.correct = correct
    channel.id(feed_id(feed))
    channel.title(feed.title or NOTHING)
    channel.updated(NEVER)  # feedgen requires a date with an offset; it is replaced later
    channel.lastBuildDate(NEVER)
    program = feed.generator or Generator(THIS_PROGRAM)
    channel.generator(program.name, program.version or None, program.url or None)
    if feed.language:
        channel.language(feed.language)
    return channel


def entry_of(item: Item, correct: Correct) -> FeedEntry:
    """Return an item with what RSS and Atom share; `correct` receives its element."""
    entry = FeedEntry()
    entry.register_extension("hook", _Hook)
    entry.hook.correct = correct
    entry.id(item_id(item))
    entry.title(item.title or NOTHING)
    entry.content(as_blocks(item.content) or NOTHING, type="html")
    return entry


def document(channel: FeedGenerator, head: bytes, elements: Iterator[Any]) -> Iterator[bytes]:
    """Yield a document: its head as feedgen wrote it, and the elements of its items, indented alike."""
    root = channel.hook.element
    shell = etree.Element(root.tag, root.attrib, nsmap=root.nsmap)
    parent = etree.SubElement(shell, "channel") if root.tag == "rss" else shell
    child(parent, "x")
    start, end = (part.strip(b" ").removeprefix(b"\n") for part in _bytes(shell).split(b"<x/>"))
    yield head.removesuffix(end)
    while batch := list(islice(elements, _BATCH)):
        parent[:] = batch
        yield _bytes(shell)[len(start) : -len(end)]
    yield end


def _bytes(element: Any) -> bytes:
    content: bytes = etree.tostring(element, pretty_print=True, encoding="UTF-8")
    return content


def drop_empty(element: Any, *tags: str) -> None:
    """Remove the placeholder elements that feedgen requires but the feed lacks."""
    for tag in tags:
        found = element.find(tag)
        if found is not None and found.text == NOTHING:
            element.remove(found)


def blank_title(element: Any) -> None:
    """Empty the title that feedgen and all formats require, but the feed lacks."""
    title = element.find("title")
    if title.text == NOTHING:
        title.text = None


def drop_namespaces(root: Any, others: Iterable[str]) -> None:
    """Remove the declarations of namespaces that nothing is in, other than those of some prefixes."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=[*others])


def used_namespaces(feed: Feed, *, has_enclosures: bool) -> Namespaces:
    """Return the extension namespaces of a feed in a format that has enclosures of its own, or only one each item.

    If two share a prefix, the first keeps it.
    """
    used = {"media": MEDIA} if any(_needs_media(item, has_enclosures=has_enclosures) for item in feed.items) else {}
    used |= {"fh": HISTORY} if feed.is_archive or feed.is_complete else {}
    taken = {"atom", "content", "dc", "xml"}
    for extensions in (feed.extensions, *(item.extensions for item in feed.items)):
        for each in extensions:
            if each.xml and each.namespace and each.prefix and each.prefix not in taken and len(used) < _MOST_PREFIXES:
                used.setdefault(each.prefix, each.namespace)
    return used


def _needs_media(item: Item, *, has_enclosures: bool) -> bool:
    """Return whether Media RSS is written for an item, beside what verbatim elements say."""
    if (item.images or item.player) and not has_extension(item, ITUNES, "image"):
        return True
    files = item.enclosures
    if has_enclosures:  # whose durations are all that is missing
        return any(file.duration for file in (files[1:] if has_extension(item, ITUNES, "duration") else files))
    return bool(files[1:] or any(file.title or (file.duration or 0) % 1 for file in files))


def with_stylesheet(document: bytes, feed: Feed) -> bytes:
    """Return a document with a link to its stylesheet, if any (Associating Style Sheets with XML, section 3)."""
    if not feed.stylesheet:
        return document
    declaration, end, rest = document.partition(b"?>\n")
    sheet = f'<?xml-stylesheet type="text/css" href="{feed.stylesheet}"?>\n'
    return declaration + end + sheet.encode() + rest


def child(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
    """Append a new element to another."""
    element = etree.SubElement(parent, tag, attributes or None, _DECLARED.get(tag))
    if text:
        element.text = text
    return element


def as_attributes(facts: Mapping[str, object]) -> dict[str, str]:
    """Return the facts that are known as attributes of an element."""
    return {name: str(value) for name, value in facts.items() if value}


def add_history(parent: Any, feed: Feed, link: str) -> None:
    """Append links to older items, and the mark of an archive or complete feed (RFC 5005)."""
    current = feed.current_url if feed.is_archive or feed.is_foreign else ""
    for rel, href in (("next", feed.next_url), ("prev-archive", feed.previous_url), ("current", current)):
        if href and not has_link(feed.links, rel, href):
            child(parent, link, rel=rel, href=href)
    if feed.is_archive:
        child(parent, f"{{{HISTORY}}}archive")
    if feed.is_complete:
        child(parent, f"{{{HISTORY}}}complete")


def has_link(links: Iterable[Link], rel: str, href: str) -> bool:
    """Return whether a link of a relation to an address is among others, with more facts."""
    return any(link.rel == rel and link.href == href for link in links)


def unwritten_hubs(feed: Feed) -> Iterator[str]:
    """Yield the hubs to which no link with more facts leads."""
    return (hub for hub in feed.hubs if not has_link(feed.links, "hub", hub))


def add_extensions(parent: Any, extensions: tuple[Extension, ...], *, without: Collection[str] = ()) -> None:
    """Append elements verbatim, other than those of some namespaces that a format can have once, or not at all."""
    for each in extensions:
        if each.xml and (each.namespace not in without or (each.namespace and each.name in BESIDE_FIELDS)):
            if leaf := leaf_of(each.xml):
                _add_leaf(parent, each, *leaf)
            else:
                parent.append(element_of(each.xml))


def _add_leaf(parent: Any, extension: Extension, attributes: dict[str, str], text: str) -> None:
    tag, declared = f"{{{extension.namespace}}}{extension.name}", {extension.prefix: extension.namespace}
    etree.SubElement(parent, tag, attributes, declared).text = text or None


def kept_replies(item: Item) -> str:
    """Return the page of comments to which a link leads that is kept verbatim, as it says how many they are."""
    for each in item.extensions:
        if each.name == "link" and each.namespace == ATOM and 'rel="replies"' in each.xml:
            link = element_of(each.xml)
            if link.get("type", "text/html") == "text/html":
                return str(link.get("href", ""))
    return ""


def has_extension(item: Item, namespace: str, *names: str) -> bool:
    """Return whether an item has a verbatim element of a namespace: with one of the names, if any are given."""
    wanted = namespace.lower().rstrip("/")
    return any(
        each.namespace.lower().rstrip("/") == wanted and (not names or each.name in names) for each in item.extensions
    )
