"""Carry elements of other vocabularies in JSON Feed as `_prefix` objects, and give them back as they were.

An object has the namespace as `about` and each element by its name: its text, or an object with `@attribute`, `#text`
and its children, which is easy to use. `xml` lists the elements as they were written, which is what gives them back.
"""

import json
from typing import Any

from lxml import etree

from feeds.model.item import Extension
from feeds.model.xml_extension import element_of, leaf_of

OURS = "https://feeds.example/schema/record.schema.json"  # what objects of this program are about
_ABOUT = "about"
_XML = "xml"
_CORE = "rss"
_TAKEN = {"related", "source"}  # objects that this program writes itself


def extension_values(extensions: tuple[Extension, ...]) -> dict[str, Any]:
    """Return the keys and values of extensions in JSON; elements of one namespace are in one object."""
    values: dict[str, Any] = {}
    for each in extensions:
        if each.json:
            values[each.name] = json.loads(each.json)
        else:
            _put(values, each)
    return values


def extensions_of_value(value: Any) -> tuple[Extension, ...] | None:
    """Return the elements in an object that `extension_values` made; None for any other value."""
    if not isinstance(value, dict) or not isinstance(value.get(_XML), list):
        return None
    namespace = value.get(_ABOUT, "")
    try:
        elements = [(xml, element_of(xml)) for xml in value[_XML]]
        named = [(xml, etree.QName(element), element.prefix or "") for xml, element in elements]
    except (etree.XMLSyntaxError, TypeError, ValueError):
        return None
    if any((name.namespace or "") != namespace for _, name, _ in named):
        return None
    return tuple(Extension(prefix, name.localname, namespace, xml) for xml, name, prefix in named)


def _put(values: dict[str, Any], extension: Extension) -> None:
    key = f"_{extension.prefix or _CORE}{'_' * (extension.prefix in _TAKEN)}"
    while key in values and not _is_of(values[key], extension.namespace):
        key += "_"
    held = values.setdefault(key, {_ABOUT: extension.namespace} if extension.namespace else {})
    leaf = leaf_of(extension.xml)
    name, shown = extension.name, _shown(*leaf) if leaf else _value(element_of(extension.xml))
    if name not in {_ABOUT, _XML}:
        _add(held, name, shown)
    held.setdefault(_XML, []).append(extension.xml)


def _is_of(value: Any, namespace: str) -> bool:
    """Return whether a value is the object of a namespace, and not one that JSON Feed itself brought."""
    return isinstance(value, dict) and isinstance(value.get(_XML), list) and value.get(_ABOUT, "") == namespace


def _add(held: dict[str, Any], name: str, shown: Any) -> None:
    """Add a value; several of one name are a list."""
    if name in held:
        former = held[name]
        shown = [*(former if isinstance(former, list) else [former]), shown]
    held[name] = shown


def _value(element: Any) -> Any:
    """Return an element as data that is easy to use."""
    text = "".join(element.itertext()) if not len(element) else (element.text or "").strip()
    parts: dict[str, Any] = {}
    for child in element.iterchildren(etree.Element):
        name, shown = etree.QName(child).localname, _value(child)
        _add(parts, name, shown)
    attributes = {etree.QName(name).localname: value for name, value in element.attrib.items()}
    return _shown(attributes, text, parts)


def _shown(attributes: dict[str, str], text: str, parts: dict[str, Any] | None = None) -> Any:
    held = {f"@{name}": value for name, value in attributes.items()} | (parts or {})
    if not held:
        return text
    return held | {"#text": text} if text else held
