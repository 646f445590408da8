"""A problem of JSON is where its value is, not where its key is first."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from feeds.parsers import parse
from feeds.parsers.json_place import Place

DOCUMENT = (Path(__file__).with_name("documents") / "json-places.json").read_text(encoding="utf-8")


def paths(value: Any) -> Iterator[tuple[str | int, ...]]:
    """Yield the steps to whatever is in a value."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in members:
        yield (step,)
        yield from ((step, *rest) for rest in paths(inner))


@pytest.mark.parametrize("steps", list(paths(json.loads(DOCUMENT))))
def test_steps_lead_to_a_key_or_an_element(steps: tuple[str | int, ...]) -> None:
    line, column = Place(DOCUMENT, 0, len(DOCUMENT), 1, 0).find(*steps)
    rest = "".join(DOCUMENT.splitlines(keepends=True)[line - 1 :])[column - 1 :]
    value = json.loads(DOCUMENT)
    for step in steps:
        value = value[step]
    found, end = json.JSONDecoder().raw_decode(rest)
    assert found == (value if isinstance(steps[-1], int) else steps[-1])
    assert isinstance(steps[-1], int) or json.JSONDecoder().raw_decode(rest[end:].lstrip(" :\n"))[0] == value


@pytest.mark.parametrize("steps", [("gone",), ("hubs", "url"), ("hubs", 7), ("title", "x"), ("items", 9, "id")])
def test_steps_lead_as_far_as_they_do(steps: tuple[str | int, ...]) -> None:
    place = Place(DOCUMENT, 0, len(DOCUMENT), 1, 0)
    assert place.find(*steps) in {place.find(*steps[:number]) for number in range(len(steps))}


HEAD = '{"version": "https://jsonfeed.org/version/1.1", "title": "T", "home_page_url": "https://a.example/",'
TWICE = f"""{HEAD}
 "hubs": [{{"type": "WebSub", "url": "https://h.example/"}}, {{
  "title": "H", "url": "https://h.example/2"}}],
 "items": [{{"id": "1", "title": "One", "content_text": "x",
  "attachments": [{{"url": "https://a.example/1.mp3", "title": "A"}},
   {{"url": "https://a.example/2.mp3", "title": 7}}]}}]}}
"""


def test_what_has_the_name_of_something_else_is_told_where_it_is() -> None:
    assert [
        (problem.span.line, problem.span.column, problem.message) for problem in parse(TWICE.encode()).problems
    ] == [
        (3, 3, "title of a hub of the feed is not kept"),
        (6, 39, "title of an attachment of item 1 is not a text"),
    ]
