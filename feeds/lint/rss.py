"""Find what is wrong with RSS 2.0 (RSS 2.0.11, and the RSS Advisory Board's best-practices profile)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from feeds.lint.date import read_rfc822_date
from feeds.lint.form import Identities, address_faults, language_faults
from feeds.lint.link import link_findings, self_findings
from feeds.lint.lint_rule import Finding
from feeds.lint.part import (
    known_findings,
    reading_findings,
    repeated_findings,
    required_findings,
)
from feeds.lint.plain_text import plain_text_faults
from feeds.lint.rss_item import ATOM, item_findings, twin_findings
from feeds.lint.xml_document import Element
from feeds.text import quoted

_REQUIRED = ("title", "link", "description")
_ONCE = {
    *_REQUIRED, "language", "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate", "generator", "docs",
    "cloud", "ttl", "image", "rating", "textInput", "skipHours", "skipDays",
}  # fmt: skip
_KNOWN = _ONCE | {"category", "item"}
_TWINS = {"language": "language", "copyright": "rights", "pubDate": "date", "managingEditor": "creator"}
_EDITORS = ("managingEditor", "webMaster")
_WITH_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_WIDEST, _HIGHEST = 144, 400


def rss_findings(root: Element) -> Iterator[Finding]:
    """Yield what is wrong with an RSS document."""
    version = root.attributes.get("version", "")
    if version != "2.0":
        yield root.finding("wrong-version", f"the version of RSS is {quoted(version)}", 'write version="2.0"')
    yield from repeated_findings(root, {"channel"})
    channel = root.first("channel")
    if channel is None:
        yield root.finding("missing-part", "<rss> has no <channel>", "put everything into one")
        return
    yield from required_findings(channel, _REQUIRED)
    yield from known_findings(channel, _KNOWN)
    yield from repeated_findings(channel, _ONCE)
    yield from twin_findings(channel, _TWINS)
    yield from _head_findings(channel)
    yield from _image_findings(channel)
    yield from _items_findings(channel)


def _head_findings(channel: Element) -> Iterator[Finding]:
    links = channel.all("link", ATOM)
    yield from link_findings(links)
    yield from self_findings(channel, links, "application/rss+xml")
    for title in channel.all("title"):
        yield from (title.finding(*fault) for fault in plain_text_faults(title.text, "the title"))
    for link in channel.all("link"):
        if link.text.strip():
            yield from (link.finding(*fault) for fault in address_faults(link.text.strip(), "the link of the channel"))
    for language in channel.all("language"):
        yield from (language.finding(*fault) for fault in language_faults(language.text.strip(), "the language"))
    for name in _EDITORS:
        for editor in channel.all(name):
            if not _WITH_EMAIL.search(editor.text):
                message = f"<{name}> is {quoted(editor.text)}, without an e-mail address"
                yield editor.finding("rss-author", message, "write desk@example.org (The desk), or leave it out")


def _image_findings(channel: Element) -> Iterator[Finding]:
    for image in channel.all("image"):
        yield from required_findings(image, ("url", "title", "link"))
        for name in ("title", "link"):
            said, expected = image.text_of(name), channel.text_of(name)
            if said and said != expected:
                message = f"the {name} of the image is {quoted(said)}, and that of the channel {quoted(expected)}"
                yield image.finding("channel-image", message, "make them the same")
        for name, most in (("width", _WIDEST), ("height", _HIGHEST)):
            size = image.text_of(name)
            if size and not (size.isdecimal() and 0 < int(size[:9]) <= most):
                message = f"the {name} of the image is {quoted(size)}"
                yield image.finding("channel-image", message, f"write a number of pixels up to {most}")


def _items_findings(channel: Element) -> Iterator[Finding]:
    items = channel.all("item")
    identities = Identities()
    for item in items:
        yield from item_findings(item)
        guid = item.first("guid")
        yield from ((guid or item).finding(*fault) for fault in identities.faults(guid.text if guid else ""))
    newest = max(filter(None, map(_published, items)), default=None)
    for name in ("pubDate", "lastBuildDate"):
        for element in channel.all(name):
            reading = read_rfc822_date(element.text, f"<{name}>")
            yield from reading_findings(element, reading)
            if name == "lastBuildDate" and reading.instant and newest and reading.instant < newest:
                message = "<lastBuildDate> is older than the newest item"
                yield element.finding("feed-date", message, "write the date of the newest item")


def _published(item: Element) -> datetime | None:
    text = item.text_of("pubDate")
    return read_rfc822_date(text, "").instant if text else None
