"""Read Atom 1.0 (RFC 4287) and 0.3."""

from typing import Any

from feeds.model.feed import THIS_PROGRAM, Generator
from feeds.model.item import Category, Source, Text
from feeds.model.markup_text import as_plain
from feeds.model.parts import Enclosure, Image
from feeds.parsers.atom_link import read_link
from feeds.parsers.atom_text import TEXT_TYPES, read_plain, read_text
from feeds.parsers.builder import Builder
from feeds.parsers.exports import EXPORTS, read_kind
from feeds.parsers.handlers import Handler, Handlers, last_of, read_child, read_children, read_items
from feeds.parsers.modules import MODULES, apply_channel_fallbacks, apply_item_fallbacks, read_published
from feeds.parsers.namespaces import short_name
from feeds.parsers.parsed import Notes, Parsed
from feeds.parsers.person import read_author, read_contributor
from feeds.parsers.strays import (
    note_lost_markup,
    note_other,
    note_others,
    note_own_text,
    note_strays,
    note_text,
    note_without,
    set_first,
    set_last,
)
from feeds.parsers.xml_markup import text_of
from feeds.parsers.xml_reader import LateHeadError, XmlReader
from feeds.urls import is_web_address


def parse_xml(xml: XmlReader, notes: Notes, url: str) -> Parsed:
    """Return the feed in a `feed` element, or of a single `entry`."""
    root = xml.root
    is_entry = short_name(root.tag) in _ENTRIES
    base = url if is_entry else _head_of(root, Notes(""), url).base
    entries = iter([root]) if is_entry else xml.items(_ENTRIES)
    items, lines = read_items(entries, lambda element: _read_entry(element, notes, base))
    head = Builder(notes, url, is_channel=True) if is_entry else _head_of(root, notes, url)
    if not (is_entry or xml.is_whole) and head.base != base:
        raise LateHeadError
    version = root.get("version") or ("0.3" if "purl.org" in root.tag else "1.0")
    return Parsed(head.feed(items), (), "atom", version, lines)


def _head_of(root: Any, notes: Notes, url: str) -> Builder:
    """Return the head of a feed as far as it is parsed, with the base of its items."""
    head = Builder(notes, url, is_channel=True)
    head.language = head.language_of(root)
    read_children(head, root, _FEED)
    note_strays(head, root)
    note_text(head, root)
    apply_channel_fallbacks(head)
    head.base = head.base or head.url or head.link
    return head


def _read_entry(element: Any, notes: Notes, base: str) -> Builder:
    builder = Builder(notes, base)
    builder.language = builder.language_of(element)
    read_children(builder, element, _ENTRY)
    if element.keys():
        note_strays(builder, element)
    if builder.source and not builder.authors:  # RFC 4287, section 4.2.1
        builder.authors = builder.fallback.get("source authors", [])
    apply_item_fallbacks(builder)
    return builder


def _title(builder: Builder, element: Any) -> None:
    text = read_text(builder, element)
    set_last(builder, "title", " ".join(as_plain(text).split()), element)
    if builder.is_channel and text.type != "text":
        note_lost_markup(builder, text.value, builder.title, element)
    builder.title_markup = text if text.type != "text" and text.value != builder.title else None


def read_summary(builder: Builder, element: Any) -> None:
    """Read atom:summary."""
    text = read_text(builder, element)
    set_first(builder, "summary", text if text.value else None, element)


def read_content(builder: Builder, element: Any) -> None:
    """Read atom:content: text, or a linked or embedded file."""
    kind = (element.get("type") or "text").strip().lower()
    if source := element.get("src"):
        note_own_text(builder, element)
        note_others(builder, element, ())
        builder.add_enclosure(Enclosure(builder.address(source, element), kind if "/" in kind else ""))
    elif "/" in kind and not kind.startswith("text/") and kind not in TEXT_TYPES:
        builder.keep(element)
    else:
        text = read_text(builder, element)
        set_first(builder, "content", text if text.value else None, element)


def _encoded(builder: Builder, element: Any) -> None:
    """Read the content of an entry that is written as in RSS, unless it has one before."""
    text = builder.markup(text_of(element), element)
    if builder.content or not text:
        builder.keep(element)
    else:
        builder.content = Text(text, "html", builder.language_of(element))


