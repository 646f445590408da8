"""Serialize elements: the content of XHTML, and standalone elements of other vocabularies."""

import re
from functools import lru_cache
from typing import Any

from lxml import etree

from feeds.lazy_pattern import lazy_pattern
from feeds.model.item import Extension
from feeds.model.xml_extension import element_of
from feeds.parsers.namespaces import NAMESPACES, USUAL_PREFIXES, short_name, usual_namespace
from feeds.xml_namespaces import XHTML, XML

_SPECIAL = re.compile(r"[&<>\"\n\r\t]")
_BLANKS = {9: "&#9;", 10: "&#10;", 13: "&#13;"}
_MOST_ATTRIBUTES = 1000  # libxml2 compares each with all others
_START = re.compile(r'(<[^\s/>]+)((?: xmlns(?::[^=]+)?="[^"]*")*)')
_XMLNS = lazy_pattern(r' xmlns(?::([^=]+))?="[^"]*"')
_BARE = lazy_pattern(r"<[^/:\s>]+[\s/>]")
_EMPTY = lazy_pattern(r"<([^\s/<>]++)([^<>/]*+(?:/(?!>)[^<>/]*+)*+)/>")  # never looks at a character twice
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def escape(text: str) -> str:
    """Escape text for XML."""
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def quoteattr(text: str) -> str:
    """Return text quoted for an attribute."""
    if not _SPECIAL.search(text):
        return f'"{text}"'
    text = escape(text).replace('"', "&quot;")
    return f'"{text.translate(_BLANKS)}"'


def text_of(element: Any) -> str:
    """Return the text of an element, including inner markup, stripped of blanks."""
    if len(element):
        return inner_markup(element).strip()
    text: str | None = element.text
    return text.strip() if text else ""


def plain_text_of(element: Any) -> str:
    """Return the text of an element that should have no markup: what precedes it, else what is in it."""
    text: str = (element.text or "").strip() or " ".join("".join(element.itertext()).split())
    return text


def inner_markup(element: Any) -> str:
    """Return the content of an element; XHTML without prefixes, for HTML parsers."""
    parts = [escape(element.text or "")]
    for child in element:
        _write(child, parts, XHTML)
        parts.append(escape(child.tail or ""))
    return "".join(parts)


@lru_cache(maxsize=4096)
def split_name(tag: str) -> tuple[str, str]:
    """Return the namespace and the local name of a tag; an undeclared prefix has its usual meaning."""
    if tag.startswith("{"):
        namespace, _, name = tag[1:].partition("}")
        return usual_namespace(namespace), name
    prefix, colon, name = tag.partition(":")
    return (NAMESPACES.get(prefix, ""), name) if colon else ("", tag)


def extension_of(element: Any, *, is_mended: bool) -> tuple[Extension, str]:
    """Return an element verbatim with the declarations that it needs, and why it cannot be kept."""
    prefix, name, namespace, opening, closing, problem = _outline(element.tag, element.prefix or "")
    if len(element.attrib) > _MOST_ATTRIBUTES:
        return Extension(prefix, name, namespace), "it has too many attributes"
    if not len(element) and not is_mended and (written := _plain(element)) is not None:  # as usual
        return Extension(prefix, name, namespace, f"{opening}{written}{closing}"), problem
    is_usual = prefix == element.prefix and element.tag.startswith(f"{{{namespace}}}")
    xml = _serialized(element, prefix) if is_usual and not is_mended else ""
    extension = Extension(prefix, name, namespace, xml or _verbatim_element(element))
    return extension, problem or ("" if not is_mended or _is_xml(extension.xml) else _BAD_NAMES)


def _plain(element: Any) -> str | None:
    """Return the attributes and the text of an element as they are written; None if they need more than that."""
    attributes, text = element.items(), element.text or ""
    if not attributes:
        return f">{escape(text)}"
    if "\r" in text or ":" in "".join([name for name, _ in attributes]):
        return None
    if _SPECIAL.search("".join([value for _, value in attributes])):
        written = "".join([f" {name}={quoteattr(value)}" for name, value in attributes])
    else:
        written = "".join([f' {name}="{value}"' for name, value in attributes])
    return f"{written}>{escape(text)}"


_BAD_NAMES, _NOT_DECLARED = "its names are not those of XML", "its prefix is not declared"


