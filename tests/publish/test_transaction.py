"""What is published is whole at every moment, and nobody else's files are touched."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from support import NOW, config_for, disk_of, record_bytes, run_feeds, tree

import feeds
from feeds.config.settings import Config, TopicConfig
from feeds.diagnostics.problem import CouldNotRunError
from feeds.publish.output.manifest import MANIFEST, Manifest, parse_manifest
from feeds.publish.output.transaction import Transaction, open_transaction

COUNT = 40
KILLING = """
import os, signal, sys
from pathlib import Path
from feeds.cli.main import main
left = int(sys.argv.pop(1))
original = Path.replace
def replace(self, target):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return original(self, target)
Path.replace = replace
main()
"""

MISTAKEN = """
from feeds.cli.main import main
from feeds.formats import json_feed
json_feed.VERSION = "https://jsonfeed.org/version/9"
main()
"""


def write_records(source: Path, edition: str) -> None:
    source.mkdir(exist_ok=True)
    for number in range(COUNT):
        data = {
            "title": f"{edition} {number}",
            "webUrl": f"https://a.example/{number}",
            "publishedDateTime": f"2020-01-{number % 28 + 1:02}T00:00:00Z",
            "topics": [f"Topic {number % 4}"],
        }
        (source / f"{number}.md").write_bytes(record_bytes(data, f"{edition} body.\n" * 50))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    write_records(tmp_path / "seeds", "Old")
    (tmp_path / "feeds.toml").write_text('base_url = "https://a.example/feeds/"\n', encoding="utf-8")
    return config_for(tmp_path / "seeds", tmp_path / "public", base_url="https://a.example/feeds/", home_page="")


@pytest.fixture
def editions(config: Config, tmp_path: Path) -> dict[str, dict[str, bytes]]:
    """Return what is published of the old records, which are, and of the new, which are not yet."""
    feeds.build(config, NOW)
    write_records(config.source, "New")
    feeds.build(config._replace(output=tmp_path / "new"), NOW)
    new = tree(tmp_path / "new")
    shutil.rmtree(tmp_path / "new")
    return {"old": tree(config.output), "new": new}


def is_whole(folder: Path, editions: dict[str, dict[str, bytes]]) -> bool:
    """Tell whether each file that is served is that of one edition or the other."""
    served = tree(folder)
    return served.keys() == editions["old"].keys() and all(
        content in (editions["old"][name], editions["new"][name]) for name, content in served.items()
    )


def finish(config: Config, editions: dict[str, dict[str, bytes]]) -> None:
    """Run once more, and see that all is as it should be."""
    done = run_feeds("build", cwd=config.source.parent)
    assert done.returncode == 0, done.stderr
    assert tree(config.output) == editions["new"]
    assert [path.name for path in config.output.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("replaced", [0, 1, 7, 19, 20])
def test_a_run_killed_between_two_files_leaves_whole_feeds(
    config: Config, editions: dict[str, dict[str, bytes]], replaced: int
) -> None:
    command = [sys.executable, "-c", KILLING, str(replaced), "build"]
    done = subprocess.run(command, cwd=config.source.parent, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert is_whole(config.output, editions)
    served = tree(config.output)
    assert sum(served[name] != editions["old"][name] for name in served) == replaced
    finish(config, editions)


def test_a_run_killed_at_any_moment_leaves_whole_feeds(config: Config, editions: dict[str, dict[str, bytes]]) -> None:
    command = [sys.executable, "-m", "feeds", "build"]
    start = time.perf_counter()
    subprocess.run([*command, "--dry-run"], cwd=config.source.parent, capture_output=True, check=True)
    whole_run = time.perf_counter() - start
    for part in range(12):
        running = subprocess.Popen(
            command, cwd=config.source.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(whole_run * part / 11)
        running.kill()
        running.wait()
        assert is_whole(config.output, editions)
    finish(config, editions)


def test_two_runs_at_once_are_one_too_many_and_the_holder_is_named(config: Config) -> None:
    with open_transaction(config):
        done = run_feeds("build", cwd=config.source.parent)
    assert done.returncode == 3
    assert f"another run is publishing there (process {os.getpid()} on ".encode() in done.stderr
    assert run_feeds("build", cwd=config.source.parent).returncode == 0


def test_the_lock_does_not_outlive_a_run_that_is_killed(config: Config) -> None:
    script = f"""
import os, signal
from pathlib import Path
from feeds.config.settings import Config
from feeds.publish.output.transaction import open_transaction
with open_transaction(Config(output=Path({str(config.output)!r}))):
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == -signal.SIGKILL
    assert (config.output / ".feeds-staged" / ".lock").exists()
    assert run_feeds("build", cwd=config.source.parent).returncode == 0
    assert not (config.output / ".feeds-staged").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with disk_of(tmp_path / "small", "1M") as folder:
        yield folder


