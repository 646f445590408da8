"""Check JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Any

from feeds.diagnostics.problem import Route
from feeds.diagnostics.wording import name_of
from feeds.lint.json_document import JsonDocument, parse_json
from feeds.lint.json_item import author_issues, item_issues
from feeds.lint.json_kind import FEED, HUB, RoutedIssue, is_kind, kind_issues, objects_in, wrong_kind
from feeds.lint.lint_rule import Issue, LintProblem
from feeds.lint.plain_text import plain_text_issues
from feeds.lint.values import Identities, address_issues, language_issues
from feeds.text import quoted

VERSIONS = ("https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1")
MAX_SIZE = 250 * 1000

_ADDRESSES = ("home_page_url", "feed_url", "next_url", "icon", "favicon")


def json_problems(content: bytes) -> Iterator[LintProblem]:
    """Yield the problems of a JSON Feed document."""
    document = parse_json(content)
    if isinstance(document, LintProblem):
        yield document
        return
    if content.startswith(BOM_UTF8):
        yield LintProblem(Issue("json-byte-order-mark", "the file begins with a byte order mark", "write it without"))
    if len(content) > MAX_SIZE:
        message = f"the feed is {len(content) // 1000} KB large, and readers fetch it again and again"
        yield LintProblem(Issue("feed-size", message, "stay below 250 KB; older items can be behind next_url"))
    yield from _repeated_problems(document)
    for route, issue, is_of_key in _feed_issues(document.data):
        yield LintProblem(issue, document.key_span(route) if is_of_key else document.value_span(route), route)


def _repeated_problems(document: JsonDocument) -> Iterator[LintProblem]:
    for route, span in document.repeated:
        message = f"{name_of(route)} is given again, and readers take one or the other"
        yield LintProblem(Issue("repeated-member", message, "keep one"), span, route)


def _feed_issues(feed: Any) -> Iterator[RoutedIssue]:
    if not isinstance(feed, dict):
        yield RoutedIssue(
            (), Issue("unknown-format", "this is JSON, but no JSON Feed", "write an object with version and items")
        )
        return
    version = feed.get("version")
    if version is None and "items" not in feed:
        yield RoutedIssue(
            (), Issue("unknown-format", "this is JSON, but no JSON Feed", "write version, title and items")
        )
        return
    if version not in VERSIONS:
        yield RoutedIssue(
            ("version",), Issue("wrong-version", f"the version is {quoted(str(version))}", f"write {VERSIONS[1]}")
        )
    yield from kind_issues(feed, FEED, ())
    yield from _head_issues(feed)
    identities = Identities()
    for route, item in objects_in(feed.get("items"), ("items",)):
        identity = item.get("id") if isinstance(item, dict) else ""
        issues = identities.issues(identity if isinstance(identity, str) else "")
        yield from (RoutedIssue((*route, "id"), issue) for issue in issues)
        if isinstance(item, dict):
            yield from item_issues(item, route)
        else:
            yield wrong_kind(route, item, dict)


def _head_issues(feed: dict[str, Any]) -> Iterator[RoutedIssue]:
    for key in ("title", "items"):
        if feed.get(key) in (None, "") or (key == "title" and not str(feed[key]).strip()):
            yield RoutedIssue((key,) if key in feed else (), Issue("missing-part", f"the feed has no {key}", "add it"))
    title = feed.get("title")
    if isinstance(title, str):
        yield from (RoutedIssue(("title",), issue) for issue in plain_text_issues(title, "title"))
    for key in _ADDRESSES:
        if isinstance(feed.get(key), str):
            yield from (RoutedIssue((key,), issue) for issue in address_issues(feed[key], key))
    if "feed_url" not in feed:
        yield RoutedIssue((), Issue("missing-self", "the feed has no feed_url", "add the address where it is served"))
    elif feed.get("next_url") == feed["feed_url"]:
        yield RoutedIssue(
            ("next_url",), Issue("next-url", "next_url is the feed itself", "leave it out on the last page")
        )
    if isinstance(feed.get("language"), str):
        yield from (RoutedIssue(("language",), issue) for issue in language_issues(feed["language"], "language"))
    yield from author_issues(feed, ())
    yield from _hub_issues(feed.get("hubs"))


def _hub_issues(hubs: Any) -> Iterator[RoutedIssue]:
    route: Route
    for route, hub in objects_in(hubs, ("hubs",)):
        if not isinstance(hub, dict):
            yield wrong_kind(route, hub, dict)
            continue
        yield from kind_issues(hub, HUB, route)
        for key in HUB:
            if not hub.get(key):
                yield RoutedIssue(route, Issue("missing-part", f"a hub has no {key}", "give it one"))
        if is_kind(hub.get("url"), str):
            yield from (RoutedIssue((*route, "url"), issue) for issue in address_issues(hub["url"], "the url of a hub"))
