"""Decide which files show all feeds together, and fill in what they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256

from feeds.config.settings import Config
from feeds.formats import FORMATS
from feeds.formats.opml import MEDIA_TYPE as OPML
from feeds.formats.opml import opml
from feeds.formats.pages.index_page import index_page
from feeds.formats.pages.site import Headline, ShownFeed, Site, Week, weeks_until
from feeds.formats.pages.template import fill
from feeds.lint.sniff import is_of_ours
from feeds.model.channel import STYLESHEET
from feeds.planning.feeds import FeedPlan
from feeds.publish.manifest import Manifest
from feeds.publish.rendering import Rendering
from feeds.publish.target import Target
from feeds.store.query import RecordQuery
from feeds.store.rows import digest_of

INDEX, LIST = "index.html", "feeds.opml"
_WEEKS, _WEEK = 26, timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class SiteFile:
    """Name a file that is due, and say how it is made; files with the same `recipe` have the same bytes."""

    name: str
    media_type: str
    recipe: bytes
    content: Callable[[], bytes]


def site_files(renderings: Sequence[Rendering], config: Config) -> Iterator[SiteFile]:
    """Yield the list of feeds, the index page and the stylesheet, as far as a configuration wants them.

    The feed of everything is the first of all feeds.
    """
    kinds = [FORMATS[name] for name in config.formats]
    has_pages, has_readers = "html" in config.formats, any(kind.role == "subscription" for kind in kinds)
    if not has_pages and not has_readers:
        return
    site = _site(renderings, has_pages=has_pages)
    if has_readers:
        listed = [(feed.head, feed.topic) for feed in site.feeds]
        yield _file(LIST, OPML, (has_pages, listed), partial(opml, site))
    if has_pages:
        yield _file(INDEX, "text/html", site, partial(index_page, site, LIST))
    if has_pages and any(kind.media_type.endswith("+xml") for kind in kinds):
        yield _file(STYLESHEET, "text/css", (), lambda: fill(STYLESHEET).encode())


def is_of_others(target: Target, name: str, former: Manifest, due: bytes) -> bool:
    """Tell whether somebody else has put a file where one of the site is due.

    One of ours that is cut short, or overwritten with zeros from either end, is not. The manifest alone does not
    tell, as a run that was killed may have left files and no manifest.
    """
    content = target.read(name)
    if is_of_ours(content) or due.startswith(content.rstrip(b"\0 \r\n\t")):
        return False
    listed = former.files.get(name)
    return not listed or not (content.startswith(b"\0") or sha256(content).hexdigest() == listed.sha256)


def _site(renderings: Sequence[Rendering], *, has_pages: bool) -> Site:
    feeds = tuple(_shown(each.plan, each.total, has_pages=has_pages) for each in renderings)
    newest = feeds[0].newest
    mondays = weeks_until(newest.published, _WEEKS) if newest else []
    counts = _counts(renderings[0].plan.choice, mondays[0]) if mondays else {}
    weeks = tuple(Week(monday, counts.get(number, 0)) for number, monday in enumerate(mondays))
    return Site(feeds, weeks, has_pages)


def _shown(plan: FeedPlan, total: int, *, has_pages: bool) -> ShownFeed:
    newest = plan.choice.newest() if has_pages else None
    head = replace(plan.head, topic_slugs={}, shown_topics=())
    return ShownFeed(head, total, Headline(*newest) if newest else None, plan.topic)


def _counts(everything: RecordQuery, first: date) -> dict[int, int]:
    return everything.counts_since(datetime(first.year, first.month, first.day, tzinfo=UTC), _WEEK)


def _file(name: str, media_type: str, made_of: object, make: Callable[[], bytes]) -> SiteFile:
    return SiteFile(name, media_type, digest_of(repr((name, made_of)).encode(errors="replace")), make)
