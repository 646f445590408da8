"""Read Atom 1.0 (RFC 4287) and 0.3."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import Any

from feeds.model.item import Category, Enclosure, Image, Item, Person, Source, Text
from feeds.model.markup_text import as_plain
from feeds.parsers.atom_link import read_link
from feeds.parsers.draft import BASE, LANGUAGE, Draft
from feeds.parsers.modules import Handler, read_children, settle_channel, settle_item
from feeds.parsers.namespaces import short_name
from feeds.parsers.parsed import Notes, Parsed
from feeds.parsers.xml_markup import extension_of, inner_markup, text_of

_TYPES = {"text/plain": "text", "text/html": "html", "application/xhtml+xml": "xhtml"}


def parse_tree(root: Any, notes: Notes, url: str) -> Parsed:
    """Return the feed in a `feed` element, or of an `entry` that stands alone."""
    has_bases = root.xpath("boolean(//@xml:base)", namespaces={"xml": BASE[1:-5]})
    head = Draft(notes, url, has_bases=has_bases, is_channel=True)
    is_entry = short_name(root.tag) in {"atom:entry", "entry"}
    entries = [root] if is_entry else read_children(head, root, _FEED, _ENTRIES)
    head.language = "" if is_entry else root.get(LANGUAGE) or head.language
    settle_channel(head)
    head.base = head.base or head.url or head.link
    items = tuple(_entry(element, notes, head.base, has_bases=has_bases) for element in entries)
    version = root.get("version") or ("0.3" if "purl.org" in root.tag else "1.0")
    lines = tuple(element.sourceline or 1 for element in entries)
    return Parsed(head.feed(items), (), "atom", version, lines)


def person(draft: Draft, element: Any) -> Person:
    """Return the author or contributor in an element; what else is said of one is noted."""
    values = {}
    for child in element:
        name = short_name(child.tag).removeprefix("atom:") if isinstance(child.tag, str) else ""
        values[name] = text_of(child)
        if name and name not in _PERSON:
            what = f"{child.prefix or ''}:{name.rpartition('}')[2]}".lstrip(":")
            draft.notes.add("not-kept", f"{what} of a person is not kept", "", child.sourceline or 1)
    url = values.get("uri") or values.get("url") or values.get("homepage") or ""
    name, email = values.get("name") or ("" if len(element) else text_of(element)), values.get("email", "")
    return Person("" if name in {email, url} else name, draft.address(url, element), email)


def _entry(element: Any, notes: Notes, base: str, *, has_bases: bool) -> Item:
    draft = Draft(notes, base, has_bases=has_bases)
    draft.language = element.get(LANGUAGE) or ""
    read_children(draft, element, _ENTRY, frozenset())
    settle_item(draft)
    return draft.item()


def _text(draft: Draft, element: Any) -> Text:
    """Return a text construct (RFC 4287, section 3.1), or what Atom 0.3 has in its place."""
    kind = (element.get("type") or "text").strip().lower()
    mode = (element.get("mode") or "").lower()
    kind = _TYPES.get(kind, kind)
    language = element.get(LANGUAGE) or ""
    if kind == "xhtml" or (len(element) and mode in {"", "xml"}):
        return Text(draft.markup(_division(element), element), "xhtml", language)
    value = text_of(element)
    if mode == "base64" or kind == "application/octet-stream":
        value = _decoded(value, draft, element)
    if kind in {"html", "application/octet-stream"}:
        return Text(draft.markup(value, element), "html", language)
    return Text(value, "text", language)


def _division(element: Any) -> str:
    """Return what is inside the div that XHTML has to be in."""
    children = list(element)
    is_wrapped = len(children) == 1 and short_name(children[0].tag).rpartition(":")[2] == "div"
    is_alone = is_wrapped and not (element.text or "").strip() and not (children[0].tail or "").strip()
    return inner_markup(children[0] if is_alone else element).strip()


def _decoded(value: str, draft: Draft, element: Any) -> str:
    try:
        return b64decode(value, validate=False).decode()
    except (binascii.Error, ValueError):
        draft.notes.add("wrong-value", "the content is not base64", "write it as text", element.sourceline or 1)
        return value


def _title(draft: Draft, element: Any) -> None:
    text = _text(draft, element)
    draft.title = " ".join(as_plain(text).split())
    draft.title_markup = text if text.type != "text" and text.value != draft.title else None


def _subtitle(draft: Draft, element: Any) -> None:
    draft.description = as_plain(_text(draft, element))


def _summary(draft: Draft, element: Any) -> None:
    text = _text(draft, element)
    draft.summary = text if text.value else None


def _content(draft: Draft, element: Any) -> None:
    kind = (element.get("type") or "text").strip().lower()
    if source := element.get("src"):
        draft.add_enclosure(Enclosure(draft.address(source, element), kind if "/" in kind else ""))
    elif "/" in kind and not kind.startswith("text/") and kind not in _TYPES:
        draft.keep(element)
    elif draft.content is None:
        draft.content = _text(draft, element)


def _id(draft: Draft, element: Any) -> None:
    draft.id = text_of(element)
    if draft.id.startswith(("https://", "http://")) and not draft.is_channel:
        draft.fallback["link"] = draft.id  # as readers take it for where an entry has no link


def _published(draft: Draft, element: Any) -> None:
    draft.published = draft.date(text_of(element), element)


def _updated(draft: Draft, element: Any) -> None:
    draft.updated = draft.date(text_of(element), element)


def _author(draft: Draft, element: Any) -> None:
    draft.authors.append(person(draft, element))


def _contributor(draft: Draft, element: Any) -> None:
    draft.contributors.append(person(draft, element))


def _category(draft: Draft, element: Any) -> None:
    term, label = element.get("term") or text_of(element), element.get("label") or ""
    draft.add_category(Category(term, element.get("scheme") or "", label))


def _rights(draft: Draft, element: Any) -> None:
    draft.rights = as_plain(_text(draft, element))


def _icon(draft: Draft, element: Any) -> None:
    draft.icon = draft.address(text_of(element), element)


def _logo(draft: Draft, element: Any) -> None:
    draft.logo = Image(draft.address(text_of(element), element))


def _source(draft: Draft, element: Any) -> None:
    inner = Draft(draft.notes, draft.base, has_bases=draft.has_bases, is_channel=True)
    read_children(inner, element, _FEED, frozenset())
    others = (child for child in element.iterchildren("{*}*") if short_name(child.tag) not in _OF_SOURCE)
    extensions = tuple(map(extension_of, others))
    draft.source = Source(inner.title, inner.url, inner.link, inner.id, inner.updated, extensions)


def _nothing(draft: Draft, element: Any) -> None:
    """Leave out what says something of the program that wrote the document."""


def _with_bare_names(handlers: dict[str, Handler]) -> dict[str, Handler]:
    """Return handlers for elements whose namespace was forgotten, too."""
    return handlers | {name.removeprefix("atom:"): handler for name, handler in handlers.items()}


_ENTRIES = frozenset({"atom:entry", "entry", "atom:item", "item"})
_BOTH: dict[str, Handler] = {
    "atom:title": _title,
    "atom:id": _id,
    "atom:link": read_link,
    "atom:updated": _updated,
    "atom:modified": _updated,
    "atom:published": _published,
    "atom:issued": _published,
    "atom:author": _author,
    "atom:contributor": _contributor,
    "atom:category": _category,
    "atom:rights": _rights,
    "atom:copyright": _rights,
}
_FEED = _with_bare_names(
    {
        **_BOTH,
        "atom:subtitle": _subtitle,
        "atom:tagline": _subtitle,
        "atom:icon": _icon,
        "atom:logo": _logo,
        "atom:generator": _nothing,
    }
)
_ENTRY = _with_bare_names(
    {
        **_BOTH,
        "atom:summary": _summary,
        "atom:content": _content,
        "atom:source": _source,
    }
)
_OF_SOURCE = {"atom:title", "atom:id", "atom:updated", "atom:link", "atom:generator"}
_PERSON = {"name", "uri", "url", "email", "homepage"}
