"""Check Media RSS 1.5.1, in Atom and in RSS."""

import re
from collections.abc import Iterator

from feeds.lint.lint_rule import LintProblem
from feeds.lint.namespaces import MEDIA
from feeds.lint.values import address_problems, media_type_problems
from feeds.lint.xml_document import Element
from feeds.text import quoted

_MEDIA = ("image", "audio", "video", "document", "executable")
_POSITIVE = re.compile(r"0*[1-9][0-9]*", re.ASCII)
_SIZED = {"content", "thumbnail", "player"}


def media_problems(item: Element) -> Iterator[LintProblem]:
    """Yield the problems of the media of an item."""
    for element in item.children:
        if element.namespace == MEDIA:
            yield from _element_problems(element)


def _element_problems(element: Element) -> Iterator[LintProblem]:
    if element.name == "group":
        count = len(element.all("content"))
        if count <= 1:
            message = f"the media:group contains {'one' if count else 'no'} media:content"
            yield element.problem(
                "media-group-of-one", message, "remove the group; it is for several versions of one object"
            )
    if element.name in _SIZED:
        yield from _address_problems(element)
        yield from _size_problems(element)
    medium = element.attributes.get("medium", "image")
    if element.name == "content" and medium not in _MEDIA:
        yield element.problem("media-medium", f"the medium is {quoted(medium)}", f"write one of {', '.join(_MEDIA)}")
    if "type" in element.attributes and element.name == "content":
        yield from element.locate(media_type_problems(element.attributes["type"], "the type of a media:content"))
    for child in element.children:
        if child.namespace == MEDIA:
            yield from _element_problems(child)


def _address_problems(element: Element) -> Iterator[LintProblem]:
    address = element.attributes.get("url", "")
    if address:
        yield from element.locate(address_problems(address, f"the url of a {element.label}"))
    elif element.name != "content" or not element.all("player"):
        yield element.problem("missing-part", f"a {element.label} has no url", "give it one, or leave it out")


def _size_problems(element: Element) -> Iterator[LintProblem]:
    for side in ("width", "height"):
        size = element.attributes.get(side, "1")
        if not _POSITIVE.fullmatch(size):
            message = f"the {side} of a {element.label} is {quoted(size)}"
            yield element.problem("media-size", message, "write a positive number of pixels, or leave it out")
