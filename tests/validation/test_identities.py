"""What people do to files, readers take for one article what people would call one, or are told otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest
from reader_model import Item, Seen, Text, surprises
from support import NOW, config_for, record_bytes

import feeds
from feeds.model.record import Record
from feeds.model.versions import version_of
from feeds.validation.check_file import CheckedFile
from feeds.validation.content_keys import body_key, content_key
from feeds.validation.duplicates import articles_of, duplicate_problems
from feeds.validation.identities import Claim, reconcile
from feeds.validation.identity_doubts import Identity, problem_of


class Publisher:
    """What a build decides of identity, without the files."""

    def __init__(self) -> None:
        self.ledger: dict[str, Identity] = {}

    def __call__(self, files: Mapping[str, Text]) -> Seen:
        made = {path: uuid5(NAMESPACE_URL, text.page).urn for path, text in files.items()}
        claims = {
            path: Claim(made[path], is_own=False, content=content_key(text.title, text.published), body=text.body)
            for path, text in sorted(files.items(), key=lambda file: (file[1].published, file[0]))
        }
        known = reconcile(self.ledger, claims, files)
        self.ledger = dict(known.identities)
        marks = (("webUrl", ""),)
        checked_file = [
            CheckedFile(path, Record(known.ids[path], text.title, text.page, text.published, text.published), (), marks)
            for path, text in sorted(files.items())
        ]
        articles = articles_of(checked_file, originals=known.originals())
        newest = [max(article.versions, key=lambda file: version_of(file.record)) for article in articles]
        told = {doubt.path for doubt in known.doubts}
        for problem in duplicate_problems(checked_file, originals=known.originals()):
            told |= {path for path in files if path in f"{problem.path} {problem.message}"}
        return Seen([Item(file.record.id, files[file.path].article) for file in newest], told)


class Builder:
    """A build of files in a folder, as the command line does it."""

    def __init__(self, site: Path) -> None:
        self.source = site / "records"
        self.source.mkdir(parents=True)
        (site / "feeds.ids").touch()
        self.config = config_for(self.source, site / "out", ledger=site / "feeds.ids", cache=site / "cache")

    def __call__(self, files: Mapping[str, Text]) -> Seen:
        for path in self.source.iterdir():
            path.unlink()
        for name, text in files.items():
            data = {"title": text.title, "webUrl": f"https://a.example/{text.page}", "x-article": text.article}
            data["publishedDateTime"] = text.published.isoformat()
            (self.source / name).write_bytes(record_bytes(data, text.body))
        built = feeds.build(self.config, NOW, force=True)
        told = {name for problem in built.problems for name in files if name in f"{problem.path} {problem.message}"}
        by_title = {text.title: text.article for text in files.values()}
        items = json.loads((self.config.output / "all.json").read_bytes())["items"]
        return Seen([Item(item["id"], by_title[item["title"]]) for item in items], told)


@pytest.mark.parametrize("operations", ["easy", "hard"])
@pytest.mark.parametrize("at_once", [1, 3])
def test_no_history_surprises_a_reader_who_was_not_told(at_once: int, operations: str) -> None:
    histories = (surprises(seed, 12, Publisher(), is_hard=operations == "hard", at_once=at_once) for seed in range(150))
    assert [surprise for history in histories for surprise in history] == []


def test_no_history_of_builds_surprises_a_reader_who_was_not_told(tmp_path: Path) -> None:
    histories = (surprises(seed, 8, Builder(tmp_path / f"{seed}"), is_hard=True, at_once=2) for seed in range(6))
    assert [surprise for history in histories for surprise in history] == []


@pytest.mark.parametrize(
    ("date", "is_told"),
    [("2024-05-01T09:30:00Z", True), ("2024-05-02T07:00:00Z", True), ("2024-05-08T08:30:00Z", False)],
)
def test_a_copy_with_another_address_and_nearly_the_same_date_is_told(date: str, *, is_told: bool) -> None:
    known = {"a.md": Identity("urn:x:1", "urn:x:1", content_key("Tide", datetime(2024, 5, 1, 8, 30, tzinfo=UTC)))}
    claims = {
        "a.md": Claim("urn:x:1", is_own=False, content=known["a.md"].content),
        "copy.md": Claim("urn:x:2", is_own=False, content=content_key("Tide", datetime.fromisoformat(date))),
    }
    doubts = reconcile(known, claims, claims).doubts
    assert [doubt.path for doubt in doubts] == (["copy.md"] if is_told else [])
    assert all((doubt.other, "nearly the same date as {}" in doubt.message) == ("a.md", True) for doubt in doubts)


def test_a_copy_with_another_title_date_and_address_is_told_by_its_text() -> None:
    body, tide = body_key("The lighthouse is open again, from ten to four."), "1f3a9c2e 2024-05-01T00:00:00Z"
    claims = {
        "copy.md": Claim("urn:x:2", is_own=False, content="83c5d2a0 2023-04-01T00:00:00Z", body=body),
        "a.md": Claim("urn:x:1", is_own=False, content=tide, body=body),
    }
    known = {"a.md": Identity("urn:x:1", "urn:x:1", tide)}
    (doubt,) = reconcile(known, claims, claims).doubts
    assert doubt.path == "copy.md"
    problem = problem_of(doubt, "site/news/copy.md")
    assert problem.message == "same text as site/news/a.md, but another address, so it is a second item"


@pytest.mark.parametrize("body", ["", "No news this week."])
def test_bodies_of_a_few_words_are_no_sign_of_a_copy(body: str) -> None:
    assert body_key(body) == ""


def test_an_article_that_moved_away_from_its_address_is_told_though_another_has_taken_it() -> None:
    known = {"a.md": Identity("urn:x:1", "urn:x:1", "1f3a9c2e 2024-05-01T00:00:00Z")}
    claims = {
        "moved.md": Claim("urn:x:2", is_own=False, content="1f3a9c2e 2024-05-01T01:00:00Z"),
        "a.md": Claim("urn:x:1", is_own=False, content="83c5d2a0 2024-06-01T00:00:00Z"),
    }
    doubts = {doubt.path: problem_of(doubt, doubt.path) for doubt in reconcile(known, claims, claims).doubts}
    assert doubts["moved.md"].message == "may be the article that was published from a.md, but gets the new id urn:x:2"


def test_a_blank_id_of_a_post_is_none_so_the_ledger_keeps_the_id_when_its_address_changes(tmp_path: Path) -> None:
    settings = 'source = "posts"\npreset = "hugo"\nhome_page = "https://example.org/"\nfields = { id = ["id"] }\n'
    (tmp_path / "feeds.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "feeds.ids").touch()
    (tmp_path / "posts").mkdir()
    ids = set()
    for slug in ("one", "two"):
        text = f'---\ntitle: Lamp\ndate: 2024-01-02\nslug: {slug}\nid: " "\n---\nText\n'
        (tmp_path / "posts" / "a.md").write_text(text, encoding="utf-8")
        feeds.build(feeds.load_config(folder=tmp_path), NOW)
        ids.add(feeds.parse((tmp_path / "public" / "all.json").read_bytes()).feed.items[0].id)
    assert len(ids) == 1
