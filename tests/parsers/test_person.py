"""Persons in one text are read as those who wrote it meant."""

from __future__ import annotations

import pytest

from feeds.formats import render
from feeds.model.feed import Feed
from feeds.model.item import Item
from feeds.model.parts import Person
from feeds.parsers import parse
from feeds.parsers.person import parse_person


@pytest.mark.parametrize(
    ("text", "name", "email"),
    [
        ("ann@a.example (Ann)", "Ann", "ann@a.example"),
        ('"Ann" <ann@a.example>', "Ann", "ann@a.example"),
        ("mailto:ann@a.example (Ann)", "Ann", "ann@a.example"),
        ("(Ann) ann@a.example", "Ann", "ann@a.example"),
        ("ann@a.example (Ann", "Ann", "ann@a.example"),
        ("ann@a.example (Ann (Editor))", "Ann (Editor)", "ann@a.example"),
        ("Ann (Editor) <ann@a.example>", "Ann (Editor)", "ann@a.example"),
        ("ann@a.example (@ann)", "@ann", "ann@a.example"),
        ("ann@a.example (Ann @ Work)", "Ann @ Work", "ann@a.example"),
        ("ann@a.example (ann@a.example)", "", "ann@a.example"),
        ("ann@a.example", "", "ann@a.example"),
        ("ann@a.example (Ann), bob@a.example (Bob)", "ann@a.example (Ann), bob@a.example (Bob)", ""),
        ("write to ann@a.example or call", "write to ann@a.example or call", ""),
    ],
)
def test_a_name_and_an_address_in_one_text_are_told_apart(text: str, name: str, email: str) -> None:
    assert parse_person(text) == Person(name, email=email)


@pytest.mark.parametrize("email", ["ann at a.example", "ann [at] a.example", "@ann"])
def test_an_address_that_is_none_is_no_part_of_a_name_in_rss(email: str) -> None:
    ann = Person("Ann", email=email)
    feed = Feed("T", (Item("urn:x:1", "One", authors=(ann,)),), authors=(ann,), is_foreign=True)
    read = parse(render(feed, "rss")).feed
    assert (read.authors, read.items[0].authors) == ((ann,), (ann,))
