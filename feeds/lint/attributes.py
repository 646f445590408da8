"""Check which attributes elements have: those of the format, of XML, and of other namespaces."""

from collections.abc import Collection, Iterator, Mapping

from feeds.lint.lint_rule import LintProblem
from feeds.lint.values import is_absolute_uri, language_problems
from feeds.lint.xml_document import Element
from feeds.parsers.resolve import resolve
from feeds.text import quoted

Attributes = Mapping[str, Collection[str]]

_TEXT = ("type",)
OF_ATOM: Attributes = {  # RFC 4287, appendix B
    **dict.fromkeys(("rights", "subtitle", "summary", "title"), _TEXT),
    "category": ("label", "scheme", "term"),
    "content": ("src", "type"),
    "generator": ("uri", "version"),
    "link": ("href", "hreflang", "length", "rel", "title", "type"),
}
OF_RSS: Attributes = {
    "category": ("domain",),
    "cloud": ("domain", "path", "port", "protocol", "registerprocedure"),
    "description": _TEXT,  # of RSS 0.94
    "enclosure": ("length", "type", "url"),
    "guid": ("ispermalink",),  # however it is written, which another rule is about
    "rss": ("version",),
    "source": ("url",),
}
_ANY = "https://example.org/"  # a relative base is relative to the address of the document
_WITH_PARTS = {  # others hold text, if only HTML that is not escaped
    *("author", "channel", "contributor", "entry", "feed", "image", "item", "rss", "skipDays", "skipHours", "source"),
    "textInput",
}


def attribute_problems(element: Element, known: Attributes) -> Iterator[LintProblem]:
    """Yield the problems of the attributes of an element and its parts, which are of its own namespace."""
    for name in element.attributes:
        if name.isidentifier() and name.lower() not in known.get(element.name, ()):
            message = f"<{element.label}> cannot have the attribute {name}"
            yield element.problem("unknown-attribute", message, "remove it, or use a namespace")
    if language := element.xml("lang"):  # empty, it takes that of the parent away
        yield from element.locate(language_problems(language, "xml:lang"))
    base = element.xml("base")
    if base and not is_absolute_uri(resolve(base, _ANY)):
        yield element.problem(
            "wrong-value", f"xml:base is {quoted(base)}, which is no URL", "write it as in https://example.org/"
        )
    for child in element.children if element.name in _WITH_PARTS else ():
        if child.namespace == element.namespace:
            yield from attribute_problems(child, known)
