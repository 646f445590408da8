"""Write the content of elements as XHTML, and names and attributes of elements with their namespaces."""

import re
from functools import lru_cache
from typing import Any

from feeds.parsers.namespaces import NAMESPACES, short_name, usual_namespace
from feeds.xml_namespaces import XHTML, XML

_SPECIAL = re.compile(r"[&<>\"\n\r\t]")
_BLANKS = {9: "&#9;", 10: "&#10;", 13: "&#13;"}
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


class PrefixConflictError(Exception):
    """A prefix with two namespaces."""


@lru_cache(maxsize=4096)
def split_name(tag: str) -> tuple[str, str]:
    """Return the namespace and the local name of a tag; an undeclared prefix has its usual meaning."""
    if tag.startswith("{"):
        namespace, _, name = tag[1:].partition("}")
        return usual_namespace(namespace), name
    prefix, colon, name = tag.partition(":")
    return (NAMESPACES.get(prefix, ""), name) if colon else ("", tag)


def attributes_of(element: Any, used: dict[str, str]) -> str:
    """Return the attributes of an element; add the prefixes of their names to those that need a declaration."""
    named = [(_attribute_name(element, key, used), value) for key, value in element.attrib.items()]
    return "".join([f" {name}={quoteattr(value)}" for name, value in named])


def declaration(prefix: str, uri: str) -> str:
    """Return the declaration of a namespace."""
    return f" xmlns{':' * bool(prefix)}{prefix}={quoteattr(uri)}"


def use_prefix(prefix: str, namespace: str, used: dict[str, str]) -> None:
    """Add a prefix to those that need a declaration. Raises PrefixConflictError if it has another meaning there."""
    if used.setdefault(prefix, namespace) != namespace:
        raise PrefixConflictError


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
    use_prefix(prefix, namespace, used)
    return f"{prefix}:{name}" if prefix else name


def _write(element: Any, parts: list[str], outer: str) -> None:
    if not isinstance(element.tag, str):
        return
    namespace, name = split_name(element.tag)
    is_html = short_name(element.tag).partition(":")[0] in {"xhtml", "atom", name.lower()}  # the last: in no namespace
    inner = outer if is_html else namespace
    declared = "" if is_html or namespace == outer else f" xmlns={quoteattr(namespace)}"
    used: dict[str, str] = {}
    attributes = attributes_of(element, used)
    parts.append(f"<{name}{declared}{''.join(map(declaration, used, used.values()))}{attributes}")
    if not len(element) and not element.text and (name in _VOID or not is_html):
        parts.append("/>")
        return
    parts += [">", escape(element.text or "")]
    for child in element:
        _write(child, parts, inner)
        parts.append(escape(child.tail or ""))
    parts.append(f"</{name}>")
