"""Several records of one article are one item: the newest text, first published when the first was."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from support import NOW, config_for, record_bytes, tree

import feeds
from feeds.config.settings import Config
from feeds.model.selection import Selection


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "records").mkdir()
    return config_for(tmp_path / "records", tmp_path / "out", cache=tmp_path / "cache")


def write(config: Config, name: str, day: int, topic: str = "Ships", **changes: object) -> None:
    data = {
        "title": name,
        "webUrl": "https://a.example/live",
        "publishedDateTime": f"2020-01-{day:02}T00:00:00Z",
        "topics": [topic],
    }
    assert isinstance(config.source, Path)
    (config.source / f"{name}.md").write_bytes(record_bytes(data | changes))


def items(config: Config, name: str = "all.json", now: datetime = NOW) -> list[dict[str, str]]:
    feeds.build(config, now, force=True)
    return list(json.loads(tree(config.output)[name])["items"])


def test_the_newest_text_goes_out_once_in_every_feed_and_format(config: Config) -> None:
    write(config, "b", 3)
    write(config, "c", 5, topic="Bridges")
    write(config, "a", 4)
    (item,) = items(config)
    assert (item["title"], item["date_published"], item["date_modified"]) == (
        "c",
        "2020-01-03T00:00:00Z",
        "2020-01-05T00:00:00Z",
    )
    files = tree(config.output)
    assert "topics/ships.json" not in files
    assert json.loads(files["topics/bridges.json"])["items"] == [item]
    (row,) = csv.DictReader(io.StringIO(files["all.csv"].decode(), newline=""))
    assert (row["title"], row["publishedDateTime"], row["updatedDateTime"]) == (
        "c",
        item["date_published"],
        item["date_modified"],
    )
    assert all(files[name].count(b"<title>c</title>") == 1 for name in ("all.rss", "topics/bridges.rss"))
    assert files["all.atom"].count(b"<entry>") == 1


def test_a_text_that_was_updated_last_is_the_newest(config: Config) -> None:
    write(config, "a", 3, updatedDateTime="2020-02-01T00:00:00Z")
    write(config, "b", 5)
    (item,) = items(config)
    assert (item["title"], item["date_published"], item["date_modified"]) == (
        "a",
        "2020-01-03T00:00:00Z",
        "2020-02-01T00:00:00Z",
    )


@pytest.mark.parametrize("withdrawn", [{"published": False}, {"removed": True}])
def test_a_newest_version_that_is_held_back_while_an_older_one_goes_out_is_told(
    config: Config, withdrawn: dict[str, bool]
) -> None:
    write(config, "a", 3)
    write(config, "b", 5, **withdrawn)
    assert isinstance(config.source, Path)
    a, b = (config.source / name for name in ("a.md", "b.md"))
    of_b = (str(b), f"same article as {a}, which is older and goes out: this version does not")
    of_a = (str(a), f"goes out, while a newer version of the article, {b}, does not")
    found = [feeds.validate(path, config=config, among=config.source) for path in (config.source, b, a)]
    assert [[(each.path, each.message) for each in problems] for problems in found] == [[of_b], [of_b], [of_a]]
    assert [(each.path, each.message) for each in feeds.build(config, NOW).problems] == [of_b]


def test_an_older_version_that_is_held_back_is_not_told(config: Config) -> None:
    write(config, "a", 3, published=False)
    write(config, "b", 5)
    assert feeds.validate(config.source, config=config) == []
    assert feeds.build(config, NOW).problems == ()


def test_each_further_version_is_told_as_a_warning_that_names_both(config: Config) -> None:
    write(config, "a", 3)
    write(config, "b", 5)
    (problem,) = feeds.validate(config.source, config=config)
    assert feeds.build(config, NOW).problems == (problem,)
    assert (problem.rule, problem.severity) == ("article-versions", "warning")
    assert problem.path.endswith("b.md")
    assert f"same article as {config.source}/a.md" in problem.message


def test_records_of_one_address_and_date_are_copies_and_only_the_first_goes_out(config: Config) -> None:
    write(config, "b", 3)
    write(config, "a", 3)
    assert [item["title"] for item in items(config)] == ["a"]
    (problem,) = feeds.validate(config.source, config=config)
    assert (problem.rule, problem.severity, Path(problem.path).name) == ("duplicate-id", "error", "b.md")


def test_an_update_before_the_publication_does_not_make_a_feed_older_than_its_item(config: Config) -> None:
    write(config, "a", 3, updatedDateTime="2001-01-01T00:00:00Z")
    assert feeds.build(config, NOW).feed_problems == ()
    document = tree(config.output)["all.atom"]
    assert document.index(b"<updated>2020-01-03T00:00:00Z<") < document.index(b"<updated>2001-01-01T00:00:00Z<")


def test_a_version_waits_for_its_date(config: Config) -> None:
    write(config, "a", 3)
    write(config, "b", 5)
    before, after = datetime(2020, 1, 4, tzinfo=UTC), datetime(2020, 1, 6, tzinfo=UTC)
    (item,) = items(config, now=before)
    assert (item["title"], item.get("date_modified")) == ("a", "2020-01-03T00:00:00Z")
    assert feeds.build(config, before).next_due == datetime(2020, 1, 5, tzinfo=UTC)
    assert [item["title"] for item in items(config, now=after)] == ["b"]
    assert [item["title"] for item in items(config, now=before)] == ["a"]


def test_an_article_expires_when_its_newest_version_does(config: Config) -> None:
    write(config, "a", 3)
    write(config, "b", 5, expires="2020-01-10T00:00:00Z")
    assert items(config) == []


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        (2, "to be published as one item"),
        (4, "published as one item, with the text of {}/a.md"),
        (6, "published as one item, with the text of {}/b.md"),
        (11, "not published, as the newest, {}/b.md, has expired"),
    ],
)
def test_versions_are_told_with_what_goes_out_at_that_time(config: Config, day: int, outcome: str) -> None:
    write(config, "a", 3)
    write(config, "b", 5, expires="2020-01-10T00:00:00Z")
    now = datetime(2020, 1, day, tzinfo=UTC)
    for problems in (
        feeds.build(config, now, force=True).problems,
        feeds.validate(config.source, config=config, now=now),
    ):
        (problem,) = (each for each in problems if each.rule == "article-versions")
        assert problem.message.endswith(f"with other dates: {outcome.format(config.source)}")


def test_a_version_that_is_not_published_changes_nothing(config: Config) -> None:
    write(config, "a", 3)
    write(config, "b", 5, published=False)
    assert [item["title"] for item in items(config)] == ["a"]


def test_a_selection_by_topic_takes_the_newest_version(config: Config) -> None:
    write(config, "a", 3, topic="Ships")
    write(config, "b", 5, topic="Bridges")
    for topic, count in (("Ships", 0), ("Bridges", 1)):
        content, _ = feeds.convert(config, "json", NOW, Selection(topics=(topic,)))
        assert len(json.loads(content)["items"]) == count


def test_records_that_are_read_give_the_same_item(config: Config) -> None:
    write(config, "a", 3)
    write(config, "b", 5)
    (record,) = feeds.select(feeds.read(config.source, config=config).records, now=NOW)
    assert (record.title, record.published.day, record.updated.day) == ("b", 3, 5)


@pytest.mark.parametrize("has_ledger", [False, True])
def test_what_the_cache_gives_is_what_no_cache_gives(config: Config, tmp_path: Path, *, has_ledger: bool) -> None:
    random = Random(7)  # noqa: S311 - the same histories each time
    if has_ledger:
        (tmp_path / "feeds.ids").touch()
    for step in range(12):
        for _ in range(random.randint(1, 3)):
            name, page = random.choice("abcdef"), random.choice("xy")
            path = config.output.parent / "records" / f"{name}.md"
            if path.exists() and random.random() < 0.5:
                path.unlink()
            else:
                is_published = random.random() < 0.8
                write(config, name, random.randint(1, 9), webUrl=f"https://a.example/{page}", published=is_published)
        now = datetime(2020, 1, random.randint(3, 9), tzinfo=UTC)
        known = tmp_path / f"{step}.ids"
        if has_ledger:
            shutil.copyfile(tmp_path / "feeds.ids", known)
        ledger = tmp_path / "feeds.ids" if has_ledger else None
        built = feeds.build(config._replace(ledger=ledger), now, force=True)
        anew = config._replace(output=tmp_path / f"anew{step}", cache=None, ledger=known if has_ledger else None)
        assert feeds.build(anew, now, force=True).problems == built.problems
        assert tree(config.output) == tree(anew.output)
        assert not has_ledger or known.read_bytes() == (tmp_path / "feeds.ids").read_bytes()
