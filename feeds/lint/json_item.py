"""Check an item of JSON Feed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from feeds import text
from feeds.diagnostics.problem import Route
from feeds.diagnostics.wording import name_of
from feeds.lint.date import read_rfc3339_date
from feeds.lint.html_content import html_issues
from feeds.lint.json_kind import ATTACHMENT, AUTHOR, ITEM, RoutedIssue, kind_issues, objects_in, wrong_kind
from feeds.lint.lint_rule import Issue
from feeds.lint.plain_text import plain_text_issues
from feeds.lint.values import address_issues, language_issues, media_type_issues

_ADDRESSES = ("url", "external_url", "image", "banner_image")
_DATES = ("date_published", "date_modified")
_PLAIN = ("title", "summary")


def item_issues(item: dict[str, Any], route: Route) -> Iterator[RoutedIssue]:
    """Yield the issues of an item."""
    yield from kind_issues(item, ITEM, route)
    if item.get("id") in (None, ""):
        at = (*route, "id") if "id" in item else route
        yield RoutedIssue(at, Issue("missing-id", "an item has no id", "give it one that never changes"))
    if not item.get("content_html") and not item.get("content_text"):
        message = "an item has neither content_html nor content_text"
        yield RoutedIssue(route, Issue("missing-part", message, "add one of them"))
    for key, value in item.items():
        if isinstance(value, str):
            yield from (RoutedIssue((*route, key), issue) for issue in _text_issues(key, value, (*route, key)))
    for at, tag in objects_in(item.get("tags"), (*route, "tags")):
        if not isinstance(tag, str):
            yield wrong_kind(at, tag, str)
        elif not tag.strip():
            yield RoutedIssue(at, Issue("blank-category", f"{name_of(at)} is blank", "name the tag, or leave it out"))
    yield from author_issues(item, route)
    yield from _attachment_issues(item, route)


def author_issues(parent: dict[str, Any], route: Route) -> Iterator[RoutedIssue]:
    """Yield the issues of the authors of a feed or an item."""
    authors = [*objects_in(parent.get("authors"), (*route, "authors"))]
    if isinstance(parent.get("author"), dict):
        authors.append(((*route, "author"), parent["author"]))
    for at, author in authors:
        if not isinstance(author, dict):
            yield wrong_kind(at, author, dict)
            continue
        yield from kind_issues(author, AUTHOR, at)
        if not any(author.get(key) for key in AUTHOR):
            yield RoutedIssue(at, Issue("missing-part", f"{name_of(at)} has no name, url or avatar", "add one of them"))
        for key in ("url", "avatar"):
            if isinstance(author.get(key), str):
                yield from _addressed((*at, key), author[key])


def _text_issues(key: str, value: str, route: Route) -> Iterator[Issue]:
    name = name_of(route)
    forbidden = text.NOT_XML.search(value)
    if forbidden:
        message = f"{name} holds the character U+{ord(forbidden[0]):04X}, which many readers cannot store"
        yield Issue("forbidden-character", message, "leave it out")
    if key in _ADDRESSES:
        yield from address_issues(value, name)
    elif key in _DATES:
        yield from read_rfc3339_date(value, name).issues
    elif key in _PLAIN:
        yield from plain_text_issues(value, name)
    elif key == "content_html":
        yield from (issue for _, issue in html_issues(value, name))
    elif key == "language":
        yield from language_issues(value, name)


def _attachment_issues(item: dict[str, Any], route: Route) -> Iterator[RoutedIssue]:
    for at, attachment in objects_in(item.get("attachments"), (*route, "attachments")):
        if not isinstance(attachment, dict):
            yield wrong_kind(at, attachment, dict)
            continue
        yield from kind_issues(attachment, ATTACHMENT, at)
        for key in ("url", "mime_type"):
            if not attachment.get(key):
                yield RoutedIssue(at, Issue("missing-part", f"{name_of(at)} has no {key}", "give it one"))
        if isinstance(attachment.get("url"), str):
            yield from _addressed((*at, "url"), attachment["url"])
        media_type = attachment.get("mime_type")
        if isinstance(media_type, str) and media_type:
            where = (*at, "mime_type")
            yield from (RoutedIssue(where, issue) for issue in media_type_issues(media_type, name_of(where)))


def _addressed(route: Route, address: str) -> Iterator[RoutedIssue]:
    return (RoutedIssue(route, issue) for issue in address_issues(address, name_of(route)) if address)
