"""A line of our table that is said to be plain has nothing wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.formats import csv_table
from feeds.lint import OF_OUR_INPUT, lint
from feeds.lint.csv_line import is_plain_line
from feeds.model.record import Image, Record
from feeds.store.csv_line import csv_line

words = st.text(max_size=12) | st.sampled_from(["=1+1", 'a "b", c', "x\r\ny", "\x00", " a ", ""])
addresses = st.sampled_from(
    [
        "https://a.example/x",
        "",
        "http://a.example",
        "https://a",
        "ftp://a.example/",
        "https://a.example/ä",
        "a b",
        "https://a.example/?a=%20#b",
    ]
)
# Years that no article is of are told, though nothing is wrong with how the line is written.
instants = st.datetimes(datetime(1970, 1, 2), datetime(2099, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - it has its zone
records = st.builds(
    Record,
    id=words,
    title=words,
    link=addresses,
    published=instants,
    updated=instants,
    excerpt=words,
    web_url=addresses,
    original_url=addresses,
    images=addresses.map(lambda url: (Image(url),)),
)


@given(records)
def test_a_plain_line_is_a_right_table(record: Record) -> None:
    line = csv_line(record)
    if is_plain_line(line):
        assert lint("a.csv", csv_table.header() + line, OF_OUR_INPUT) == []


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda line: line.removesuffix(b"\r\n") + b"\n",
        lambda line: line.replace(b"https://a.example", b"htps://a.example"),
        lambda line: line.replace(b"2020-01-01T", b"2020-02-30T"),
        lambda line: line.replace(b",", b";"),
        lambda line: line.replace(b"Title", b'Ti"tle'),
        lambda line: b"," + line,
        lambda line: b'""' + line[1:],
        lambda line: line + line,
        lambda line: line.replace(b"Title", b"\xff"),
        lambda _: b"",
    ],
)
def test_a_spoiled_line_is_not_plain(spoiled: object) -> None:
    instant = datetime(2020, 1, 1, tzinfo=UTC)
    line = csv_line(Record("i", "Title", "https://a.example/", instant, instant, web_url="https://a.example/"))
    assert is_plain_line(line)
    assert callable(spoiled)
    assert not is_plain_line(spoiled(line))
