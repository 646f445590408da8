"""Check JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from typing import Any

from feeds.diagnostics.problem import Route
from feeds.diagnostics.wording import name_of
from feeds.lint.json_document import JsonDocument, parse_document
from feeds.lint.json_object import (
    ATTACHMENT,
    AUTHOR,
    FEED,
    HUB,
    ITEM,
    at_route,
    entries_of,
    kind_problems,
    text_problems,
    wrong_kind,
)
from feeds.lint.lint_rule import LintProblem
from feeds.lint.values import Identities
from feeds.text import quoted

VERSIONS = ("https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1")
MAX_SIZE = 250 * 1000


def json_problems(content: bytes) -> Iterator[LintProblem]:
    """Yield the problems of a JSON Feed document."""
    document = parse_document(content)
    if isinstance(document, LintProblem):
        yield document
        return
    if content.startswith(BOM_UTF8):
        yield LintProblem("json-byte-order-mark", "the file begins with a byte order mark", "remove it")
    if len(content) > MAX_SIZE:
        message = f"the feed is {len(content) // 1000} KB large, and readers fetch it often"
        yield LintProblem("feed-size", message, "stay below 250 KB; older items can be behind next_url")
    yield from _repeated_problems(document)
    for problem in _feed_problems(document.data):
        yield problem._replace(span=document.span(problem.route, at_key=problem.rule == "unknown-member"))


def _repeated_problems(document: JsonDocument) -> Iterator[LintProblem]:
    for route, span in document.repeated:
        message = f"duplicate key {name_of(route)}: parsers keep only one"
        yield LintProblem("repeated-member", message, "remove the other", span, route)


def _feed_problems(feed: Any) -> Iterator[LintProblem]:
    if not isinstance(feed, dict) or not feed.keys() & {"version", "items"}:
        what = "version, title and items" if isinstance(feed, dict) else "an object with version and items"
        yield LintProblem("unknown-format", "this is JSON, but not a JSON Feed", f"write {what}")
        return
    version = feed.get("version")
    if version not in VERSIONS:
        message = f"the version is {quoted(str(version))}"
        yield LintProblem("wrong-version", message, f"write {VERSIONS[1]}", route=("version",))
    yield from kind_problems(feed, FEED, ())
    yield from _head_problems(feed)
    identities = Identities()
    for route, item in entries_of(feed, "items", ()):
        identity = item.get("id") if isinstance(item, dict) else ""
        found = identities.problems(identity if isinstance(identity, str) else "")
        yield from at_route((*route, "id"), found)
        yield from _item_problems(item, route) if isinstance(item, dict) else [wrong_kind(route, item, dict)]


def _head_problems(feed: Mapping[str, Any]) -> Iterator[LintProblem]:
    for key in ("title", "items"):
        if feed.get(key) in (None, "") or (key == "title" and not str(feed[key]).strip()):
            at: Route = (key,) if key in feed else ()
            yield LintProblem("missing-part", f"the feed has no {key}", "add it", route=at)
    yield from text_problems(feed, FEED, ())
    if "feed_url" not in feed:
        yield LintProblem("missing-self", "the feed has no feed_url", "add the address where it is served")
    elif feed.get("next_url") == feed["feed_url"]:
        remedy = "leave it out on the last page"
        yield LintProblem("next-url", "next_url is the feed itself", remedy, route=("next_url",))
    yield from _author_problems(feed, ())
    for route, hub in entries_of(feed, "hubs", ()):
        yield from _object_problems(hub, HUB, tuple(HUB), route)


def _item_problems(item: Mapping[str, Any], route: Route) -> Iterator[LintProblem]:
    yield from kind_problems(item, ITEM, route)
    if item.get("id") in (None, ""):
        at = (*route, "id") if "id" in item else route
        yield LintProblem("missing-id", "an item has no id", "give it one that never changes", route=at)
    if not item.get("content_html") and not item.get("content_text"):
        message = "an item has neither content_html nor content_text"
        yield LintProblem("missing-part", message, "add one of them", route=route)
    yield from text_problems(item, item.keys(), route)
    for at, tag in entries_of(item, "tags", route):
        if not isinstance(tag, str):
            yield wrong_kind(at, tag, str)
        elif not tag.strip():
            remedy = "name the tag, or leave it out"
            yield LintProblem("blank-category", f"{name_of(at)} is empty", remedy, route=at)
    yield from _author_problems(item, route)
    for at, attachment in entries_of(item, "attachments", route):
        yield from _object_problems(attachment, ATTACHMENT, ("url", "mime_type"), at)


def _author_problems(parent: Mapping[str, Any], route: Route) -> Iterator[LintProblem]:
    authors = [*entries_of(parent, "authors", route)]
    if isinstance(parent.get("author"), dict):
        authors.append(((*route, "author"), parent["author"]))
    for at, author in authors:
        yield from _object_problems(author, AUTHOR, (), at)
        if isinstance(author, dict) and not any(author.get(key) for key in AUTHOR):
            message = f"{name_of(at)} has no name, url or avatar"
            yield LintProblem("missing-part", message, "add one of them", route=at)


def _object_problems(
    part: Any, kinds: Mapping[str, type], required: tuple[str, ...], route: Route
) -> Iterator[LintProblem]:
    """Yield the problems of an author, an attachment or a hub."""
    if not isinstance(part, dict):
        yield wrong_kind(route, part, dict)
        return
    yield from kind_problems(part, kinds, route)
    for key in required:
        if not part.get(key):
            yield LintProblem("missing-part", f"{name_of(route)} has no {key}", "give it one", route=route)
    yield from text_problems(part, [key for key in ("url", "avatar", "mime_type") if part.get(key)], route)
