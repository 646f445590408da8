"""Build every feed of a configuration: the main job."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from feeds.checking.collection import gather, read
from feeds.checking.examination import Examined, examine_all
from feeds.checking.policy import policy_of
from feeds.config import Config
from feeds.feed import Feed
from feeds.formats import FORMATS, csv_table
from feeds.formats.format import Format
from feeds.problem import Problem
from feeds.publishing.output import differs, replace_file
from feeds.publishing.planning import PlannedFeed, feed_of_everything, plan_feeds, topic_warnings
from feeds.reading.source import find_files
from feeds.selection import EVERYTHING_PUBLISHED, Selection, next_due
from feeds.topic import unify_topics

Track = Callable[[Iterable[Examined], int], Iterable[Examined]]


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """Say what happened to one file of the output: its items, and whether its bytes changed."""

    path: Path
    items: int
    has_changed: bool


@dataclass(frozen=True, slots=True)
class Built:
    """Hold what a build did: files in order, problems, warnings of the whole, and when the next record is due."""

    files: tuple[BuiltFile, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]
    next_due: datetime | None


def untracked(examined: Iterable[Examined], total: int) -> Iterable[Examined]:  # noqa: ARG001 - shape of Track
    """Watch nothing while files are examined."""
    return examined


def build(
    config: Config,
    now: datetime,
    selection: Selection = EVERYTHING_PUBLISHED,
    *,
    strict: bool = False,
    dry_run: bool = False,
    jobs: int = 1,
    track: Track = untracked,
) -> Built:
    """Read the source, and write each feed in each format whose bytes have changed.

    Records with errors are left out; with `strict` one error keeps everything as it is. `now` is the instant
    against which records are due. Many files are shared out to `jobs` processes, and `track` may watch them go by.
    Raises CouldNotRun when the source is missing or the output cannot be written.
    """
    found = list(find_files([config.source], config.output))
    policy = policy_of(config)
    collection = gather(track(examine_all(found, policy, jobs), len(found)), policy)
    records = unify_topics(collection.records, config.topics.aliases)
    due = next_due(records, now)
    if strict and any(problem.is_error for problem in collection.problems):
        return Built((), collection.problems, (), due)
    planned = plan_feeds(records, config, selection, now)
    formats = [_format_of(config, name) for name in config.formats]
    files = [_publish(config.output, *file, dry_run=dry_run) for file in _rendered(planned, formats)]
    return Built(tuple(files), collection.problems, tuple(topic_warnings(records)), due)


def convert(
    config: Config,
    format_name: str,
    now: datetime,
    selection: Selection = EVERYTHING_PUBLISHED,
    output: Path | None = None,
    *,
    jobs: int = 1,
) -> tuple[bytes, tuple[Problem, ...]]:
    """Return one feed of what a selection wants, in one format, and the problems; write it to `output` if given.

    Without a limit in the selection the feed holds everything. Raises CouldNotRun as `build` does.
    """
    collection = read(config.source, config=config, jobs=jobs)
    records = unify_topics(collection.records, config.topics.aliases)
    feed = feed_of_everything(records, config, selection, now)
    content = b"".join(_format_of(config, format_name).render(feed))
    if output and differs(output, content):
        replace_file(output, content)
    return content, collection.problems


def _format_of(config: Config, name: str) -> Format:
    return _csv_of(config) if name == "csv" else FORMATS[name]


def _csv_of(config: Config) -> Format:
    table = csv_table.render_for_spreadsheets if config.csv_defuse else csv_table.render

    def render(feed: Feed) -> Iterator[bytes]:
        if config.csv_bom:
            yield csv_table.BOM
        yield from table(feed)

    return replace(FORMATS["csv"], render=render)


def _rendered(planned: Sequence[PlannedFeed], formats: Sequence[Format]) -> Iterator[tuple[str, int, bytes]]:
    for plan in planned:
        for kind in formats:
            feed = plan.for_format(kind)
            yield f"{feed.name}.{kind.suffix}", len(feed.items), b"".join(kind.render(feed))


def _publish(output: Path, name: str, items: int, content: bytes, *, dry_run: bool) -> BuiltFile:
    path = output / name
    has_changed = differs(path, content)
    if has_changed and not dry_run:
        replace_file(path, content)
    return BuiltFile(path, items, has_changed)
