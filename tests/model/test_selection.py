"""A selection chooses records, and orders them newest first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feeds.model.record import Record
from feeds.model.selection import Selection, select

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def record(name: str, **fields: object) -> Record:
    values = {"id": name, "title": name, "link": f"https://example.org/{name}", "published": NOON, "updated": NOON}
    return Record(**(values | fields))


def names(records: list[Record]) -> str:
    return " ".join(record.id for record in records)


RECORDS = [
    record("old", published=NOON - timedelta(days=2), topics=("Sea",), type="article", quality=10),
    record("mid", published=NOON - timedelta(days=1), topics=("sea", "Ships"), type="video", quality=50),
    record("new", published=NOON, topics=("Ships",), type="article"),
    record("hid", published=NOON, topics=("Sea",), is_published=False),
    record("due", published=NOON + timedelta(days=1), topics=("Sea",)),
]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), "new mid old"),
        (Selection(topics=("SEA",)), "mid old"),
        (Selection(topics=("sea", "ships")), "new mid old"),
        (Selection(exclude_topics=("ships",)), "old"),
        (Selection(topics=("Sea",), exclude_topics=("Ships",)), "old"),
        (Selection(topics=("none",)), ""),
        (Selection(status="unpublished"), "hid"),
        (Selection(status="all"), "hid new mid old"),
        (Selection(type="video"), "mid"),
        (Selection(min_quality=10), "mid old"),
        (Selection(min_quality=11), "mid"),
        (Selection(since=NOON - timedelta(days=1)), "new mid"),
        (Selection(until=NOON - timedelta(days=1)), "mid old"),
        (Selection(until=NOON + timedelta(days=9)), "new mid old"),
        (Selection(limit=2), "new mid"),
        (Selection(limit=99), "new mid old"),
    ],
)
def test_selection_chooses_and_orders_newest_first(selection: Selection, expected: str) -> None:
    assert names(select(RECORDS, selection, NOON)) == expected
    assert names(select(RECORDS[::-1], selection, NOON)) == expected


def test_without_a_now_nothing_is_held() -> None:
    assert names(select(RECORDS)) == "due new mid old"


def test_a_record_expires_at_the_instant_that_it_names() -> None:
    fleeting = [record("a", published=NOON - timedelta(days=1), expires=NOON)]
    assert names(select(fleeting, now=NOON - timedelta(seconds=1))) == "a"
    assert names(select(fleeting, now=NOON)) == ""
    assert names(select(fleeting)) == "a"


def test_published_record_wins_over_an_unpublished_one_of_the_same_id() -> None:
    duplicates = [record("a", title="draft", is_published=False), record("a", title="final")]
    assert [chosen.title for chosen in select(duplicates, Selection(status="all"))] == ["final"]
