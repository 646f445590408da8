"""Check what the objects of JSON Feed 1.1 have in common: their keys, the types of values, and texts."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from feeds.diagnostics.problem import Route
from feeds.diagnostics.wording import did_you_mean, kind_of, name_of
from feeds.lint.date import read_rfc3339_date
from feeds.lint.html_content import problems_in_html
from feeds.lint.lint_rule import LintProblem
from feeds.lint.values import address_problems, language_problems, media_type_problems, plain_text_problems
from feeds.text import NOT_XML, code_point

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

_KINDS = {str: "text", bool: "a truth value", list: "a list", dict: "an object", float: "a number"}
_ADDRESSES = (
    *("home_page_url", "feed_url", "next_url", "icon", "favicon"),
    *("url", "external_url", "image", "banner_image", "avatar"),
)
_CHECKS: dict[str, Callable[[str, str], Iterable[LintProblem]]] = {
    **dict.fromkeys(_ADDRESSES, address_problems),
    **dict.fromkeys(("title", "summary"), plain_text_problems),
    **dict.fromkeys(("date_published", "date_modified"), lambda text, what: read_rfc3339_date(text, what).problems),
    "content_html": lambda html, what: (problem for _, problem in problems_in_html(html, what)),
    "language": language_problems,
    "mime_type": media_type_problems,
}


def kind_problems(value: Any, kinds: Mapping[str, type], route: Route) -> Iterator[LintProblem]:
    """Yield the problems of the keys of an object, and of the types of their values."""
    for key, child in value.items():
        wanted, at = kinds.get(key), (*route, key)
        if wanted is None and not key.startswith("_"):
            remedy = did_you_mean(key, list(kinds)) or "begin keys of your own with _"
            yield LintProblem("unknown-member", f"JSON Feed has no key {name_of(at)}", remedy, route=at)
        elif wanted and not _is_kind(child, wanted):
            yield wrong_kind(at, child, wanted)


def wrong_kind(route: Route, value: Any, wanted: type) -> LintProblem:
    """Return the problem of a value of the wrong type."""
    message = f"{name_of(route)} is {kind_of(value)}"
    return LintProblem("wrong-kind", message, f"write {_KINDS[wanted]}, or leave it out", route=route)


def text_problems(parent: Mapping[str, Any], keys: Collection[str], route: Route) -> Iterator[LintProblem]:
    """Yield the problems of the texts under some keys of the object at a route."""
    for key in keys:
        value, at = parent.get(key), (*route, key)
        if isinstance(value, str):
            if forbidden := NOT_XML.search(value):
                held = f"{name_of(at)} contains the character {code_point(forbidden[0])}"
                message = f"{held}, which many readers cannot store"
                yield LintProblem("forbidden-character", message, "leave it out", route=at)
            if key in _CHECKS:
                yield from at_route(at, _CHECKS[key](value, name_of(at)))


def at_route(route: Route, problems: Iterable[LintProblem]) -> Iterator[LintProblem]:
    """Yield problems of the value at a route."""
    return (problem._replace(route=route) for problem in problems)


def entries_of(parent: Mapping[str, Any], key: str, route: Route) -> Iterator[tuple[Route, Any]]:
    """Yield the values of the list under a key with their routes; nothing if it is not a list."""
    value = parent.get(key)
    for index, child in enumerate(value if isinstance(value, list) else ()):
        yield (*route, key, index), child


def _is_kind(value: Any, wanted: type) -> bool:
    """Return whether a value is of a type; a boolean is not a number."""
    if wanted is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, wanted)
