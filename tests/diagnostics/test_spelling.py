"""Words are taken for one another when a slip of the pen explains it, and for nothing else."""

from __future__ import annotations

import pytest

from feeds.diagnostics.spelling import closest_word, is_safe_rename, meant_key
from feeds.hold_back_words import HOLDING
from feeds.typos import is_typo, typos_of

KEYS = [
    *("title", "excerpt", "publishedDateTime", "updatedDateTime", "expires", "webUrl", "heat", "published", "removed"),
    *("topics", "images", "enclosures", "secured", "provider", "category"),
]


@pytest.mark.parametrize(
    ("word", "known"),
    [
        *(("tittle", "title"), ("tilte", "title"), ("TITLE", "title"), ("ttle", "title"), ("haet", "heat")),
        *(("publishedDatTime", "publishedDateTime"), ("publishDateTime", "publishedDateTime")),
        *(("unpublished", ""), ("tags", ""), ("source", ""), ("excrpts", ""), ("ti", "")),
    ],
)
def test_the_closest_word_is_one_slip_away_or_two_in_a_long_word(word: str, known: str) -> None:
    assert closest_word(word, KEYS) == known


def test_a_word_that_could_be_two_is_neither() -> None:
    assert closest_word("tidet", ["tides", "tider"]) == ""


@pytest.mark.parametrize(
    ("key", "known"),
    [
        *(("date", "publishedDateTime"), ("tags", "topics"), ("Categories", "topics"), ("description", "excerpt")),
        *(("summary", "excerpt"), ("link", "webUrl"), ("url", "webUrl"), ("author", "provider")),
        *(("lastmod", "updatedDateTime"), ("published_date_time", "publishedDateTime"), ("web-url", "webUrl")),
        *(("audio", "enclosures"), ("draft", ""), ("upublished", ""), ("Published", "published")),
    ],
)
def test_a_key_of_another_program_names_ours(key: str, known: str) -> None:
    assert meant_key(key, KEYS) == known


@pytest.mark.parametrize(
    ("key", "known", "value", "is_safe"),
    [
        ("publised", "published", True, True),
        ("publised", "published", "yes", False),
        ("unpublished", "published", True, False),
        ("expire", "expires", "2020-01-01T00:00:00Z", False),
        ("securd", "secured", "x", False),
        ("Secured", "secured", "x", False),
        ("seat", "heat", 12, False),
        ("Heat", "heat", 12, True),
        ("image", "images", [], False),
        ("categry", "category", "x", True),
    ],
)
def test_a_key_is_renamed_unasked_only_beyond_doubt(key: str, known: str, value: object, *, is_safe: bool) -> None:
    assert is_safe_rename(key, known, value, ["secured"]) is is_safe


@pytest.mark.parametrize("word", ["drafft", "unpublishd", "k17", "", "ß", "publishedDateTimme"])
def test_lengths_rule_out_no_typo(word: str) -> None:
    known = [*HOLDING, "publishedDateTime", "k1", "ss"]
    assert list(typos_of(word, known)) == [each for each in known if is_typo(word, each)]
