"""Fetch from a server on this machine: conditions, redirects, bounds, and where nobody is led from elsewhere."""

from __future__ import annotations

import gzip
import socket
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from web_server import Handler, WebServer, serving, status

from feeds.diagnostics.problem import CouldNotRunError
from feeds.sources.addresses import USER_AGENT, Limits, Redirect, fetch, request
from feeds.sources.visit import shown_url
from feeds.urls import is_web_address

FEED = b"<rss/>"


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving({"/feed": status(200, FEED, ETag='"one"', Last_Modified="Mon, 01 Jan 2024 00:00:00 GMT")}) as running:
        yield running


def test_a_document_comes_with_what_to_ask_the_next_time(server: WebServer) -> None:
    response = fetch(f"{server.url}/feed")
    assert (response.content, response.etag, response.last_modified, response.is_modified) == (
        FEED,
        '"one"',
        "Mon, 01 Jan 2024 00:00:00 GMT",
        True,
    )


def test_a_request_says_who_asks(server: WebServer) -> None:
    fetch(f"{server.url}/feed")
    assert server.asked[0][1]["user-agent"] == USER_AGENT
    assert USER_AGENT.startswith("feeds/0.1")
    assert "(+https://" in USER_AGENT


def test_conditions_are_sent_and_what_is_not_modified_is_empty(server: WebServer) -> None:
    server.answers["/feed"] = status(304, ETag='"one"', Content_Encoding="gzip")  # as some servers send it
    response = fetch(f"{server.url}/feed", etag='"one"', last_modified="Mon, 01 Jan 2024 00:00:00 GMT")
    headers = server.asked[0][1]
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"one"', "Mon, 01 Jan 2024 00:00:00 GMT")
    assert (response.content, response.is_modified) == (b"", False)


def test_redirects_are_followed_and_told(server: WebServer) -> None:
    server.answers["/old"] = status(301, Location="/newer")
    server.answers["/newer"] = status(302, Location=f"{server.url}/feed")
    response = fetch(f"{server.url}/old")
    assert response.content == FEED
    assert response.url == f"{server.url}/feed"
    assert response.redirects == (Redirect(301, f"{server.url}/newer"), Redirect(302, f"{server.url}/feed"))


@pytest.mark.parametrize("code", [303, 307, 308])
def test_every_kind_of_redirect_is_followed(server: WebServer, code: int) -> None:
    server.answers["/old"] = status(code, Location="/feed")
    assert fetch(f"{server.url}/old").content == FEED


def test_redirects_in_a_circle_end(server: WebServer) -> None:
    server.answers["/a"] = status(302, Location="/a")
    with pytest.raises(CouldNotRunError, match="redirected more than 5 times"):
        fetch(f"{server.url}/a")
    assert len(server.asked) == 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/x", "gopher://h/", "http://[x", "data:,x"])
def test_redirects_lead_to_no_other_scheme(server: WebServer, target: str) -> None:
    server.answers["/a"] = status(302, Location=target)
    with pytest.raises(CouldNotRunError, match=r"only http and https|no valid address|cannot be fetched"):
        fetch(f"{server.url}/a")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "printer.local"])
def test_what_documents_from_elsewhere_name_is_not_fetched_from_here(host: str) -> None:
    with pytest.raises(CouldNotRunError, match="this machine or its network"):
        fetch(f"http://{host}:1/feed", named_by="https://example.org/feed")


def test_a_name_that_leads_here_is_found_out_before_anything_is_sent(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = socket.getaddrinfo

    def lookup(host: str, *rest: Any, **options: Any) -> Any:
        return known("127.0.0.1" if host == "harmless.example.org" else host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with pytest.raises(CouldNotRunError, match="this machine or its network"):
        fetch(f"http://harmless.example.org:{server.port}/feed", named_by="https://example.org/feed")
    assert server.asked == []
    assert fetch(f"http://harmless.example.org:{server.port}/feed").content == FEED  # as its user asks


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (401, "name and a password"),
        (403, "lets no programs in"),
        (404, "check the address"),
        (410, "gone for good"),
        (418, "check the address"),
        (429, "try again later (Retry-After: 120)"),
        (503, "try again later (Retry-After: 120)"),
    ],
)
def test_errors_say_the_status_and_what_to_do(server: WebServer, code: int, advice: str) -> None:
    server.answers["/feed"] = status(code, b"sorry", Retry_After="120")
    with pytest.raises(CouldNotRunError) as refused:
        fetch(f"{server.url}/feed")
    assert f"{server.url}/feed: the server answers {code}; " in str(refused.value)
    assert advice in str(refused.value)


def test_whoever_wants_to_see_errors_can(server: WebServer) -> None:
    assert request(f"{server.url}/none").status == 404


def test_what_is_packed_is_unpacked(server: WebServer) -> None:
    server.answers["/feed"] = status(200, gzip.compress(FEED), Content_Encoding="gzip")
    assert fetch(f"{server.url}/feed").content == FEED


