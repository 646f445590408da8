"""Feeds made by a field hold what has its value, and items stay for as long as they are kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import feeds
from feeds.config.config_file import load_config
from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError

NOON = datetime(2024, 5, 6, 12, tzinfo=UTC)
POSTS = {
    "lamp": "language: de\nauthors: [{name: Ada Keeper}]\ntopics: [Lamp]",
    "tide": "language: en\nauthors: [{name: ada keeper}, {name: Bob Boat}]\ntopics: [Sea]",
    "boat": "provider: {name: Bob Boat}\ntopics: [Sea, Lamp]",
}


def built(folder: Path, settings: str, now: datetime = NOON) -> dict[str, Any]:
    """Return the JSON Feeds of some records by their names."""
    (folder / "seeds").mkdir(exist_ok=True)
    for day, (name, lines) in enumerate(POSTS.items(), start=4):
        head = f"title: {name}\npublishedDateTime: 2024-05-0{day}T10:00:00Z\nwebUrl: https://example.org/{name}"
        (folder / "seeds" / f"{name}.md").write_text(f"---\n{head}\n{lines}\n---\n")
    feeds.build(configuration(folder, settings), now)
    public = folder / "public"
    found = {path.relative_to(public).with_suffix("").as_posix(): path for path in public.rglob("*.json")}
    return {name: json.loads(path.read_text()) for name, path in found.items() if name != "manifest"}


def configuration(folder: Path, settings: str) -> Config:
    (folder / "feeds.toml").write_text(f'base_url = "https://example.org/f/"\nmax_drop = "100%"\n{settings}\n')
    return load_config(folder=folder)


def titles(found: dict[str, Any]) -> dict[str, list[str]]:
    return {name: [item["title"] for item in feed["items"]] for name, feed in found.items()}


def test_each_author_has_a_feed_whatever_the_case(tmp_path: Path) -> None:
    found = titles(built(tmp_path, '[topics]\ninclude = []\n[[feed]]\nby = "author"'))
    assert found == {
        "all": ["boat", "tide", "lamp"],
        "authors/ada-keeper": ["tide", "lamp"],
        "authors/bob-boat": ["boat", "tide"],
    }


def test_each_pair_of_author_and_topic_has_a_feed_that_is_large_enough(tmp_path: Path) -> None:
    settings = '[topics]\ninclude = []\n[[feed]]\nname = "people"\nby = ["author", "topic"]\nmin_items = 2'
    found = titles(built(tmp_path, settings))
    assert {name: items for name, items in found.items() if name != "all"} == {"people/bob-boat/sea": ["boat", "tide"]}


@pytest.mark.parametrize(("least", "names"), [("min_items = 3", {"all"}), ("min_items = 2", {"all", "sea"})])
def test_a_feed_of_a_selection_is_left_out_where_it_has_too_few_items(
    tmp_path: Path, least: str, names: set[str]
) -> None:
    settings = f'[topics]\ninclude = []\n[[feed]]\nname = "sea"\ntopics = ["Sea"]\n{least}'
    assert built(tmp_path, settings).keys() == names


def test_feeds_of_languages_link_to_each_other(tmp_path: Path) -> None:
    found = built(tmp_path, '[[feed]]\nby = "language"')
    assert [found[f"languages/{tag}"]["language"] for tag in ("de", "en")] == ["de", "en"]
    assert titles(found)["languages/en"] == ["boat", "tide"]  # none is the language of the whole
    for suffix in ("atom", "rss"):
        text = (tmp_path / "public" / "languages" / f"de.{suffix}").read_text()
        assert f'hreflang="en" href="https://example.org/f/languages/en.{suffix}"' in text


def test_what_is_new_stays_beyond_the_limit(tmp_path: Path) -> None:
    settings = 'limit = 1\nmax_bytes = 1\nkeep = "48h"'
    assert titles(built(tmp_path, settings))["all"] == ["boat", "tide"]
    assert titles(built(tmp_path, settings, NOON + timedelta(days=30)))["all"] == ["boat"]


def test_a_build_says_when_the_next_item_goes(tmp_path: Path) -> None:
    built(tmp_path, "")
    done = feeds.build(configuration(tmp_path, 'keep = "48h"'), NOON)
    assert done.until == datetime(2024, 5, 7, 10, 0, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('keep = "two days"', '"keep" is "two days"; expected a period'),
        ('[[feed]]\nby = "autor"', '"feed[1].by" contains "autor"; did you mean "author"?'),
        ('[[feed]]\ntitle = "x"', '"feed[1]" has no name'),
    ],
)
def test_a_setting_that_means_nothing_is_refused(tmp_path: Path, setting: str, said: str) -> None:
    with pytest.raises(CouldNotRunError) as caught:
        configuration(tmp_path, setting)
    assert said in str(caught.value)


def test_a_build_says_which_topics_of_own_feeds_no_record_has(tmp_path: Path) -> None:
    built(tmp_path, "")
    done = feeds.build(configuration(tmp_path, '[[feed]]\nname = "x"\ntopics = ["lamp", "Seas"]'), NOON)
    assert done.warnings == ('no record has the topic "Seas"; did you mean "Sea"?',)
