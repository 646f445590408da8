"""Write the index page of the feeds: every feed, its newest items, how to subscribe."""

from feeds.dates import format_day
from feeds.formats.channel_feed import format_links
from feeds.formats.pages.chart import Bar, bar_chart
from feeds.formats.pages.page import fill_page
from feeds.formats.pages.site import Site
from feeds.text import counted


def index_page(site: Site, list_name: str) -> bytes:
    """Return the page, which loads nothing; `list_name` is the file name of the list of feeds."""
    head = site.everything.head
    return fill_page(
        "index.html",
        head.language,
        "data:",
        title=head.title,
        description=head.description,
        site=site,
        feed=head,
        formats=format_links(head),
        root="",
        list=list_name,
        chart=bar_chart(
            [Bar(f"Week of {format_day(week.monday)}", week.items) for week in site.weeks], "Items in each week"
        ),
        caption=_caption(site),
    )


def _caption(site: Site) -> str:
    """Return the caption of the chart."""
    if not site.weeks:
        return ""
    items = counted(sum(week.items for week in site.weeks), "item")
    last = format_day(site.weeks[-1].monday)
    return f"{items} in {counted(len(site.weeks), 'week')}; each bar is a week, the last one begins on {last}"
