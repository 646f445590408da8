"""Check Media RSS 1.5.1, in Atom and in RSS."""

import re
from collections.abc import Iterator

from feeds.lazy_pattern import lazy_pattern
from feeds.lint.elements import html_problems, unescaped_problems
from feeds.lint.lint_rule import LintProblem
from feeds.lint.values import address_problems, language_problems, media_type_problems, plain_text_problems
from feeds.lint.xml_document import Element
from feeds.text import quoted
from feeds.xml_namespaces import MEDIA

_MEDIA = ("image", "audio", "video", "document", "executable")
_POSITIVE = lazy_pattern(r"0*[1-9][0-9]*", re.ASCII)
_SIZED = {"content", "thumbnail", "player"}
_TEXTS = {"title", "description", "text"}
_PLAIN_TEXTS = {"copyright", "category", "keywords", "credit"}
_NUMBER = (lazy_pattern(r"\d+(?:\.\d+)?", re.ASCII), "a number")
_COUNT = (lazy_pattern(r"\d+", re.ASCII), "a whole number")
_TIME = (lazy_pattern(r"(?:\d+:[0-5]?\d:)?\d+(?:\.\d+)?|now", re.ASCII), "a time as in 12:05:01.123")
_ATTRIBUTES: dict[tuple[str, str], tuple[re.Pattern[str], str]] = {
    ("content", "fileSize"): _COUNT,
    ("content", "bitrate"): _NUMBER,
    ("content", "framerate"): _NUMBER,
    ("content", "samplingrate"): _NUMBER,
    ("content", "channels"): _COUNT,
    ("content", "duration"): (_NUMBER[0], "a number of seconds"),
    ("content", "isDefault"): (lazy_pattern("true|false"), "true or false"),
    ("content", "expression"): (lazy_pattern("full|sample|nonstop"), "full, sample or nonstop"),
    ("description", "type"): (lazy_pattern("plain|html"), "plain or html"),
    ("hash", "algo"): (lazy_pattern("md5|sha-1"), "md5 or sha-1"),
    ("restriction", "relationship"): (lazy_pattern("(?:dis)?allow|deny"), "allow or deny"),
    ("restriction", "type"): (lazy_pattern("country|uri|sharing"), "country, uri or sharing"),
    ("text", "end"): _TIME,
    ("text", "start"): _TIME,
    ("text", "type"): (lazy_pattern("plain|html"), "plain or html"),
    ("thumbnail", "time"): _TIME,
    ("title", "type"): (lazy_pattern("plain|html"), "plain or html"),
}
_SIMPLE = (lazy_pattern("(?:non)?adult"), "adult or nonadult")
_VALUES = {  # by the name of an element and its scheme
    ("hash", ""): (lazy_pattern("[0-9a-fA-F]{32}|[0-9a-fA-F]{40}"), "32 hexadecimal digits, or 40 of sha-1"),
    ("rating", ""): _SIMPLE,
    ("rating", "urn:simple"): _SIMPLE,
}


def media_problems(parent: Element) -> Iterator[LintProblem]:
    """Yield the problems of the media of an item, or of what is in one of these."""
    for element in parent.children:
        if element.namespace == MEDIA:
            yield from _element_problems(element)


def _element_problems(element: Element) -> Iterator[LintProblem]:
    if element.name == "group":
        yield from _group_problems(element)
    yield from _text_problems(element)
    yield from _attribute_problems(element)
    yield from _value_problems(element)
    if element.name in _SIZED:
        yield from _address_problems(element)
        yield from _size_problems(element)
    if element.name == "content":
        yield from _content_problems(element)
    yield from media_problems(element)


def _group_problems(group: Element) -> Iterator[LintProblem]:
    count = len(group.all("content"))
    if count <= 1:
        message = f"the media:group contains {'one' if count else 'no'} media:content"
        remedy = "remove the group; it is for several versions of one object"
        yield group.problem("media-group-of-one", message, remedy)


def _content_problems(content: Element) -> Iterator[LintProblem]:
    medium = content.attributes.get("medium", "image")
    if medium not in _MEDIA:
        yield content.problem("media-medium", f"the medium is {quoted(medium)}", f"write one of {', '.join(_MEDIA)}")
    if "type" in content.attributes:
        yield from content.locate(media_type_problems(content.attributes["type"], "the type of a media:content"))


def _attribute_problems(element: Element) -> Iterator[LintProblem]:
    for name, value in element.attributes.items():
        allowed = _ATTRIBUTES.get((element.name, name))
        if allowed and not allowed[0].fullmatch(value):
            message = f"the {name} of a {element.label} is {quoted(value)}"
            yield element.problem("wrong-value", message, f"write {allowed[1]}, or leave it out")
        elif name == "lang":
            yield from element.locate(language_problems(value, f"the lang of a {element.label}"))


def _value_problems(element: Element) -> Iterator[LintProblem]:
    allowed = _VALUES.get((element.name, element.attributes.get("scheme", "")))
    text = element.text.strip()
    if allowed and not allowed[0].fullmatch(text):
        yield element.problem("wrong-value", f"<{element.label}> is {quoted(text)}", f"write {allowed[1]}")
    if element.name == "copyright" and "url" in element.attributes:
        yield from element.locate(address_problems(element.attributes["url"], f"the url of a {element.label}"))


def _text_problems(element: Element) -> Iterator[LintProblem]:
    if element.name in _TEXTS | _PLAIN_TEXTS:
        yield from unescaped_problems(element)
    if element.name in _TEXTS and element.attributes.get("type") == "html":
        yield from html_problems(element)
    elif element.name in _TEXTS | _PLAIN_TEXTS:
        yield from element.locate(plain_text_problems(element.text, f"<{element.label}>"))


def _address_problems(element: Element) -> Iterator[LintProblem]:
    if address := element.attributes.get("url", ""):
        yield from element.locate(address_problems(address, f"the url of a {element.label}"))
    elif element.name != "content" or not element.all("player"):
        yield element.problem("missing-part", f"a {element.label} has no url", "give it one, or leave it out")


def _size_problems(element: Element) -> Iterator[LintProblem]:
    for side in ("width", "height"):
        size = element.attributes.get(side, "1")
        if not _POSITIVE.fullmatch(size):
            message = f"the {side} of a {element.label} is {quoted(size)}"
            yield element.problem("media-size", message, "write a positive number of pixels, or leave it out")
