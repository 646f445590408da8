"""Instants and durations are read and written as their standards say."""

from __future__ import annotations

import pytest

from feeds.dates import format_rfc822, format_rfc3339, naive_time, parse_duration, parse_instant


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2024-05-01T08:30:00Z", "2024-05-01T08:30:00Z"),
        ("2024-05-01t08:30:00z", "2024-05-01T08:30:00Z"),
        ("2024-05-01T08:30:00+02:00", "2024-05-01T06:30:00Z"),
        ("2024-05-01T08:30:00-00:00", "2024-05-01T08:30:00Z"),
        ("2024-01-01T00:15:00+05:30", "2023-12-31T18:45:00Z"),
        ("2024-05-01T08:30:00.5Z", "2024-05-01T08:30:00.500000Z"),
        ("2024-05-01T08:30:00.1234567Z", "2024-05-01T08:30:00.123456Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
    ],
)
def test_instant_is_read_and_written_in_utc(text: str, written: str) -> None:
    assert format_rfc3339(parse_instant(text)) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-05-01",
        "2024-05-01T08:30:00",
        "2024-05-01 08:30:00Z",
        "2024-05-01T08:30Z",
        "2021-02-30T00:00:00Z",
        "2023-02-29T00:00:00Z",
        "2024-05-01T24:00:00Z",
        "2024-05-01T08:30:61Z",
        "2024-05-01T08:30:00+2:00",
        "2024-05-01T08:30:00+0200",
        "2024-05-01T08:30:00.Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "２０２４-05-01T08:30:00Z",
        "2024-05-01T08:30:00Z\n",
    ],
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"RFC 3339|outside|range|month|hour|second|Invalid"):
        parse_instant(text)


def test_rss_date_has_english_names_and_gmt() -> None:
    assert format_rfc822(parse_instant("0987-03-05T01:02:03Z")) == "Mon, 05 Mar 0987 01:02:03 GMT"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT9M8S", 548),
        ("PT1H30M", 5400),
        ("P1D", 86400),
        ("P2W", 1209600),
        ("P1DT1S", 86401),
        ("PT0S", 0),
        ("PT1.9S", 1),
        ("P1Y", None),
        ("P1M", None),
    ],
)
def test_duration_in_seconds(text: str, seconds: int | None) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "P", "PT", "P1", "1H", "PT1D", "P1H", "pt1h", "PT1H ", "P1DT", "P-1D"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="duration"):
        parse_duration(text)


@pytest.mark.parametrize("text", ["0001-12-31T00:00", "9999-01-01T00:00", "2024-02-30T00:00"])
def test_a_local_time_of_a_day_or_a_year_that_may_not_be_is_none(text: str) -> None:
    assert naive_time(text) is None
