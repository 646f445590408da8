"""What keeps a run from its work is told in plain words, with exit status 3, and never as a mistake of the program."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from support import NOW, config_for, disk_of, record_bytes, run_feeds, tree

import feeds
from feeds.config.config_file import load_config
from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.publish.files.atomic_write import replace_file
from feeds.publish.output.manifest import MANIFEST, Manifest, parse_manifest
from feeds.store.id_ledger import read_ledger

DEEP = "[" * 100_000
HASH = "0" * 64
BROKEN = "from feeds.cli import main, run_validate\nrun_validate.run_validation = lambda *_, **__: 1 / 0\nmain.main()\n"
REFUSED = """
from feeds.cli import main, run_validate
def refuse(*_, **__):
    raise {}
run_validate.run_validation = refuse
main.main()
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "seeds").mkdir()
    for number in range(3):
        data = {
            "title": f"Ship {number}",
            "webUrl": f"https://a.example/{number}",
            "publishedDateTime": "2020-01-01T00:00:00Z",
            "topics": ["Ships"],
        }
        (tmp_path / "seeds" / f"{number}.md").write_bytes(record_bytes(data, "Body.\n"))
    return config_for(tmp_path / "seeds", tmp_path / "public")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: path.mkdir(), "the configuration cannot be read: it is a folder; name a file"),
        (os.mkfifo, "the configuration cannot be read: it is not a regular file"),
        (
            lambda path: path.symlink_to("/dev/zero"),
            "the configuration cannot be read: it is not a regular file",
        ),
        (
            lambda path: path.symlink_to("nowhere"),
            "the configuration cannot be read: there is no such file",
        ),
        (lambda path: path.write_bytes(b"title = '\xff'"), "the configuration is not UTF-8 text"),
        (lambda path: path.write_text(f"a = {DEEP}"), "the configuration is nested too deep"),
        (lambda path: path.write_text('output = "a\\u0000b"'), '"output" contains the character U\\+0000; remove it'),
        (lambda path: path.write_text('title = "a\\u001b"'), '"title" contains the character U\\+001B; remove it'),
        (lambda path: path.write_text('title = ""'), '"title" is empty; fill it in, or remove the line'),
        (lambda path: path.write_text('author = " "'), '"author" is " "; expected text that is not blank'),
        (lambda path: path.write_text('source = ""'), '"source" is empty; fill it in, or remove the line'),
        (lambda path: path.write_text("formats = []"), r'"formats" is \[\]; expected one or more of rss, atom, json'),
        (
            lambda path: path.write_text('base_url = "https://a.example/?b"'),
            '"base_url" is .*; expected .* of a folder',
        ),
        (lambda path: path.write_text('schema = "a\\u0000b"'), '"schema" contains the character U\\+0000; remove it'),
    ],
)
def test_a_configuration_that_cannot_be_used_is_named(
    tmp_path: Path, make: Callable[[Path], object], told: str
) -> None:
    make(tmp_path / "feeds.toml")
    with pytest.raises(CouldNotRunError, match=f"feeds.toml: {told}"):
        load_config(None, tmp_path)


@pytest.mark.parametrize("line", [DEEP, f'"a.md" = {DEEP}', '"a.md" = 1e999', '"a.md" = ["x"]'])
def test_a_ledger_that_cannot_be_read_is_told_with_its_line(tmp_path: Path, line: str) -> None:
    ledger = tmp_path / "feeds.lock"
    ledger.write_text(f"# head\n{line}\n")
    with pytest.raises(CouldNotRunError, match=r"feeds\.lock:2:1: this is no line of a ledger"):
        read_ledger(ledger)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (Path.mkdir, "cannot be read: it is a folder; name a file, or move the folder away"),
        (os.mkfifo, "cannot be read: it is not a regular file; name one, or put one in its place"),
        (lambda path: path.write_bytes(b"\xff"), "is not UTF-8 text; save it as UTF-8"),
        (lambda path: path.symlink_to("nowhere"), "cannot be read: there is no such file; correct the name"),
    ],
)
def test_a_ledger_that_is_no_text_is_told_in_words(tmp_path: Path, make: Callable[[Path], object], told: str) -> None:
    make(tmp_path / "feeds.ids")
    with pytest.raises(CouldNotRunError, match=rf"feeds\.ids: the ledger of ids {told}$"):
        read_ledger(tmp_path / "feeds.ids")


