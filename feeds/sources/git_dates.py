"""Read from Git when each file of a folder was first and last committed, with one call for all of them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple

_LOG = ("log", "--format=%x00%aI", "--name-only", "--no-renames", "--relative", "-z", "--", ".")
_PATIENCE = 120  # seconds


class GitHistory(NamedTuple):
    """The instants of the first and the last commit of each file, by its path below the folder.

    `head` is the file that changes with every commit. Of a shallow clone the first commits are not known.
    """

    dates: dict[str, tuple[str, str]]
    head: Path | None = None
    is_shallow: bool = False


def read_git_dates(folder: Path) -> GitHistory:
    """Return what Git knows of the files of a folder: nothing where it is none of a repository, or Git is missing."""
    answer = _git(folder, "rev-parse", "--is-shallow-repository", "--absolute-git-dir")
    if not answer:
        return GitHistory({})
    is_shallow, git_folder, *_ = answer.decode(errors="replace").splitlines()
    log = _git(folder, "-c", "core.quotePath=false", *_LOG)
    return GitHistory(_dates(log), Path(git_folder, "logs", "HEAD"), is_shallow == "true")


def _dates(log: bytes) -> dict[str, tuple[str, str]]:
    """Return the dates of files in a log of which the newest commit comes first."""
    dates: dict[str, tuple[str, str]] = {}
    instant, is_instant = "", False
    for part in log.decode(errors="replace").split("\0"):
        if not part:  # stands before an instant
            is_instant = True
        elif is_instant:
            instant, is_instant = part.strip(), False
        else:
            name = part.lstrip("\n")
            dates[name] = (instant, dates[name][1] if name in dates else instant)
    return dates


def _git(folder: Path, *words: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603, S607 - the Git of whoever runs this
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""
