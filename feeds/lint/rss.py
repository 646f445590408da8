"""Check RSS 2.0 (RSS 2.0.11, and the RSS Advisory Board's best-practices profile)."""

from collections.abc import Iterator
from datetime import datetime

from feeds.lint.date import read_rfc822_date
from feeds.lint.element_values import podcast_problems, value_problems
from feeds.lint.elements import known_problems, repeated_problems, required_problems
from feeds.lint.link import link_problems, self_problems
from feeds.lint.lint_rule import LintProblem
from feeds.lint.namespaces import ATOM
from feeds.lint.rss_item import WITH_EMAIL, duplicate_problems, item_problems
from feeds.lint.values import Identities, address_problems, language_problems, plain_text_problems
from feeds.lint.xml_document import Element
from feeds.text import quoted

_REQUIRED = ("title", "link", "description")
_ONCE = {
    *_REQUIRED, "language", "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate", "generator", "docs",
    "cloud", "ttl", "image", "rating", "textInput", "skipHours", "skipDays",
}  # fmt: skip
_KNOWN = _ONCE | {"category", "item"}
_DUBLIN_CORE = {"language": "language", "copyright": "rights", "pubDate": "date", "managingEditor": "creator"}
_EDITORS = ("managingEditor", "webMaster")
_OF_CLOUD = ("domain", "port", "path", "registerProcedure", "protocol")
_WIDEST, _HIGHEST = 144, 400


def rss_problems(root: Element) -> Iterator[LintProblem]:
    """Yield the problems of an RSS document."""
    version = root.attributes.get("version", "")
    if version != "2.0":
        yield root.problem("wrong-version", f"the version of RSS is {quoted(version)}", 'write version="2.0"')
    yield from repeated_problems(root, {"channel"})
    channel = root.first("channel")
    if channel is None:
        yield root.problem("missing-part", "<rss> has no <channel>", "put everything into one")
        return
    yield from required_problems(channel, _REQUIRED, may_be_empty={"description"})  # as WordPress writes it
    yield from known_problems(channel, _KNOWN)
    yield from repeated_problems(channel, _ONCE)
    yield from duplicate_problems(channel, _DUBLIN_CORE)
    yield from _head_problems(channel)
    yield from value_problems(channel)
    yield from podcast_problems(channel)
    yield from _hint_problems(channel)
    yield from _image_problems(channel)
    yield from _items_problems(channel)


def _head_problems(channel: Element) -> Iterator[LintProblem]:
    links = channel.all("link", ATOM)
    yield from link_problems(links)
    yield from self_problems(channel, links, "application/rss+xml")
    for title in channel.all("title"):
        yield from title.locate(plain_text_problems(title.text, "the title"))
    for link in channel.all("link"):
        if link.text.strip():
            yield from link.locate(address_problems(link.text.strip(), "the link of the channel"))
    for language in channel.all("language"):
        yield from language.locate(language_problems(language.text.strip(), "the language"))
    for name in _EDITORS:
        for editor in channel.all(name):
            if not WITH_EMAIL.search(editor.text):
                message = f"<{name}> is {quoted(editor.text)}, without an email address"
                yield editor.problem("rss-author", message, "write desk@example.org (The desk), or leave it out")


def _hint_problems(channel: Element) -> Iterator[LintProblem]:
    """Yield the problems of the hints on when and how to poll."""
    for hints in (*channel.all("skipHours"), *channel.all("skipDays")):
        yield from value_problems(hints)
        seen: set[str] = set()
        for hint in hints.children:
            if hint.text.strip() in seen:
                yield hint.problem("repeated-part", f"<{hint.label}> {hint.text.strip()} is repeated", "keep one")
            seen.add(hint.text.strip())
    for cloud in channel.all("cloud"):
        if missing := [name for name in _OF_CLOUD if not cloud.attributes.get(name, "").strip()]:
            yield cloud.problem("missing-part", f"<cloud> has no {', '.join(missing)}", "add them, or leave it out")
    for box in channel.all("textInput"):
        yield from required_problems(box, ("title", "description", "name", "link"))


def _image_problems(channel: Element) -> Iterator[LintProblem]:
    for image in channel.all("image"):
        yield from required_problems(image, ("url", "title", "link"))
        if url := image.text_of("url"):
            yield from image.locate(address_problems(url, "the url of the image"))
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


def _items_problems(channel: Element) -> Iterator[LintProblem]:
    items = channel.all("item")
    identities = Identities()
    for item in items:
        yield from item_problems(item)
        guid = item.first("guid")
        yield from (guid or item).locate(identities.problems(guid.text if guid else ""))
    newest = max(filter(None, map(_published, items)), default=None)
    for name in ("pubDate", "lastBuildDate"):
        for element in channel.all(name):
            reading = read_rfc822_date(element.text, f"<{name}>")
            yield from element.locate(reading.problems)
            if name == "lastBuildDate" and reading.instant and newest and reading.instant < newest:
                message = "<lastBuildDate> is older than the newest item"
                yield element.problem("feed-date", message, "write the date of the newest item")


def _published(item: Element) -> datetime | None:
    text = item.text_of("pubDate")
    return read_rfc822_date(text, "").instant if text else None