def _id(builder: Builder, element: Any) -> None:
    set_last(builder, "id", text_of(element), element)
    if is_web_address(builder.id) and not builder.is_channel:
        builder.fallback.setdefault("link", builder.address(builder.id, element))  # as readers do if there is no link


def _published(builder: Builder, element: Any) -> None:
    builder.published = builder.date(text_of(element), element)


def _updated(builder: Builder, element: Any) -> None:
    builder.updated = builder.date(text_of(element), element)


def read_category(builder: Builder, element: Any) -> None:
    """Read atom:category."""
    label = element.get("label") or ""
    term = element.get("term") or text_of(element) or label
    if term and element.get("term"):
        note_own_text(builder, element)
    if not term:
        note_without(builder, element, "a term")
    category = Category(term, element.get("scheme") or "", label)
    if not read_kind(builder, category):
        builder.add_category(category)


def read_generator(builder: Builder, element: Any) -> None:
    """Read atom:generator, and that of RSS, which has no attributes."""
    url = builder.address(element.get("uri") or element.get("url") or "", element)
    generator = Generator(text_of(element) or url, url, element.get("version") or "")
    if generator.name not in {"", THIS_PROGRAM}:
        set_first(builder, "generator", generator, element)


def read_source(builder: Builder, element: Any) -> None:
    """Read atom:source: the feed that an item is from."""
    inner = Builder(Notes(""), builder.base, is_channel=True)  # what it lacks is kept, so not reported
    held = Builder(builder.notes, builder.base, is_channel=True)
    read_children(inner, element, _FEED)
    note_text(builder, element)
    for child in element.iterchildren("{*}*"):
        if _is_of_source(child, inner):
            read_child(held, child, _FEED)
        else:
            held.keep(child)
    extensions = tuple(held.extensions)
    source = Source(inner.title, inner.url, inner.link, inner.id, inner.updated, extensions)
    add_source(builder, source, element)
    if builder.source is source:
        builder.fallback["source authors"] = inner.authors


def add_source(builder: Builder, source: Source, element: Any) -> None:
    """Take the source of an item; of several that which says all that the others say, else the first."""
    if builder.source is None or _values(builder.source) <= {*source}:
        builder.source = source
    elif not _values(source) <= {*builder.source}:
        note_other(builder, element)


def _values(source: Source) -> set[Any]:
    return {*source} - {"", None, ()}


def _is_of_source(element: Any, source: Builder) -> bool:
    """Return whether a Source holds all that an element of atom:source says."""
    if short_name(element.tag) != "atom:link":
        return short_name(element.tag) in _OF_SOURCE
    is_bare = {*element.keys()} <= {"href", "rel", "type"}
    return is_bare and source.address(element.get("href") or "", element) in {source.url, source.link}


def _handlers(own: dict[str, Handler]) -> Handlers:
    """Return handlers of modules, and of elements of Atom with and without a namespace."""
    handlers = _BOTH | own
    bare = {name.removeprefix("atom:"): handler for name, handler in handlers.items()}
    return Handlers(MODULES | EXPORTS | handlers | bare, _ENTRIES)


_ENTRIES = ("atom:entry", "entry", "atom:item", "item")
_rights, _subtitle = last_of("rights", read_plain), last_of("description", read_plain)
read_icon = last_of("icon", lambda builder, element: builder.address(text_of(element), element))
_BOTH: dict[str, Handler] = {
    "atom:title": _title,
    "atom:id": _id,
    "atom:link": read_link,
    "atom:updated": _updated,
    "atom:modified": _updated,
    "atom:published": _published,
    "atom:issued": _published,
    "atom:created": read_published,
    "atom:author": read_author,
    "atom:contributor": read_contributor,
    "atom:category": read_category,
    "atom:rights": _rights,
    "atom:copyright": _rights,
}
_FEED = _handlers(
    {
        "atom:subtitle": _subtitle,
        "atom:tagline": _subtitle,
        "atom:icon": read_icon,
        "atom:logo": last_of("logo", lambda builder, element: Image(builder.address(text_of(element), element))),
        "atom:generator": read_generator,
    }
)
_ENTRY = _handlers(
    {
        "atom:summary": read_summary,
        "atom:content": read_content,
        "atom:source": read_source,
        "content:encoded": _encoded,
    }
)
_OF_SOURCE = {"atom:title", "atom:id", "atom:updated"}
