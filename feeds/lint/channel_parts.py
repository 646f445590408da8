"""Check the parts of an RSS channel that have parts of their own: image, textInput, cloud, skipHours and skipDays."""

import re
from collections.abc import Iterator

from feeds.lazy_pattern import lazy_pattern
from feeds.lint.element_values import value_problems
from feeds.lint.elements import child_problems, known_problems
from feeds.lint.lint_rule import LintProblem
from feeds.lint.values import plain_text_problems, uri_problems
from feeds.lint.xml_document import Element
from feeds.text import quoted

WITH_PARTS = frozenset({"cloud", "image", "item", "skipDays", "skipHours", "textInput"})

_OF_CLOUD = ("domain", "port", "path", "registerProcedure", "protocol")
_OF_BOX = ("title", "description", "name", "link")
_OF_IMAGE = ("url", "title", "link")
_IN_IMAGE = frozenset({*_OF_IMAGE, "width", "height", "description"})
_HINTS = {"skipHours": "hour", "skipDays": "day"}
_PORT = lazy_pattern(r"0*[1-9]\d{0,4}", re.ASCII)
_FIELD = lazy_pattern(r"[A-Za-z][\w:.-]*", re.ASCII)
_PROTOCOLS = ("xml-rpc", "soap", "http-post")
_WIDEST, _HIGHEST = 144, 400


def part_problems(channel: Element) -> Iterator[LintProblem]:
    """Yield the problems of the parts of a channel that have parts of their own."""
    for child in channel.children:
        if child.namespace != channel.namespace:
            continue
        if child.name in _HINTS:
            yield from _hint_problems(child, _HINTS[child.name])
        elif child.name == "cloud":
            yield from _cloud_problems(child)
        elif child.name == "textInput":
            yield from _box_problems(child)
        elif child.name == "image":
            yield from _image_problems(child, channel)


def _hint_problems(hints: Element, name: str) -> Iterator[LintProblem]:
    """Yield the problems of hints on when not to poll."""
    yield from known_problems(hints, {name})
    yield from value_problems(hints)
    if not hints.children:
        yield hints.problem("missing-part", f"<{hints.label}> has no <{name}>", "add one, or leave it out")
    seen: set[str] = set()
    for hint in hints.children:
        if hint.text.strip() in seen:
            yield hint.problem("repeated-part", f"<{hint.label}> {hint.text.strip()} is repeated", "keep one")
        seen.add(hint.text.strip())


def _cloud_problems(cloud: Element) -> Iterator[LintProblem]:
    said = {name: cloud.attributes.get(name, "").strip() for name in _OF_CLOUD}
    if said["protocol"] == "http-post":  # which has no procedures
        said.pop("registerProcedure")
    if missing := [name for name in said if not said[name]]:
        yield cloud.problem("missing-part", f"<cloud> has no {', '.join(missing)}", "add them, or leave it out")
        return
    if not _PORT.fullmatch(said["port"]):
        yield cloud.problem("wrong-value", f"the port of <cloud> is {quoted(said['port'])}", "write it as in 80")
    if said["protocol"] not in _PROTOCOLS:
        message = f"the protocol of <cloud> is {quoted(said['protocol'])}"
        yield cloud.problem("wrong-value", message, f"write one of {', '.join(_PROTOCOLS)}")


def _box_problems(box: Element) -> Iterator[LintProblem]:
    yield from child_problems(box, _OF_BOX, _OF_BOX, _OF_BOX)
    yield from _text_problems(box)
    name = box.text_of("name")
    if name and not _FIELD.fullmatch(name):
        yield box.problem("wrong-value", f"the name of <textInput> is {quoted(name)}", "write it as in q")
    yield from _address_problems(box, "link", "the link of <textInput>")


def _image_problems(image: Element, channel: Element) -> Iterator[LintProblem]:
    yield from child_problems(image, _IN_IMAGE, _IN_IMAGE, _OF_IMAGE)
    yield from _text_problems(image)
    yield from _address_problems(image, "url", "the url of the image")
    for name in ("title", "link"):
        said, expected = image.text_of(name), channel.text_of(name)
        if said and said != expected:
            message = f"the {name} of the image is {quoted(said)}, and that of the channel {quoted(expected)}"
            yield image.problem("channel-image", message, "make them the same")
    for name, most in (("width", _WIDEST), ("height", _HIGHEST)):
        size = image.text_of(name)
        if size and not (size.isdecimal() and 0 < int(size[:9]) <= most):
            message = f"the {name} of the image is {quoted(size)}"
            yield image.problem("channel-image", message, f"write a number of pixels up to {most}")


def _address_problems(part: Element, name: str, what: str) -> Iterator[LintProblem]:
    for address in part.all(name):
        if address.text.strip():
            yield from address.locate(uri_problems(address.text, what))


def _text_problems(part: Element) -> Iterator[LintProblem]:
    for text in (*part.all("title"), *part.all("description"), *part.all("name")):
        yield from text.locate(plain_text_problems(text.text, f"the {text.name} of <{part.label}>"))
