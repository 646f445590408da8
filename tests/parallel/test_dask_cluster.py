"""A Dask cluster finds what one process finds, loses nothing with a worker, and ends with a message when it cannot."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import config_for, run_feeds, tree

import feeds
from feeds.diagnostics.problem import CouldNotRunError
from feeds.installation import install_command
from feeds.parallel import dask_cluster as cluster_module
from feeds.parallel.dask_cluster import over_cluster
from feeds.parallel.dask_task import run_task, task_for
from feeds.sources.files import find_files
from feeds.validation.check_file import check_file
from feeds.validation.context import ValidationContext, context_for

WORKERS = 2
NOBODY = "dask://127.0.0.1:1"


class Cluster:
    """Run a scheduler and workers as processes of their own, in a folder where there are no records."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._workers: list[subprocess.Popen[bytes]] = []
        self._place = folder / "scheduler.json"
        self._scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.hire()
        self.address = json.loads(self._place.read_text())["address"].replace("tcp://", "dask://")

    def hire(self) -> None:
        """Start as many workers as are missing, and wait until they are known."""
        from distributed import Client  # noqa: PLC0415 - it may be missing

        self._workers = [worker for worker in self._workers if worker.poll() is None]
        options = ("--nworkers", "1", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
        self._workers += [self._start("worker", *options) for _ in range(WORKERS - len(self._workers))]
        deadline = time.monotonic() + 30
        while not self._place.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        with Client(scheduler_file=str(self._place), set_as_default=False) as client:
            client.wait_for_workers(WORKERS, timeout=30)

    def kill(self, count: int) -> None:
        for worker in self._workers[:count]:
            worker.send_signal(signal.SIGKILL)

    def end(self) -> None:
        for process in [*self._workers, self._scheduler]:
            process.kill()
            process.wait()

    def end_scheduler(self) -> None:
        self._scheduler.kill()
        self._scheduler.wait()

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *words, "--scheduler-file", str(self._place)]
        # Two workers that end over the same records are enough to blame the records.
        environment = os.environ | {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(command, cwd=self._folder, env=environment, **quiet)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    pytest.importorskip("distributed", reason="distributed is missing: pip install 'feeds[dask]'")
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    yield started
    started.end()


@pytest.fixture
def cluster(running: Cluster) -> Cluster:
    running.hire()
    return running


@pytest.fixture
def context(source: Path) -> ValidationContext:
    return context_for(config_for(source, source))


def test_a_cluster_publishes_what_one_process_publishes(cluster: Cluster, source: Path, tmp_path: Path) -> None:
    here = run_feeds("build", "records", "--output", tmp_path / "here", "--no-cache", cwd=source.parent)
    words = ("--no-cache", "--executor", cluster.address)
    there = run_feeds("build", "records", "--output", tmp_path / "there", *words, cwd=source.parent)
    assert (there.returncode, there.stderr) == (here.returncode, here.stderr)
    assert tree(tmp_path / "there") == tree(tmp_path / "here") != {}


@pytest.mark.parametrize("words", [("validate", "records"), ("topics", "records"), ("convert", "records", "--to=csv")])
def test_every_command_that_reads_can_read_on_a_cluster(cluster: Cluster, source: Path, words: tuple[str, ...]) -> None:
    here = run_feeds(*words, cwd=source.parent)
    there = run_feeds(*words, "--executor", cluster.address, cwd=source.parent)
    assert (there.returncode, there.stdout, there.stderr) == (here.returncode, here.stdout, here.stderr)


def test_results_keep_the_order_of_the_files(cluster: Cluster, source: Path, context: ValidationContext) -> None:
    entries = list(find_files([source]))
    assert list(over_cluster(cluster.address)(entries, check_file, context)) == [
        check_file(each, context) for each in entries
    ]


def test_a_worker_that_is_killed_loses_nothing(cluster: Cluster, source: Path, context: ValidationContext) -> None:
    entries = list(find_files([source])) * 6
    checked_file = over_cluster(cluster.address)(entries, check_file, context)
    first = next(checked_file)
    cluster.kill(1)
    once = [check_file(entry, context) for entry in entries[: len(entries) // 6]]
    assert [first, *checked_file] == once * 6


def test_a_cluster_that_has_lost_all_workers_is_not_waited_for_forever(
    cluster: Cluster, source: Path, context: ValidationContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "_SECONDS_WITHOUT_WORKERS", 1)
    checked_file = over_cluster(cluster.address)(list(find_files([source])) * 6, check_file, context)
    next(checked_file)
    cluster.kill(WORKERS)
    with pytest.raises(CouldNotRunError, match="the cluster has no workers"):
        list(checked_file)


def test_records_that_end_every_worker_are_given_up(cluster: Cluster, context: ValidationContext) -> None:
    with pytest.raises(CouldNotRunError, match="ended one worker after the other"):
        list(over_cluster(cluster.address)([1], lambda *_: os._exit(1), context))


def test_an_interrupt_ends_the_run_and_leaves_the_cluster(cluster: Cluster, source: Path, tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / "seeds" / str(number)).mkdir(parents=True)
        for path in source.glob("*.md"):
            if path.is_file():
                (tmp_path / "seeds" / str(number) / path.name).hardlink_to(path)
    program = [sys.executable, "-m", "feeds", "validate", "--executor", cluster.address]
    running = subprocess.Popen(program, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    with running:
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(2)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=10)
    assert (running.returncode, said) == (130, b"")
    assert feeds.read(source, executor=over_cluster(cluster.address)) == feeds.read(source)


def test_the_end_of_the_scheduler_is_told(
    source: Path, context: ValidationContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="distributed is missing: pip install 'feeds[dask]'")
    monkeypatch.setattr(cluster_module, "_SECONDS_TO_CONNECT", 2)
    short_lived = Cluster(tmp_path)
    try:
        checked_file = over_cluster(short_lived.address)(list(find_files([source])) * 6, check_file, context)
        next(checked_file)
        short_lived.end_scheduler()
        with pytest.raises(CouldNotRunError, match="connection to the scheduler was lost"):
            list(checked_file)
    finally:
        short_lived.end()


def test_an_address_where_nobody_answers_ends_with_a_message(source: Path) -> None:
    pytest.importorskip("distributed", reason="distributed is missing: pip install 'feeds[dask]'")
    start = time.monotonic()
    done = run_feeds("topics", "records", "--no-cache", "--executor", NOBODY, cwd=source.parent)
    assert time.monotonic() - start < 20
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.decode().splitlines() == [
        f"feeds: {NOBODY}: no scheduler of Dask answers there; start one with: dask scheduler"
    ]


def test_a_server_that_is_no_scheduler_is_not_waited_for_forever(
    source: Path, context: ValidationContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="distributed is missing: pip install 'feeds[dask]'")
    monkeypatch.setattr(cluster_module, "_SECONDS_TO_CONNECT", 1)
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"dask://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(CouldNotRunError, match="no scheduler of Dask answers there"):
            list(over_cluster(address)(list(find_files([source])), check_file, context))


def test_a_missing_package_is_named(source: Path, context: ValidationContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CouldNotRunError, match=re.escape(install_command("dask"))):
        list(over_cluster(NOBODY)(list(find_files([source])), check_file, context))


@pytest.mark.parametrize("address", ["10.0.0.1:8786", "tcp://10.0.0.1:8786", "dask://", "dask://host", "dask://h:p"])
def test_what_is_no_address_of_a_scheduler_is_wrong_usage(tmp_path: Path, address: str) -> None:
    done = run_feeds("topics", "--executor", address, cwd=tmp_path)
    assert done.returncode == 2
    assert b"dask://10.0.0.1:8786" in done.stderr


def test_a_worker_with_another_version_is_named(context: ValidationContext, source: Path) -> None:
    dask_task = dataclasses.replace(task_for(context), program="feeds 0.0.9 on Python 3.11")
    with pytest.raises(
        CouldNotRunError, match=rf"has feeds {feeds.__version__} .*, not the feeds 0\.0\.9 on Python 3\.11"
    ):
        run_task(dask_task, [str(source / "1.md")], check_file)


def test_records_that_a_worker_does_not_see_are_not_taken_for_gone(context: ValidationContext, source: Path) -> None:
    dask_task = task_for(context)
    with pytest.raises(CouldNotRunError, match=r"does not see elsewhere/1\.md"):
        run_task(dask_task, ["elsewhere/1.md", "elsewhere/2.md"], check_file)
    with pytest.raises(CouldNotRunError, match="does not see /elsewhere"):
        run_task(dataclasses.replace(dask_task, folder="/elsewhere"), [str(source / "1.md")], check_file)


def test_a_schema_of_ones_own_travels_with_the_work(source: Path, tmp_path: Path) -> None:
    own, part = tmp_path / "schemas" / "own.schema.json", tmp_path / "parts" / "title.json"
    for path, content in ((own, {"properties": {"title": {"$ref": "../parts/title.json"}}}), (part, {"maxLength": 9})):
        path.parent.mkdir()
        path.write_text(json.dumps(content), encoding="utf-8")
    context = context_for(config_for(source, source, schema=own))
    entries = list(find_files([source]))
    here, dask_task = [check_file(entry, context) for entry in entries], task_for(context)
    own.unlink()
    part.unlink()
    assert run_task(dask_task, entries, check_file) == here
    assert any(problem.rule == "wrong-size" for file in here for problem in file.problems)


def test_a_run_without_a_cluster_loads_nothing_for_one(source: Path) -> None:
    script = "import sys; from feeds.cli.main import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    words = ("build", "records", "--dry-run", "--no-cache")
    done = subprocess.run([sys.executable, "-c", script, *words], cwd=source.parent, capture_output=True, check=False)
    loaded = done.stderr.decode().splitlines()[-1].split()
    assert "feeds.publish.build" in loaded
    assert not {"distributed", "dask", "fsspec", "asyncio", "feeds.parallel.dask_cluster"} & set(loaded)
