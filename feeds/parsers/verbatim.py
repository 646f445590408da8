"""Keep elements that no field holds as they are written, each with the declarations of its namespaces."""

from functools import lru_cache
from typing import Any

from lxml import etree

from feeds.lazy_pattern import lazy_pattern
from feeds.model.item import Extension
from feeds.model.xml_extension import element_of
from feeds.parsers.namespaces import USUAL_PREFIXES
from feeds.parsers.xml_markup import (
    PrefixConflictError,
    attributes_of,
    declaration,
    escape,
    quoteattr,
    split_name,
    use_prefix,
)

_MOST_ATTRIBUTES = 1000  # libxml2 compares each with all others
_START = lazy_pattern(r'(<[^\s/>]+)((?: xmlns(?::[^=]+)?="[^"]*")*)')
_XMLNS = lazy_pattern(r' xmlns(?::([^=]+))?="[^"]*"')
_BARE = lazy_pattern(r"<[^/:\s>]+[\s/>]")
_EMPTY = lazy_pattern(r"<([^\s/<>]++)([^<>/]*+(?:/(?!>)[^<>/]*+)*+)/>")  # never looks at a character twice
_BAD_NAMES, _NOT_DECLARED = "its names are not those of XML", "its prefix is not declared"


def extension_of(element: Any, *, is_mended: bool) -> tuple[Extension, str]:
    """Return an element verbatim with the declarations that it needs, and why it cannot be kept."""
    prefix, name, namespace, opening, closing, problem = _outline(element.tag, element.prefix or "")
    if len(element.attrib) > _MOST_ATTRIBUTES:
        return Extension(prefix, name, namespace), "it has too many attributes"
    if not len(element) and not is_mended and (written := _leaf(element)) is not None:  # as usual
        return Extension(prefix, name, namespace, f"{opening}{written}{closing}"), problem
    is_usual = prefix == element.prefix and element.tag.startswith(f"{{{namespace}}}")
    xml = _serialized(element, prefix) if is_usual and not is_mended else ""
    extension = Extension(prefix, name, namespace, xml or _verbatim_element(element))
    return extension, problem or ("" if not is_mended or _is_xml(extension.xml) else _BAD_NAMES)


def _leaf(element: Any) -> str | None:
    """Return the attributes and the text of an element as they are written; None if they need more than that."""
    attributes, text = element.items(), element.text or ""
    if not attributes:
        return f">{escape(text)}"
    if "\r" in text or ":" in "".join([name for name, _ in attributes]):
        return None
    written = "".join([f" {name}={quoteattr(value)}" for name, value in attributes])
    return f"{written}>{escape(text)}"


@lru_cache(maxsize=4096)
def _outline(tag: str, prefix: str) -> tuple[str, str, str, str, str, str]:
    """Return the common parts of elements of a tag: prefix, name, namespace, both tags, and why they cannot be kept."""
    namespace, name = split_name(tag)
    prefix = USUAL_PREFIXES.get(namespace, prefix) if namespace else ""
    qualified = f"{prefix}:{name}" if prefix else name
    declared = declaration(prefix, namespace) if prefix or namespace else ""
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
    except PrefixConflictError:
        return etree.tostring(element, encoding="unicode", with_tail=False)
    has_prefix = ":" in start  # then names without one stay in no namespace, whatever is around them
    declared = "".join([declaration(prefix, uri) for prefix, uri in used.items() if prefix or uri or has_prefix])
    return f"{start}{declared}{rest}"


def _is_xml(text: str) -> bool:
    try:
        for node in element_of(text).iter(etree.Element):
            for name in (node.tag, *node.attrib):
                etree.QName(name)
    except (etree.XMLSyntaxError, ValueError):
        return False
    return True


def _verbatim(element: Any, used: dict[str, str]) -> tuple[str, str]:
    """Return an element cut behind the first name in it, where declarations go; add the namespaces to `used`."""
    prefix, name, namespace, *_ = _outline(element.tag, element.prefix or "")
    use_prefix(prefix, namespace, used)
    qualified = f"{prefix}:{name}" if prefix else name
    parts = [attributes_of(element, used), ">", escape(element.text or "")]
    for child in element if len(element) else ():
        if isinstance(child.tag, str):
            parts += _verbatim(child, used)
        parts.append(escape(child.tail or ""))
    return f"<{qualified}", "".join([*parts, "</", qualified, ">"])
