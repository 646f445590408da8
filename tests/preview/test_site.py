"""Ask a preview, as an application and as a process, for what it serves and for what it must not."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from starlette.types import ASGIApp
from support import REPOSITORY, SEEDS, run_feeds, tree

from feeds.formats import FORMATS
from feeds.installation import install_command
from feeds.preview.host import host_guard
from feeds.preview.reloading import Reloading, relaxed_policy, with_reloading
from feeds.preview.site import site
from feeds.preview.watching import Watched, changes
from feeds.sources.exclusion import Exclusion

FEED = b"<rss>" + b"the same again " * 100 + b"</rss>"
PAGE = b"<!doctype html><title>Feeds</title><body><p>Feeds</p></body>"
TOPICS = ("topics/sea & ships.rss", "topics/été.rss")
SECRET = b"nobody shall read this"
BENCHMARK = REPOSITORY / "tests" / "benchmarks" / "serving.py"
MODIFIED = 1_714_552_200
EVERYWHERE = "0.0.0.0"  # noqa: S104 - it is what is tested
CACHE_CONTROL = "public, max-age=300"
RECORD = """\
---
title: "{title}"
publishedDateTime: 2024-05-01T08:30:00Z
webUrl: https://example.org/ferry
---
"""

Ask = Callable[..., "Answer"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an output beside a secret, with everything in it that is not to be served."""
    output = tmp_path / "public"
    (output / "topics").mkdir(parents=True)
    (output / "pages").mkdir()
    (output / ".feeds-staged").mkdir()
    (tmp_path / "secret.txt").write_bytes(SECRET)
    for name in (".feeds-lock", ".feeds-staged/all.rss", "topics/.hidden.rss"):
        (output / name).write_bytes(SECRET)
    for name in ("all.rss", "all.atom", "all.json", "all.csv", "feeds.opml", *TOPICS):
        (output / name).write_bytes(FEED)
    for name in ("index.html", "pages/index.html"):
        (output / name).write_bytes(PAGE)
    for name in ("manifest.json", "style.css", "chart.svg", "robots.txt", "data.bin", "empty.txt"):
        (output / name).write_bytes(b"" if name == "empty.txt" else b"{}")
    (output / "out").symlink_to(tmp_path)
    (output / "out.txt").symlink_to(tmp_path / "secret.txt")
    (output / "lock.txt").symlink_to(".feeds-lock")
    (output / "latest.rss").symlink_to("all.rss")
    (output / "nothing.rss").symlink_to("nowhere")
    (output / "loop.rss").symlink_to("loop.rss")
    os.mkfifo(output / "pipe.rss")
    for path in tree(output):
        if not (output / path).is_symlink():
            os.utime(output / path, (MODIFIED, MODIFIED))
    return output


def site_of(folder: Path, reloading: Reloading | None = None, host: str = "127.0.0.1") -> ASGIApp:
    def report(error: Exception) -> None:
        raise error

    return site(folder, CACHE_CONTROL, host_guard(host, host), report, reloading)


@dataclass(frozen=True)
class Answer:
    """Hold an answer, its content as it was sent."""

    status_code: int
    headers: httpx.Headers
    content: bytes


def asking(site: ASGIApp) -> Ask:
    """Return what asks an application; a request says nothing but what it is told to."""

    def ask(path: str, method: str = "GET", host: str = "localhost:8000", **fields: str) -> Answer:
        async def asked() -> Answer:
            headers = {name.replace("_", "-"): value for name, value in fields.items()}
            request = httpx.Request(method, f"http://{host}{path}", headers=headers)
            async with httpx.ASGITransport(site) as transport:
                answer = await transport.handle_async_request(request)
                assert isinstance(answer.stream, httpx.AsyncByteStream)
                content = b"".join([piece async for piece in answer.stream])
            return Answer(answer.status_code, answer.headers, content)

        return asyncio.run(asked())

    return ask


