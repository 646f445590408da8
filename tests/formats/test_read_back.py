"""Read the outputs with programs that know nothing of feeds, and compare with the records."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from support import BASE_URL, CORPUS, HOME_PAGE, JSON_FEED, NOW, SEEDS, SHARED_SEEDS, config_for, need, tree

import feeds
from feeds.config.settings import Config
from feeds.media_types import image_type
from feeds.model.record import Record
from feeds.records.content import poster_of

Outputs = Mapping[str, bytes]


@pytest.fixture(scope="module", params=[SEEDS, SHARED_SEEDS, CORPUS], ids=["seeds", "shared-seeds", "corpus"])
def source(request: pytest.FixtureRequest) -> Path:
    return need(request.param)


@pytest.fixture(scope="module")
def outputs(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    output = tmp_path_factory.mktemp("out")
    feeds.build(config_for(source, output, limit=10_000, max_bytes=10**9), NOW)
    return tree(output)


@pytest.fixture(scope="module")
def records(source: Path) -> list[Record]:
    return feeds.select(feeds.read(source, config=Config(home_page=HOME_PAGE)).records, now=NOW)


def parsed(content: bytes) -> Any:
    return feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_feedparser_finds_nothing_wrong_in_any_feed(outputs: Outputs, suffix: str) -> None:
    names = [name for name in outputs if name.endswith(suffix)]
    assert names
    for name in names:
        feed = parsed(outputs[name])
        assert not feed.bozo, name
        assert feed.feed.title
        assert [link.href for link in feed.feed.links if link.rel == "self"] == [BASE_URL + name]


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_feedparser_agrees_with_the_records(outputs: Outputs, records: list[Record], suffix: str) -> None:
    entries = parsed(outputs[f"all.{suffix}"]).entries
    assert [entry.id for entry in entries] == [record.id for record in records]
    for entry, record in zip(entries, records, strict=True):
        assert entry.title == record.title
        assert entry.link == record.link
        assert datetime(*entry.published_parsed[:6], tzinfo=UTC) == record.published.replace(microsecond=0)
        assert entry.author == (record.provider.name if record.provider else "Published records")
        assert [tag.label or tag.term for tag in entry.get("tags", [])] or not record.topics
        assert len(entry.get("tags", [])) == len(record.topics)
        assert entry.content[0].value


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_feedparser_finds_the_images_of_the_records(outputs: Outputs, records: list[Record], suffix: str) -> None:
    for entry, record in zip(parsed(outputs[f"all.{suffix}"]).entries, records, strict=True):
        lead = [image.url for image in record.images[:1] if image_type(image.url)]
        assert [enclosure.href for enclosure in entry.enclosures] == lead
        media = [content for content in entry.get("media_content", []) if content.get("medium") == "image"]
        assert [content["url"] for content in media] == [image.url for image in record.images]
        sizes = [(str(image.width or ""), str(image.height or "")) for image in record.images]
        assert [(content.get("width", ""), content.get("height", "")) for content in media] == sizes


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_an_item_with_an_image_or_a_known_video_has_one_thumbnail(
    outputs: Outputs, records: list[Record], suffix: str
) -> None:
    for entry, record in zip(parsed(outputs[f"all.{suffix}"]).entries, records, strict=True):
        lead = record.images[0] if record.images else poster_of(record)
        thumbnails = [(thumbnail["url"], thumbnail.get("width", "")) for thumbnail in entry.get("media_thumbnail", [])]
        assert thumbnails == ([(lead.url, str(lead.width or ""))] if lead else [])


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_a_video_has_its_player_and_its_duration(outputs: Outputs, records: list[Record], suffix: str) -> None:
    for entry, record in zip(parsed(outputs[f"all.{suffix}"]).entries, records, strict=True):
        videos = [media for media in entry.get("media_content", []) if media.get("medium") == "video"]
        assert len(videos) == bool(record.player)
        assert entry.get("media_player", {}).get("url", "") == record.player
        assert [video["duration"] for video in videos if "duration" in video] == (
            [str(record.duration)] if record.player and record.duration else []
        )


def test_atom_names_when_a_record_changed(outputs: Outputs, records: list[Record]) -> None:
    for entry, record in zip(parsed(outputs["all.atom"]).entries, records, strict=True):
        assert datetime(*entry.updated_parsed[:6], tzinfo=UTC) == record.updated.replace(microsecond=0)


def test_every_json_feed_is_valid(outputs: Outputs) -> None:
    for name in outputs:
        if name.endswith(".json"):
            document = json.loads(outputs[name])
            JSON_FEED.validate(document)
            assert document["feed_url"] == BASE_URL + name


def test_the_json_feed_agrees_with_the_records(outputs: Outputs, records: list[Record]) -> None:
    items = json.loads(outputs["all.json"])["items"]
    assert [(item["id"], item["title"], item["url"]) for item in items] == [
        (record.id, record.title, record.link) for record in records
    ]
    for item, record in zip(items, records, strict=True):
        assert datetime.fromisoformat(item["date_published"]) == record.published
        assert len(item.get("tags", [])) == len(record.topics)
        assert item.get("image", "") == (record.images[0].url if record.images else "")


def test_the_json_feed_schema_refuses_a_bad_date_and_a_bad_address(outputs: Outputs) -> None:
    document = json.loads(outputs["all.json"])
    item = document["items"][0]
    for broken in ({"date_published": "yesterday"}, {"url": "no address"}, {"id": None}):
        assert not JSON_FEED.is_valid(document | {"items": [item | broken]})


def test_the_csv_agrees_with_the_records(outputs: Outputs, records: list[Record]) -> None:
    expected = [
        {
            "id": record.id,
            "title": record.title,
            "excerpt": record.excerpt,
            "webUrl": record.web_url,
            "originalUrl": record.original_url,
            "provider": record.provider.name if record.provider else "",
            "quality": "" if record.quality is None else str(record.quality),
            "imageUrl": record.images[0].url if record.images else "",
            "relatedCount": str(len(record.related)),
        }
        for record in records
    ]
    assert [{key: row[key] for key in expected[0]} for row in rows(outputs["all.csv"])] == expected


def test_every_csv_is_rfc_4180(outputs: Outputs) -> None:
    headers = set()
    for name, content in outputs.items():
        if name.endswith(".csv"):
            assert content.endswith(b"\r\n")
            assert content.count(b"\n") == content.count(b"\r\n")
            table = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
            assert {len(row) for row in table} == {len(table[0])}
            headers.add(tuple(table[0]))
    assert len(headers) == 1


def test_the_formats_agree_on_ids_and_their_order(outputs: Outputs) -> None:
    for name in {name.removesuffix(".csv") for name in outputs if name.endswith(".csv")}:
        ids = [row["id"] for row in rows(outputs[f"{name}.csv"])]
        assert ids == [item["id"] for item in json.loads(outputs[f"{name}.json"])["items"]]
        assert ids == [entry.id for entry in parsed(outputs[f"{name}.rss"]).entries]
        assert ids == [entry.id for entry in parsed(outputs[f"{name}.atom"]).entries]


def test_the_formats_agree_on_the_content(outputs: Outputs) -> None:
    contents = [item["content_html"] for item in json.loads(outputs["all.json"])["items"]]
    for suffix in ("rss", "atom"):
        assert [entry.content[0].value for entry in parsed(outputs[f"all.{suffix}"]).entries] == contents
