"""Run programs as they run outside a test bench, and take their time and memory."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter, sleep
from typing import IO

SAMPLE_EVERY = 0.01

_PSS = re.compile(r"^Pss: +(\d+) kB$", re.MULTILINE)
_SESSION = 3  # of what follows the name in /proc/PID/stat: state, parent, group, session


@dataclass(frozen=True)
class Command:
    """Say what to run, where, and what the environment shall hold besides."""

    words: Sequence[str | Path]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def start(self, said: IO[bytes]) -> subprocess.Popen[bytes]:
        """Start the program in a session of its own, by which all its processes can be found.

        What it says of mistakes goes to a file: a pipe that nobody reads would stop it.
        """
        return subprocess.Popen(
            [str(word) for word in self.words],
            cwd=self.folder,
            env=clean_environment() | dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
        )


class RunFailed(Exception):  # noqa: N818 - nothing is wrong with the benchmark
    """Tell that a program did not do what it was to do."""


def clean_environment() -> dict[str, str]:
    """Return the environment without what a developer sets for Python, such as to write no bytecode."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def seconds(command: Command) -> float:
    """Return the wall time of a program. Raises RunFailed if its exit status is not 0."""
    with TemporaryFile() as said:
        start = perf_counter()
        process = command.start(said)
        process.wait()
        taken = perf_counter() - start
        _expect_success(command, process, said)
    return taken


def peak_memory(command: Command) -> int:
    """Return the most bytes that all processes of a run held at one time, by samples of their PSS.

    The proportional set size counts a page that several processes share once, divided among them. What is held
    for less than a hundredth of a second can be missed. Raises RunFailed as `seconds` does.
    """
    with TemporaryFile() as said:
        process, peak = command.start(said), 0
        while process.poll() is None:
            peak = max(peak, sum(map(_proportional_size, _processes(process.pid))))
            sleep(SAMPLE_EVERY)
        _expect_success(command, process, said)
    return peak


def can_measure_memory() -> bool:
    """Return whether this machine is one that tells the proportional set size."""
    return Path("/proc/self/smaps_rollup").exists()


def _expect_success(command: Command, process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    if process.returncode:
        said.seek(0)
        told = said.read().decode(errors="replace")[-1000:]
        raise RunFailed(f"exit status {process.returncode} of {' '.join(map(str, command.words))[:200]}\n{told}")


def _processes(session: int) -> Iterator[Path]:
    for process in Path("/proc").glob("[0-9]*"):
        if _read(process / "stat").rpartition(")")[2].split()[_SESSION : _SESSION + 1] == [str(session)]:
            yield process


def _proportional_size(process: Path) -> int:
    found = _PSS.search(_read(process / "smaps_rollup"))
    return int(found[1]) * 1024 if found else 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # the process has ended meanwhile
        return ""
