"""Large feeds are written piece by piece, and the pieces are one document."""

from __future__ import annotations

import pytest

from feeds.formats import FORMATS
from feeds.model.feed import Feed
from feeds.model.item import Category, Item, Text
from feeds.model.parts import Image, Person
from feeds.parsers import parse


@pytest.mark.parametrize("name", ["rss", "atom", "json"])
@pytest.mark.parametrize("number", [0, 1, 100, 250])
def test_no_piece_of_a_document_has_more_than_a_hundred_items(name: str, number: int) -> None:
    picture = (Image("https://a.example/1.jpg"),)
    items = tuple(Item(f"urn:x:{n}", f"Item {n}", f"https://a.example/{n}", images=picture) for n in range(number))
    pieces = list(FORMATS[name].render(Feed("T", items, is_foreign=True)))
    assert max(piece.count(b"urn:x:") for piece in pieces) <= 100
    parsed = parse(b"".join(pieces))
    assert (len(parsed.feed.items), parsed.problems) == (number, ())
    assert b"ns0" not in b"".join(pieces)


@pytest.mark.parametrize("is_foreign", [True, False])
@pytest.mark.parametrize("name", FORMATS)
def test_nothing_stands_for_what_is_empty(name: str, *, is_foreign: bool) -> None:
    item = Item(content=Text(""), summary=Text(""), authors=(Person(),), categories=(Category(""),))
    document = b"".join(FORMATS[name].render(Feed(items=(item, Item()), is_foreign=is_foreign))).decode()
    assert "\ue000" not in document
