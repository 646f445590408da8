"""Two feeds of any formats are compared item by item, and what no subscriber can tell apart is no difference."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support import REPOSITORY
from typer.testing import CliRunner, Result

from feeds.cli.app import app
from feeds.model.feed import Feed
from feeds.model.item import Category, Item, Text
from feeds.model.parts import Person
from feeds.publish.comparison.feed_diff import FeedDifference, feed_difference
from feeds.publish.comparison.word_diff import word_diff

CLEAN = REPOSITORY / "tests" / "lint" / "clean"
FIRST = Item(id="a", title="A", link="https://a.example/a", published=datetime(2024, 5, 1, tzinfo=UTC))


def diff(*arguments: str | Path, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(app, ["diff", *map(str, arguments)], input=stdin, catch_exceptions=False)


def difference(old: Item, new: Item) -> FeedDifference:
    return feed_difference(Feed(items=(old,)), Feed(items=(new,)))


def items(names: str) -> tuple[Item, ...]:
    return tuple(Item(id=name, title=name, link=f"https://a.example/{name}") for name in names)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (FIRST, FIRST._replace(link="HTTPS://a.example:443/%61")),
        (FIRST, FIRST._replace(published=datetime.fromisoformat("2024-05-01T02:00:00+02:00"))),
        (FIRST, FIRST._replace(published=datetime(2024, 5, 1, 0, 0, 0, 999, tzinfo=UTC))),
        (FIRST, FIRST._replace(updated=datetime(2024, 6, 1, tzinfo=UTC))),
        (FIRST._replace(summary=Text("<p>a &amp; b</p>")), FIRST._replace(content=Text("a & b", "text"))),
        (
            FIRST._replace(content=Text('<p>a<script>b</script></p><iframe src="/v"></iframe>')),
            FIRST._replace(content=Text('<p>a</p><a href="https://a.example/v">a.example/v</a>')),
        ),
        (FIRST._replace(categories=(Category("ai", label="AI"),)), FIRST._replace(categories=(Category("AI"),))),
    ],
    ids=["address", "offset", "fraction", "update", "content", "frame", "category"],
)
def test_what_readers_are_shown_alike_is_no_difference(old: Item, new: Item) -> None:
    assert not difference(old, new)


@pytest.mark.parametrize(
    ("field", "new"),
    [
        ("title", FIRST._replace(title="B")),
        ("link", FIRST._replace(link="https://a.example/b")),
        ("published", FIRST._replace(published=datetime(2024, 5, 2, tzinfo=UTC))),
        ("authors", FIRST._replace(authors=(Person("Ann"),))),
        ("categories", FIRST._replace(categories=(Category("x"),))),
        ("content", FIRST._replace(content=Text('<a href="https://a.example/">x</a>'))),
    ],
)
def test_a_field_that_changes_is_named(field: str, new: Item) -> None:
    (change,) = difference(FIRST, new).changed
    assert [each.field for each in change.fields] == [field]


def test_a_feed_that_names_itself_as_author_says_nothing_new() -> None:
    ours = Feed(title="Ours", items=(FIRST._replace(authors=(Person("Ours"),)),))
    assert not feed_difference(Feed(items=(FIRST,)), ours)


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [("abcd", "abcd", ""), ("abcd", "dabc", "d"), ("abcd", "acbd", "b"), ("abc", "xacb", "b")],
)
def test_the_fewest_items_are_said_to_have_moved(old: str, new: str, moved: str) -> None:
    found = feed_difference(Feed(items=items(old)), Feed(items=items(new)))
    assert len(found.moved) == len(moved)
    assert {move.item.id for move in found.moved} <= {*moved, "c"}


def test_an_item_under_another_id_is_told_so_and_its_fields_too() -> None:
    (renamed,) = difference(FIRST, FIRST._replace(id="b", title="B")).renamed
    assert (renamed.old.id, renamed.new.id, renamed.fields[0].field) == ("a", "b", "title")


def test_a_text_is_compared_word_by_word_with_some_words_around() -> None:
    old = "one two three four five six seven eight nine ten"
    assert word_diff(old, old.replace("six", "6")) == "… two three four five [-six-] {+6+} seven eight nine ten"


def test_a_very_long_text_is_compared_soon() -> None:
    assert word_diff("a b " * 50_000, "b c " * 50_000).startswith("[-a b")


@pytest.mark.parametrize("name", ["all.rss", "all.atom", "all.json", "all.csv"])
def test_a_feed_does_not_differ_from_itself_on_standard_input(name: str) -> None:
    path = CLEAN / name
    done = diff(path, "-", stdin=path.read_bytes())
    assert (done.exit_code, done.stdout) == (0, "no difference\n")


def test_differences_are_written_for_people_and_for_programs() -> None:
    changed = (CLEAN / "all.atom").read_bytes().replace(b">Lighthouse reopens<", b">Lamp reopens<")
    lines = diff(CLEAN / "all.atom", "-", stdin=changed)
    assert lines.exit_code == 1
    assert "changed: Lamp reopens (urn:example:lighthouse)\n  title: [-Lighthouse-] {+Lamp+} reopens\n" in lines.stdout
    found = json.loads(diff(CLEAN / "all.atom", "-", "--format", "json", stdin=changed).stdout)
    assert found["changed"][0]["fields"]["title"]["old"] == "Lighthouse reopens"


def test_content_that_is_the_same_is_not_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("feeds.publish.comparison.item_fields.safe_html")
    item = Item(id="a", link="https://a.example/", content=Text("<p>A</p>", "html"))
    assert not feed_difference(Feed(items=(item,)), Feed(items=(item._replace(title=""),)))


def test_records_that_cannot_be_read_are_told_and_not_said_to_be_alike(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.md").write_text("---\n[\n---\n", encoding="utf-8")
    done = diff(tmp_path / "a", tmp_path / "b")
    assert (done.exit_code, done.stdout) == (1, "no difference; 2 files left out because of errors\n")
    assert "b/x.md:3:1: a missing value" in done.stderr
