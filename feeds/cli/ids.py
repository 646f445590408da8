"""Run `feeds ids`."""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from feeds.cli.display import print_problems
from feeds.cli.options import ConfigFile, Jobs, Now
from feeds.cli.revision import check_out
from feeds.cli.screen import FOUND_PROBLEMS, echo, exit_with, note, read_stdin
from feeds.cli.settings import config_with, reading_with
from feeds.config.config_file import load_config
from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError, WrongUsageError
from feeds.publish.comparison.id_changes import Snapshot, UnreadItem, match_live, take_snapshot, unread_again
from feeds.publish.comparison.match_items import Identified, Matches
from feeds.publish.conversion.inputs import plain_name, shown_name
from feeds.publish.conversion.load_feed import open_feed
from feeds.publish.output.manifest import MANIFEST, Manifest, parse_manifest
from feeds.publish.output.target import target_at
from feeds.store.id_ledger import read_ledger
from feeds.store.open_store import Reading
from feeds.text import counted


def ids(
    *,
    base: Annotated[
        str | None,
        typer.Option(
            help="Compare with a revision of git, as in origin/main.", metavar="REV", show_default="the output"
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            help="Compare with a feed that subscribers have today: a file, a URL, or - for standard input.",
            metavar="FEED",
        ),
    ] = None,
    jobs: Jobs = None,
    config_file: ConfigFile = None,
    now: Now = None,
) -> None:
    """Print which items would be unread again because their ids change.

    Example: feeds ids --against https://example.org/feed.xml
    """
    if base is not None and against is not None:
        raise WrongUsageError("--base and --against exclude each other; give one of them")
    config, instant, reading = config_with(config_file), now or datetime.now(UTC), reading_with(jobs)
    current = take_snapshot(config, instant, reading)
    if against is not None:
        _print_matches(_matched(against, current), shown_name(against))
        return
    former = _snapshot_of(base, config_file, instant, reading) if base is not None else _published(config)
    print_problems(current.doubts, config.source)
    _print_changes(unread_again(former, current), len(current.doubts))


def _print_changes(unread: list[UnreadItem], doubts: int) -> None:
    for item in unread:
        echo(f"{item.item.title}: {item.former_id} -> {item.item.id} (in {', '.join(item.feeds)})")
    if unread:
        feeds = {name for item in unread for name in item.feeds}
        echo(f"this change makes {counted(len(unread), 'item')} unread again in {counted(len(feeds), 'feed')}")
        exit_with(FOUND_PROBLEMS)
    if doubts:
        echo(f"{counted(doubts, 'id')} could not be decided")
        exit_with(FOUND_PROBLEMS)
    note("no item would be unread again")


def _matched(feed: str, current: Snapshot) -> Matches[Identified]:
    everything = current.manifest.feeds.get("all")
    live = open_feed(plain_name(feed), read_stdin).parsed.feed.items
    return match_live(live, everything.items if everything else ())


def _print_matches(found: Matches[Identified], feed: str) -> None:
    for live, planned in found.renamed:
        echo(f"{planned.title}: {live.id} -> {planned.id}")
    total = len(found.both) + len(found.renamed) + len(found.removed)
    note(f"compared with {counted(total, 'item')} of {feed}: {len(found.both)} have the same id")
    if found.removed:
        note(f"{counted(len(found.removed), 'item')} of it would not be published, as {found.removed[0].title!r}")
    if found.new:
        note(f"{counted(len(found.new), 'item')} would be published that it does not have")
    if found.renamed:
        echo(f"{counted(len(found.renamed), 'item')} would be unread again")
        exit_with(FOUND_PROBLEMS)
    note("no item would be unread again")


def _published(config: Config) -> Snapshot:
    """Return the items in the output. Raises CouldNotRunError if there are none."""
    ledger = read_ledger(config.ledger)
    identities = {path: identity.id for path, identity in ledger.identities.items()} if ledger else {}
    former = Snapshot(parse_manifest(target_at(config).read(MANIFEST)), identities)
    if former.manifest == Manifest():
        raise CouldNotRunError(
            f"{config.output}: nothing is published there to compare with; use --base REV or --against FEED"
        )
    return former


def _snapshot_of(revision: str, config_file: Path | None, now: datetime, reading: Reading) -> Snapshot:
    """Return the items that a build of a git revision of the current folder would publish."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        check_out(revision, folder)
        there = folder / config_file if config_file and not config_file.is_absolute() else None
        config = load_config(there if there and there.is_file() else None, folder)
        source = folder / config.source if isinstance(config.source, Path) else None
        if source is None or not Path(os.path.abspath(source)).is_relative_to(folder):  # noqa: PTH100 - not resolved
            what = "the records are not in this folder, so --base cannot find them"
            raise CouldNotRunError(f"{config.source}: {what}; leave it out to compare with what is published")
        if not source.exists():
            raise CouldNotRunError(
                f"{revision} has no records: there is no {source.relative_to(folder).as_posix()} in it"
            )
        return take_snapshot(config._replace(source=source, cache=None), now, reading, is_shown=False)
