"""A document of XML is read item by item, and gives what the whole document would give."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from feeds.parsers import parse
from feeds.parsers.parsed import MOST
from feeds.parsers.xml_reader import XmlReader

ITEM = "<item><title>One of many</title><link>/1</link></item>"
ENTRY = '<entry><title>One of many</title><link href="/1"/></entry>'
ATOM = "http://www.w3.org/2005/Atom"
MEDIA, ITUNES = "http://search.yahoo.com/mrss/", "http://www.itunes.com/dtds/podcast-1.0.dtd"
RICH = """<item><title>One of many</title><link>https://a.example/1</link><guid isPermaLink="false">urn:a:1</guid>
<pubDate>Thu, 01 Jan 2026 08:00:00 GMT</pubDate><author>ann@a.example (Ann)</author><category>Cities</category>
<category>Music</category><description>Short.</description>
<enclosure url="https://a.example/1.mp3" length="1000" type="audio/mpeg"/>
<media:content url="https://a.example/1.jpg" medium="image"><media:credit>Ann</media:credit></media:content>
<itunes:duration>381</itunes:duration></item>"""


def test_few_items_are_in_memory() -> None:
    xml = XmlReader(f"<rss><channel><title>T</title>{ITEM * 10_000}<language>en</language></channel></rss>".encode())
    most = read = 0
    for element in xml.items({"item"}):
        most, read = max(most, len(element.getparent())), read + 1
    assert (read, [child.tag for child in xml.root[0]]) == (10_000, ["title", "language"])
    assert most < 1000


@pytest.mark.parametrize(
    "document",
    [
        f"<rss><channel>{ITEM}<link>https://a.example/</link></channel></rss>",
        f"<rss>{ITEM}<channel><link>https://a.example/</link></channel></rss>",
        f'<feed xmlns="{ATOM}">{ENTRY}{" " * 100_000}<link href="https://a.example/"/></feed>',
    ],
)
def test_a_head_that_comes_last_is_the_base_of_its_items(document: str) -> None:
    parsed = parse(document.encode())
    assert [item.link for item in parsed.feed.items] == ["https://a.example/1"]
    assert parsed.problems == ()


def test_what_is_not_well_formed_late_is_repaired_and_told_once() -> None:
    bad = "<item><pubDate>soon</pubDate></item>"
    parsed = parse(f"<rss><channel>{bad}{ITEM * 2000}<title>A & B</title></channel></rss>".encode())
    assert (len(parsed.feed.items), parsed.feed.title) == (2001, "A & B")
    assert [problem.rule for problem in parsed.problems] == ["bad-date", "not-well-formed"]


def test_items_that_are_read_again_count_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MOST, "items", 3000)
    late = parse(f"<rss><channel>{ITEM * 2000}<title>A & B</title></channel></rss>".encode())
    assert (late.format, len(late.feed.items)) == ("rss", 2000)
    assert parse(f"<rss><channel>{ITEM * 3001}</channel></rss>".encode()).format == ""


def test_an_item_in_another_one_is_an_item() -> None:
    titles = "<item><title>A</title><item><title>B</title></item></item><item><title>C</title></item>"
    items = parse(f"<rss><channel>{titles}</channel></rss>".encode()).feed.items
    assert sorted(item.title for item in items) == ["A", "B", "C"]


@pytest.mark.parametrize("base", ["https://b.example/", "http://[x", "sub/"])
@pytest.mark.parametrize("more", ["", 'tide:low="3"'])
def test_a_link_with_a_base_of_its_own_is_read_once_and_for_all(base: str, more: str) -> None:
    link = f'<link rel="self" href="feed.atom" xml:base="{base}" {more}/>'
    head = f'<title>T</title><link href="https://a.example/"/>{link}<entry><link href="1"/><title>One</title></entry>'
    parsed = parse(f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:tide="urn:tide">{head}</feed>'.encode())
    assert [item.title for item in parsed.feed.items] == ["One"]
    if base.startswith("https") and not more:
        assert (parsed.feed.url, parsed.feed.items[0].link) == ("https://b.example/feed.atom", "https://b.example/1")


def test_an_item_of_a_dozen_elements_takes_few_steps() -> None:
    few, many = (_steps(RICH * items) for items in (10, 110))
    assert (many - few) / 100 < 240


def _steps(items: str) -> int:
    """Return how many functions are called to read a feed of items."""
    calls = []

    def note(_: Any, event: str, __: Any) -> None:
        if event in {"call", "c_call"}:
            calls.append(event)

    data = f'<rss xmlns:media="{MEDIA}" xmlns:itunes="{ITUNES}"><channel>{items}</channel></rss>'.encode()
    parse(data)
    sys.setprofile(note)
    try:
        parse(data)
    finally:
        sys.setprofile(None)
    return len(calls)
