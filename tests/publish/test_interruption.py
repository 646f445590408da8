"""A run that is killed leaves whole files, feeds of one run but for one, no link that leads nowhere, and no litter."""

from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from support import NOW, all_files, config_for, record_bytes, run_feeds, tree

import feeds
from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.publish.files import file_batch
from feeds.publish.files.atomic_write import replace_file
from feeds.publish.output.manifest import MANIFEST, parse_manifest
from feeds.publish.output.stage_folder import temporary_stage
from feeds.publish.output.transaction import open_transaction

SUBSCRIPTIONS = ("rss", "atom", "json")
FILES_THAT_CHANGE = 20
WRITING = """
import sys
from feeds.store.file_lock import open_lock, try_lock
try_lock(open_lock(sys.argv[1]))
print(1, flush=True)
sys.stdin.read()
"""


def write_records(source: Path, edition: str, count: int) -> None:
    source.mkdir(exist_ok=True)
    for number in range(count):
        data = {
            "title": f"{edition} {number}",
            "webUrl": f"https://a.example/{number}",
            "publishedDateTime": f"2020-01-{number + 1:02}T00:00:00Z",
            "topics": ["Ships"],
        }
        (source / f"{number}.md").write_bytes(record_bytes(data, "Body.\n"))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    write_records(tmp_path / "seeds", "Old", 8)
    return config_for(tmp_path / "seeds", tmp_path / "public", limit=4, archives=True)


def killed(work: Callable[[], object]) -> bool:
    """Do work in a process of its own, and tell whether it was killed."""
    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    process.join()
    return process.exitcode == -signal.SIGKILL


def build_and_die(config: Config, replaced: int) -> None:
    left, original = replaced, Path.replace

    def rename(self: Path, target: Path) -> Path:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return original(self, target)

    Path.replace = rename  # type: ignore[method-assign]
    feeds.build(config, NOW)


def edition_of(name: str, files: dict[str, bytes], new: dict[str, bytes]) -> str:
    return "new" if files[name] == new[name] else "old"


def test_killed_between_any_two_files_at_most_one_feed_is_of_two_runs(config: Config, tmp_path: Path) -> None:
    feeds.build(config, NOW)
    old = tree(config.output)
    shutil.copytree(config.output, tmp_path / "kept")
    write_records(config.source, "New", 11)
    aside = config._replace(output=tmp_path / "aside")
    feeds.build(aside, NOW)
    new = tree(aside.output)
    points = 0
    while killed(partial(build_and_die, config, points)):
        files = tree(config.output)
        assert all(content in (old.get(name), new.get(name)) for name, content in files.items())
        assert old.keys() <= files.keys() or new.items() <= files.items()  # nothing goes before all is there
        stems = {name.rpartition(".")[0] for name in new if name.endswith(".rss") and name in old}
        mixed = [s for s in stems if len({edition_of(f"{s}.{kind}", files, new) for kind in SUBSCRIPTIONS}) > 1]
        assert len(mixed) <= 1
        linked = set(re.findall(rb"out/(archive/[^\"<]+)", b"".join(files.values())))
        assert {os.fsdecode(name) for name in linked} <= files.keys()
        assert parse_manifest((config.output / MANIFEST).read_bytes()) == parse_manifest(
            (tmp_path / "kept" / MANIFEST).read_bytes()
        )
        if points % 8 == 0:
            feeds.build(config, NOW)
            assert tree(config.output) == new
        points += 1
        shutil.rmtree(config.output)
        shutil.copytree(tmp_path / "kept", config.output)
    assert points > FILES_THAT_CHANGE
    assert tree(config.output) == new


def test_what_a_killed_run_staged_is_hidden_from_git_and_goes_with_the_next(config: Config) -> None:
    def die() -> None:
        with open_transaction(config) as transaction:
            transaction.stage("all.rss", [b"half"], "application/rss+xml")
            os.kill(os.getpid(), signal.SIGKILL)

    assert killed(die)
    assert (config.output / ".feeds-staged" / "all.rss").exists()
    subprocess.run(["git", "init", "-q"], cwd=config.output, check=True)
    status = subprocess.run(["git", "status", "--short"], cwd=config.output, capture_output=True, check=True)
    assert status.stdout == b""
    shutil.rmtree(config.output / ".git")
    feeds.build(config, NOW)
    assert [path for path in config.output.rglob("*") if path.name.startswith(".")] == []


def test_a_published_folder_holds_no_lock_not_even_one_of_an_earlier_version(config: Config) -> None:
    config.output.mkdir()
    (config.output / ".feeds-lock").write_text("process 1 on elsewhere")
    feeds.build(config, NOW)
    assert [path for path in config.output.rglob("*") if path.name.startswith(".")] == []


