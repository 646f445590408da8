"""Write elements as text again: the inside of XHTML, and elements of other vocabularies that stand alone."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from feeds.model.item import Extension

XHTML = "http://www.w3.org/1999/xhtml"
_XML = "http://www.w3.org/XML/1998/namespace"
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


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


def extension_of(element: Any) -> Extension:
    """Return an element as it is, with the declarations that it needs to stand alone."""
    name = etree.QName(element)
    namespace, prefix = name.namespace or "", element.prefix or ""
    used: dict[str, str] = {}
    try:
        parts = _verbatim(element, used)
    except _ConflictError:
        parts = [etree.tostring(element, encoding="unicode", with_tail=False)]
        return Extension(prefix, name.localname, namespace, parts[0])
    declared = "".join(_declaration(prefix, uri) for prefix, uri in used.items() if prefix or uri)
    opening = parts[0]
    end = len(opening.split(" ", 1)[0].rstrip(">"))
    return Extension(prefix, name.localname, namespace, f"{opening[:end]}{declared}{opening[end:]}{''.join(parts[1:])}")


def _declaration(prefix: str, uri: str) -> str:
    return f" xmlns{':' * bool(prefix)}{prefix}={quoteattr(uri)}"


class _ConflictError(Exception):
    """A prefix that stands for two namespaces."""


def _write(element: Any, parts: list[str], outer: str) -> None:
    if not isinstance(element.tag, str):
        return
    name = etree.QName(element)
    namespace = name.namespace or ""
    is_html = namespace in {"", XHTML}
    inner = outer if is_html else namespace
    declared = "" if is_html or namespace == outer else f" xmlns={quoteattr(namespace)}"
    attributes = "".join(f" {_attribute(key)}={quoteattr(value)}" for key, value in element.attrib.items())
    parts.append(f"<{name.localname}{declared}{attributes}")
    if not len(element) and not element.text and (name.localname in _VOID or not is_html):
        parts.append("/>")
        return
    parts += [">", escape(element.text or "")]
    for child in element:
        _write(child, parts, inner)
        parts.append(escape(child.tail or ""))
    parts.append(f"</{name.localname}>")


def _attribute(key: str) -> str:
    name = etree.QName(key)
    return f"xml:{name.localname}" if name.namespace == _XML else name.localname


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
    name = etree.QName(tag)
    if used.setdefault(prefix, name.namespace or "") != (name.namespace or ""):
        raise _ConflictError
    return f"{prefix}:{name.localname}" if prefix else name.localname


def _attribute_name(element: Any, key: str, used: dict[str, str]) -> str:
    if not key.startswith("{"):
        return key
    name = etree.QName(key)
    if name.namespace == _XML:
        return f"xml:{name.localname}"
    prefix = next((prefix for prefix, uri in element.nsmap.items() if uri == name.namespace and prefix), "")
    if not prefix:
        raise _ConflictError
    return _prefixed(key, prefix, used)
