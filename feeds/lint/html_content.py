"""Check HTML content by the elements that an HTML parser finds."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from lxml import etree

from feeds.lazy_pattern import lazy_pattern
from feeds.lint.lint_rule import LintProblem
from feeds.lint.values import is_absolute_uri
from feeds.text import quoted, xml_text
from feeds.urls import srcset_candidates

_RISKS = {"applet", "base", "embed", "form", "frame", "frameset", "iframe", "link", "meta", "object", "script"}
_ADDRESSES = {"action", "background", "cite", "data", "formaction", "href", "longdesc", "poster", "src", "xlink:href"}
_CODE = lazy_pattern(r"(?:javascript|vbscript|data:text/html)", re.IGNORECASE)
_INVISIBLE = lazy_pattern(r"[\x00-\x20]")
_STYLE = lazy_pattern(
    r"expression\s*\(|behaviou?r\s*:|-moz-binding|position\s*:\s*(?:fixed|absolute)|url\s*\(|@import", re.IGNORECASE
)
_MISMATCH = lazy_pattern(r"tag mismatch: (\S+) and (\S+)")  # of libxml2: the end and what is open
_END = "end-of-text"  # an element behind the text, before which all others are closed
_MAY_BE_OPEN = {
    *("body", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rp", "rt"),
    *("tbody", "td", "tfoot", "th", "thead", "tr"),
}
_MOST = 1000  # problems of one text

Signed = tuple[str, LintProblem]


class _Elements:
    """A parser target that checks each start tag; unlike a tree, its cost is linear in their number."""

    def __init__(self) -> None:
        self.begin("")

    def begin(self, what: str) -> None:
        self._what = what
        self._found: list[Signed] = []
        self._open: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == _END and (left := [name for name in self._open if name not in _MAY_BE_OPEN]):
            self._found.append(_unclosed(left[-1], "its end", self._what))
        self._open.append(tag)
        if len(self._found) < _MOST:
            self._found.extend(problems_of_tag(tag.lower(), attributes, self._what))

    def end(self, tag: str) -> None:  # noqa: ARG002 - lxml's shape
        self._open.pop()

    def close(self) -> list[Signed]:
        return self._found


def problems_in_html(html: str, what: str) -> Iterator[tuple[int, LintProblem]]:
    """Yield the problems of HTML, named `what`, each with its line, counted from 0."""
    if "<" not in html or _is_harmless(html):
        return
    small = html.lower()
    for sign, problem in _found_in(html, what):
        yield small.count("\n", 0, max(small.find(sign.lower()), 0)), problem


@lru_cache(maxsize=2048)
def _is_harmless(html: str) -> bool:
    """Return whether HTML has no problems; cached, as an item is in several feeds and formats."""
    return not _found_in(html, "")


@cache
def _parser() -> tuple[_Elements, etree.HTMLParser]:
    """Return the parser of this process and its target; creating one takes longer than an item."""
    elements: Any = _Elements()
    return elements, etree.HTMLParser(encoding="utf-8", no_network=True, target=elements)


def _found_in(html: str, what: str) -> list[Signed]:
    elements, parser = _parser()
    elements.begin(what)
    # Bytes, as text must not begin with an encoding declaration.
    found: Any = etree.fromstring(f"{xml_text(html)}<{_END}>".encode(), parser)
    first = next(filter(None, (_MISMATCH.search(error.message) for error in parser.error_log)), None)
    return [*found, *([_unclosed(first[2], f"</{first[1]}>", what)] if first else ())]


def _unclosed(tag: str, where: str, what: str) -> Signed:
    message = f"{what} contains <{tag}>, which is not closed before {where}"
    return f"<{tag}", LintProblem("unclosed-html", message, f"write </{tag}>")


def problems_of_tag(tag: str, attributes: Mapping[str, str], what: str) -> Iterator[Signed]:
    """Yield the problems of an element of HTML or XHTML, each with the text that locates it."""
    if tag in _RISKS:
        message = f"{what} contains <{tag}>, which readers remove as unsafe"
        remedy = "link to it instead" if tag in {"iframe", "embed", "object"} else "remove it"
        yield f"<{tag}", LintProblem("security-risk", message, remedy)
    if tag == "style":
        yield "<style", LintProblem("dangerous-style", f"{what} contains <style>, which readers remove", "remove it")
    for name, value in attributes.items():
        yield from _attribute_problems(tag, name.lower(), value, what)


def _attribute_problems(tag: str, name: str, value: str, what: str) -> Iterator[Signed]:
    if name in _ADDRESSES:
        yield from _address_problems(tag, value, what)
    elif name in {"srcset", "imagesrcset"}:
        for address, _ in srcset_candidates(value):
            yield from _address_problems(tag, address, what)
    elif name.startswith("on"):
        message = f"{what} contains <{tag} {name}>, which runs as script in a reader"
        yield name, LintProblem("security-risk", message, f"remove {name}")
    elif name == "style" and _STYLE.search(value):
        yield value, LintProblem("dangerous-style", f"{what} contains the style {quoted(value)}", "remove it")


def _address_problems(tag: str, address: str, what: str) -> Iterator[Signed]:
    if is_absolute_uri(address) and not _CODE.match(address):
        return
    said = f"{what} contains <{tag}> with {quoted(address)}"
    if _CODE.match(_INVISIBLE.sub("", address)):
        yield address, LintProblem("security-risk", f"{said}, which runs as script in a reader", "remove it")
    elif not is_absolute_uri(address.strip()):
        message, remedy = f"{said}, which is not an absolute URL", "write it in full, as in https://example.org/news"
        yield address or f"<{tag}", LintProblem("relative-html-address", message, remedy)
