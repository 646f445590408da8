"""A chart says in text what it shows, and shows it in proportion."""

from __future__ import annotations

from lxml import etree

from feeds.formats.pages.chart import Bar, Measure, bar_chart


def test_bars_are_as_high_as_their_counts() -> None:
    chart = etree.fromstring(bar_chart([Bar("May", 4), Bar("June", 2), Bar("July", 0)], "Items"))
    assert [float(bar.get("height")) for bar in chart.iterfind("{*}rect")] == [32.0, 16.0]


def test_a_chart_can_be_read_out() -> None:
    chart = etree.fromstring(bar_chart([Bar("May", 4)], "Items per <month>"))
    assert chart.get("role") == "img"
    assert [title.text for title in chart.iter("{*}title")] == ["Items per <month>", "May: 4"]


def test_a_chart_of_nothing_is_still_a_picture() -> None:
    assert len(etree.fromstring(bar_chart([], "Items")).findall("{*}rect")) == 0


def test_a_chart_is_drawn_as_large_as_is_asked() -> None:
    chart = etree.fromstring(bar_chart([Bar("May", 4), Bar("June", 2)], "Items", Measure(bar=20, gap=4, height=140)))
    assert (chart.get("width"), chart.get("height")) == ("44", "140")
    assert [(bar.get("x"), bar.get("width"), bar.get("height")) for bar in chart.iterfind("{*}rect")] == [
        ("0", "20", "140.0"),
        ("24", "20", "70.0"),
    ]
