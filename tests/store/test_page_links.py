"""Items that link to the source files of others follow what becomes of these, from the configuration to the bytes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support import NOW, config_for, record_bytes

import feeds
from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem

BEFORE_THE_SEQUEL = datetime(2024, 6, 1, tzinfo=UTC)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "records").mkdir()
    return config_for(tmp_path / "records", tmp_path / "out", cache=tmp_path / "cache", formats=("json",))


def write(config: Config, name: str, body: str = "", **changes: object) -> None:
    stem = name.partition(".")[0]
    data = {"title": stem, "publishedDateTime": "2024-05-01T00:00:00Z", "webUrl": f"https://a.example/{stem}"}
    Path(str(config.source), name).write_bytes(record_bytes(data | changes, body))


def built(config: Config, name: str, now: datetime = NOW) -> tuple[str, list[tuple[str, int, int, str]]]:
    """Return the body that a build publishes of a record, and what is said of its links."""
    result = feeds.build(config, now, force=True)
    items = json.loads((Path(str(config.output)) / "all.json").read_bytes())["items"]
    return next(item["content_html"] for item in items if item["title"] == name), lines(result.problems)


def lines(problems: object) -> list[tuple[str, int, int, str]]:
    assert isinstance(problems, tuple | list)
    found = [problem for problem in problems if isinstance(problem, Problem) and problem.rule == "source-link"]
    return [(Path(each.path).name, each.span.line, each.span.column, each.message) for each in found]


def test_a_link_follows_a_record_whose_address_changes(config: Config) -> None:
    write(config, "a.md", "To [b](b.md#part).")
    write(config, "b.md")
    assert built(config, "a") == (
        '<p>To <a href="https://a.example/b#part" rel="noopener noreferrer">b</a>.</p>',
        [],
    )
    write(config, "b.md", webUrl="https://a.example/moved")
    assert "https://a.example/moved#part" in built(config, "a")[0]
    assert "https://a.example/moved#part" in built(config, "a")[0]


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"published": False}, "not published"), ({"draft": True}, "not published"), ({"title": ""}, "not published")],
)
def test_a_link_to_what_is_held_back_is_reported(config: Config, changes: dict[str, object], said: str) -> None:
    write(config, "a.md", "One.\n\nTo [b](b.md).")
    write(config, "b.md")
    built(config, "a")
    write(config, "b.md", **changes)
    body, problems = built(config, "a")
    assert "https://a.example/b.md" in body
    assert problems == [("a.md", 8, 8, f'a link leads to "b.md", which is {said}')]
    write(config, "b.md")
    assert built(config, "a")[1] == []


def test_links_that_share_a_definition_are_reported_once(config: Config) -> None:
    write(config, "a.md", "To [b], [b] and [more][b].\n\n[b]: b.md")
    assert built(config, "a")[1] == [("a.md", 8, 6, 'a link leads to "b.md", which is no record here')]


def test_a_link_to_what_is_gone_is_reported(config: Config) -> None:
    write(config, "a.html", '<p>To <a href="b.md">b</a>.</p>')
    write(config, "b.md")
    assert 'https://a.example/b"' in built(config, "a")[0]
    Path(str(config.source), "b.md").unlink()
    body, problems = built(config, "a")
    assert "https://a.example/b.md" in body
    assert problems == [("a.html", 6, 16, 'a link leads to "b.md", which is no record here')]


def test_a_link_to_what_is_not_due_waits_for_it(config: Config) -> None:
    write(config, "a.md", "To [b](b.md).")
    write(config, "b.md", publishedDateTime="2025-01-01T00:00:00Z")
    assert [message for *_, message in built(config, "a", BEFORE_THE_SEQUEL)[1]] == [
        'a link leads to "b.md", which is not published'
    ]
    assert 'https://a.example/b"' in built(config, "a")[0]


def test_the_newest_of_several_versions_has_its_links(config: Config) -> None:
    write(config, "a.md", "To [b](b.md).")
    write(
        config,
        "new.md",
        "Again to [b](b.md).",
        title="a",
        webUrl="https://a.example/a",
        updatedDateTime="2024-05-02T00:00:00Z",
    )
    write(config, "b.md")
    for _ in range(2):
        assert 'Again to <a href="https://a.example/b"' in built(config, "a")[0]


def test_a_conversion_and_the_functions_say_the_same(config: Config) -> None:
    write(config, "a.md", "To [b](b.md) and [c](c.md).")
    write(config, "b.md")
    content, problems = feeds.convert(config, "json", NOW)
    read = feeds.read(config.source, config=config)
    reported = [("a.md", 6, 22, 'a link leads to "c.md", which is no record here')]
    assert b"https://a.example/b\\" in content
    assert [record.links for record in read.records if record.title == "a"] == [(("b.md", "https://a.example/b"),)]
    assert lines(problems) == lines(read.problems) == lines(feeds.validate(config.source, config=config)) == reported


def test_one_file_is_validated_with_those_that_it_links_to(config: Config) -> None:
    write(config, "a.md", "To [b](b.md), [c](@/c) and [d](d.md).")
    write(config, "b.md")
    write(config, "c.md")
    write(config, "d.md", draft=True)
    file, source = Path(str(config.source), "a.md"), config.source
    assert [message for *_, message in lines(feeds.validate(file, config=config, among=source))] == [
        'a link leads to "d.md", which is not published'
    ]


def test_a_link_that_is_followed_again_costs_nothing_to_keep(config: Config) -> None:
    write(config, "a.md", "To [b](b.md).")
    write(config, "b.md")
    built(config, "a")
    again = feeds.build(config, NOW)
    assert not any(file.has_changed for file in again.files)


def test_a_link_to_nothing_holds_its_record_back_where_that_is_an_error(config: Config) -> None:
    strict = config._replace(rules={"source-link": "error"})
    write(config, "a.md", "To [b](b.md).")
    write(config, "c.md", "To [a](a.md).")
    assert [record.title for record in feeds.read(config.source, config=strict).records] == ["c"]
    with pytest.raises(StopIteration):
        built(strict, "a")


def test_links_of_an_article_in_two_versions_stay_when_another_record_changes(config: Config) -> None:
    write(config, "a.md", "Old.", webUrl="https://a.example/living")
    write(
        config,
        "newer.md",
        "To [b](b.md).",
        webUrl="https://a.example/living",
        title="a",
        updatedDateTime="2024-05-03T00:00:00Z",
    )
    write(config, "b.md")
    assert 'https://a.example/b"' in built(config, "a")[0]
    write(config, "c.md")
    assert 'https://a.example/b"' in built(config, "a")[0]
