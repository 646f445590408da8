"""Write elements as text again: the inside of XHTML, and elements of other vocabularies that stand alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from lxml import etree

from feeds.model.item import Extension
from feeds.model.xml_extension import element_of
from feeds.parsers.namespaces import NAMESPACES, short_name

XHTML = "http://www.w3.org/1999/xhtml"
_SPECIAL = re.compile(r"[&<>\"\n\r\t]")
_BLANKS = {9: "&#9;", 10: "&#10;", 13: "&#13;"}
_XML = "http://www.w3.org/XML/1998/namespace"
_MOST_ATTRIBUTES = 1000  # libxml2 looks through all of them for each
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def escape(text: str) -> str:
    """Return text as XML has it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") if _SPECIAL.search(text) else text


def quoteattr(text: str) -> str:
    """Return text as the value of an attribute."""
    if not _SPECIAL.search(text):
        return f'"{text}"'
    text = escape(text).replace('"', "&quot;")
    return f'"{text.translate(_BLANKS)}"'


def text_of(element: Any) -> str:
    """Return the text of an element, with the markup of those inside it, without blanks at its ends."""
    if len(element):
        return inner_markup(element).strip()
    return (element.text or "").strip()


def inner_markup(element: Any) -> str:
    """Return what is inside an element; XHTML without prefixes, as browsers read HTML."""
    parts = [escape(element.text or "")]
    for child in element:
        _write(child, parts, XHTML)
        parts.append(escape(child.tail or ""))
    return "".join(parts)


@lru_cache(maxsize=4096)
def split_name(tag: str) -> tuple[str, str]:
    """Return the namespace and the local name of a tag; a prefix that is not declared means what it usually does."""
    if tag.startswith("{"):
        namespace, _, name = tag[1:].partition("}")
        return namespace, name
    prefix, colon, name = tag.partition(":")
    return (NAMESPACES.get(prefix, ""), name) if colon else ("", tag)


def extension_of(element: Any) -> Extension:
    """Return an element as it is, with the declarations that it needs to stand alone."""
    namespace, name = split_name(element.tag)
    prefix = element.prefix or element.tag.partition(":")[0] * (not element.tag.startswith("{") and bool(namespace))
    if not len(element) and not element.keys() and prefix:
        return Extension(prefix, name, namespace, _leaf(prefix, name, namespace, element.text or ""))
    if len(element.attrib) > _MOST_ATTRIBUTES:
        return Extension(prefix, name, namespace)
    used: dict[str, str] = {}
    try:
        opening, *rest = _verbatim(element, used)
    except _ConflictError:
        return Extension(prefix, name, namespace, etree.tostring(element, encoding="unicode", with_tail=False))
    declared = "".join(_declaration(prefix, uri) for prefix, uri in used.items() if prefix or uri)
    end = len(f"<{prefix}:{name}" if prefix else f"<{name}")
    return Extension(prefix, name, namespace, "".join([opening[:end], declared, opening[end:], *rest]))


def is_sound(extension: Extension, *, whole: bool) -> bool:
    """Tell whether an element can be written again: its name, and with `whole` all that is inside it."""
    if whole:
        return _is_xml(extension.xml)
    prefix, name = extension.prefix, extension.name
    return _is_known_name(prefix, name, extension.namespace)


@lru_cache(maxsize=4096)
def _is_known_name(prefix: str, name: str, namespace: str) -> bool:
    return _is_xml(_leaf(prefix, name, namespace, "") if prefix else f"<{name} xmlns={quoteattr(namespace)}/>")


def _is_xml(text: str) -> bool:
    try:
        element_of(text)
    except (etree.XMLSyntaxError, ValueError):
        return False
    return True


def _leaf(prefix: str, name: str, namespace: str, text: str) -> str:
    """Return an element that has only text: the usual case, by a shorter way."""
    return f'<{prefix}:{name} xmlns:{prefix}="{escape(namespace)}">{escape(text)}</{prefix}:{name}>'


def _declaration(prefix: str, uri: str) -> str:
    return f" xmlns{':' * bool(prefix)}{prefix}={quoteattr(uri)}"


class _ConflictError(Exception):
    """A prefix that stands for two namespaces."""


def _write(element: Any, parts: list[str], outer: str) -> None:
    if not isinstance(element.tag, str):
        return
    namespace, name = split_name(element.tag)
    is_html = short_name(element.tag).partition(":")[0] in {"xhtml", "atom", name.lower()}  # the last: in no namespace
    inner = outer if is_html else namespace
    declared = "" if is_html or namespace == outer else f" xmlns={quoteattr(namespace)}"
    parts.append(f"<{name}{declared}{_attributes(element)}")
    if not len(element) and not element.text and (name in _VOID or not is_html):
        parts.append("/>")
        return
    parts += [">", escape(element.text or "")]
    for child in element:
        _write(child, parts, inner)
        parts.append(escape(child.tail or ""))
    parts.append(f"</{name}>")


def _attributes(element: Any) -> str:
    """Return the attributes of an element, with the declarations that those in a namespace need."""
    used: dict[str, str] = {}
    written = "".join(
        f" {_attribute_name(element, key, used)}={quoteattr(value)}" for key, value in element.attrib.items()
    )
    return "".join(_declaration(prefix, uri) for prefix, uri in used.items()) + written


def _verbatim(element: Any, used: dict[str, str]) -> list[str]:
    name = _prefixed(element.tag, element.prefix or "", used)
    opening = f"<{name}"
    for key, value in element.attrib.items():
        opening += f" {_attribute_name(element, key, used)}={quoteattr(value)}"
    parts = [opening + ">", escape(element.text or "")]
    for child in element:
        if isinstance(child.tag, str):
            parts += _verbatim(child, used)
        parts.append(escape(child.tail or ""))
    return [*parts, f"</{name}>"]


def _prefixed(tag: str, prefix: str, used: dict[str, str]) -> str:
    namespace, name = split_name(tag)
    if namespace and not tag.startswith("{"):
        prefix = tag.partition(":")[0]
    if used.setdefault(prefix, namespace) != namespace:
        raise _ConflictError
    return f"{prefix}:{name}" if prefix else name


def _attribute_name(element: Any, key: str, used: dict[str, str]) -> str:
    namespace, name = split_name(key)
    if not namespace:
        return name
    if namespace == _XML:
        return f"xml:{name}"
    prefix = next((prefix for prefix, uri in element.nsmap.items() if uri == namespace and prefix), "")
    return _prefixed(key, prefix or key.partition(":")[0], used)
