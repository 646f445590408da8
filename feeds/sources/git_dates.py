"""Read from Git, in one call, when each file of a folder was first and last committed."""

import subprocess
from pathlib import Path
from typing import NamedTuple

_LOG = ("log", "--format=%x00%aI", "--name-only", "--no-renames", "--relative", "-z", "--", ".")
_PATIENCE = 120  # seconds


class GitHistory(NamedTuple):
    """The times of the first and the last commit of each file, by its path below the folder.

    `head` is a file that changes with every commit. A shallow clone does not know the first commits.
    """

    dates: dict[str, tuple[str, str]]
    head: Path | None = None
    is_shallow: bool = False


def read_git_dates(folder: Path) -> GitHistory:
    """Return the commit times of a folder's files; empty outside of a repository or without Git."""
    answer = _git(folder, "rev-parse", "--is-shallow-repository", "--absolute-git-dir")
    if not answer:
        return GitHistory({})
    is_shallow, git_folder, *_ = answer.decode(errors="replace").splitlines()
    log = _git(folder, "-c", "core.quotePath=false", *_LOG)
    return GitHistory(_dates(log), Path(git_folder, "logs", "HEAD"), is_shallow == "true")


def _dates(log: bytes) -> dict[str, tuple[str, str]]:
    """Return the dates of files from a log that begins with the newest commit."""
    dates: dict[str, tuple[str, str]] = {}
    instant, is_instant = "", False
    for part in log.decode(errors="replace").split("\0"):
        if not part:  # precedes an instant
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
