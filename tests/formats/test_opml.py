"""The list of all feeds is what programs that import such lists take it for."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from support import BASE_URL, HOME_PAGE, outputs_of, record_bytes

from feeds.config.settings import FeedConfig
from feeds.lint import lint

OWN = (FeedConfig("best", "The <best> & more", "Only the best."), FeedConfig("twin", "The <best> & more"))
NAMES = ("all", "best", "twin", "topics/sea-and-sky", "topics/ships")
RECORD = {
    "title": "An article",
    "publishedDateTime": "2024-05-01T08:00:00Z",
    "webUrl": "https://example.org/1",
    "topics": ["Ships", "Sea & Sky"],
}


@cache
def written(*formats: str) -> bytes:
    files = outputs_of({"1.md": record_bytes(RECORD)}, feeds=OWN, title="Harbour", formats=formats)
    return files["feeds.opml"]


ALL = ("rss", "atom", "json", "csv", "html")
of_formats = pytest.mark.parametrize(
    ("formats", "suffix"), [(ALL, "rss"), (("json", "atom"), "atom"), (("json",), "json")], ids=["all", "atom", "json"]
)


def outlines(content: bytes) -> list[etree._Element]:
    return [outline for outline in etree.fromstring(content).iter("outline") if outline.get("type")]


@of_formats
def test_every_feed_is_in_the_list_once(formats: tuple[str, ...], suffix: str) -> None:
    assert [outline.get("xmlUrl") for outline in outlines(written(*formats))] == [
        f"{BASE_URL}{name}.{suffix}" for name in NAMES
    ]


def test_everything_and_the_user_s_own_feeds_are_one_group_and_topics_another() -> None:
    groups = etree.fromstring(written(*ALL)).findall("body/outline")
    assert [(group.get("text"), len(group)) for group in groups] == [("Harbour", 3), ("Topics", 2)]


def test_a_feed_has_a_title_of_its_own_a_description_and_a_page() -> None:
    everything, best, twin, *topics = outlines(written(*ALL))
    assert dict(best.attrib) == {
        "type": "rss",
        "text": "The <best> & more (best)",
        "title": "The <best> & more (best)",
        "description": "Only the best.",
        "xmlUrl": f"{BASE_URL}best.rss",
        "htmlUrl": f"{BASE_URL}best.html",
    }
    assert (everything.get("text"), twin.get("text")) == ("Harbour", "The <best> & more (twin)")
    assert [topic.get("text") for topic in topics] == ["Harbour: Sea & Sky", "Harbour: Ships"]
    assert {outline.get("htmlUrl") for outline in outlines(written("rss"))} == {HOME_PAGE}


@of_formats
def test_the_list_stands_up_to_our_own_rules(formats: tuple[str, ...], suffix: str) -> None:
    assert suffix in formats
    assert lint("feeds.opml", written(*formats)) == []


def test_the_list_changes_with_the_feeds_and_not_with_their_items() -> None:
    later = RECORD | {"title": "Another", "publishedDateTime": "2025-01-01T00:00:00Z"}
    again = outputs_of({"1.md": record_bytes(later)}, feeds=OWN, title="Harbour")
    assert again["feeds.opml"] == written(*ALL)


def test_newsboat_imports_every_feed(tmp_path: Path) -> None:
    if not shutil.which("newsboat"):
        pytest.skip("newsboat is not installed")
    for name, content in (("feeds.opml", written(*ALL)), ("urls", b""), ("config", b"")):
        (tmp_path / name).write_bytes(content)
    command = ["newsboat", "-u", "urls", "-c", "cache.db", "-C", "config", "-i", "feeds.opml"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=60)
    imported = (tmp_path / "urls").read_text(encoding="utf-8").splitlines()
    assert [line.split()[0] for line in imported] == [f"{BASE_URL}{name}.rss" for name in NAMES]
    assert [line.endswith('"Topics"') for line in imported] == [False, False, False, True, True]


def test_listparser_finds_every_feed_with_its_title() -> None:
    listparser = pytest.importorskip("listparser", reason="listparser is missing: pip install listparser")
    parsed = listparser.parse(written(*ALL))
    assert not parsed.bozo
    assert [feed.url for feed in parsed.feeds] == [f"{BASE_URL}{name}.rss" for name in NAMES]
    assert len({feed.title for feed in parsed.feeds}) == len(NAMES)
