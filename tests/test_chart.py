"""A chart says in text what it shows, and shows it in proportion."""

from __future__ import annotations

from lxml import etree

from feeds.site.chart import Bar, bar_chart


def test_bars_are_as_high_as_their_counts() -> None:
    chart = etree.fromstring(bar_chart([Bar("May", 4), Bar("June", 2), Bar("July", 0)], "Items"))
    assert [float(bar.get("height")) for bar in chart.iterfind("{*}rect")] == [32.0, 16.0]


def test_a_chart_can_be_read_out() -> None:
    chart = etree.fromstring(bar_chart([Bar("May", 4)], "Items per <month>"))
    assert chart.get("role") == "img"
    assert [title.text for title in chart.iter("{*}title")] == ["Items per <month>", "May: 4"]


def test_a_chart_of_nothing_is_still_a_picture() -> None:
    assert len(etree.fromstring(bar_chart([], "Items")).findall("{*}rect")) == 0
