"""Decide which files show all feeds together, and fill in what they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import blake2b, sha256

from feeds.config import Config
from feeds.feed import STYLESHEET
from feeds.formats import FORMATS
from feeds.publishing.due_file import DueFile
from feeds.publishing.index.choosing import Choice
from feeds.publishing.lint.recognition import is_of_ours
from feeds.publishing.manifest import Manifest
from feeds.publishing.outlet import Outlet
from feeds.publishing.planning import PlannedFeed
from feeds.site.index_page import index_page
from feeds.site.opml import opml
from feeds.site.site import Headline, ShownFeed, Site, Week, weeks_until
from feeds.template import fill

INDEX, LIST = "index.html", "feeds.opml"
_WEEKS, _WEEK = 26, timedelta(weeks=1)


def site_files(totals: Sequence[tuple[PlannedFeed, int]], config: Config) -> Iterator[DueFile]:
    """Yield the list of feeds, the index page and the stylesheet, as far as a configuration wants them.

    `totals` are all feeds, that of everything first, and how many items each has.
    """
    kinds = [FORMATS[name] for name in config.formats]
    has_pages, has_readers = "html" in config.formats, any(kind.label for kind in kinds)
    if not has_pages and not has_readers:
        return
    site = _site(totals, has_pages=has_pages)
    if has_readers:
        listed = [(feed.head, feed.topic) for feed in site.feeds]
        yield _file(config, LIST, "text/x-opml", (has_pages, listed), partial(opml, site))
    if has_pages:
        yield _file(config, INDEX, "text/html", site, partial(index_page, site, LIST))
    if has_pages and any(kind.media_type.endswith("+xml") for kind in kinds):
        yield _file(config, STYLESHEET, "text/css", (), lambda: fill(STYLESHEET).encode())


def is_of_others(outlet: Outlet, name: str, former: Manifest) -> bool:
    """Tell whether somebody else has put a file where one of the site would be.

    The manifest alone does not tell, as a run that was killed may have left files and no manifest.
    """
    content = outlet.read(name)
    if not content.strip() or is_of_ours(content):
        return False
    return name not in former.files or sha256(content).hexdigest() != former.files[name].sha256


def _site(totals: Sequence[tuple[PlannedFeed, int]], *, has_pages: bool) -> Site:
    feeds = tuple(_shown(plan, total, plan.choice.newest() if has_pages else None) for plan, total in totals)
    newest = feeds[0].newest
    mondays = weeks_until(newest.published, _WEEKS) if newest else []
    counts = _counts(totals[0][0].choice, mondays[0]) if mondays else {}
    weeks = tuple(Week(monday, counts.get(number, 0)) for number, monday in enumerate(mondays))
    return Site(feeds, weeks, has_pages)


def _shown(plan: PlannedFeed, total: int, newest: tuple[str, str, datetime] | None) -> ShownFeed:
    head = replace(plan.head, topic_slugs={}, shown_topics=())
    return ShownFeed(head, total, Headline(*newest) if newest else None, plan.topic)


def _counts(everything: Choice, first: date) -> dict[int, int]:
    return everything.counts_since(datetime(first.year, first.month, first.day, tzinfo=UTC), _WEEK)


def _file(config: Config, name: str, media_type: str, made_of: object, make: Callable[[], bytes]) -> DueFile:
    recipe = blake2b(repr((name, made_of)).encode(errors="replace"), digest_size=16).digest()
    return DueFile(name, config.served_at + name, None, media_type, recipe, lambda: [make()])
