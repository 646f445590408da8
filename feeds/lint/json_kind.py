"""List the keys of JSON Feed 1.1, and the types of their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from feeds.diagnostics.problem import Route
from feeds.diagnostics.wording import did_you_mean, kind_of, name_of
from feeds.lint.lint_rule import Issue

_KINDS = {str: "text", bool: "a truth value", list: "a list", dict: "an object", float: "a number"}

FEED: dict[str, type] = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "user_comment": str,
    "next_url": str, "icon": str, "favicon": str, "author": dict, "authors": list, "language": str, "expired": bool,
    "hubs": list, "items": list,
}  # fmt: skip
ITEM: dict[str, type] = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str, "content_text": str, "summary": str,
    "image": str, "banner_image": str, "date_published": str, "date_modified": str, "author": dict, "authors": list,
    "tags": list, "language": str, "attachments": list,
}  # fmt: skip
AUTHOR: dict[str, type] = {"name": str, "url": str, "avatar": str}
ATTACHMENT: dict[str, type] = {
    "url": str, "mime_type": str, "title": str, "size_in_bytes": float, "duration_in_seconds": float,
}  # fmt: skip
HUB: dict[str, type] = {"type": str, "url": str}


class RoutedIssue(NamedTuple):
    """An issue at a route: at the value, or at its key."""

    route: Route
    issue: Issue
    is_of_key: bool = False


def kind_issues(value: Any, kinds: Mapping[str, type], route: Route) -> Iterator[RoutedIssue]:
    """Yield the issues of the keys of an object, and of the types of their values."""
    for key, child in value.items():
        wanted = kinds.get(key)
        at = (*route, key)
        if wanted is None:
            if not key.startswith("_"):
                remedy = did_you_mean(key, list(kinds)) or "begin keys of your own with _"
                yield RoutedIssue(
                    at, Issue("unknown-member", f"JSON Feed has no key {name_of(at)}", remedy), is_of_key=True
                )
        elif not is_kind(child, wanted):
            yield wrong_kind(at, child, wanted)


def wrong_kind(route: Route, value: Any, wanted: type) -> RoutedIssue:
    """Return the issue of a value of the wrong type."""
    message = f"{name_of(route)} is {kind_of(value)}"
    return RoutedIssue(route, Issue("wrong-kind", message, f"write {_KINDS[wanted]}, or leave it out"))


def is_kind(value: Any, wanted: type) -> bool:
    """Return whether a value is of a type; a boolean is not a number."""
    if wanted is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, wanted)


def objects_in(value: Any, route: Route) -> Iterator[tuple[Route, Any]]:
    """Yield the values of a list with their routes; nothing if it is no list."""
    for index, child in enumerate(value if isinstance(value, list) else ()):
        yield (*route, index), child
