"""Note what a conversion loses of elements that are read: attributes, children, texts, and elements given twice.

Each kind of loss is noted once, where it occurs first.
"""

from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any

from lxml import etree

from feeds.parsers.builder import BASE, LANGUAGE, Builder
from feeds.parsers.namespaces import local_name, short_name
from feeds.xml_namespaces import RDF, XML

_ATTRIBUTES: dict[str, Collection[str]] = {
    **dict.fromkeys(("channel", "item"), ("href", "lastmod")),  # of CDF
    **dict.fromkeys(("feed", "rss"), ("version",)),
    **dict.fromkeys(("copyright", "rights", "subtitle", "summary", "tagline", "title"), ("mode", "type")),
    "category": {"domain", "label", "scheme", "term"},
    "content": {"mode", "src", "type"},
    "enclosure": {"length", "type", "url"},
    "generator": {"uri", "url", "version"},
    "guid": {"ispermalink"},
    "image": {"height", "rel", "src", "width"},  # gd:image of a person
    "link": {"href", "hreflang", "length", "rel", "title", "type"},
    "person": {"group", "href", "img", "role"},
    "source": {"url"},
}
_OF_SYNTAX = (BASE, f"{{{XML}}}space", f"{{{RDF}}}", "{http://www.w3.org/2001/XMLSchema-instance}")
_ROOTS = {"channel", "entry", "feed", "item", "rdf", "rss"}
_TEXTS = {"body", "content", "description", "div", "encoded", "fullitem", "summary"}
_WITHOUT_CHILDREN = {
    *("created", "date", "enclosure", "height", "issued", "lastbuilddate", "link", "modified", "pubdate"),
    *("published", "updated", "url", "width"),
}
# Their children are read only if they have no text.
_AFTER_TEXT = {"author", "category", "contributor", "creator", "managingeditor", "webmaster"}
_text_between = etree.XPath("boolean(text()[normalize-space()])")


def note_strays(builder: Builder, element: Any) -> None:
    """Note the attributes and children of an element that are not read."""
    name = _name(element.tag)
    for stray in chain(_attributes(builder, element, name), _children(element, name)):
        _note(builder, f"{stray} of <{_shown(element)}>", element)


def has_usual_attributes(element: Any) -> bool:
    """Return whether the attributes of an element are all read, whatever their values."""
    known = _ATTRIBUTES.get(_name(element.tag), ())
    return all(key.lower() in known for key in element.keys())  # noqa: SIM118 - not a dict


def note_attributes(builder: Builder, element: Any, known: Collection[str] = ()) -> None:
    """Note the attributes of an element besides some, also those that would be read of its namesake in Atom."""
    for key in element.keys():  # noqa: SIM118 - not a dict
        if key not in known and key != LANGUAGE and not key.startswith(_OF_SYNTAX):
            _note(builder, f"the attribute {local_name(key)[:60]} of <{_shown(element)}>", element)


def note_own_text(builder: Builder, element: Any) -> None:
    """Note the text at the beginning of an element that should have none."""
    text = element.text
    if text and not text.isspace():
        _note(builder, f"the text of <{_shown(element)}>", element)


def note_text(builder: Builder, element: Any) -> None:
    """Note text between the children of an element."""
    if _text_between(element):
        _note(builder, f"the text between the parts of <{_shown(element)}>", element)


def note_others(builder: Builder, element: Any, known: Collection[str]) -> None:
    """Note the children of an element that are not known, or are known and given twice."""
    seen: set[str] = set()
    for child in element.iterchildren("*"):
        name = short_name(child.tag)
        if name not in known or name in seen:
            again = "another " if name in known else ""
            _note(builder, f"{again}<{_shown(child)}> of <{_shown(element)}>", child)
        else:
            note_strays(builder, child)
        seen.add(name)


def note_lost_markup(builder: Builder, markup: str, plain: str, element: Any) -> None:
    """Note the markup of a text that is kept as plain text."""
    if "<" in markup and markup != plain:
        _note(builder, f"the markup of <{_shown(element)}>", element)


def note_without(builder: Builder, element: Any, what: str) -> None:
    """Note an element that is not read, as the one part is missing (`what`) without which the others say nothing."""
    if len(element) or element.keys():
        _note(builder, f"a <{_shown(element)}> without {what}", element)


def note_repeated(builder: Builder, former: Any, value: Any, element: Any) -> None:
    """Note that an element is given twice, with another value, where there can be one."""
    if former and value and former != value:
        note_other(builder, element)


def set_last(builder: Builder, field: str, value: Any, element: Any) -> None:
    """Set a field of which an element given later replaces the one before it, and note what is replaced."""
    note_repeated(builder, getattr(builder, field), value, element)
    setattr(builder, field, value)


def set_first(builder: Builder, field: str, value: Any, element: Any) -> None:
    """Set a field unless it has a value, and note an element that is left out for that."""
    former = getattr(builder, field)
    note_repeated(builder, former, value, element)
    setattr(builder, field, former or value)


def note_other(builder: Builder, element: Any) -> None:
    """Note an element of which another one is read."""
    _note(builder, f"another <{_shown(element)}>", element)


@lru_cache(maxsize=4096)
def _name(tag: str) -> str:
    return local_name(short_name(tag)).rpartition(":")[2]


def _attributes(builder: Builder, element: Any, name: str) -> Iterator[str]:
    known = _ATTRIBUTES.get(name, ())
    for key in element.keys():  # noqa: SIM118 - not a dict
        if key == LANGUAGE:
            if not _is_language_read(builder, name) and _is_of_other_language(element):
                yield "xml:lang"
        elif key.lower() not in known and not key.startswith(_OF_SYNTAX):
            yield f"the attribute {local_name(key)[:60]}"


def _children(element: Any, name: str) -> Iterator[str]:
    if name in _WITHOUT_CHILDREN or (name in _AFTER_TEXT and ((element.text or "").strip() or element.get("term"))):
        yield from (f"<{_shown(child)}>" for child in element.iterchildren("*"))


def _is_language_read(builder: Builder, name: str) -> bool:
    """Return whether the language of an element is read; of texts it is in items alone."""
    is_in_item = name in _TEXTS or (name == "title" and builder.title_markup is not None)
    return name in _ROOTS or (is_in_item and not builder.is_channel)


def _is_of_other_language(element: Any) -> bool:
    """Return whether an element is in another language than what is around it."""
    around = next((node.get(LANGUAGE) for node in element.iterancestors() if node.get(LANGUAGE)), "")
    return bool(around.lower() != element.get(LANGUAGE).lower())


def _shown(element: Any) -> str:
    name = f"{element.prefix}:{local_name(element.tag)}" if element.prefix else local_name(element.tag)
    return name[:60]


def _note(builder: Builder, what: str, element: Any) -> None:
    builder.notes.not_kept(f"{what} is not kept", element.sourceline or 1)