def manifest_with(**changed: object) -> bytes:
    item = {"id": "a", "title": "A", "link": "https://a.example/", "digest": "00"} | changed
    feed = {"total": changed.get("total", 1), "items": [{key: item[key] for key in ("id", "title", "link", "digest")}]}
    file = {"sha256": changed.get("sha256", HASH), "feed": changed.get("feed", "all")}
    return json.dumps({"version": 1, "files": {"all.rss": file}, "feeds": {"all": feed}}).encode()


@pytest.mark.parametrize(
    "content",
    [
        manifest_with().replace(b'"total": 1', b'"total": 1e999'),
        *(manifest_with(**{key: value}) for key in ("total", "id", "link", "sha256", "feed") for value in ([], None)),
        manifest_with(id=1),
        manifest_with(title="\ud800"),
    ],
)
def test_a_manifest_of_other_values_counts_as_none(config: Config, content: bytes) -> None:
    assert parse_manifest(manifest_with()).files["all.rss"].sha256 == HASH
    assert parse_manifest(content) == Manifest()
    feeds.build(config, NOW)
    whole = tree(config.output)
    (config.output / MANIFEST).write_bytes(content)
    assert feeds.build(config, NOW).refusals == ()
    assert tree(config.output) == whole


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "x" * 300, ".git/config", "topics/.hidden", "x/" * 200])
def test_names_that_no_file_of_ours_has_are_left_alone(config: Config, name: str) -> None:
    feeds.build(config, NOW)
    content = json.loads((config.output / MANIFEST).read_bytes())
    content["files"][name] = {"sha256": sha256(b"mine").hexdigest(), "feed": ""}
    (config.output / MANIFEST).write_text(json.dumps(content))
    hidden = config.output / ".git" / "config"
    hidden.parent.mkdir()
    hidden.write_bytes(b"mine")
    assert feeds.build(config, NOW).removed == ()
    assert hidden.read_bytes() == b"mine"


def test_nothing_is_written_or_removed_through_a_link(config: Config, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "victim").write_bytes(b"mine")
    config.output.mkdir()
    (config.output / "topics").symlink_to(elsewhere)
    file = {"sha256": sha256(b"mine").hexdigest(), "feed": ""}
    forged = {"version": 1, "files": {"topics/victim": file}, "feeds": {}}
    (config.output / MANIFEST).write_text(json.dumps(forged))
    with pytest.raises(CouldNotRunError, match="public/topics: is a link, and feeds writes nothing through one"):
        feeds.build(config, NOW)
    only_all = config._replace(topics=config.topics._replace(include=()))
    assert feeds.build(only_all, NOW).removed == ()
    assert tree(elsewhere) == {"victim": b"mine"}


def test_a_stage_that_is_a_link_is_not_followed(config: Config, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "victim").write_bytes(b"mine")
    config.output.mkdir()
    (config.output / ".feeds-staged").symlink_to(tmp_path / "elsewhere")
    feeds.build(config, NOW)
    assert tree(tmp_path / "elsewhere") == {"victim": b"mine"}


def test_an_output_that_is_a_link_as_a_whole_is_the_owners_wish(config: Config, tmp_path: Path) -> None:
    (tmp_path / "served").mkdir()
    config.output.symlink_to(tmp_path / "served")
    feeds.build(config, NOW)
    assert "topics/ships.rss" in tree(tmp_path / "served")


@pytest.mark.parametrize("name", ["index.html", "feed.css", "feeds.opml"])
@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:40],
        lambda content: content[: len(content) // 2],
        lambda content: content[:60] + bytes(len(content) - 60),
        lambda content: bytes(len(content)),
        lambda content: bytes(4096) + content[4096:],
        lambda _: b"\n",
    ],
)
def test_a_file_of_the_site_that_was_damaged_is_repaired(
    config: Config, name: str, damage: Callable[[bytes], bytes]
) -> None:
    feeds.build(config, NOW)
    whole = tree(config.output)
    (config.output / name).write_bytes(damage(whole[name]))
    assert feeds.build(config, NOW).foreign == ()
    assert tree(config.output) == whole


@pytest.mark.parametrize("content", [b"<!doctype html>\n<p>mine", "\ufeff<p>mine".encode("utf-16"), b"x"])
def test_a_file_of_the_site_that_a_person_replaced_stays(config: Config, content: bytes) -> None:
    feeds.build(config, NOW)
    (config.output / "index.html").write_bytes(content)
    assert feeds.build(config, NOW).foreign == (config.output / "index.html",)
    assert (config.output / "index.html").read_bytes() == content


def test_a_cache_that_others_could_read_is_made_private(config: Config, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o755)
    feeds.build(config._replace(cache=cache), NOW)
    assert cache.stat().st_mode & 0o777 == 0o700
    cache.chmod(0o755)
    feeds.build(config._replace(cache=cache), NOW)
    assert cache.stat().st_mode & 0o777 == 0o700


