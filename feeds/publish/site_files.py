"""Stage the files about all feeds: list, index page, stylesheet."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from itertools import takewhile
from typing import NamedTuple

from feeds.config.settings import Config
from feeds.formats import FORMATS, OPML
from feeds.formats.pages.index_page import index_page
from feeds.formats.pages.site import FeedSummary, Headline, Site, Week, weeks_until
from feeds.formats.pages.template import fill
from feeds.lint.sniff import is_of_ours
from feeds.model.channel import STYLESHEET
from feeds.planning.feeds import FeedPlan
from feeds.publish.input_digest import hash_of
from feeds.publish.output.output_file import OutputFile, output_file
from feeds.publish.stage import Stage
from feeds.store.record_list import RecordList

INDEX, LIST = "index.html", "feeds.opml"
_WEEKS, _WEEK = 26, timedelta(weeks=1)


class SiteFiles(NamedTuple):
    """The files about all feeds, and the names of those that were left out because of foreign files of that name."""

    files: tuple[OutputFile, ...]
    foreign: tuple[str, ...]


class _DueFile(NamedTuple):
    name: str
    media_type: str
    inputs: object
    content: Callable[[], bytes]


def stage_site(plans: Sequence[FeedPlan], stage: Stage) -> SiteFiles:
    """Stage the files about all feeds, unless foreign files have their names."""
    files = [_staged(due, stage) for due in _due_files(plans, stage.config)]
    foreign = [file.name for file in files if file.has_changed and _is_foreign(file.name, stage)]
    for name in foreign:
        stage.transaction.unstage(name)
    return SiteFiles(tuple(file for file in files if file.name not in foreign), tuple(foreign))


def _staged(due: _DueFile, stage: Stage) -> OutputFile:
    file = output_file(stage.config, due.name, due.media_type, hash_of(due.name, due.inputs))
    return stage.published.find(file) or stage.accept(stage.write(file, due.content()))


def _is_foreign(name: str, stage: Stage) -> bool:
    """Return whether a file with the name of one of ours was written by somebody else.

    A file of ours that is truncated, or overwritten with zeros from either end, still counts as ours. The manifest
    alone does not decide, as a killed run may have left files without one.
    """
    content, due = stage.transaction.target.read(name), stage.transaction.staged_path(name).read_bytes()
    if is_of_ours(content) or due.startswith(content.rstrip(b"\0 \r\n\t")):
        return False
    listed = stage.published.sha256(name)
    return not listed or not (content.startswith(b"\0") or sha256(content).hexdigest() == listed)


def _due_files(plans: Sequence[FeedPlan], config: Config) -> Iterator[_DueFile]:
    """Yield the list of feeds, the index page and the stylesheet, as configured.

    The feed of everything is the first of all feeds.
    """
    kinds = [FORMATS[name] for name in config.formats]
    has_pages, has_readers = "html" in config.formats, any(kind.role == "subscription" for kind in kinds)
    if not has_pages and not has_readers:
        return
    site = _site(plans, has_pages=has_pages)
    if has_readers:
        listed = [(feed.head, feed.topic) for feed in site.feeds]
        yield _DueFile(LIST, OPML, (has_pages, listed), partial(_opml, site))
    if has_pages:
        yield _DueFile(INDEX, "text/html", site, partial(index_page, site, LIST))
    if has_pages and any(kind.media_type.endswith("+xml") for kind in kinds):
        yield _DueFile(STYLESHEET, "text/css", (), lambda: fill(STYLESHEET).encode())


def _opml(site: Site) -> bytes:
    from feeds.formats.opml import opml  # noqa: PLC0415 - it imports lxml, and the list rarely changes

    return opml(site)


def _site(plans: Sequence[FeedPlan], *, has_pages: bool) -> Site:
    feeds = tuple(_feed_summary(plan, has_pages=has_pages) for plan in plans)
    newest = feeds[0].newest
    mondays = weeks_until(newest.published, _WEEKS) if newest else []
    counts = _counts(plans[0].records, mondays[0]) if mondays else {}
    weeks = tuple(Week(monday, counts.get(number, 0)) for number, monday in enumerate(mondays))
    return Site(feeds, weeks, has_pages)


def _feed_summary(plan: FeedPlan, *, has_pages: bool) -> FeedSummary:
    newest = plan.records[: 1 if has_pages else 0]
    headlines = [
        Headline(summary.title, summary.link, published)
        for summary, published in zip(newest.summaries(), newest.instants(), strict=True)
    ]
    channel = plan.channel._replace(topic_slugs={}, shown_topics=())
    return FeedSummary(channel, len(plan.records), headlines[0] if headlines else None, plan.topic)


def _counts(everything: RecordList, monday: date) -> Mapping[int, int]:
    """Return the number of items in each week since a Monday, by the number of the week."""
    first = datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
    instants = takewhile(lambda instant: instant >= first, everything.instants())
    return Counter((instant - first) // _WEEK for instant in instants)
