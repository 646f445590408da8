"""A folder or a file of the source is published by itself as it is published with all of it."""

import json
from pathlib import Path

import pytest
from support import NOW, config_for, record_bytes

import feeds
from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.store.open_store import open_store
from feeds.store.source_part import with_source

POST = "---\ntitle: A lamp\ndate: 2024-05-01T08:30:00Z\n---\nIt is lit.\n"
RECORD = {"title": "A lamp", "publishedDateTime": "2024-05-01T08:30:00Z"}


def write(path: Path, **more: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(record_bytes(RECORD | {"webUrl": f"https://example.org/{path.stem}"} | more))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    write(tmp_path / "records" / "a.md")
    write(tmp_path / "records" / "news" / "b.md")
    return config_for(tmp_path / "records", tmp_path / "out", cache=tmp_path / "cache")


def ids_in(config: Config) -> dict[str, str]:
    content, _ = feeds.convert(config, "json", NOW)
    return {item["url"]: item["id"] for item in json.loads(content)["items"]}


@pytest.mark.parametrize("part", ["news", "news/b.md"])
def test_only_records_of_the_part_are_published(config: Config, part: str) -> None:
    assert isinstance(config.source, Path)
    narrowed = with_source(config, config.source / part)
    assert [*ids_in(narrowed)] == ["https://example.org/b"]
    with open_store(narrowed, NOW) as store:
        assert store.count_files() == (1, 1)


def test_only_problems_of_the_part_are_reported(config: Config) -> None:
    assert isinstance(config.source, Path)
    write(config.source / "a.md", webUrl="no address")
    write(config.source / "news" / "c.md", webUrl="no address")
    built = feeds.build(with_source(config, config.source / "news"), NOW)
    assert [Path(problem.path).name for problem in built.problems] == ["c.md"]


def test_a_secret_of_another_record_stays_in(config: Config) -> None:
    assert isinstance(config.source, Path)
    write(config.source / "a.md", secured="The keeper's name")
    write(config.source / "news" / "b.md", title="The keeper's name")
    part = with_source(config, config.source / "news")
    with pytest.raises(CouldNotRunError, match=r"holds a secret value of .*a\.md"):
        feeds.convert(part, "rss", NOW)
    assert feeds.build(part, NOW).refusals


def test_posts_of_a_folder_keep_their_addresses_and_ids(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "posts" / "2024"
    folder.mkdir(parents=True)
    (folder / "lamp.md").write_text(POST, encoding="utf-8")
    config = config_for(tmp_path / "content", tmp_path / "out", preset="hugo")
    assert ids_in(with_source(config, folder)) == ids_in(config)


@pytest.mark.parametrize("name", [".hidden/c.md", "drafts/c.md", "c.json", "../elsewhere/c.md"])
def test_what_a_build_of_all_would_not_read_is_a_source_of_its_own(config: Config, name: str) -> None:
    assert isinstance(config.source, Path)
    write(config.source / name)
    given = with_source(config._replace(exclude=("drafts/**",)), config.source / name)
    assert (given.source, given.part) == (config.source / name, None)
