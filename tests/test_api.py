"""The public functions and types are there, and do together what the README says."""

from __future__ import annotations

import re
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


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (feeds.Config(limit=0), '"limit" is 0; expected at least 1'),
        (feeds.Config(base_url="example.org"), '"base_url" is "example.org"; expected the absolute URL of a folder'),
        (feeds.Config(formats=("rrs",)), '"formats" contains "rrs"; did you mean "rss"?'),
        (feeds.Config(output="public"), '"output" is text; expected a path'),  # type: ignore[arg-type]
    ],
)
def test_settings_made_in_python_are_checked_as_those_of_a_file(config: feeds.Config, message: str) -> None:
    calls = (
        lambda: feeds.build(config, NOW),
        lambda: feeds.convert(config, "rss", NOW),
        lambda: feeds.read(SEEDS, config=config),
    )
    for call in calls:
        with pytest.raises(feeds.CouldNotRunError, match=re.escape(message)):
            call()


def test_a_time_without_an_offset_is_no_instant(tmp_path: Path) -> None:
    config, now = feeds.Config(source=SEEDS, output=tmp_path / "public"), NOW.replace(tzinfo=None)
    with pytest.raises(feeds.CouldNotRunError, match="no offset"):
        feeds.build(config, now)
    with pytest.raises(feeds.CouldNotRunError, match="no offset"):
        feeds.validate(SEEDS, config=config, now=now)
    for selection in (feeds.Selection(since=now), feeds.Selection(until=now)):
        with pytest.raises(feeds.CouldNotRunError, match="no offset"):
            feeds.build(config, NOW, selection)
        with pytest.raises(ValueError, match="no offset"):
            feeds.select([], selection)
    with pytest.raises(ValueError, match="no offset"):
        feeds.select([], now=now)