def test_a_cache_among_other_files_is_refused_and_hides_none_from_git(config: Config, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with pytest.raises(CouldNotRunError, match="the cache has to be a folder of its own, and this one holds"):
        feeds.build(config._replace(cache=tmp_path), NOW)
    assert not (tmp_path / ".gitignore").exists()
    assert tmp_path.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("make", [Path.touch, lambda path: (path / "index.sqlite").mkdir(parents=True)])
def test_a_cache_that_cannot_be_used_is_done_without(config: Config, make: Callable[[Path], object]) -> None:
    make(config.source.parent / "cache")
    built = feeds.build(config._replace(cache=config.source.parent / "cache"), NOW)
    assert built.files
    assert not built.refusals


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with disk_of(tmp_path / "small", "64k") as folder:
        yield folder


@pytest.mark.parametrize("words", ["build --no-cache", "build --no-cache --dry-run"])
def test_a_full_folder_of_temporary_files_is_told(config: Config, small_disk: Path, words: str) -> None:
    content = (config.source / "0.md").read_bytes() + b"A long story. " * 1000  # more than SQLite holds in memory
    for number in range(3, 400):
        (config.source / f"{number}.md").write_bytes(content)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize))
    places = {"TMPDIR": str(small_disk), "SQLITE_TMPDIR": str(small_disk)}
    done = run_feeds(*words.split(), cwd=config.source.parent, **places)
    told = rb"no temporary file can be written: (No space left on device|database or disk is full); set TMPDIR"
    assert done.returncode == 3
    assert re.search(told, done.stderr), done.stderr


def run_script(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, "validate"]
    options: dict[str, Any] = {"cwd": folder, "env": os.environ | environment, "capture_output": True, "text": True}
    return subprocess.run(command, check=False, **options)


def test_a_mistake_of_the_program_is_named_and_its_traceback_shown_on_demand(tmp_path: Path) -> None:
    done = run_script(BROKEN, tmp_path)
    message = "feeds: internal error: ZeroDivisionError: division by zero; set FEEDS_DEBUG=1 for a traceback\n"
    assert (done.returncode, done.stderr) == (3, message)
    shown = run_script(BROKEN, tmp_path, FEEDS_DEBUG="1")
    assert shown.stderr.startswith("Traceback (most recent call last):\n")
    assert shown.stderr.endswith(message)


FULL = "No space left on device; make room, or name another place"


@pytest.mark.parametrize(
    ("error", "message"),
    [
        ("OSError(28, 'No space left on device', 'a/b')", f"a/b: {FULL}"),
        ("OSError(28, 'No space left on device')", f"the output cannot be written: {FULL}"),
        ("OSError(13, 'Permission denied', 'a')", "a: permission denied; let the user who runs feeds read it"),
        ("MemoryError", "out of memory; a run with --jobs 1 needs the least"),
        (
            "ImportError('a.so: failed to map segment from shared object')",
            "out of memory; a run with --jobs 1 needs the least",
        ),
        ("FileNotFoundError(2, 'No such file or directory')", "this folder exists no more; change to another one"),
    ],
)
def test_what_the_machine_refuses_is_no_mistake_of_the_program(tmp_path: Path, error: str, message: str) -> None:
    done = run_script(REFUSED.format(error), tmp_path)
    assert (done.returncode, done.stderr) == (3, f"feeds: {message}\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("full", [("stdout",), ("stderr",), ("stdout", "stderr")], ids="+".join)
def test_a_full_disk_behind_an_output_ends_the_program_without_a_traceback(config: Config, full: tuple[str]) -> None:
    Path(config.source, "none.md").write_text("none", encoding="utf-8")
    with Path("/dev/full").open("wb") as device:
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | dict.fromkeys(full, device)
        command = [sys.executable, "-m", "feeds", "validate", str(config.source)]
        done = subprocess.run(command, check=False, cwd=config.source, text=True, **streams)
    assert done.returncode == 3
    assert "stderr" in full or done.stderr == f"feeds: the output cannot be written: {FULL}\n"


def test_the_traceback_of_a_refusal_shows_what_caused_it(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").mkdir()
    done = run_feeds("validate", cwd=tmp_path, FEEDS_DEBUG="1")
    assert done.returncode == 3
    assert b"IsADirectoryError" in done.stderr
    assert b"Traceback" not in run_feeds("validate", cwd=tmp_path).stderr


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.symlink_to(path.name),
        lambda path: path.symlink_to("nowhere"),
        lambda path: path.write_bytes(b""),
    ],
    ids=["circle of links", "dangling link", "file"],
)
def test_an_output_that_is_no_folder_is_told(config: Config, make: Callable[[Path], object]) -> None:
    assert isinstance(config.output, Path)
    make(config.output)
    with pytest.raises(CouldNotRunError, match="public: cannot be written: it is no folder; move it away, or name an"):
        feeds.build(config, NOW)


