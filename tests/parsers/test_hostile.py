"""Documents that want to do harm give problems: no exception, nothing loaded, nothing expanded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.formats import FORMATS, render
from feeds.parsers import parse

DOCUMENT = (Path(__file__).parent / "documents" / "rss-2.0.xml").read_bytes()
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(20))
HOSTILE = {
    "nested entities": f"<!DOCTYPE rss [{ENTITIES}]><rss><channel><title>&e19;</title></channel></rss>",
    "an external entity": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
    "100,000 levels": f"<rss><channel>{'<a>' * 100_000}{'</a>' * 100_000}</channel></rss>",
    "a text of 11 MB": f"<rss><channel><item><description>{'x' * 11_000_000}</description></item></channel></rss>",
    "NULs": "<rss><channel><title>a\0b</title></channel></rss>",
    "comments without end": "<rss>" + "<!--" * 100_000,
    "JSON of 100,000 levels": '{"items": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "a number of 5,000 digits": '{"items": [{"id": ' + "9" * 5_000 + "}]}",
    "a cell of 17 MB": "title,link\n" + "x" * 17_000_000 + ",y\n",
    "a page": "<!DOCTYPE html><p>Hello",
    "nothing": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_gives_a_short_answer_and_a_problem(name: str) -> None:
    parsed = parse(HOSTILE[name].encode())
    assert parsed.problems
    assert "root:" not in parsed.feed.title
    assert len(parsed.feed.title) < 1000


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(DOCUMENT) - 1), st.integers(0, 255)), max_size=25))
def test_a_document_with_wrong_bytes_can_be_read_and_written(changes: list[tuple[int, int]]) -> None:
    document = bytearray(DOCUMENT)
    for place, value in changes:
        document[place] = value
    parsed = parse(bytes(document))
    for name in FORMATS:
        assert render(parsed.feed, name)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_can_be_parsed(document: bytes) -> None:
    parsed = parse(document)
    assert parsed.format or parsed.problems


PLAIN = st.none() | st.booleans() | st.floats() | st.text()


@settings(max_examples=60, deadline=None)
@given(st.recursive(PLAIN, lambda value: st.lists(value) | st.dictionaries(st.text(), value)))
def test_any_value_in_an_item_of_json_can_be_read_and_written(value: object) -> None:
    keys = ("id", "title", "url", "authors", "tags", "attachments", "date_published", "content_html", "_x", "_related")
    parsed = parse(json.dumps({"items": [dict.fromkeys(keys, value)], "hubs": value, "authors": value}).encode())
    for name in FORMATS:
        assert render(parsed.feed, name)
