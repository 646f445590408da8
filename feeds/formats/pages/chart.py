"""Draw bar charts in SVG, for pages that load nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from feeds.formats.pages.template import fill

if TYPE_CHECKING:
    from markupsafe import Markup


class Bar(NamedTuple):
    """A number; `label` describes what was counted."""

    label: str
    number: int


class Measure(NamedTuple):
    """The size of a chart in pixels: a bar's width, the gap to the next, the height."""

    bar: int = 6
    gap: int = 2
    height: int = 32


BESIDE_TEXT = Measure()


def bar_chart(bars: Sequence[Bar], title: str, measure: Measure = BESIDE_TEXT) -> Markup:
    """Return a chart as an SVG element; `title` is its text alternative. It has the colour of the text."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with the templates, which most runs do not need

    highest = max((bar.number for bar in bars), default=0) or 1
    shapes = [
        {
            "label": bar.label,
            "number": bar.number,
            "x": rank * (measure.bar + measure.gap),
            "height": max(round(measure.height * bar.number / highest, 1), 1 if bar.number else 0),
        }
        for rank, bar in enumerate(bars)
    ]
    width = max(len(bars) * (measure.bar + measure.gap) - measure.gap, 1)
    drawn = fill("bar_chart.svg", title=title, bars=shapes, width=width, height=measure.height, bar_width=measure.bar)
    return Markup(drawn)  # noqa: S704 - every value has been escaped by the template