@lru_cache(maxsize=4096)
def _outline(tag: str, prefix: str) -> tuple[str, str, str, str, str, str]:
    """Return the common parts of elements of a tag: prefix, name, namespace, both tags, and why they cannot be kept."""
    namespace, name = split_name(tag)
    prefix = USUAL_PREFIXES.get(namespace, prefix) if namespace else ""
    qualified = f"{prefix}:{name}" if prefix else name
    declared = _declaration(prefix, namespace) if prefix or namespace else ""
    opening, closing = f"<{qualified}{declared}", f"</{qualified}>"
    problem = "" if _is_xml(f"{opening}/>") else _BAD_NAMES
    if tag[0] != "{" and ":" in tag and not namespace:
        problem = _NOT_DECLARED
    return prefix, name, namespace, opening, closing, problem


def _serialized(element: Any, prefix: str) -> str:
    """Return an element as lxml writes it, if no other namespace than its own is used in it, as usual; else nothing."""
    text: str = etree.tostring(element, encoding="unicode", with_tail=False)
    end = text.find('"', text.find('"', text.rfind(" xmlns")) + 1) + 1  # of the declarations, if there are no others
    start, marks = _start(text[:end], prefix)
    rest = text[end:]
    if not start or _BARE.search(rest):
        return ""
    for mark in marks:
        if mark in rest:
            return ""
    return _EMPTY.sub(r"<\1\2></\1>", start + rest) if "/>" in rest else start + rest


@lru_cache(maxsize=256)
def _start(text: str, prefix: str) -> tuple[str, tuple[str, ...]]:
    """Return the start of an element with the declaration of its prefix only, and what marks the use of others.

    The start is empty if there is more than declarations.
    """
    found = _START.fullmatch(text)
    declared = {each[1] or "": each[0] for each in _XMLNS.finditer(found[2])} if found else {}
    if not found or prefix not in declared:
        return "", ()
    others = tuple(f"{each}:" for each in declared if each not in {"", prefix})
    return found[1] + declared[prefix], others


def _verbatim_element(element: Any) -> str:
    used: dict[str, str] = {}
    try:
        start, rest = _verbatim(element, used)
    except _ConflictError:
        return etree.tostring(element, encoding="unicode", with_tail=False)
    has_prefix = ":" in start  # then names without one stay in no namespace, whatever is around them
    declared = "".join([_declaration(prefix, uri) for prefix, uri in used.items() if prefix or uri or has_prefix])
    return f"{start}{declared}{rest}"


def _is_xml(text: str) -> bool:
    try:
        for node in element_of(text).iter(etree.Element):
            for name in (node.tag, *node.attrib):
                etree.QName(name)
    except (etree.XMLSyntaxError, ValueError):
        return False
    return True


def _declaration(prefix: str, uri: str) -> str:
    return f" xmlns{':' * bool(prefix)}{prefix}={quoteattr(uri)}"


class _ConflictError(Exception):
    """A prefix with two namespaces."""


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
    """Return the attributes of an element, with the namespace declarations that they need."""
    used: dict[str, str] = {}
    written = "".join(
        f" {_attribute_name(element, key, used)}={quoteattr(value)}" for key, value in element.attrib.items()
    )
    return "".join(_declaration(prefix, uri) for prefix, uri in used.items()) + written


def _verbatim(element: Any, used: dict[str, str]) -> tuple[str, str]:
    """Return the start of an element, up to its name, and its rest; add its namespaces to `used`."""
    prefix, name, namespace, *_ = _outline(element.tag, element.prefix or "")
    _use(prefix, namespace, used)
    qualified = f"{prefix}:{name}" if prefix else name
    attributes = [f" {_attribute_name(element, key, used)}={quoteattr(value)}" for key, value in element.attrib.items()]
    parts = [*attributes, ">", escape(element.text or "")]
    for child in element if len(element) else ():
        if isinstance(child.tag, str):
            parts += _verbatim(child, used)
        parts.append(escape(child.tail or ""))
    return f"<{qualified}", "".join([*parts, "</", qualified, ">"])


def _use(prefix: str, namespace: str, used: dict[str, str]) -> None:
    if used.setdefault(prefix, namespace) != namespace:
        raise _ConflictError


def _attribute_name(element: Any, key: str, used: dict[str, str]) -> str:
    namespace, name = split_name(key)
    if not namespace:
        return name
    if namespace == XML:
        return f"xml:{name}"
    prefix = key.partition(":")[0]
    if key.startswith("{"):
        written = key[1:].partition("}")[0]
        prefix = next((prefix for prefix, uri in element.nsmap.items() if uri == written and prefix), "")
    _use(prefix, namespace, used)
    return f"{prefix}:{name}" if prefix else name
