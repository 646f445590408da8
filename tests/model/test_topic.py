"""Topics have one spelling, one count and one file name each."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from feeds.model.record import Record
from feeds.model.topic import list_topics, shared_slugs, topic_key, topic_slugs, unified_names, with_topics
from feeds.text import slug

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
RECORD = Record(id="a", title="a", link="https://example.org/a", published=NOON, updated=NOON)


@pytest.mark.parametrize("name", ["CON", "con.", "Nul", "aux", "prn", "com1", "COM¹", "LPT9"])
def test_a_topic_with_the_name_of_a_device_has_another_file_name(name: str) -> None:
    assert re.fullmatch(rf"{slug(name)}-[0-9a-f]{{8}}", topic_slugs([name])[name])


@pytest.mark.parametrize("name", ["console", "com", "com10", "auxiliary"])
def test_a_topic_whose_name_only_begins_like_that_of_a_device_keeps_it(name: str) -> None:
    assert topic_slugs([name]) == {name: name}


@pytest.mark.parametrize("names", [("AI", "ai"), ("Sea  Mining", " sea mining"), ("Cafe\u0301", "café"), ("ẞ", "ss")])
def test_spellings_of_one_topic_share_a_key(names: tuple[str, str]) -> None:
    assert topic_key(names[0]) == topic_key(names[1])


def test_topics_take_the_spelling_used_most_and_then_the_first() -> None:
    unified = unified_names({"ai": 1, "AI": 2, "sea": 1, "Sea": 1}, {})
    assert unified == {"ai": "AI", "AI": "AI", "sea": "Sea", "Sea": "Sea"}
    assert with_topics(RECORD._replace(topics=("ai", "Sea")), unified).topics == ("AI", "Sea")


def test_alias_replaces_a_topic_in_whatever_case_and_leaves_no_double() -> None:
    unified = unified_names({"ML": 1, "Machine Learning": 1}, {"ml": "Machine Learning"})
    assert with_topics(RECORD._replace(topics=("ML", "Machine Learning")), unified).topics == ("Machine Learning",)


def test_topics_are_counted_and_sorted_without_regard_to_case() -> None:
    topics = list_topics({"b": 2, "C": 1, "A": 1})
    assert [(topic.name, topic.records) for topic in topics] == [("A", 1), ("b", 2), ("C", 1)]


def test_each_topic_has_a_file_name_of_its_own() -> None:
    wanted = ["R & D", "R and D", "Über", "Uber", "!!!", "???", "x" * 100, "x" * 101, "港" * 40]
    slugs = topic_slugs(wanted)
    assert len(set(slugs.values())) == len(wanted)
    assert slugs["R and D"] == "r-and-d"
    assert slugs["Uber"] == "uber"
    assert all(0 < len(short.encode()) < 100 for short in slugs.values())


def test_file_name_of_a_topic_stays_when_another_comes() -> None:
    assert topic_slugs(["R & D", "R and D"])["R & D"] == topic_slugs(["R & D", "R and D", "r  and   d!"])["R & D"]


def test_topics_with_one_slug_are_listed() -> None:
    assert shared_slugs(["C", "Über", "Uber"]) == [("uber", ["Uber", "Über"])]