def test_two_configurations_with_one_output_do_not_publish_at_once(config: Config, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text('source = "seeds"\noutput = "public"\nbase_url = "https://a.example/"\n')
    with open_transaction(config):
        done = run_feeds("build", "--config", other, "--no-cache", cwd=tmp_path)
        assert (done.returncode, done.stderr.count(f"(process {os.getpid()} on ".encode())) == (3, 1)
        assert (config.output / ".feeds-staged" / ".lock").exists()


def test_temporary_stages_of_killed_runs_are_removed_and_those_of_others_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def die() -> None:
        with temporary_stage() as stage:
            (stage / "all.rss").write_bytes(b"half")
            os.kill(os.getpid(), signal.SIGKILL)

    assert killed(die)
    (left,) = tmp_path.iterdir()
    with temporary_stage() as mine, temporary_stage() as another:
        assert not left.exists()
        assert mine.exists()
        assert another.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_that_a_killed_run_was_writing_is_removed_and_one_under_way_kept(config: Config) -> None:
    ledger = config.source.parent / "feeds.lock"
    ledger.touch()
    with_ledger = config._replace(ledger=ledger)
    left, under_way = (ledger.with_name(f".feeds.lock.{number}.tmp") for number in (999_999_999, 1))
    for path in (left, under_way):
        path.write_bytes(b"half")
    command = [sys.executable, "-c", WRITING, under_way]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "1\n"
        feeds.build(with_ledger, NOW)
        assert not left.exists()
        assert under_way.exists()
        writer.kill()
    feeds.build(with_ledger, NOW)
    assert not under_way.exists()


def test_a_signal_that_ends_the_program_waits_until_all_files_are_in_place(config: Config, tmp_path: Path) -> None:
    feeds.build(config, NOW)
    write_records(config.source, "New", 8)
    feeds.build(config._replace(output=tmp_path / "aside"), NOW)

    def end_in_the_middle() -> None:
        original = Path.replace

        def rename(self: Path, target: Path) -> Path:
            os.kill(os.getpid(), signal.SIGTERM)
            return original(self, target)

        Path.replace = rename  # type: ignore[method-assign]
        feeds.build(config, NOW)

    assert not killed(end_in_the_middle)
    assert tree(config.output) == tree(tmp_path / "aside")


def test_an_output_that_is_removed_while_a_run_works_is_told(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    from feeds.publish import build as building  # noqa: PLC0415 - to be patched
    from feeds.store.database import Index  # noqa: PLC0415 - the same

    for place, name in ((building, "plan_feeds"), (building, "refusals_of"), (Index, "create_indexes")):
        original = getattr(place, name)

        def removing(*given: object, original: Callable[..., object] = original, **named: object) -> object:
            shutil.rmtree(config.output)
            return original(*given, **named)

        with monkeypatch.context() as patch:
            patch.setattr(place, name, removing)
            with pytest.raises(CouldNotRunError, match="public: the folder was removed while feeds was working"):
                feeds.build(config, NOW)
    assert feeds.build(config, NOW).refusals == ()


def test_a_preview_waits_for_a_build_that_is_under_way(config: Config) -> None:
    pytest.importorskip("starlette", reason="a preview needs feeds[serve]")
    (config.source.parent / "feeds.toml").touch()
    command = [sys.executable, "-m", "feeds", "serve", "--port", "0", "--no-watch"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with ExitStack() as held:
        held.enter_context(open_transaction(config))
        with subprocess.Popen(command, cwd=config.source.parent, text=True, **pipes) as serving:  # type: ignore[call-overload]
            assert "another run is publishing there" in serving.stderr.readline()
            assert serving.poll() is None
            held.close()
            assert any(line.startswith("serving ") for line in serving.stdout)
            serving.terminate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_file_whose_writing_is_ended_leaves_no_temporary_file(tmp_path: Path, number: signal.Signals) -> None:
    def content() -> Iterator[bytes]:
        yield b"<rss>"
        os.kill(os.getpid(), number)
        yield b"</rss>"

    def write() -> None:
        signal.signal(number, signal.SIG_DFL)  # nohup may have started these tests
        replace_file(tmp_path / "all.rss", content())

    (tmp_path / "all.rss").write_bytes(b"old")
    process = multiprocessing.get_context("fork").Process(target=write)
    process.start()
    process.join()
    assert process.exitcode == -number
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"all.rss": b"old"}


def test_an_ignored_signal_does_not_end_a_file(tmp_path: Path) -> None:
    def write() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
        replace_file(tmp_path / "all.rss", (os.kill(os.getpid(), signal.SIGHUP) or b"new" for _ in range(2)))

    process = multiprocessing.get_context("fork").Process(target=write)
    process.start()
    process.join()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"all.rss": b"newnew"}


def test_an_import_that_is_killed_between_any_two_files_leaves_whole_records_and_the_next_finishes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_batch, "_MOST_OPEN", 3)
    items = "".join(f"<item><title>A {n}</title><link>https://a.example/{n}</link></item>" for n in range(7))
    (tmp_path / "all.rss").write_text(f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>')
    (tmp_path / "feeds.toml").write_text('source = "seeds"\n')
    arguments = ("import", "all.rss", "--into", "seeds")
    assert run_feeds(*arguments, cwd=tmp_path).returncode == 0
    whole, original, points = all_files(tmp_path), Path.replace, 0
    assert len(whole) > len(items.split("<item>"))

    def rename(self: Path, target: Path) -> Path:
        left.pop() if left else os.kill(os.getpid(), signal.SIGKILL)
        return original(self, target)

    while True:
        shutil.rmtree(tmp_path / "seeds")
        (tmp_path / "feeds.ids").unlink(missing_ok=True)
        left = [None] * points
        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", rename)
            if run_feeds(*arguments, cwd=tmp_path).returncode == 0:
                break
        files = {name: content for name, content in all_files(tmp_path).items() if not name.endswith(".tmp")}
        assert files.items() <= whole.items()
        assert run_feeds(*arguments, cwd=tmp_path).returncode == 0
        assert all_files(tmp_path) == whole
        points += 1
    assert points > len(items.split("<item>"))
