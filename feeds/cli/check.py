"""Run `feeds check`."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from feeds.cli.display import show_problems, with_progress
from feeds.cli.options import ConfigFile, Jobs, Now
from feeds.cli.revision import check_out
from feeds.cli.screen import FOUND_PROBLEMS, leave, note, say
from feeds.cli.settings import configured, spread_over
from feeds.config.config_file import load_config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.publish.id_changes import Survey, survey, unread_again
from feeds.publish.manifest import MANIFEST, Manifest, parse_manifest
from feeds.publish.target import target_at
from feeds.store.id_ledger import read_ledger
from feeds.store.open_store import Reading
from feeds.text import counted


def check(
    *,
    base: Annotated[
        str | None,
        typer.Option(
            help="Compare with a revision of git, as in origin/main.", metavar="REV", show_default="the output"
        ),
    ] = None,
    jobs: Jobs = None,
    config_file: ConfigFile = None,
    now: Now = None,
) -> None:
    """Tell which items would be unread again for subscribers, because they come under another id."""
    config = configured(config_file)
    instant = now or datetime.now(UTC)
    reading = Reading(spread_over(jobs), with_progress)
    current = survey(config, instant, reading)
    if base is None:
        ledger = read_ledger(config.ledger) if config.ledger else None
        ids = {path: identity.id for path, identity in ledger.identities.items()} if ledger else {}
        former = Survey(parse_manifest(target_at(config).read(MANIFEST)), ids)
        if former.manifest == Manifest():
            raise CouldNotRunError(f"{config.output}: nothing is published there to compare with; use --base REV")
    else:
        former = _survey_of(base, config_file, instant, reading)
    show_problems(current.doubts, config.source)
    unread = unread_again(former, current)
    for item in unread:
        say(f"{item.item.title}: {item.former_id} -> {item.item.id} (in {', '.join(item.feeds)})")
    if unread:
        feeds = {name for item in unread for name in item.feeds}
        say(f"this change makes {counted(len(unread), 'item')} unread again in {counted(len(feeds), 'feed')}")
        leave(FOUND_PROBLEMS)
    if current.doubts:
        say(f"{counted(len(current.doubts), 'id')} could not be decided")
        leave(FOUND_PROBLEMS)
    note("no item would be unread again")


def _survey_of(revision: str, config_file: Path | None, now: datetime, reading: Reading) -> Survey:
    """Return what a build of a revision of the current folder would publish."""
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
        return survey(replace(config, source=source, cache=None), now, reading, is_shown=False)
