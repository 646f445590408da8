"""Run previews in processes of their own: they build, serve what changes, and end when they are told to."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import REPOSITORY, SEEDS, run_feeds, tree, wait_for

from feeds.installation import install_command

FEED = b"<rss>" + b"the same again " * 100 + b"</rss>"
SECRET = b"nobody shall read this"
BENCHMARK = REPOSITORY / "tests" / "benchmarks" / "serving.py"
EVERYWHERE = "0.0.0.0"  # noqa: S104 - it is what is tested
RECORD = """\
---
title: "{title}"
publishedDateTime: 2024-05-01T08:30:00Z
webUrl: https://example.org/ferry
---
"""


@dataclass(frozen=True)
class Running:
    """Be a preview in a process of its own."""

    process: subprocess.Popen[str]
    address: str
    errors: Path

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rpartition(":")[2])

    def get(self, path: str) -> bytes:
        answer = httpx.get(f"{self.address}{path}", timeout=10)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content

    def said(self) -> str:
        return self.errors.read_text(encoding="utf-8")

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        self.process.send_signal(number)
        return self.process.wait(timeout=5), self.said()


@contextmanager
def running(cwd: Path, *words: str | Path) -> Iterator[Running]:
    """Run `feeds serve` at a free port, and wait until it says that it serves."""
    errors = cwd / ".errors"
    with errors.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "feeds", "serve", "--port", "0", *words],
            cwd=cwd,
            stdout=subprocess.PIPE,
            stderr=said,
            encoding="utf-8",
        )
    assert process.stdout
    try:
        lines = iter(process.stdout.readline, "")
        found = next((match for line in lines if (match := re.match(r"serving .+ at (http://\S+) ", line))), None)
        assert found, errors.read_text(encoding="utf-8")
        yield Running(process, found[1], errors)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def output_beside_secrets(place: Path) -> Path:
    """Return an output that lies beside a secret, and holds others."""
    output = place / "public"
    (output / "topics").mkdir(parents=True)
    for path in (place / "secret", output / ".secret", output / "topics" / ".secret"):
        path.write_bytes(SECRET)
    for name in ("all.rss", "topics/a.rss"):
        (output / name).write_bytes(FEED)
    (output / "up").symlink_to(place)
    os.mkfifo(output / "pipe")
    return output


@pytest.fixture
def records(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "ferry.md").write_text(RECORD.format(title="Ferry sails"), encoding="utf-8")
    return tmp_path


def test_a_preview_builds_serves_what_changes_and_survives_what_cannot_be_built(records: Path) -> None:
    record, schema = records / "seeds" / "ferry.md", records / "own.schema.json"
    schema.write_text('{"type": "object"}', encoding="utf-8")
    (records / "feeds.toml").write_text('schema = "own.schema.json"', encoding="utf-8")
    with running(records) as preview, httpx.Client() as client:
        assert f"{preview.address}all.rss".encode() in preview.get("all.rss")
        with client.stream("GET", f"{preview.address}.feeds/reload", timeout=20) as answer:
            events = (line for line in answer.iter_lines() if line.startswith("data: "))
            first = next(events)
            record.write_text(RECORD.format(title="Ferry stays"), encoding="utf-8")
            assert next(events) != first
        assert b"Ferry stays" in preview.get("all.rss")
        schema.write_text('{"type": "sauce"}', encoding="utf-8")
        wait_for(lambda: "sauce" in preview.said())
        assert b"Ferry stays" in preview.get("all.rss")
        (records / "feeds.toml").write_text('source = "news"', encoding="utf-8")
        wait_for(lambda: "news: there is no such file or folder" in preview.said())
        assert b"Ferry stays" in preview.get("all.rss")
        (records / "feeds.toml").write_text('title = "Harbour news"', encoding="utf-8")
        wait_for(lambda: b"Harbour news" in preview.get("all.rss"))
        shutil.rmtree(records / "seeds")
        wait_for(lambda: "seeds: there is no such file or folder" in preview.said())
        shutil.copytree(SEEDS, records / "seeds")
        wait_for(lambda: b"Ferry" not in preview.get("all.rss"))
        status, said = preview.end(signal.SIGINT)
    assert (status, "Traceback" in said) == (0, False)


def test_a_preview_shows_a_record_when_it_is_due(records: Path) -> None:
    due = datetime.now(UTC) + timedelta(seconds=6)
    later = RECORD.format(title="Ferry returns").replace("/ferry", "/return")
    later = later.replace("2024-05-01T08:30:00Z", due.strftime("%Y-%m-%dT%H:%M:%SZ"))
    (records / "seeds" / "return.md").write_text(later, encoding="utf-8")
    with running(records) as preview:
        assert b"Ferry returns" not in preview.get("all.rss")
        wait_for(lambda: b"Ferry returns" in preview.get("all.rss"))


def test_an_open_page_does_not_delay_the_end(tmp_path: Path) -> None:
    feed = output_beside_secrets(tmp_path) / "all.rss"
    before = tree(tmp_path)
    with (
        running(tmp_path, "public") as preview,
        httpx.stream("GET", f"{preview.address}.feeds/reload", timeout=20) as answer,
    ):
        events = (line for line in answer.iter_lines() if line.startswith("data: "))
        first = next(events)
        feed.write_bytes(FEED[:-1])
        assert next(events) != first
        feed.write_bytes(FEED)
        started = time.monotonic()
        status, said = preview.end()
        assert time.monotonic() - started < 4
    assert (status, said) == (0, "")
    assert tree(tmp_path) == before


def test_with_a_folder_nothing_is_built(records: Path) -> None:
    (records / "public").mkdir()
    with running(records, "public", "--no-watch", "--host", "localhost") as preview:
        assert httpx.get(preview.address).status_code == 404
        assert httpx.get(f"{preview.address}.feeds/reload").status_code == 404
        taken = run_feeds("serve", "public", "--host", "localhost", "--port", str(preview.port), cwd=records)
        assert (taken.returncode, taken.stdout) == (3, b"")
        message = f"feeds: port {preview.port} of localhost: Address already in use; end what listens there, or name "
        assert taken.stderr.decode().startswith(message)
    assert not tree(records / "public")


def test_whoever_lets_the_network_in_is_told(records: Path) -> None:
    with running(records, SEEDS, "--no-watch", "--host", EVERYWHERE) as preview:
        assert preview.address.startswith("http://127.0.0.1:")
        _, said = preview.end()
    assert said == "feeds: everyone in the network of 0.0.0.0 can read what is served\n"


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["absent"], 3, "absent: no such folder"),
        (["s3://bucket/public"], 3, "s3://bucket/public: only folders on this machine can be served"),
        ([], 3, "seeds: there is no such file or folder"),
        (["--host", "no such host"], 3, "no such host: no such host"),
        (["--config", "absent.toml"], 3, "absent.toml: the configuration cannot be read"),
        (["--port", "65536"], 2, "65535"),
        (["public", "--config", "feeds.toml"], 2, "--config"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, list) else None,
)
def test_what_cannot_be_served_is_a_message(words: list[str], status: int, message: str, tmp_path: Path) -> None:
    done = run_feeds("serve", *words, *(() if "--port" in words else ("--port", "0")), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (status, b"")
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("package", ["starlette", "uvicorn", "watchfiles"])
def test_a_missing_package_is_named(package: str, tmp_path: Path) -> None:
    script = f"import sys; sys.modules['{package}'] = None; from feeds.cli.main import main; main()"
    command = [sys.executable, "-c", script, "serve"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=60, check=False)
    message = f"feeds: a preview needs more packages: {install_command('serve')}\n"
    assert (done.returncode, done.stdout, done.stderr) == (3, "", message)


@pytest.mark.parametrize("words", [["build", str(SEEDS), "--no-cache"], ["--help"], ["validate", str(SEEDS)]])
def test_other_commands_load_nothing_for_a_preview(words: list[str], tmp_path: Path) -> None:
    script = "import sys; from feeds.cli.main import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", script, *words]
    loaded = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False).stderr.decode().split()
    assert "feeds.cli.main" in loaded
    assert not {"starlette", "uvicorn", "watchfiles", "asyncio", "feeds.preview"} & set(loaded)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    place = tmp_path_factory.mktemp("served")
    output_beside_secrets(place)
    with running(place, "public", "--no-watch") as preview:
        yield preview


def sent(server: Running, target: bytes) -> bytes:
    """Return what is answered to a request for just these bytes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        connection.sendall(b"GET %b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" % target)
        pieces = iter(lambda: connection.recv(65536), b"")
        try:
            return b"".join(pieces)
        except ConnectionResetError:  # what is no request line is not worth an answer
            return b""


