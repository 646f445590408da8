"""Find what is wrong with JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Any

from feeds.diagnostics.problem import Route
from feeds.diagnostics.wording import name_of
from feeds.lint.form import Identities, address_faults, language_faults
from feeds.lint.json_document import JsonDocument, parse_json
from feeds.lint.json_item import author_faults, item_faults
from feeds.lint.json_kind import FEED, HUB, Told, is_kind, kind_faults, objects_in, wrong_kind
from feeds.lint.lint_rule import Fault, Finding
from feeds.lint.plain_text import plain_text_faults
from feeds.text import quoted

VERSIONS = ("https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1")
MAX_SIZE = 250 * 1000

_ADDRESSES = ("home_page_url", "feed_url", "next_url", "icon", "favicon")


def json_findings(content: bytes) -> Iterator[Finding]:
    """Yield what is wrong with a JSON Feed document."""
    document = parse_json(content)
    if isinstance(document, Finding):
        yield document
        return
    if content.startswith(BOM_UTF8):
        yield Finding(Fault("json-byte-order-mark", "the file begins with a byte order mark", "write it without"))
    if len(content) > MAX_SIZE:
        message = f"the feed is {len(content) // 1000} KB large, and readers fetch it again and again"
        yield Finding(Fault("feed-size", message, "stay below 250 KB; older items can be behind next_url"))
    yield from _repeated_findings(document)
    for route, fault, is_of_key in _feed_faults(document.data):
        yield Finding(fault, document.key_span(route) if is_of_key else document.value_span(route), route)


def _repeated_findings(document: JsonDocument) -> Iterator[Finding]:
    for route, span in document.repeated:
        message = f"{name_of(route)} is given again, and readers take one or the other"
        yield Finding(Fault("repeated-member", message, "keep one"), span, route)


def _feed_faults(feed: Any) -> Iterator[Told]:
    if not isinstance(feed, dict):
        yield Told(
            (), Fault("unknown-format", "this is JSON, but no JSON Feed", "write an object with version and items")
        )
        return
    version = feed.get("version")
    if version is None and "items" not in feed:
        yield Told((), Fault("unknown-format", "this is JSON, but no JSON Feed", "write version, title and items"))
        return
    if version not in VERSIONS:
        yield Told(
            ("version",), Fault("wrong-version", f"the version is {quoted(str(version))}", f"write {VERSIONS[1]}")
        )
    yield from kind_faults(feed, FEED, ())
    yield from _head_faults(feed)
    identities = Identities()
    for route, item in objects_in(feed.get("items"), ("items",)):
        identity = item.get("id") if isinstance(item, dict) else ""
        faults = identities.faults(identity if isinstance(identity, str) else "")
        yield from (Told((*route, "id"), fault) for fault in faults)
        if isinstance(item, dict):
            yield from item_faults(item, route)
        else:
            yield wrong_kind(route, item, dict)


def _head_faults(feed: dict[str, Any]) -> Iterator[Told]:
    for key in ("title", "items"):
        if feed.get(key) in (None, "") or (key == "title" and not str(feed[key]).strip()):
            yield Told((key,) if key in feed else (), Fault("missing-part", f"the feed has no {key}", "add it"))
    title = feed.get("title")
    if isinstance(title, str):
        yield from (Told(("title",), fault) for fault in plain_text_faults(title, "title"))
    for key in _ADDRESSES:
        if isinstance(feed.get(key), str):
            yield from (Told((key,), fault) for fault in address_faults(feed[key], key))
    if "feed_url" not in feed:
        yield Told((), Fault("missing-self", "the feed has no feed_url", "add the address where it is served"))
    elif feed.get("next_url") == feed["feed_url"]:
        yield Told(("next_url",), Fault("next-url", "next_url is the feed itself", "leave it out on the last page"))
    if isinstance(feed.get("language"), str):
        yield from (Told(("language",), fault) for fault in language_faults(feed["language"], "language"))
    yield from author_faults(feed, ())
    yield from _hub_faults(feed.get("hubs"))


def _hub_faults(hubs: Any) -> Iterator[Told]:
    route: Route
    for route, hub in objects_in(hubs, ("hubs",)):
        if not isinstance(hub, dict):
            yield wrong_kind(route, hub, dict)
            continue
        yield from kind_faults(hub, HUB, route)
        for key in HUB:
            if not hub.get(key):
                yield Told(route, Fault("missing-part", f"a hub has no {key}", "give it one"))
        if is_kind(hub.get("url"), str):
            yield from (Told((*route, "url"), fault) for fault in address_faults(hub["url"], "the url of a hub"))
