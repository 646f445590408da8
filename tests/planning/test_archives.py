"""From a feed, every item that was ever published can be reached, each once, by links to archive documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from urllib.parse import unquote

import pytest
from lxml import etree
from support import BASE_URL, NOW, config_for, record_bytes, tree

import feeds
from feeds.config.settings import Config, TopicConfig
from feeds.planning.archives import archive_windows

ATOM = "{http://www.w3.org/2005/Atom}"
ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"
COUNT = 23
FORMATS = ("rss", "atom", "json")

in_each_format = pytest.mark.parametrize("suffix", FORMATS)


def write(source: Path, number: int, day: int, **more: object) -> None:
    data = {"id": f"urn:x:{number}", "title": f"Bridge {number}", "webUrl": f"https://a.example/{number}"}
    data["publishedDateTime"] = f"20{day // 336:02}-{day // 28 % 12 + 1:02}-{day % 28 + 1:02}T00:00:00Z"
    (source / f"{number}.md").write_bytes(record_bytes(data | {"topics": [f"Topic {number % 3}"]} | more))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    source = tmp_path / "seeds"
    source.mkdir()
    for number in range(COUNT):
        write(source, number, 100 + 3 * number)
    return config_for(source, tmp_path / "public", limit=6, archives=True, cache=tmp_path / "cache")


def documents(output: Path, name: str) -> Iterator[bytes]:
    """Yield a feed and its archive documents as a reader gets them that follows their links."""
    url, suffix = f"{BASE_URL}{name}", name.rpartition(".")[2]
    while url:
        content = (output / unquote(url.removeprefix(BASE_URL))).read_bytes()
        yield content
        url = next_url(content, suffix)


def next_url(content: bytes, suffix: str) -> str:
    if suffix == "json":
        return str(json.loads(content).get("next_url", ""))
    links = etree.fromstring(content).iterfind(f".//{ATOM}link[@rel='prev-archive']")
    return "".join(link.get("href", "") for link in links)


def ids(content: bytes, suffix: str) -> list[str]:
    if suffix == "json":
        return [item["id"] for item in json.loads(content)["items"]]
    item = {"rss": "item/guid", "atom": f"{ATOM}entry/{ATOM}id"}[suffix]
    return [element.text or "" for element in etree.fromstring(content).findall(f".//{item}")]


def walked(output: Path, name: str) -> list[str]:
    """Return the ids that a reader meets, each once: the feed may repeat what is in its newest archive document."""
    suffix = name.rpartition(".")[2]
    feed, *archives = [ids(content, suffix) for content in documents(output, name)]
    older = [identity for document in archives for identity in document]
    assert len(older) == len(set(older))
    assert set(feed) & set(older) <= set(archives[0] if archives else [])
    return [*feed, *(identity for identity in older if identity not in feed)]


def archive_files(output: Path) -> dict[str, bytes]:
    return {name: content for name, content in tree(output).items() if name.startswith("archive/")}


def own_items(content: bytes) -> object:
    """Return the items in an archive document, and whether there is an older one."""
    if content.startswith(b"{"):
        return json.loads(content)["items"], bool(next_url(content, "json"))
    items = etree.fromstring(content).iter("item", f"{ATOM}entry")
    return [etree.tostring(item) for item in items], bool(next_url(content, "rss"))


@in_each_format
def test_a_walk_meets_every_item_once_the_newest_first(config: Config, suffix: str) -> None:
    feeds.build(config, NOW)
    assert walked(config.output, f"all.{suffix}") == [f"urn:x:{number}" for number in reversed(range(COUNT))]
    assert walked(config.output, f"topics/topic-1.{suffix}") == [f"urn:x:{n}" for n in reversed(range(1, COUNT, 3))]


@in_each_format
def test_no_document_has_more_items_than_the_limit(config: Config, suffix: str) -> None:
    feeds.build(config, NOW)
    sizes = [len(ids(content, suffix)) for content in documents(config.output, f"all.{suffix}")]
    assert sizes[0] == 6
    assert all(0 < size <= 6 for size in sizes)


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_archive_documents_say_what_they_are_and_where_the_feed_is(config: Config, suffix: str) -> None:
    feeds.build(config, NOW)
    current, *archives = map(etree.fromstring, documents(config.output, f"all.{suffix}"))
    assert current.find(f".//{ARCHIVE}") is None
    for archive in archives:
        links = {link.get("rel"): link.get("href") for link in archive.iterfind(f".//{ATOM}link")}
        assert archive.find(f".//{ARCHIVE}") is not None
        assert links["current"] == f"{BASE_URL}all.{suffix}"
        assert links["self"].startswith(f"{BASE_URL}archive/all-")


def test_every_page_of_a_json_feed_names_the_feed(config: Config) -> None:
    feeds.build(config, NOW)
    assert {json.loads(content)["feed_url"] for content in documents(config.output, "all.json")} == {
        f"{BASE_URL}all.json"
    }


def test_new_items_leave_archive_documents_as_they_are(config: Config) -> None:
    feeds.build(config, NOW)
    before = archive_files(config.output)
    for number in range(COUNT, COUNT + 10):
        write(config.source, number, 100 + 3 * number)
        feeds.build(config, NOW)
    after = archive_files(config.output)
    assert before.items() <= after.items()
    assert len(after) > len(before)


@pytest.mark.parametrize("seed", range(4))
def test_a_walk_meets_every_item_once_whatever_happens_to_records(config: Config, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - nothing secret is made of it
    all_alone = config._replace(formats=FORMATS, topics=TopicConfig(include=()))
    numbers, before = set(range(COUNT)), dict[str, bytes]()
    for step in range(12):
        number = random.choice([*numbers, COUNT + step])
        if number in numbers and random.random() < 0.5:
            (config.source / f"{number}.md").unlink()
            numbers.remove(number)
        else:  # a new record, or another title and date for one that is there
            write(config.source, number, random.randrange(300), title=f"Bridge {number}, {step}")
            numbers.add(number)
        feeds.build(all_alone._replace(cache=config.cache if step % 3 else None), NOW, force=True)
        for suffix in FORMATS:
            assert sorted(walked(config.output, f"all.{suffix}")) == sorted(f"urn:x:{number}" for number in numbers)
        after = archive_files(config.output)
        for name in before.keys() & after.keys():
            assert before[name] == after[name] or own_items(before[name]) != own_items(after[name]), name
        before = after


def test_an_archive_document_outlives_changes_of_the_title(config: Config) -> None:
    feeds.build(config, NOW)
    before = archive_files(config.output)
    feeds.build(config._replace(title="Another title"), NOW)
    assert archive_files(config.output) == before


def test_documents_stay_as_short_as_the_limit_when_the_feed_keeps_more(config: Config) -> None:
    kept = config._replace(keep=timedelta(days=40), formats=("json",), topics=TopicConfig(include=()))
    feeds.build(kept, datetime(2000, 6, 28, tzinfo=UTC))
    feed, *archives = [len(ids(content, "json")) for content in documents(config.output, "all.json")]
    assert feed > 2 * config.limit
    assert archives
    assert max(archives) <= config.limit


def test_only_the_feed_itself_names_the_hub(config: Config) -> None:
    feeds.build(config._replace(hub="https://hub.example/", topics=TopicConfig(include=())), NOW)
    for suffix in FORMATS:
        feed, *archives = documents(config.output, f"all.{suffix}")
        assert archives
        assert [b"hub.example" in content for content in (feed, *archives)] == [True, *(False for _ in archives)]


def test_an_archive_document_names_the_stylesheet_only_while_there_is_one(config: Config) -> None:
    for formats in (("rss", "html"), ("rss",), ("rss", "html")):
        feeds.build(config._replace(formats=formats), NOW)
        named = {b"feed.css" in content for content in archive_files(config.output).values()}
        assert named == {(config.output / "feed.css").exists()}


def test_when_nothing_changes_archive_documents_are_not_made_anew(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    feeds.build(config, NOW)
    loaded: list[str] = []
    monkeypatch.setattr("feeds.publish.stage.load_items", lambda *_: loaded.append(""))
    assert not any(file.has_changed for file in feeds.build(config, NOW).files)
    assert loaded == []


def test_an_archive_document_that_was_lost_is_made_anew(config: Config) -> None:
    feeds.build(config, NOW)
    whole = tree(config.output)
    for name in [*archive_files(config.output)][::2]:
        (config.output / name).unlink()
    feeds.build(config, NOW)
    assert tree(config.output) == whole


def test_archive_documents_go_when_they_are_switched_off(config: Config) -> None:
    feeds.build(config, NOW)
    feeds.build(config._replace(archives=False), NOW)
    assert archive_files(config.output) == {}
    assert next_url((config.output / "all.json").read_bytes(), "json") == ""


def test_another_limit_cuts_anew(config: Config) -> None:
    feeds.build(config, NOW)
    feeds.build(config._replace(limit=10), NOW)
    sizes = [len(ids(content, "json")) for content in documents(config.output, "all.json")]
    assert sizes[0] == 10
    assert all(0 < size <= 10 for size in sizes)
    assert walked(config.output, "all.json") == [f"urn:x:{number}" for number in reversed(range(COUNT))]


def test_the_table_has_no_archive(config: Config) -> None:
    feeds.build(config, NOW)
    assert not [name for name in archive_files(config.output) if name.endswith((".csv", ".html"))]


@pytest.mark.parametrize("archives", [True, False])
def test_a_feed_is_cut_between_items_where_it_would_be_too_large(config: Config, *, archives: bool) -> None:
    for number in range(COUNT):
        write(config.source, number, 100 + number, excerpt="A long story. " * (200 + 20 * number))
    feeds.build(config._replace(max_bytes=40_000, archives=archives), NOW)
    counts = set()
    for suffix in FORMATS:
        content = (config.output / f"all.{suffix}").read_bytes()
        assert len(content) <= 40_000
        counts.add(len(ids(content, suffix)))
        if archives:
            assert len(walked(config.output, f"all.{suffix}")) == COUNT
    assert len(counts) == 1
    assert 0 < counts.pop() < 6


def test_a_truncated_feed_is_named_each_time(config: Config) -> None:
    small = config._replace(max_bytes=2_500, archives=False, formats=("json",), topics=TopicConfig(include=()))
    for _ in range(2):
        (warning,) = feeds.build(small, NOW).warnings
        assert warning.startswith("all is limited to ")
        assert warning.endswith(" of 6 items by max_bytes")
    assert feeds.build(small._replace(archives=True), NOW).warnings == ()
    assert feeds.build(small._replace(limit=2), NOW).warnings == ()


def test_one_item_goes_out_however_large_it_is(config: Config) -> None:
    feeds.build(config._replace(max_bytes=1), NOW)
    for suffix in FORMATS:
        assert ids((config.output / f"all.{suffix}").read_bytes(), suffix) == [f"urn:x:{COUNT - 1}"]
        assert len(walked(config.output, f"all.{suffix}")) == COUNT


def test_a_feed_that_was_cut_is_not_made_anew(config: Config) -> None:
    small = config._replace(max_bytes=2_000)
    assert {file.items for file in feeds.build(small, NOW).files if file.path.name == "all.rss"} != {6}
    again = feeds.build(small, NOW)
    assert not any(file.has_changed for file in again.files)
    assert len(json.loads((config.output / "manifest.json").read_bytes())["feeds"]["all"]["items"]) == len(
        ids((config.output / "all.rss").read_bytes(), "rss")
    )


def test_problems_of_items_beyond_the_cut_are_not_those_of_the_feed(config: Config) -> None:
    small = config._replace(max_bytes=3_000, archives=False, topics=TopicConfig(include=()))
    write(config.source, COUNT - 6, 100 + 3 * (COUNT - 6), title="The <b>sixth</b> bridge")
    assert feeds.build(small, NOW).feed_problems == ()
    changed = config.output / "all.atom"
    changed.write_bytes(changed.read_bytes() + b"\n")
    assert feeds.build(small, NOW).feed_problems == ()


def test_one_edited_record_changes_the_documents_that_it_is_in_alone(config: Config) -> None:
    feeds.build(config, NOW)
    before = archive_files(config.output)
    write(config.source, 3, 100 + 3 * 3, title="Bridge 3, repaired")
    feeds.build(config, NOW)
    after = archive_files(config.output)
    assert before.keys() == after.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {name for name in before if b"urn:x:3<" in before[name] or b'"urn:x:3"' in before[name]}
    assert len(changed) == len(FORMATS) * 2  # of everything, and of its topic


def keys_of(total: int) -> list[bytes]:
    return [sha256(str(number).encode()).digest() for number in range(total)]


def test_every_item_is_in_the_feed_or_in_one_document_of_at_most_the_limit() -> None:
    for total in range(60):
        for limit in range(1, 12):
            for items in range(1, limit + 1):
                windows = archive_windows(keys_of(total), [1] * total, items, limit, total)
                assert [window.start for window in windows] == [0, *(window.end for window in windows)][: len(windows)]
                assert all(0 < window.end - window.start <= limit for window in windows)
                covered = windows[-1].end if windows else 0
                assert max(0, total - items) <= covered
                assert not windows or windows[-1].start < total - items


def test_a_document_is_cut_where_it_would_be_too_large() -> None:
    keys, sizes = keys_of(100), [50, *range(1, 20)] * 5
    for start, end in archive_windows(keys, sizes, 10, 10, 40):
        assert end - start == 1 or sum(sizes[start:end]) <= 40


def test_an_item_that_comes_or_goes_changes_few_documents() -> None:
    keys = keys_of(1000)
    before = documents_of(keys)
    for place in range(0, 900, 37):
        changed = before ^ documents_of(keys[:place] + keys[place + 1 :])
        assert len(changed) <= 6


def documents_of(keys: list[bytes]) -> set[tuple[bytes, ...]]:
    return {tuple(keys[window.start : window.end]) for window in archive_windows(keys, [1] * len(keys), 10, 10, 10)}
