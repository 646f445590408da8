"""A record that is not to be published is found in an output; what it has in common with others is not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from support import CORPUS, NOW, SEEDS, config_for, need, outputs_of, record_files, tree

import feeds
from feeds.checking.collection import read
from feeds.config import Config
from feeds.feed import Feed
from feeds.publishing.leak.unpublished import signs_of, unpublished_items
from feeds.record import Record


@cache
def records() -> tuple[Record, ...]:
    return read(SEEDS, config=Config()).records


def split() -> tuple[list[Record], list[Record]]:
    return (
        [record for record in records() if not record.is_published],
        [record for record in records() if record.is_published],
    )


@pytest.mark.parametrize("format_name", ["rss", "atom", "json", "csv"])
def test_an_item_of_an_unpublished_record_is_found(format_name: str) -> None:
    unpublished, published = split()
    content = outputs_of({path.name: path.read_bytes() for path in record_files(SEEDS)})[f"all.{format_name}"]
    signs = signs_of(unpublished, published)
    assert unpublished_items(f"all.{format_name}", content, signs) == []
    everything = rendered(records(), format_name)
    assert unpublished_items(f"all.{format_name}", everything, signs) == sorted(record.id for record in unpublished)
    by_id = {record.id: record.id for record in unpublished}
    assert unpublished_items(f"all.{format_name}", everything, by_id) == sorted(by_id)


@pytest.mark.parametrize("format_name", ["rss", "atom", "json", "csv"])
@pytest.mark.parametrize("field", ["title", "excerpt", "body"])
def test_the_words_of_an_unpublished_record_are_found_under_another_id(format_name: str, field: str) -> None:
    text = "Nobody but us should read what <b>this</b> sentence of ours & theirs has to say about the harbour."
    text = text if field == "body" else re.sub("<.*?>", "", text)
    hidden = replace(split()[0][0], **{"title": "Short", "excerpt": "", "body": "", field: text})
    shown = replace(split()[1][0], **{field: text})
    expected = [] if (format_name, field) == ("csv", "body") else [hidden.id]  # CSV has no bodies
    name, content = f"all.{format_name}", rendered([shown], format_name)
    assert unpublished_items(name, content, signs_of([hidden], [])) == expected
    assert unpublished_items(name, content, signs_of([hidden], [shown])) == []


@pytest.mark.parametrize("format_name", ["rss", "atom", "json", "csv"])
def test_an_unpublished_record_may_be_linked_and_share_a_short_title(format_name: str) -> None:
    hidden = replace(split()[0][0], title="Weekly news", id="https://a.example/", link="https://a.example/", excerpt="")
    shown = next(record for record in records() if record.is_published and record.related)
    link = replace(shown.related[0], title=split()[0][1].title, link=hidden.link)
    shown = replace(shown, title="Weekly news", related=(link,))
    signs = signs_of([hidden, split()[0][1]], [shown])
    assert unpublished_items(f"all.{format_name}", rendered([shown], format_name), signs) == []


@pytest.mark.parametrize("format_name", ["rss", "atom", "json", "csv"])
def test_a_short_title_may_be_among_the_words_of_every_item(format_name: str) -> None:
    hidden, shown = replace(split()[0][0], title="Read on", excerpt=""), replace(split()[1][0], provider=None, body="")
    content = rendered([shown], format_name)
    assert (b"Read on<" in content) or (b"Read on&lt;" in content) or format_name == "csv"
    assert unpublished_items(f"all.{format_name}", content, signs_of([hidden], [shown])) == []


def test_what_is_no_feed_has_no_items() -> None:
    signs = signs_of(records(), ())
    assert unpublished_items("index.html", records()[0].title.encode(), signs) == []


def test_no_output_of_real_records_tells_of_what_is_not_published(tmp_path: Path) -> None:
    everything = read(need(CORPUS), config=Config()).records
    signs = signs_of(
        (record for record in everything if not record.is_published),
        (record for record in everything if record.is_published),
    )
    assert len(signs) > 50
    feeds.build(config_for(CORPUS, tmp_path / "out"), NOW)
    told = {name: unpublished_items(name, content, signs) for name, content in tree(tmp_path / "out").items()}
    assert {name: ids for name, ids in told.items() if ids} == {}


def rendered(items: Sequence[Record], format_name: str) -> bytes:
    feed = Feed("all", "All", "https://a.example/", "https://a.example/", tuple(items), "Us")
    return feeds.render(feed, format_name)