@pytest.fixture
def ask(folder: Path) -> Ask:
    return asking(site_of(folder))


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("all.rss", "application/rss+xml; charset=utf-8"),
        ("all.atom", "application/atom+xml; charset=utf-8"),
        ("all.json", "application/feed+json; charset=utf-8"),
        ("all.csv", "text/csv; charset=utf-8"),
        ("feeds.opml", "text/x-opml; charset=utf-8"),
        ("manifest.json", "application/json; charset=utf-8"),
        ("style.css", "text/css; charset=utf-8"),
        ("chart.svg", "image/svg+xml; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("data.bin", "application/octet-stream"),
        ("latest.rss", "application/rss+xml; charset=utf-8"),
        ("topics/%C3%A9t%C3%A9.rss", "application/rss+xml; charset=utf-8"),
        ("topics/sea%20&%20ships.rss", "application/rss+xml; charset=utf-8"),
        ("", "text/html; charset=utf-8"),
        ("pages/", "text/html; charset=utf-8"),
    ],
)
def test_a_file_has_its_media_type(name: str, content_type: str, ask: Ask) -> None:
    answer = ask(f"/{name}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, content_type)
    assert answer.headers["Content-Length"] == str(len(answer.content))


def test_every_format_is_served_as_what_it_is(ask: Ask) -> None:
    served = {name: ask(f"/all.{one.suffix}").headers["Content-Type"] for name, one in FORMATS.items()}
    assert served == {name: f"{one.media_type}; charset=utf-8" for name, one in FORMATS.items()}


@pytest.mark.parametrize(
    "path",
    [
        "/none.rss",
        "/topics/",
        "/topics",
        "/topics/none/",
        "/all.rss/",
        "/.feeds-lock",
        "/.feeds-staged/all.rss",
        "/topics/.hidden.rss",
        "/%2efeeds-lock",
        "/out/secret.txt",
        "/out.txt",
        "/lock.txt",
        "/nothing.rss",
        "/loop.rss",
        "/pipe.rss",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%252e%252e/secret.txt",
        "/..%5csecret.txt",
        "/all.rss%00",
        "/all.rss%00.html",
        "/%ff.rss",
        "/topics/../all.rss%2f",
        f"/{'a' * 300}.rss",
        f"/{'a/' * 3000}",
    ],
)
def test_nothing_else_is_found(path: str, ask: Ask) -> None:
    answer = ask(path)
    assert answer.status_code == 404
    assert SECRET not in answer.content
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_folder_with_an_index_has_a_slash_at_its_end(ask: Ask) -> None:
    answer = ask("/pages")
    assert (answer.status_code, answer.headers["Location"]) == (307, "http://localhost:8000/pages/")


def test_a_conditional_request_for_what_is_there_is_answered_with_304(ask: Ask) -> None:
    whole = ask("/all.rss")
    answer = ask("/all.rss", If_None_Match=whole.headers["ETag"])
    assert (answer.status_code, answer.content) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin"):
        assert answer.headers[name] == whole.headers[name]
    assert not {"content-type", "content-length", "content-encoding"} & set(answer.headers)


@pytest.mark.parametrize(
    ("none_match", "since", "status"),
    [
        ("TAG", None, 304),
        ("W/TAG", None, 304),
        ('"other", TAG', None, 304),
        ('"a,b",W/"c",  W/TAG', None, 304),
        ("*", None, 304),
        ('"other"', None, 200),
        ('"*"', None, 200),
        ("", None, 200),
        ('"other"', 0, 200),
        ("TAG", -3600, 304),
        (None, 0, 304),
        (None, 3600, 304),
        (None, -1, 200),
    ],
)
def test_tags_decide_and_times_only_without_them(
    none_match: str | None, since: int | None, status: int, ask: Ask
) -> None:
    etag = ask("/all.rss").headers["ETag"]
    fields = {} if none_match is None else {"If_None_Match": none_match.replace("TAG", etag)}
    if since is not None:
        fields["If_Modified_Since"] = formatdate(MODIFIED + since, usegmt=True)
    assert ask("/all.rss", **fields).status_code == status
    assert ask("/all.rss", "HEAD", **fields).status_code == status


def test_last_modified_is_the_time_of_the_file(ask: Ask) -> None:
    assert ask("/all.rss").headers["Last-Modified"] == "Wed, 01 May 2024 08:30:00 GMT"


def test_head_says_what_get_says_without_the_body(ask: Ask) -> None:
    got, told = ask("/all.rss"), ask("/all.rss", "HEAD")
    assert (told.status_code, told.content) == (200, b"")
    assert told.headers.items() <= got.headers.items()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_not_allowed(method: str, ask: Ask) -> None:
    answer = ask("/all.rss", method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_feeds_can_be_read_from_pages_elsewhere(ask: Ask) -> None:
    assert ask("/all.json").headers["Access-Control-Allow-Origin"] == "*"
    answer = ask("/all.json", "OPTIONS", Origin="https://example.org", Access_Control_Request_Method="GET")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]


def test_pages_and_the_manifest_cannot_be_read_from_elsewhere(ask: Ask) -> None:
    for path in ("/", "/manifest.json"):
        assert "Access-Control-Allow-Origin" not in ask(path).headers
        options = ask(path, "OPTIONS")
        assert (options.status_code, options.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")
        assert "Access-Control-Allow-Origin" not in options.headers
    assert ask("/none.rss", "OPTIONS").status_code == 404


@pytest.mark.parametrize("path", ["/all.rss", "/", "/chart.svg", "/none.rss"])
def test_browsers_guess_no_types_and_show_nothing_in_frames(path: str, ask: Ask) -> None:
    headers = ask(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"]


def test_markup_in_a_feed_runs_no_script(ask: Ask) -> None:
    for path in ("/all.rss", "/chart.svg"):
        assert ask(path).headers["Content-Security-Policy"].startswith("default-src 'none'; ")


def test_feeds_are_kept_for_minutes_and_pages_asked_for_anew(ask: Ask) -> None:
    assert ask("/all.rss").headers["Cache-Control"] == CACHE_CONTROL
    assert ask("/").headers["Cache-Control"] == "no-cache"


def test_the_tag_is_strong_and_changes_with_the_file(folder: Path, ask: Ask) -> None:
    etag = ask("/all.rss").headers["ETag"]
    assert etag.startswith('"')
    (folder / "all.rss").write_bytes(FEED[:-1])
    assert ask("/all.rss").headers["ETag"] != etag
    (folder / "all.rss").unlink()
    assert ask("/all.rss").status_code == 404


def test_a_feed_is_compressed_where_the_client_takes_it(ask: Ask) -> None:
    sent = ask("/all.rss", Accept_Encoding="gzip")
    assert (sent.headers["Content-Encoding"], sent.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(sent.content) == FEED
    assert "Content-Encoding" not in ask("/all.rss", Accept_Encoding="identity").headers


def test_a_file_that_becomes_a_link_out_is_served_no_longer(folder: Path, ask: Ask) -> None:
    assert ask("/all.rss").status_code == 200
    (folder / "all.rss").unlink()
    (folder / "all.rss").symlink_to(folder.parent / "secret.txt")
    assert ask("/all.rss").status_code == 404


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8000", 200),
        ("LOCALHOST.", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("news.localhost", 200),
        ("example.org", 421),
        ("127.0.0.1.example.org", 421),
        ("localhost.example.org", 421),
        ("localhost, example.org", 421),
        ("", 400),
    ],
)
def test_a_name_that_is_not_of_this_machine_is_refused(host: str, status: int, folder: Path) -> None:
    assert asking(site_of(folder))("/all.rss", Host=host).status_code == status


def test_a_server_for_the_network_has_any_name(folder: Path) -> None:
    assert asking(site_of(folder, host=EVERYWHERE))("/all.rss", host="news.example.org").status_code == 200


def test_a_name_that_was_given_is_one() -> None:
    assert host_guard("preview.test", "127.0.0.1")("preview.test:8000")
    assert not host_guard("preview.test", "127.0.0.1")("other.test:8000")


def test_pages_reload_themselves_and_nothing_else_does(folder: Path) -> None:
    ask = asking(site_of(folder, Reloading("a")))
    assert b"new EventSource" in ask("/").content
    assert b"new EventSource" in ask("/none.html").content
    assert ask("/all.rss").content == FEED
    assert asking(site_of(folder))("/").content == PAGE
    assert asking(site_of(folder))("/.feeds/reload").status_code == 404


def script_hash(page: bytes) -> str:
    found = re.search(rb"<script>(.*?)</script>", page, re.DOTALL)
    assert found
    return b64encode(hashlib.sha256(found[1]).digest()).decode()


@pytest.mark.parametrize(
    ("policy", "relaxed"),
    [
        ("default-src 'none'", "default-src 'none'; script-src HASH; connect-src 'self'"),
        (
            "default-src 'none'; script-src 'sha256-abc='; connect-src 'none'",
            "default-src 'none'; script-src 'sha256-abc=' HASH; connect-src 'self'",
        ),
        (
            "Default-Src 'self' https:; style-src *;",
            "default-src 'self' https:; style-src *; script-src 'self' https: HASH; connect-src 'self' https: 'self'",
        ),
        ("script-src-elem 'none'; script-src *", "script-src-elem HASH; script-src *"),
        ("script-src 'unsafe-inline'", "script-src 'unsafe-inline'"),
        ("script-src 'unsafe-inline' 'nonce-a'", "script-src 'unsafe-inline' 'nonce-a' HASH"),
        ("style-src 'self'", "style-src 'self'"),
        ("", ""),
    ],
)
def test_a_policy_lets_pages_reload_themselves_and_nothing_more(policy: str, relaxed: str) -> None:
    ours = f"'sha256-{script_hash(with_reloading(PAGE))}'"
    assert relaxed_policy(policy) == relaxed.replace("HASH", ours)


@pytest.mark.parametrize(
    "meta",
    [
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">',
        "<META content='default-src &#39;none&#39;' HTTP-EQUIV=content-security-policy />",
        '<meta\n http-equiv="Content-Security-Policy"\n content="default-src &#x27;none&#x27;">',
    ],
)
def test_the_policy_in_a_page_is_found_however_it_is_written(meta: str) -> None:
    page = with_reloading(f'<meta charset="utf-8">{meta}<body>'.encode()).decode()
    ours = script_hash(page.encode())
    policy = f"default-src &#x27;none&#x27;; script-src &#x27;sha256-{ours}&#x27;; connect-src &#x27;self&#x27;"
    start = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}"><body><script>'
    assert page.startswith(start)


def test_open_pages_are_told_of_each_change_until_the_end() -> None:
    async def told() -> list[bytes]:
        reloading = Reloading("a")
        events = reloading.events()
        first = await anext(events)
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        reloading.announce()
        second = await waiting
        reloading.end()
        return [first, second, *[event async for event in events]]

    assert asyncio.run(told()) == [b"retry: 500\ndata: a-0\n\n", b"retry: 500\ndata: a-1\n\n"]


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


def wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15
    while not is_so():
        assert time.monotonic() < deadline, "waited 15 seconds in vain"
        time.sleep(0.05)


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


def test_an_open_page_does_not_delay_the_end(folder: Path) -> None:
    before = tree(folder.parent)
    with (
        running(folder.parent, "public") as preview,
        httpx.stream("GET", f"{preview.address}.feeds/reload", timeout=20) as answer,
    ):
        events = (line for line in answer.iter_lines() if line.startswith("data: "))
        first = next(events)
        (folder / "all.rss").write_bytes(FEED[:-1])
        assert next(events) != first
        (folder / "all.rss").write_bytes(FEED)
        started = time.monotonic()
        status, said = preview.end()
        assert time.monotonic() - started < 4
    assert (status, said) == (0, "")
    assert tree(folder.parent) == before


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
    """Run a preview of an output that lies beside a secret, and holds others."""
    place = tmp_path_factory.mktemp("served")
    output = place / "public"
    (output / "topics").mkdir(parents=True)
    for path in (place / "secret", output / ".secret", output / "topics" / ".secret"):
        path.write_bytes(SECRET)
    (output / "all.rss").write_bytes(FEED)
    (output / "topics" / "a.rss").write_bytes(FEED)
    (output / "up").symlink_to(place)
    os.mkfifo(output / "pipe")
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


def test_changes_are_seen_wherever_they_are_made(tmp_path: Path) -> None:
    source, output, single = tmp_path / "news", tmp_path / "news" / "public", tmp_path / "feeds.toml"
    linked, drafts = tmp_path / "elsewhere", source / "drafts"
    for folder in (output, linked, drafts):
        folder.mkdir(parents=True)
    excluded = Exclusion(source, ("drafts/",))
    stop, seen = Event(), []

    def look() -> None:
        for _ in changes(Watched(source, (single,), (output,), (linked,), excluded), stop):
            seen.append(len(seen))

    watcher = Thread(target=look)
    watcher.start()
    wait_for(lambda: seen == [0])
    for path in (output / "all.rss", source / ".swap", drafts / "b.md"):
        path.write_bytes(b"")
    time.sleep(0.7)
    assert seen == [0]
    for change in (
        lambda: (source / "a.md").write_bytes(b""),
        lambda: (linked / "c.md").write_bytes(b""),
        lambda: single.write_bytes(b""),
        (source / "a.md").unlink,
        lambda: shutil.rmtree(source),
        source.mkdir,
    ):
        before = len(seen)
        change()
        wait_for(lambda: len(seen) > before)  # noqa: B023 - it is called at once
    stop.set()
    watcher.join(5)
    assert not watcher.is_alive()
