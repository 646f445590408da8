"""The public functions and types are there, and do together what the README says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from support import SEEDS

import feeds

NOW = datetime(2030, 1, 1, tzinfo=UTC)


def test_dir_lists_every_public_name() -> None:
    assert {name for name in dir(feeds) if not name.startswith("_")} == set(feeds.__all__)


@pytest.mark.parametrize("name", feeds.__all__)
def test_a_public_name_can_be_imported_and_is_documented(name: str) -> None:
    assert getattr(feeds, name).__doc__


def test_records_are_read_and_selected() -> None:
    validation = feeds.read(SEEDS)
    newest = feeds.select(validation.records, feeds.Selection(limit=2), NOW)
    assert [type(record) for record in newest] == [feeds.Record] * 2
    assert newest[0].published >= newest[1].published


def test_a_feed_is_parsed_and_rendered_again() -> None:
    content, _ = feeds.convert(feeds.Config(source=SEEDS, base_url="https://example.org/"), "rss", NOW)
    feed = feeds.parse(content).feed
    assert isinstance(feed, feeds.Feed)
    again = feeds.parse(feeds.render(feed, "json")).feed
    assert [item.title for item in again.items] == [item.title for item in feed.items]


def test_a_build_returns_what_it_wrote(tmp_path: Path) -> None:
    result = feeds.build(feeds.Config(source=SEEDS, output=tmp_path / "public"), NOW)
    assert result.refusals == ()
    assert (tmp_path / "public" / "all.rss").is_file()


def test_a_configuration_is_that_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text('source = "news"', encoding="utf-8")
    assert feeds.load_config(folder=tmp_path).source == tmp_path / "news"


def test_problems_are_values() -> None:
    problems = feeds.validate(SEEDS)
    assert all(isinstance(problem, feeds.Problem) for problem in problems)
