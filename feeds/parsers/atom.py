"""Read Atom 1.0 (RFC 4287) and 0.3."""

import binascii
from base64 import b64decode
from typing import Any

from feeds.model.enclosure import Enclosure
from feeds.model.feed import THIS_PROGRAM, Generator
from feeds.model.item import Category, Source, Text
from feeds.model.markup_text import as_plain
from feeds.model.parts import Image
from feeds.parsers.atom_link import read_link
from feeds.parsers.draft import Draft
from feeds.parsers.exports import EXPORTS, is_kind
from feeds.parsers.handlers import Handler, Handlers, read_child, read_children, read_items
from feeds.parsers.modules import MODULES, apply_channel_fallbacks, apply_item_fallbacks, read_published
from feeds.parsers.namespaces import short_name
from feeds.parsers.parsed import Notes, Parsed
from feeds.parsers.person import read_author, read_contributor
from feeds.parsers.resolve import HTML_ADDRESSES, resolve_html
from feeds.parsers.strays import (
    note_lost_markup,
    note_others,
    note_own_text,
    note_repeated,
    note_strays,
    note_text,
    note_without,
)
from feeds.parsers.xml_markup import inner_markup, text_of
from feeds.parsers.xml_reader import LateHeadError, XmlReader
from feeds.text import xml_text
from feeds.urls import is_web_address

_TYPES = {"text/plain": "text", "text/html": "html", "application/xhtml+xml": "xhtml"}
_BASE64 = "application/octet-stream"
_TEXT_TYPES = {*_TYPES, _BASE64}


def parse_xml(xml: XmlReader, notes: Notes, url: str) -> Parsed:
    """Return the feed in a `feed` element, or of a single `entry`."""
    root = xml.root
    is_entry = short_name(root.tag) in _ENTRIES
    base = url if is_entry else _head_of(root, Notes(""), url).base
    entries = iter([root]) if is_entry else xml.items(_ENTRIES)
    items, lines = read_items(entries, lambda element: _read_entry(element, notes, base))
    head = Draft(notes, url, is_channel=True) if is_entry else _head_of(root, notes, url)
    if not (is_entry or xml.is_whole) and head.base != base:
        raise LateHeadError
    version = root.get("version") or ("0.3" if "purl.org" in root.tag else "1.0")
    return Parsed(head.feed(items), (), "atom", version, lines)


def _head_of(root: Any, notes: Notes, url: str) -> Draft:
    """Return the head of a feed as far as it is parsed, with the base of its items."""
    head = Draft(notes, url, is_channel=True)
    read_children(head, root, _FEED)
    note_strays(head, root)
    note_text(head, root)
    head.language = head.language_of(root) or head.language
    apply_channel_fallbacks(head)
    head.base = head.base or head.url or head.link
    return head


def _read_entry(element: Any, notes: Notes, base: str) -> Draft:
    draft = Draft(notes, base)
    draft.language = draft.language_of(element)
    read_children(draft, element, _ENTRY)
    if element.keys():
        note_strays(draft, element)
    if draft.source and not draft.authors:  # RFC 4287, section 4.2.1
        draft.authors = draft.fallback.get("source authors", [])
    apply_item_fallbacks(draft)
    return draft


def _text(draft: Draft, element: Any) -> Text:
    """Return a text construct (RFC 4287, section 3.1), or its equivalent in Atom 0.3."""
    keys = element.keys()
    if not len(element) and (not keys or keys == ["type"]):  # as usual
        usual = element.get("type", "text")
        if usual == "text":
            return Text(text_of(element), "text")
        if usual == "html":
            return Text(draft.markup(text_of(element), element), "html")
    kind = (element.get("type") or "text").strip().lower()
    mode = (element.get("mode") or "").lower()
    kind = _TYPES.get(kind, kind)
    language = draft.language_of(element)
    division = _only_division(element) if kind == "html" else None
    if division is not None and not len(division):  # escaped all the same, as by TypePad
        return Text(draft.markup(text_of(division), element), "html", language)
    if kind == "xhtml" or (len(element) and mode in {"", "xml"}):
        base = draft.base_of(element)  # of srcset
        if draft.has_bases:
            draft.complete_addresses(element, HTML_ADDRESSES)
        return Text(resolve_html(_division(element), base), "xhtml", language)
    value = text_of(element)
    if mode == "base64" or kind == _BASE64:
        note_others(draft, element, ())
        value = _decoded(value, draft, element)
    if kind in {"html", _BASE64}:
        return Text(draft.markup(value, element), "html", language)
    return Text(value, "text", language)


def _division(element: Any) -> str:
    """Return the content of the div that XHTML requires."""
    division = _only_division(element)
    return inner_markup(element if division is None else division).strip()


def _only_division(element: Any) -> Any:
    """Return the div that is all of an element; None if there is more, such as its language or class."""
    children = list(element.iterchildren("*"))
    is_wrapped = len(children) == 1 and short_name(children[0].tag).rpartition(":")[2] == "div"
    is_alone = is_wrapped and not (element.text or "").strip() and not (children[0].tail or "").strip()
    return children[0] if is_alone and not children[0].keys() else None


