"""Read the feeds with programs that others read feeds with: all must tell of each item what its record says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from readers.difficult import PIECES, difficult_records
from readers.known import READERS, Reader
from readers.loss import disagreements, told_of
from readers.seen import seen_in
from support import BASE_URL, CORPUS, HOME_PAGE, NOW, SEEDS, SHARED_SEEDS, config_for, need

import feeds
from feeds.config.settings import Config, TopicConfig
from feeds.model.channel import Channel
from feeds.model.record import Record
from feeds.model.topic import topic_slugs, unified_names, with_topics
from feeds.text import plain_text

TITLE = "What readers read"
FOLDERS = {"seeds": SEEDS, "shared-seeds": SHARED_SEEDS, "corpus": CORPUS}
DIFFICULT = 300

of_every_reader = pytest.mark.parametrize(
    ("reader", "suffix"),
    [pytest.param(reader, suffix, id=f"{reader.name}-{suffix}") for reader in READERS for suffix in reader.formats],
)


@dataclass(frozen=True)
class Published:
    """Hold the folder of the files that were built, and the feed that they are of."""

    folder: Path
    feed: Channel


def needed(reader: Reader) -> Reader:
    """Return a reader, or skip the test that needs it."""
    if not reader.installed():
        pytest.skip(f"{reader.name} is not installed: {reader.remedy}")
    return reader


def published(source: Path, output: Path) -> Published:
    """Build the feed of everything, and compute what is in it."""
    formats = ("rss", "atom", "json")
    built = feeds.build(
        config_for(
            source,
            output,
            title=TITLE,
            limit=10_000,
            max_bytes=10**9,
            formats=formats,
            topics=TopicConfig(exclude=("*",)),
        ),
        NOW,
    )
    assert not built.refusals
    records = feeds.select(feeds.read(source, config=Config(home_page=HOME_PAGE)).records, now=NOW)
    names = unified_names(Counter(topic for record in records for topic in record.topics), {})
    items = tuple(with_topics(record, names) for record in records)
    slugs = topic_slugs(set(names.values()))
    return Published(output, Channel("all", TITLE, BASE_URL, HOME_PAGE, items, author=TITLE, topic_slugs=slugs))


@pytest.fixture(scope="module")
def difficult(tmp_path_factory: pytest.TempPathFactory) -> Published:
    source = tmp_path_factory.mktemp("difficult")
    for name, content in difficult_records(DIFFICULT).items():
        (source / name).write_bytes(content)
    return published(source, tmp_path_factory.mktemp("out"))


@pytest.fixture(scope="module", params=[*FOLDERS, "difficult"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    if request.param in FOLDERS:
        return published(need(FOLDERS[request.param]), tmp_path_factory.mktemp("out"))
    difficult: Published = request.getfixturevalue("difficult")
    return difficult


@of_every_reader
def test_a_reader_tells_of_every_item_what_the_record_says(made: Published, reader: Reader, suffix: str) -> None:
    seen = needed(reader).read(made.folder / f"all.{suffix}")
    assert [item.id for item in seen] == [record.id for record in made.feed.items]
    found = [
        disagreements(item, record, made.feed, told_of(record, made.feed, reader.losses, suffix))
        for item, record in zip(seen, made.feed.items, strict=True)
    ]
    assert [fields for fields in found if fields] == []


@of_every_reader
def test_what_is_listed_as_a_loss_is_one(difficult: Published, reader: Reader, suffix: str) -> None:
    if needed(reader).installed() != reader.judged:
        pytest.skip(f"{reader.name} {reader.judged}, whose losses are listed, is not installed: {reader.remedy}")
    seen = reader.read(difficult.folder / f"all.{suffix}")
    pairs = list(zip(seen, difficult.feed.items, strict=True))
    lossless = {name for item, record in pairs for name in disagreements(item, record, difficult.feed, {})}
    assert lossless == {loss.field for loss in reader.losses if suffix in loss.formats}


def test_no_difficult_text_is_missing(difficult: Published) -> None:
    assert len(difficult.feed.items) == DIFFICULT
    texts = {plain_text(text) for text in PIECES["texts"]}
    assert texts <= {record.title for record in difficult.feed.items}
    assert texts <= {record.provider.name for record in difficult.feed.items if record.provider}
    assert texts <= {topic for record in difficult.feed.items for topic in record.topics}


def test_difficult_records_come_with_and_without_everything(difficult: Published) -> None:
    items = difficult.feed.items
    assert {len(record.images) for record in items} >= {0, 1, 2, 3}
    assert {len(record.topics) for record in items} >= {0, 1, 4, 40}
    assert any(record.provider is None for record in items)
    assert max(len(record.title) for record in items) > 10_000


def test_a_reader_that_tells_something_else_is_found_out(difficult: Published) -> None:
    record: Record = difficult.feed.items[0]
    seen = seen_in(record, difficult.feed)
    assert disagreements(seen, record, difficult.feed, {}) == {}
    other = difficult.feed.items[1]
    assert set(disagreements(seen, other, difficult.feed, {"title": record.title})) >= {"id", "link"}
    assert "title" not in disagreements(seen, other, difficult.feed, {"title": record.title})