@pytest.mark.parametrize("padding", [b"", b"\0", b"\0\0\0"])
def test_a_document_in_several_members_of_gzip_is_unpacked_to_its_end(server: WebServer, padding: bytes) -> None:
    members = gzip.compress(FEED[:9]) + gzip.compress(b"") + gzip.compress(FEED[9:])
    server.answers["/feed"] = status(200, members + padding, Content_Encoding="gzip")
    assert fetch(f"{server.url}/feed").content == FEED


def test_what_only_says_that_it_is_packed_comes_as_it_is(server: WebServer) -> None:
    server.answers["/feed"] = status(200, FEED, Content_Encoding="gzip")
    assert fetch(f"{server.url}/feed").content == FEED


def test_what_is_damaged_says_so(server: WebServer) -> None:
    server.answers["/feed"] = status(200, gzip.compress(FEED * 99)[:-12], Content_Encoding="gzip")
    with pytest.raises(CouldNotRunError, match="cannot be unpacked: it ends too early"):
        fetch(f"{server.url}/feed")


@pytest.mark.parametrize("packed", [False, True])
def test_no_more_is_read_than_the_bound(server: WebServer, *, packed: bool) -> None:
    content = b" " * 300_000
    headers = {"Content_Encoding": "gzip"} if packed else {}
    server.answers["/feed"] = status(200, gzip.compress(content) if packed else content, **headers)
    with pytest.raises(CouldNotRunError, match="too large"):
        fetch(f"{server.url}/feed", limits=Limits(max_bytes=100_000))


def forever(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        try:
            handler.wfile.write(b"x")
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.05)


def silent(_: Handler) -> None:
    time.sleep(3)


@pytest.mark.parametrize("answer", [forever, silent])
def test_a_server_that_never_ends_is_left(server: WebServer, answer: Any) -> None:
    server.answers["/feed"] = answer
    start = time.monotonic()
    with pytest.raises(CouldNotRunError, match=r"needs more than 0\.3 seconds"):
        fetch(f"{server.url}/feed", limits=Limits(total=0.3))
    assert time.monotonic() - start < 2


def test_a_server_that_says_nothing_is_left_sooner(server: WebServer) -> None:
    server.answers["/feed"] = silent
    with pytest.raises(CouldNotRunError, match=r"/feed: the server has sent nothing for 0\.3 seconds; try again later"):
        fetch(f"{server.url}/feed", limits=Limits(silence=0.3))


def test_what_nobody_listens_at_is_told() -> None:
    with pytest.raises(CouldNotRunError, match="cannot be fetched"):
        fetch("http://127.0.0.1:9/")


@pytest.mark.parametrize("host", ["a..example", f"{'a' * 300}.example", "xn--zzzzzzzzzzzzzzzz", "[::1", "a:99999", ""])
def test_a_host_that_cannot_be_one_is_told(host: str) -> None:
    with pytest.raises(CouldNotRunError, match=r"this is no valid address; check its host|cannot be fetched"):
        fetch(f"http://{host}/")


@pytest.mark.parametrize(
    ("name", "value"), [("ALL_PROXY", "ftp://x"), ("NO_PROXY", "[::"), ("SSL_CERT_FILE", "/nowhere")]
)
def test_settings_that_cannot_be_used_are_told(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(CouldNotRunError, match=f"settings of this machine for the web cannot be used: .*{name}"):
        fetch("http://127.0.0.1:9/")


@pytest.mark.parametrize("tag", ['"ü"', '"é\xff"', '"x' + "y" * 9000])
def test_a_tag_is_sent_back_whatever_it_says(server: WebServer, tag: str) -> None:
    server.answers["/feed"] = status(200, FEED, ETag=tag)
    response = fetch(f"{server.url}/feed")
    assert fetch(f"{server.url}/feed", etag=response.etag).content == FEED
    assert server.asked[1][1]["if-none-match"]


@pytest.mark.parametrize("user", ["me:s3cret", "me:s3cret/1", "me:s3cret#1", "me:s3c?ret", "s3cret", "me:12s3cret/"])
@pytest.mark.parametrize("host", ["a.example/x@y", "[::1", "a.example:1"])
def test_the_user_of_an_address_is_not_shown(user: str, host: str) -> None:
    assert shown_url(f"https://{user}@{host}") == f"https://{host}"


@pytest.mark.parametrize(
    "url", ["https://a.example:80/@you", "https://a.example/a:b@c", "https://a.example?a:b@c", "//x"]
)
def test_an_address_without_a_user_is_shown_as_it_is(url: str) -> None:
    assert shown_url(url) == url


def test_passwords_are_not_shown(server: WebServer) -> None:
    with pytest.raises(CouldNotRunError) as refused:
        fetch(f"http://me:secret@127.0.0.1:{server.port}/none")
    assert "secret" not in str(refused.value)
    assert server.asked[0][1]["authorization"].startswith("Basic ")


def test_the_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(CouldNotRunError, match=r"pip install .*\[web\]"):
        fetch("https://example.org/feed")


def test_addresses_are_told_from_paths() -> None:
    assert [is_web_address(text) for text in ("https://a/b", "HTTP://a", "s3://a/b", "a/b.xml", "-")] == [
        True,
        True,
        False,
        False,
        False,
    ]