def _decoded(value: str, draft: Draft, element: Any) -> str:
    try:
        return xml_text(b64decode(value, validate=False).decode())
    except (binascii.Error, ValueError):
        draft.notes.add("wrong-value", "the content is not base64", "write it as text", element.sourceline or 1)
        return value


def _plain(draft: Draft, element: Any) -> str:
    """Return a text construct without its markup."""
    text = _text(draft, element)
    plain = as_plain(text)
    if text.type != "text":
        note_lost_markup(draft, text.value, plain, element)
    return plain


def _title(draft: Draft, element: Any) -> None:
    text = _text(draft, element)
    former, draft.title = draft.title, " ".join(as_plain(text).split())
    note_repeated(draft, former, draft.title, element)
    if draft.is_channel and text.type != "text":
        note_lost_markup(draft, text.value, draft.title, element)
    draft.title_markup = text if text.type != "text" and text.value != draft.title else None


def _subtitle(draft: Draft, element: Any) -> None:
    former, draft.description = draft.description, _plain(draft, element)
    note_repeated(draft, former, draft.description, element)


def read_summary(draft: Draft, element: Any) -> None:
    """Read atom:summary."""
    text = _text(draft, element)
    note_repeated(draft, draft.summary, text if text.value else None, element)
    draft.summary = draft.summary or (text if text.value else None)


def read_content(draft: Draft, element: Any) -> None:
    """Read atom:content: text, or a linked or embedded file."""
    kind = (element.get("type") or "text").strip().lower()
    if source := element.get("src"):
        note_own_text(draft, element)
        note_others(draft, element, ())
        draft.add_enclosure(Enclosure(draft.address(source, element), kind if "/" in kind else ""))
    elif "/" in kind and not kind.startswith("text/") and kind not in _TEXT_TYPES:
        draft.keep(element)
    else:
        text = _text(draft, element)
        note_repeated(draft, draft.content, text if text.value else None, element)
        draft.content = draft.content or (text if text.value else None)


def _id(draft: Draft, element: Any) -> None:
    former, draft.id = draft.id, text_of(element)
    note_repeated(draft, former, draft.id, element)
    if is_web_address(draft.id) and not draft.is_channel:
        draft.fallback.setdefault("link", draft.address(draft.id, element))  # as readers do for entries without a link


def _published(draft: Draft, element: Any) -> None:
    draft.published = draft.date(text_of(element), element)


def _updated(draft: Draft, element: Any) -> None:
    draft.updated = draft.date(text_of(element), element)


def read_category(draft: Draft, element: Any) -> None:
    """Read atom:category."""
    label = element.get("label") or ""
    term = element.get("term") or text_of(element) or label
    if term and element.get("term"):
        note_own_text(draft, element)
    if not term:
        note_without(draft, element, "a term")
    category = Category(term, element.get("scheme") or "", label)
    if not is_kind(draft, category):
        draft.add_category(category)


def read_generator(draft: Draft, element: Any) -> None:
    """Read atom:generator, and that of RSS, which has no attributes."""
    url = draft.address(element.get("uri") or element.get("url") or "", element)
    name, former = text_of(element) or url, draft.generator
    if name not in {"", THIS_PROGRAM}:
        draft.generator = Generator(name, url, element.get("version") or "")
    note_repeated(draft, former, draft.generator, element)


def _rights(draft: Draft, element: Any) -> None:
    former, draft.rights = draft.rights, _plain(draft, element)
    note_repeated(draft, former, draft.rights, element)


def _icon(draft: Draft, element: Any) -> None:
    former, draft.icon = draft.icon, draft.address(text_of(element), element)
    note_repeated(draft, former, draft.icon, element)


def _logo(draft: Draft, element: Any) -> None:
    former, draft.logo = draft.logo, Image(draft.address(text_of(element), element))
    note_repeated(draft, former, draft.logo, element)


def read_source(draft: Draft, element: Any) -> None:
    """Read atom:source: the feed that an item is from."""
    inner = Draft(Notes(""), draft.base, is_channel=True)  # what it lacks is kept, so not reported
    held = Draft(draft.notes, draft.base, is_channel=True)
    read_children(inner, element, _FEED)
    note_text(draft, element)
    for child in element.iterchildren("{*}*"):
        if _is_of_source(child, inner):
            read_child(held, child, _FEED)
        else:
            held.keep(child)
    extensions = tuple(held.extensions)
    draft.source = Source(inner.title, inner.url, inner.link, inner.id, inner.updated, extensions)
    draft.fallback["source authors"] = inner.authors


def _is_of_source(element: Any, source: Draft) -> bool:
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
        "atom:icon": _icon,
        "atom:logo": _logo,
        "atom:generator": read_generator,
    }
)
_ENTRY = _handlers({"atom:summary": read_summary, "atom:content": read_content, "atom:source": read_source})
_OF_SOURCE = {"atom:title", "atom:id", "atom:updated"}