def test_a_stage_that_is_no_folder_is_told(config: Config) -> None:
    (Path(config.output) / ".feeds-staged").parent.mkdir()
    (Path(config.output) / ".feeds-staged").touch()
    with pytest.raises(CouldNotRunError, match=r"public/\.feeds-staged: cannot be written: it is no folder; move it"):
        feeds.build(config, NOW)


@pytest.mark.parametrize(
    ("name", "words", "status"),
    [
        ("pyproject.toml", ("validate", "seeds"), 3),
        ("feeds.ids", ("build", "seeds", "--output", "public"), 3),
        ("own.json", ("validate", "seeds", "--schema", "own.json"), 3),
        ("seeds/pipe.md", ("validate", "seeds"), 1),
        ("public/manifest.json", ("build", "seeds", "--output", "public"), 0),
        ("x.rss", ("lint", "x.rss"), 3),
        ("_config.yml", ("init", "."), 0),
    ],
)
def test_nothing_waits_for_the_writer_of_a_pipe(name: str, words: tuple[str, ...], status: int, config: Config) -> None:
    folder = Path(config.source).parent
    (folder / name).parent.mkdir(exist_ok=True)
    if name != "pyproject.toml":
        (folder / "feeds.toml").write_text("")
    os.mkfifo(folder / name)
    assert run_feeds(*words, cwd=folder).returncode == status


@pytest.mark.parametrize(
    "words", [("convert", "seeds", "--to", "rss", "-o", "seeds/0.md"), ("build", "seeds", "--report", "seeds/0.md")]
)
def test_no_record_is_overwritten(config: Config, words: tuple[str, ...]) -> None:
    before = tree(config.source)
    done = run_feeds(*words, cwd=config.source.parent)
    assert (done.returncode, tree(config.source)) == (3, before)
    assert b"seeds/0.md: in seeds it would be taken for a record; name a file elsewhere" in done.stderr


@pytest.mark.parametrize("name", ["feeds.toml", "own.json", "feeds.ids", "public/all.rss", "public/manifest.json"])
@pytest.mark.parametrize("words", ["build --report", "health -o", "convert seeds -o"])
def test_no_file_that_a_build_reads_or_keeps_is_overwritten(config: Config, words: str, name: str) -> None:
    folder = Path(config.source).parent
    (folder / "feeds.toml").write_text('schema = "own.json"\n')
    (folder / "own.json").write_text('{"title": "A"}')
    (folder / "feeds.ids").touch()
    assert run_feeds("build", cwd=folder).returncode == 0
    before = tree(folder)
    to = ["--to", "json" if name.endswith("json") else "rss"] if "convert" in words else []
    done = run_feeds(*words.split(), name, *to, cwd=folder)
    assert (done.returncode, tree(folder)) == (3, before)
    assert f"{name}: not overwritten, as it is ".encode() in done.stderr


def test_a_feed_that_is_converted_is_not_written_over_the_configuration(config: Config) -> None:
    folder = Path(config.source).parent
    (folder / "feeds.toml").write_text("")
    (folder / "a.csv").write_text("title,webUrl\nA,https://a.example/a\n")
    done = run_feeds("convert", "a.csv", "--to", "rss", "-o", "feeds.toml", cwd=folder)
    assert (done.returncode, (folder / "feeds.toml").read_bytes()) == (3, b"")
    assert b"feeds.toml: not overwritten, as it is the configuration; name another file" in done.stderr


def test_a_device_is_written_to_and_stays_one(tmp_path: Path) -> None:
    replace_file(Path("/dev/null"), [b"page"])
    assert Path("/dev/null").is_char_device()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CouldNotRunError, match=r"pipe: .+; nothing reads what is written there; name a file"):
        replace_file(tmp_path / "pipe", [b"page"])
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    replace_file(tmp_path / "pipe", [b"page"])
    assert os.read(reader, 9) == b"page"
    assert (tmp_path / "pipe").is_fifo()


def test_a_file_below_what_is_no_folder_names_that(tmp_path: Path) -> None:
    (tmp_path / "reports").write_bytes(b"")
    with pytest.raises(CouldNotRunError, match="reports: cannot be written: it is no folder; move it away, or name an"):
        replace_file(tmp_path / "reports" / "health.html", [b"page"])