PIECES = [b"..", b".", b"", b"%2e%2e", b"%2E.", b"%2f", b"%5c", b"\\", b"%00", b"%252e%252e", b"%c0%ae%c0%ae"]
NAMES = [b"secret", b".secret", b"up", b"topics", b"public", b"all.rss", b"pipe", b"etc", b"passwd", b"http:"]
PARTS = st.one_of(st.sampled_from(PIECES), st.sampled_from(NAMES), st.binary(max_size=4))
TARGETS = st.lists(PARTS, max_size=8).flatmap(
    lambda parts: st.sampled_from([b"/", b"", b"%2f", b"%5c", b"//"]).map(lambda separator: separator.join(parts))
)


@settings(max_examples=300)
@given(TARGETS)
@example(b"/../secret")
@example(b"/%2e%2e/secret")
@example(b"/up/secret")
@example(b"/.secret")
@example(b"/pipe")
@example(b"//etc/passwd")
@example(b"http://localhost/../secret")
@example(b"/" + b"../" * 20 + b"etc/passwd")
@example(b"/" + b"a" * 70_000)
@example(b"*")
def test_no_path_leads_out_of_the_folder(served: Running, target: bytes) -> None:
    answer = sent(served, b"/" + target)
    assert SECRET not in answer
    head, _, body = answer.partition(b"\r\n\r\n")
    status = head.split(b" ")[1] if head else b"400"
    assert status in {b"200", b"400", b"404"}, answer
    assert status != b"200" or body == FEED
    assert b"Internal" not in answer
    assert not served.said()


def test_a_path_as_it_should_be_leads_to_its_file(served: Running) -> None:
    for target in (b"/all.rss", b"/topics/a.rss", b"/topics/%61.rss", b"/all.rss?a=..%2f"):
        assert sent(served, target).endswith(b"\r\n\r\n" + FEED)


def test_the_benchmark_runs() -> None:
    for name in ("nginx", "wrk", "taskset"):
        if not shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin"):
            pytest.skip(f"the program {name} is missing")
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("a second processor is missing")
    command = [sys.executable, "-W", "error", BENCHMARK, "--seconds", "1", "--rounds", "1"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^feeds serve [\d,]+, nginx [\d,]+: 1 to [\d.]+$", done.stdout, re.MULTILINE)
