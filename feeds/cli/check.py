"""Run `feeds check`."""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Annotated

import typer

from feeds.cli.display import with_progress
from feeds.cli.options import ConfigFile, Jobs, Now
from feeds.cli.screen import FOUND_PROBLEMS, leave, say
from feeds.cli.settings import configured, spread_over
from feeds.config.config_file import load_config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.publish.id_changes import Survey, survey, unread_again
from feeds.publish.manifest import MANIFEST, Manifest, parse_manifest
from feeds.publish.target import target_at
from feeds.store.store import Reading
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
        former = Survey(parse_manifest(target_at(config).read(MANIFEST)), {})
        if former.manifest == Manifest():
            raise CouldNotRunError(f"{config.output}: nothing is published there to compare with; use --base REV")
    else:
        former = _survey_of(base, config_file, instant, reading)
    unread = unread_again(former, current)
    for item in unread:
        say(f"{item.item.title}: {item.former_id} -> {item.item.id} (in {', '.join(item.feeds)})")
    if unread:
        feeds = {name for item in unread for name in item.feeds}
        say(f"this change makes {counted(len(unread), 'item')} unread again in {counted(len(feeds), 'feed')}")
        leave(FOUND_PROBLEMS)
    say("no item would be unread again")


def _survey_of(revision: str, config_file: Path | None, now: datetime, reading: Reading) -> Survey:
    """Return what a build of a revision of the current folder would publish."""
    command = ["git", "archive", "--format=tar", "--end-of-options", revision, "."]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - git, and a name that is no option
    except OSError:
        raise CouldNotRunError("git is not installed; feeds check --base needs it") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["git archive failed"]
        raise CouldNotRunError(f"git knows no records at {revision}: {said[-1]}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter="data")
        there = folder / config_file if config_file and not config_file.is_absolute() else None
        config = load_config(there if there and there.is_file() else None, folder)
        return survey(replace(config, source=folder / config.source, cache=None), now, reading, is_shown=False)
