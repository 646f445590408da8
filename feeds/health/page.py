"""Render the health page: a single HTML file that loads no other file."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from feeds.formats import FORMATS
from feeds.formats.pages.chart import Measure, bar_chart
from feeds.formats.pages.template import fill
from feeds.health.report import FeedHealth, Health, Lack
from feeds.text import counted, printable

_BESIDE_NUMBERS = Measure(bar=3, gap=1, height=28)
_ACROSS_THE_PAGE = Measure(bar=20, gap=4, height=140)
_NAMED = 3
_WHOLE_FROM = 10  # from here on a tenth means nothing


class Issue(NamedTuple):
    """What a curator should look at, and the section of the page with the details."""

    severity: Literal["error", "warning"]
    text: str
    section: str


def render_health(health: Health) -> bytes:
    """Return the page as HTML, in UTF-8; the same health gives the same bytes."""
    everything = health.feeds[0]
    page = fill(
        "health.html",
        health=health,
        everything=everything,
        issues=issues_of(health),
        charts={feed.name: _chart(feed, health, _BESIDE_NUMBERS) for feed in health.feeds},
        chart=_chart(everything, health, _ACROSS_THE_PAGE),
        highest=max((bar.number for bar in everything.bars), default=0),
        earlier=everything.rhythm.items - sum(bar.number for bar in everything.bars),
        most_problems=max((tally.all for tally in health.rules), default=0) or 1,
        budget=max((file.budget or 0 for file in everything.files), default=0),
        fullest=max((f.percent or 0 for feed in health.feeds for f in feed.files), default=0),
        labels={name: kind.label for name, kind in FORMATS.items()},
        decimal=decimal,
        number=number,
        printable=printable,
        without=without,
    )
    return page.encode(errors="replace")


def issues_of(health: Health) -> list[Issue]:
    """Return the issues, errors first."""
    return [*_errors(health), *_warnings(health)]


def decimal(amount: float | None) -> str:
    """Return days or a rate with one decimal below ten, and two below one."""
    if amount is None:
        return "–"
    if not 0 < amount < _WHOLE_FROM:
        return f"{amount:,.0f}"
    return f"{amount:.2f}" if amount < 1 else f"{amount:.1f}"


def number(count: int) -> str:
    """Return a number with separators, as in 6,020."""
    return f"{count:,}"


def without(lack: Lack) -> str:
    """Return how many items lack a part, as in `3 items without an image`."""
    article = "an" if lack.what[0] in "aeiou" else "a"
    return f"{_counted(lack.items, 'item')} without {article} {lack.what}"


def _errors(health: Health) -> Iterator[Issue]:
    files = [file for feed in health.feeds for file in feed.files]
    large = [file.name for file in files if file.is_too_large]
    if large:
        yield Issue("error", f"{_counted(len(large), 'file')} larger than the budget: {_named(large)}", "files")
    held_back = health.file_counts.held_back
    if held_back:
        yield Issue("error", f"{_counted(held_back, 'file')} held back by errors", "records")
    empty = [feed.title for feed in health.feeds if not feed.rhythm.items]
    if empty:
        yield Issue("error", f"{_counted(len(empty), 'feed')} without any item: {_named(empty)}", "feeds")


def _warnings(health: Health) -> Iterator[Issue]:
    silent = [feed.title for feed in health.feeds if feed.rhythm.is_longest_silence(health.now)]
    if silent:
        text = f"{_counted(len(silent), 'feed')} silent for longer than ever before: {_named(silent)}"
        yield Issue("warning", text, "feeds")
    missing = [file.name for feed in health.feeds for file in feed.files if file.size is None]
    if missing:
        yield Issue("warning", f"{_counted(len(missing), 'file')} not built yet: {_named(missing)}", "files")
    for lack in health.lacks:
        if lack.items:
            yield Issue("warning", without(lack), "lacks")
    warnings = sum(tally.warnings for tally in health.rules)
    if warnings:
        yield Issue("warning", _counted(warnings, "warning"), "problems")


def _counted(count: int, noun: str) -> str:
    return counted(count, noun).replace(str(count), number(count), 1)


def _named(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {number(more)} more" if more > 0 else "")


def _chart(feed: FeedHealth, health: Health, measure: Measure) -> str:
    return bar_chart(feed.bars, _read_out(feed, health.calendar.unit), measure)


def _read_out(feed: FeedHealth, unit: str) -> str:
    """Return the text alternative of a chart."""
    if not any(bar.number for bar in feed.bars):
        return f"{feed.title}: no items in this time"
    most = max(feed.bars, key=lambda bar: bar.number)
    span = f"{feed.bars[0].label} to {feed.bars[-1].label}"
    return f"{feed.title}, items per {unit} from {span}: most in {most.label}, {number(most.number)}"
