"""Whatever one part of a feed is replaced by, the feed is read, checked, and written well-formed in each format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from feeds.formats import FORMATS, render
from feeds.lint import lint
from feeds.parsers import parse
from feeds.parsers.builder import BASE

DOCUMENTS = Path(__file__).parent / "documents"
TEXTS = ["", "https://[::1", "]]><b>&amp;lt;", "9999-12-31T23:59:59-14:00", "x" * 5000]
VALUES = [*TEXTS, None, True, -1, 1e308, 10**30, [], {}, [[None]], [{"url": [], "name": 1}], {"": ""}]
UNREADABLE = {"not-well-formed", "not-json", "xml-entity", "forbidden-character", "bad-encoding", "unknown-format"}


def xml_mutants(document: bytes) -> Iterator[bytes]:
    """Yield a document with each element replaced, with another base, left out, repeated and nested."""
    count = len(etree.fromstring(document).xpath("//*"))
    for number in range(count):
        for change in range(len(TEXTS) + 4):
            root = etree.fromstring(document)
            element = root.xpath("//*")[number]
            parent = element.getparent()
            if change < len(TEXTS):
                element.text = TEXTS[change]
                element.attrib.update(dict.fromkeys(element.keys(), TEXTS[change]))
            elif change == len(TEXTS):
                element.set(BASE, "sub/")
            elif parent is not None:
                place = [parent.remove, parent.append, element.append][change - len(TEXTS) - 1]
                place(element if place == parent.remove else deepcopy(element))
            yield etree.tostring(root)


def json_mutants(document: bytes) -> Iterator[bytes]:
    """Yield a document with each value replaced."""

    def routes(value: Any, route: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        yield route
        for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
            yield from routes(value[key], (*route, key))

    for *route, last in [route for route in routes(json.loads(document), ()) if route]:
        for value in VALUES:
            data = holder = json.loads(document)
            for key in route:
                holder = holder[key]
            holder[last] = value
            yield json.dumps(data).encode()


@pytest.mark.parametrize("name", ["atom-1.0.xml", "json-1.1.json", "rdf-1.0.xml", "rss-2.0.xml"])
def test_a_feed_with_a_part_that_is_wrong_is_read_and_written(name: str) -> None:
    mutants = json_mutants if name.endswith(".json") else xml_mutants
    for document in mutants((DOCUMENTS / name).read_bytes()):
        lint(name, document)
        feed = parse(document).feed
        for kind in ("rss", "atom", "json", "csv"):
            written = render(feed, kind)
            found = {problem.rule for problem in lint(f"feed.{kind}", written)} & UNREADABLE
            assert not found, (document, kind, found)
        assert render(feed, "html") if len(document) % 5 == 0 else FORMATS
