"""Write the page that a person finds where the feeds are: every feed, what is newest in it, how to subscribe."""

from __future__ import annotations

from feeds.dates import format_day
from feeds.formats.channel_feed import offers_of
from feeds.formats.pages.chart import Bar, bar_chart
from feeds.formats.pages.page import fill_page
from feeds.formats.pages.site import Site
from feeds.text import counted


def index_page(site: Site, list_name: str) -> bytes:
    """Return the page, for which nothing at all is loaded; `list_name` is the file of the list of feeds."""
    head = site.everything.head
    return fill_page(
        "index.html",
        head.language,
        "data:",
        title=head.title,
        description=head.description,
        site=site,
        feed=head,
        offers=offers_of(head),
        root="",
        list=list_name,
        chart=bar_chart(
            [Bar(f"Week of {format_day(week.monday)}", week.items) for week in site.weeks], "Items in each week"
        ),
        caption=_caption(site),
    )


def _caption(site: Site) -> str:
    """Return in words what the chart shows."""
    if not site.weeks:
        return ""
    items = counted(sum(week.items for week in site.weeks), "item")
    last = format_day(site.weeks[-1].monday)
    return f"{items} in {counted(len(site.weeks), 'week')}; each bar is a week, the last one begins on {last}"