def test_a_full_disk_leaves_the_old_feeds(config: Config, small_disk: Path) -> None:
    on_small_disk = config._replace(output=small_disk / "public")
    feeds.build(on_small_disk, NOW)
    old = tree(on_small_disk.output)
    write_records(config.source, "New")
    (small_disk / "ballast").write_bytes(bytes(os.statvfs(small_disk).f_bavail * 4096 - 50_000))
    with pytest.raises(CouldNotRunError, match="cannot be written: No space left on device; make room"):
        feeds.build(on_small_disk, NOW)
    assert tree(on_small_disk.output) == old
    (small_disk / "ballast").unlink()
    assert all(file.has_changed for file in feeds.build(on_small_disk, NOW).files if file.items is not None)


def test_an_output_that_cannot_be_written_to_is_left_alone(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    feeds.build(config, NOW)
    old = tree(config.output)
    write_records(config.source, "New")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(CouldNotRunError, match="public: cannot be written: Permission denied"):
        feeds.build(config, NOW)
    assert tree(config.output) == old


def test_one_folder_that_cannot_be_written_to_keeps_all_files_as_they_are(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    feeds.build(config, NOW)
    old = tree(config.output)
    write_records(config.source, "New")
    monkeypatch.setattr(os, "access", lambda path, _: path.name != "topics")  # root may write anywhere
    with pytest.raises(CouldNotRunError, match=r"topics/.+: cannot be written: Permission denied; let the user"):
        feeds.build(config, NOW)
    assert tree(config.output) == old


def test_a_system_that_gives_no_threads_is_no_hindrance(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise RuntimeError("can't start new thread")

    feeds.build(config, NOW)
    write_records(config.source, "New")
    monkeypatch.setattr(threading.Thread, "start", refuse)
    feeds.build(config, NOW)
    assert b"New" in tree(config.output)["all.rss"]


@pytest.mark.parametrize("name", ["topics/topic-3.csv", MANIFEST])
def test_a_folder_in_the_place_of_a_file_keeps_all_files_as_they_are(config: Config, name: str) -> None:
    feeds.build(config, NOW)
    (config.output / name).unlink()
    (config.output / name).mkdir()
    old = tree(config.output)
    write_records(config.source, "New")
    with pytest.raises(CouldNotRunError, match=f"{name}: cannot be written: it is a folder"):
        feeds.build(config, NOW)
    assert tree(config.output) == old


def test_the_manifest_lists_every_file_with_its_hash_and_every_feed_with_its_items(config: Config) -> None:
    built = feeds.build(config, NOW)
    manifest = json.loads((config.output / MANIFEST).read_bytes())
    files = tree(config.output)
    assert {name: sha256(content).hexdigest() for name, content in files.items()} == {
        name: file["sha256"] for name, file in manifest["files"].items()
    }
    items = json.loads(files["topics/topic-1.json"])["items"]
    assert [item["id"] for item in items] == [item["id"] for item in manifest["feeds"]["topics/topic-1"]["items"]]
    assert manifest["version"] == 1
    assert manifest["feeds"]["topics/topic-1"]["total"] == COUNT // 4
    assert len(built.files) == len(files)


def test_files_that_are_no_longer_due_are_removed(config: Config) -> None:
    feeds.build(config, NOW)
    for number in range(3, COUNT, 4):
        (config.source / f"{number}.md").unlink()
    built = feeds.build(config, NOW, force=True)
    assert sorted(path.name for path in built.removed) == [
        f"topic-3.{suffix}" for suffix in ("atom", "csv", "html", "json", "rss")
    ]
    assert not list(config.output.rglob("topic-3.*"))
    assert feeds.build(config, NOW).removed == ()


def test_a_file_that_is_no_longer_due_and_was_changed_since_stays_and_is_named_once(config: Config) -> None:
    feeds.build(config, NOW)
    page = config.output / "topics" / "topic-3.html"
    page.write_bytes(page.read_bytes().replace(b"\n", b""))
    (config.output / "index.html").write_bytes(b"mine")
    for number in range(3, COUNT, 4):
        (config.source / f"{number}.md").unlink()
    assert feeds.build(config, NOW, force=True).foreign == (config.output / "index.html", page)
    assert page.exists()
    assert feeds.build(config, NOW).foreign == (config.output / "index.html",)


def test_files_of_others_are_never_touched(config: Config) -> None:
    config.output.mkdir()
    others = {"index.html": b"mine", "topics/old.rss": b"mine too", "CNAME": b"a.example"}
    (config.output / "topics").mkdir()
    for name, content in others.items():
        (config.output / name).write_bytes(content)
    feeds.build(config, NOW)
    for number in range(3, COUNT, 4):
        (config.source / f"{number}.md").unlink()
    (config.output / "topics" / "topic-3.rss").write_bytes(b"now mine")
    feeds.build(config, NOW, force=True)
    assert others.items() <= tree(config.output).items()
    assert (config.output / "topics" / "topic-3.rss").read_bytes() == b"now mine"
    assert not (config.output / "topics" / "topic-3.atom").exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"version": 2}', b'{"version": 1, "files": {"a": {}}, "feeds": {}}', b"\xff", b"[" * 100_000],
)
def test_a_damaged_manifest_is_made_anew(config: Config, content: bytes) -> None:
    feeds.build(config, NOW)
    whole = (config.output / MANIFEST).read_bytes()
    (config.output / MANIFEST).write_bytes(content)
    assert parse_manifest(content) == Manifest()
    feeds.build(config, NOW)
    assert (config.output / MANIFEST).read_bytes() == whole


@pytest.mark.parametrize("name", ["../victim", "/etc/victim", "topics/../../victim", "", ".."])
def test_a_manifest_cannot_lead_out_of_the_output(config: Config, tmp_path: Path, name: str) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    feeds.build(config, NOW)
    manifest = json.loads((config.output / MANIFEST).read_bytes())
    manifest["files"][name] = {"sha256": sha256(b"mine").hexdigest(), "feed": "all"}
    (config.output / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    feeds.build(config, NOW)
    assert victim.read_bytes() == b"mine"


def test_who_may_read_a_file_stays(config: Config) -> None:
    feeds.build(config, NOW)
    (config.output / "all.rss").chmod(0o604)
    write_records(config.source, "New")
    feeds.build(config, NOW)
    assert (config.output / "all.rss").stat().st_mode & 0o777 == 0o604


def test_a_rehearsal_writes_nothing(config: Config) -> None:
    assert all(file.has_changed for file in feeds.build(config, NOW, dry_run=True).files)
    assert not config.output.exists()


def test_nothing_is_put_in_place_while_something_is_still_being_made(
    config: Config, editions: dict[str, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ready: list[str] = []
    original = Transaction.add

    def watch(self: Transaction, name: str, media_type: str) -> None:
        assert tree(config.output) == editions["old"]
        ready.append(name)
        original(self, name, media_type)

    monkeypatch.setattr(Transaction, "add", watch)
    feeds.build(config, NOW)
    assert set(ready) == {*editions["old"], MANIFEST}
    assert tree(config.output) == editions["new"]


def test_a_feed_that_would_lose_most_of_its_items_stops_everything_until_forced(config: Config) -> None:
    feeds.build(config, NOW)
    old = tree(config.output)
    for number in range(3, COUNT):
        (config.source / f"{number}.md").unlink()
    (config.source.parent / "feeds.toml").write_text('base_url = "https://a.example/feeds/"\n', encoding="utf-8")
    done = run_feeds("build", cwd=config.source.parent)
    assert done.returncode == 3
    assert b"nothing published: all would drop from 40 items to 3; topics/" in done.stderr
    assert done.stderr.count(b"if that is meant, run this again with --force") == 1
    assert tree(config.output) == old
    assert run_feeds("build", "--force", cwd=config.source.parent).returncode == 0
    assert len(json.loads(tree(config.output)["all.json"])["items"]) == 3


@pytest.mark.parametrize(
    ("most", "left", "is_refused"), [(50, 20, False), (50, 19, True), (10, 36, False), (0, 39, True)]
)
def test_how_much_may_go_at_once_is_a_setting(config: Config, most: int, left: int, *, is_refused: bool) -> None:
    only_all = config._replace(max_drop=most, topics=TopicConfig(include=()))
    feeds.build(only_all, NOW)
    for number in range(left, COUNT):
        (config.source / f"{number}.md").unlink()
    assert bool(feeds.build(only_all, NOW).refusals) == is_refused


def test_feeds_that_readers_would_refuse_are_not_published(config: Config) -> None:
    feeds.build(config, NOW)
    old = tree(config.output)
    write_records(config.source, "New")
    command = [sys.executable, "-c", MISTAKEN, "build"]
    done = subprocess.run(command, cwd=config.source.parent, capture_output=True, check=False)
    assert done.returncode == 3
    assert b"public/all.json:2:14: " in done.stderr
    assert b"[wrong-version]" in done.stderr
    assert tree(config.output) == old
