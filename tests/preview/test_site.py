"""Ask a preview, as an application, for what it serves and for what it must not."""

from __future__ import annotations

import asyncio
import gzip
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from starlette.types import ASGIApp

from feeds.formats import FORMATS
from feeds.preview.host import host_filter
from feeds.preview.reloading import Reloading
from feeds.preview.site import site

FEED = b"<rss>" + b"the same again " * 100 + b"</rss>"
PAGE = b"<!doctype html><title>Feeds</title><body><p>Feeds</p></body>"
TOPICS = ("topics/sea & ships.rss", "topics/été.rss")
SECRET = b"nobody shall read this"
EVERYWHERE = "0.0.0.0"  # noqa: S104 - it is what is tested
CACHE_CONTROL = "public, max-age=300"
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
    return output


def site_of(folder: Path, reloading: Reloading | None = None, host: str = "127.0.0.1") -> ASGIApp:
    def report(error: Exception) -> None:
        raise error

    return site(folder, CACHE_CONTROL, host_filter(host, host), report, reloading)


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
    assert host_filter("preview.test", "127.0.0.1")("preview.test:8000")
    assert not host_filter("preview.test", "127.0.0.1")("other.test:8000")


def test_pages_reload_themselves_and_nothing_else_does(folder: Path) -> None:
    ask = asking(site_of(folder, Reloading("a")))
    assert b"new EventSource" in ask("/").content
    assert b"new EventSource" in ask("/none.html").content
    assert ask("/all.rss").content == FEED
    assert asking(site_of(folder))("/").content == PAGE
    assert asking(site_of(folder))("/.feeds/reload").status_code == 404
