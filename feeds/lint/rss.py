"""Check RSS 2.0 (RSS 2.0.11, and the RSS Advisory Board's best-practices profile)."""

from collections.abc import Iterator
from datetime import datetime

from feeds.lint.attributes import OF_RSS, attribute_problems
from feeds.lint.channel_parts import WITH_PARTS, part_problems
from feeds.lint.date import read_rfc822_date
from feeds.lint.element_values import value_problems
from feeds.lint.elements import child_problems, unescaped_problems, version_problems
from feeds.lint.link import link_problems, self_problems
from feeds.lint.lint_rule import LintProblem
from feeds.lint.media import media_problems
from feeds.lint.podcast import podcast_problems
from feeds.lint.rss_item import item_problems
from feeds.lint.rss_parts import category_problems, duplicate_problems, person_problems
from feeds.lint.values import Identities, language_problems, plain_text_problems, uri_problems
from feeds.lint.xml_document import Element
from feeds.xml_namespaces import ATOM, DC, DCTERMS

_OLD = {"0.91", "0.92", "0.93", "0.94"}
_REQUIRED = ("title", "link", "description")
_ONCE = {
    *_REQUIRED, "language", "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate",
    "generator", "docs", "cloud", "ttl", "image", "rating", "textInput", "skipHours", "skipDays",
}  # fmt: skip
_KNOWN = _ONCE | {"category", "item"}
_EQUIVALENTS = {
    "language": ((DC, "language"),),
    "copyright": ((DC, "rights"),),
    "pubDate": ((DC, "date"),),
    "managingEditor": ((DC, "creator"),),
    "webMaster": ((DC, "publisher"),),
    "lastBuildDate": ((DCTERMS, "modified"),),
}
_EDITORS = ("managingEditor", "webMaster")


def rss_problems(root: Element) -> Iterator[LintProblem]:
    """Yield the problems of an RSS document."""
    yield from version_problems(root, "RSS", _OLD)
    yield from child_problems(root, {"channel"}, {"channel"})
    yield from attribute_problems(root, OF_RSS)
    channel = root.first("channel")
    if channel is None:
        yield root.problem("missing-part", "<rss> has no <channel>", "put everything into one")
        return
    yield from child_problems(channel, _KNOWN, _ONCE, _REQUIRED, may_be_empty={"description"})
    yield from duplicate_problems(channel, _EQUIVALENTS)
    yield from _head_problems(channel)
    yield from value_problems(channel)
    yield from podcast_problems(channel)
    yield from part_problems(channel)
    yield from media_problems(channel)
    yield from _items_problems(channel)


def _head_problems(channel: Element) -> Iterator[LintProblem]:
    links = channel.all("link", ATOM)
    yield from link_problems(links)
    yield from self_problems(channel, links, "application/rss+xml")
    yield from _text_problems(channel)
    for name in ("link", "docs"):
        for link in channel.all(name):
            if link.text.strip():
                yield from link.locate(uri_problems(link.text, f"the {name} of the channel"))
    for language in channel.all("language"):
        yield from language.locate(language_problems(language.text.strip(), "the language"))
    for name in _EDITORS:
        for editor in channel.all(name):
            yield from person_problems(editor, "write desk@example.org (The desk), or leave it out")


def _text_problems(channel: Element) -> Iterator[LintProblem]:
    for element in channel.children:
        if element.namespace == channel.namespace and element.name not in WITH_PARTS:
            yield from unescaped_problems(element)
    for text in (*channel.all("title"), *channel.all("description"), *channel.all("copyright")):
        yield from text.locate(plain_text_problems(text.text, f"the {text.name}"))
    yield from category_problems(channel)


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
