"""An address is asked as readers ask, and what the server answers is judged before the document."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest
from support import REPOSITORY

from feeds.lint.address import lint_address
from feeds.lint.serving import serving_problems
from feeds.sources.addresses import Response
from feeds.sources.probe import Probe

sys.path.insert(0, str(REPOSITORY / "tests" / "sources"))
from web_server import Answer, Handler, WebServer, serving, status

FEED = (REPOSITORY / "tests" / "lint" / "clean" / "all.atom").read_bytes()
RIGHT = {"Content_Type": "application/atom+xml; charset=utf-8", "ETag": '"1"', "Cache_Control": "max-age=300"}
SMALL = re.sub(rb' xmlns:media="[^"]*"', b"", FEED[: FEED.index(b"<entry")] + b"</feed>")


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving() as running:
        yield running


def rules(server: WebServer, path: str = "/feed") -> set[str]:
    return {problem.rule for problem in lint_address(server.url + path)}


def right(handler: Handler) -> None:
    is_known = handler.headers.get("If-None-Match") == '"1"'
    status(304 if is_known else 200, b"" if is_known else SMALL, **RIGHT)(handler)


def test_a_feed_that_is_served_right_gives_nothing(server: WebServer) -> None:
    server.answers["/feed"] = right
    assert rules(server) == set()


@pytest.mark.parametrize(
    ("rule", "content", "headers"),
    [
        ("served-type", SMALL, {"Content_Type": "text/html; charset=utf-8"}),
        ("served-type", SMALL, {"Content_Type": ""}),
        ("served-charset", SMALL, {"Content_Type": "application/atom+xml; charset=iso-8859-1"}),
        ("served-encoding", SMALL, {"Content_Encoding": "gzip"}),
        ("served-encoding", SMALL, {"Content_Encoding": "deflate"}),
        ("not-compressed", FEED, {}),
        ("cache-control", SMALL, {"Cache_Control": "no-store"}),
        ("cache-control", SMALL, {"Cache_Control": ""}),
        ("no-validator", SMALL, {"ETag": ""}),
    ],
)
def test_a_header_that_is_wrong_is_told(server: WebServer, rule: str, content: bytes, headers: dict[str, str]) -> None:
    sent = {name: value for name, value in (RIGHT | headers).items() if value}

    def answer(handler: Handler) -> None:
        is_known = handler.headers.get("If-None-Match") == '"1"'
        status(304 if is_known else 200, b"" if is_known else content, **sent)(handler)

    server.answers["/feed"] = answer
    assert rules(server) == {rule}


def test_a_server_that_sends_everything_again_is_told(server: WebServer) -> None:
    server.answers["/feed"] = status(200, SMALL, **RIGHT)
    assert rules(server) == {"no-304"}


def test_a_redirect_is_told(server: WebServer) -> None:
    server.answers |= {"/feed": right, "/old": status(301, Location="/feed")}
    assert rules(server, "/old") == {"redirected-feed"}


def test_an_error_is_told_once(server: WebServer) -> None:
    assert rules(server, "/none") == {"http-status"}


@pytest.mark.parametrize("wall", [status(403), status(200, b"<!doctype html><title>Are you human?</title>")])
def test_a_wall_that_stops_readers_is_told(server: WebServer, wall: Answer) -> None:
    server.answers["/feed"] = lambda handler: (wall if "Feedly" in handler.headers["User-Agent"] else right)(handler)
    assert rules(server) == {"bot-wall"}


@pytest.mark.parametrize(
    ("address", "is_told"),
    [
        ("https://example.org/all.atom", False),
        ("https://EXAMPLE.org:443/all.atom", False),
        ("https://example.org/feed", True),
        ("http://localhost:8000/all.atom", False),  # where it is tried out
    ],
)
def test_a_feed_that_names_another_address_is_told(address: str, *, is_told: bool) -> None:
    headers = {name.replace("_", "-").lower(): value for name, value in RIGHT.items()}
    response = Response(address, 200, headers, SMALL)
    probe = Probe(response, None, response)
    found = {issue.rule for issue in serving_problems(probe, "atom", "https://example.org/all.atom")}
    assert ("self-elsewhere" in found) is is_told
