"""Judge HTML content by the elements that a parser of HTML sees in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from feeds.publishing.lint.form import is_whole
from feeds.publishing.lint.lint_rule import Fault
from feeds.text import quoted, xml_text

_RISKS = {"applet", "base", "embed", "form", "frame", "frameset", "iframe", "link", "meta", "object", "script"}
_ADDRESSES = {"action", "background", "cite", "data", "formaction", "href", "longdesc", "poster", "src", "xlink:href"}
_CODE = re.compile(r"(?:javascript|vbscript|data:text/html)", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x20]")
_STYLE = re.compile(
    r"expression\s*\(|behaviou?r\s*:|-moz-binding|position\s*:\s*(?:fixed|absolute)|url\s*\(|@import", re.IGNORECASE
)
_CANDIDATES = re.compile(r",\s+")


def html_faults(html: str, what: str) -> Iterator[tuple[int, Fault]]:
    """Yield what is wrong with HTML, which `what` names, each fault with how many lines below the first it is."""
    if "<" not in html:
        return
    # Bytes, because text may not begin with a declaration of its encoding.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(xml_text(html).encode(), parser)
    except etree.XMLSyntaxError:
        return  # nothing in it is an element
    for element in root.iter(etree.Element):
        line = element.sourceline
        below = line - 1 if isinstance(line, int) else 0
        for fault in element_faults(str(element.tag).lower(), element.attrib, what):
            yield below, fault


def element_faults(tag: str, attributes: Any, what: str) -> Iterator[Fault]:
    """Yield what is wrong with one element of HTML or XHTML."""
    if tag in _RISKS:
        remedy = "link to it instead" if tag in {"iframe", "embed", "object"} else "remove it"
        yield Fault("security-risk", f"{what} holds <{tag}>, which readers remove or are harmed by", remedy)
    if tag == "style":
        yield Fault("dangerous-style", f"{what} holds <style>, which readers remove", "remove it")
    for name, value in attributes.items():
        yield from _attribute_faults(tag, name.lower(), value, what)


def _attribute_faults(tag: str, name: str, value: str, what: str) -> Iterator[Fault]:
    if name in _ADDRESSES:
        yield from _address_faults(tag, value, what)
    elif name in {"srcset", "imagesrcset"}:
        for candidate in _CANDIDATES.split(value.strip().rstrip(",")):
            yield from _address_faults(tag, candidate.strip().partition(" ")[0], what)
    elif name.startswith("on"):
        yield Fault("security-risk", f"{what} holds <{tag} {name}>, which runs in a reader", f"remove {name}")
    elif name == "style" and _STYLE.search(value):
        yield Fault("dangerous-style", f"{what} holds the style {quoted(value)}", "remove it")


def _address_faults(tag: str, address: str, what: str) -> Iterator[Fault]:
    if is_whole(address) and not _CODE.match(address):
        return
    if _CODE.match(_INVISIBLE.sub("", address)):
        yield Fault(
            "security-risk", f"{what} holds <{tag}> with {quoted(address)}, which runs in a reader", "remove it"
        )
    elif not is_whole(address.strip()):
        message = f"{what} holds <{tag}> with {quoted(address)}, which is not a whole address"
        yield Fault("relative-html-address", message, "write it whole, as in https://example.org/news")
