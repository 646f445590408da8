"""Several processes give what one gives, and end when they are told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import config_for, run_feeds, tree

import feeds
from feeds.diagnostics.problem import CouldNotRunError, Problem
from feeds.parallel.executor import over_processes
from feeds.parallel.processes import work_with_processes
from feeds.sources.files import find_files
from feeds.validation.check_file import check_file
from feeds.validation.context import context_for


def test_several_processes_find_what_one_finds(source: Path) -> None:
    assert feeds.read(source, executor=over_processes(2)) == feeds.read(source)
    assert feeds.validate(source, executor=over_processes(3)) == feeds.validate(source)


def test_the_number_of_processes_does_not_show_in_the_output(source: Path, tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        run_feeds("build", source, "--output", tmp_path / jobs, "--jobs", jobs, cwd=tmp_path)
    assert tree(tmp_path / "1") == tree(tmp_path / "2") != {}


def test_files_keep_their_order(source: Path) -> None:
    entries = list(find_files([source]))
    paths = [entry.path if isinstance(entry, Problem) else entry for entry in entries]
    context = context_for(config_for(source, source))
    assert [file.path for file in work_with_processes(entries, check_file, context, 2, 100)] == paths


def test_a_process_that_is_killed_is_said_to_be(source: Path) -> None:
    entries = list(find_files([source])) * 20
    checked_file = work_with_processes(entries, check_file, context_for(config_for(source, source)), 2, 100)
    next(checked_file)
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    if not children.exists():
        pytest.skip("/proc does not tell which processes belong to this one")
    for child in children.read_text().split():
        if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes():
            os.kill(int(child), signal.SIGKILL)
    with pytest.raises(CouldNotRunError, match="a worker process was killed"):
        list(checked_file)


@pytest.fixture
def running(source: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a run in a group of processes of its own, and wait until it has given work to others."""
    sources = tmp_path / "seeds"
    sources.mkdir()
    for number in range(20):
        (sources / str(number)).mkdir()
        for path in source.glob("*.md"):
            if path.is_file():
                (sources / str(number) / path.name).hardlink_to(path)
    program = [sys.executable, "-m", "feeds", "validate", "--jobs", "2"]
    with subprocess.Popen(
        program, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        if not children.exists():
            process.kill()
            pytest.skip("/proc does not tell which processes belong to a run")
        while not children.read_text():  # reading fails where the run has ended before it had any
            time.sleep(0.01)
        yield process


def test_an_interrupt_ends_all_processes_at_once(running: subprocess.Popen[bytes]) -> None:
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=10)
    assert running.returncode == 130
    assert b"Traceback" not in said
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)


def test_a_run_that_is_killed_leaves_no_process_behind(running: subprocess.Popen[bytes]) -> None:
    running.kill()
    running.communicate(timeout=10)  # which waits for all processes that share its standard error
    assert running.returncode == -signal.SIGKILL
