"""An import of the web follows a feed's history within bounds, and keeps images when asked to."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import REPOSITORY
from typer.testing import CliRunner, Result

from feeds.cli.app import app
from feeds.publish.importing import feed_history

sys.path.insert(0, str(REPOSITORY / "tests" / "sources"))
from web_server import Answer, Handler, WebServer, serving, status

DOT = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAYAAAC56t6BAAAAC0lEQVR4nGNgQAYAAA4AAamRc7EAAAAASUVORK5CYII=")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    monkeypatch.chdir(tmp_path)
    with serving() as running:
        yield running


def page(number: int, next_url: str = "", etag: str = "", **item: Any) -> Answer:
    entry = {"id": f"urn:p:{number}", "url": f"https://a.example/{number}", "title": f"P{number}", "content_text": "x"}
    entry |= {"date_published": f"2024-05-0{number}T08:30:00Z", **item}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "next_url": next_url, "items": [entry]}
    headers = {"ETag": etag} if etag else {}
    return status(200, json.dumps(feed).encode(), Content_Type="application/feed+json", **headers)


def import_(server: WebServer, *options: str) -> Result:
    return CliRunner().invoke(app, ["import", f"{server.url}/1", "--into", "seeds", *options])


def names() -> list[str]:
    return sorted(path.name for path in Path("seeds").glob("*.html"))


def test_next_pages_are_followed_and_a_circle_ends(server: WebServer) -> None:
    server.answers |= {"/1": page(1, "/2"), "/2": page(2, "/3"), "/3": page(3, "/1")}
    assert "lead in a circle" in import_(server).stderr
    assert names() == ["2024-05-01-p1.html", "2024-05-02-p2.html", "2024-05-03-p3.html"]


def test_no_more_documents_are_read_than_allowed(server: WebServer) -> None:
    server.answers |= {"/1": page(1, "/2"), "/2": page(2, "/3"), "/3": page(3)}
    assert "not followed beyond 2 documents" in import_(server, "--documents", "2").stderr
    assert len(names()) == 2


def test_no_more_bytes_are_read_than_allowed(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_history, "MOST_BYTES", 300)
    server.answers |= {"/1": page(1, "/2"), "/2": page(2, "/3"), "/3": page(3)}
    assert "not followed beyond 0 MiB" in import_(server).stderr
    assert len(names()) == 2


def test_no_document_is_asked_for_after_the_time_allowed(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_history, "MOST_SECONDS", 0)
    server.answers |= {"/1": page(1, "/2"), "/2": page(2)}
    assert "not followed beyond 0 minutes" in import_(server).stderr
    assert len(server.asked) == 1


@pytest.mark.parametrize("other", ["file:///etc/passwd", "/gone", "ftp://a.example/x"])
def test_a_page_that_cannot_be_had_is_told_and_the_others_are_imported(server: WebServer, other: str) -> None:
    server.answers["/1"] = page(1, other)
    assert "which is not read" in import_(server).stderr
    assert names() == ["2024-05-01-p1.html"]


def test_images_are_kept_with_their_sizes(server: WebServer) -> None:
    server.answers |= {
        "/1": page(1, image=f"{server.url}/i.png"),
        "/i.png": status(200, DOT, Content_Type="image/png"),
    }
    import_(server, "--images")
    text = Path("seeds/2024-05-01-p1.html").read_text(encoding="utf-8")
    assert "    width: 2\n    height: 3\n" in text
    assert "isCached: true" in text
    assert [path.read_bytes() for path in Path("seeds/images").iterdir()] == [DOT]


def test_an_image_that_is_none_is_told(server: WebServer) -> None:
    server.answers |= {"/1": page(1, image=f"{server.url}/i.png"), "/i.png": status(200, b"<html>")}
    assert "which is no image" in import_(server, "--images").stderr
    assert "isCached" not in Path("seeds/2024-05-01-p1.html").read_text(encoding="utf-8")


def test_a_feed_that_is_not_modified_is_not_read_again(server: WebServer) -> None:
    server.answers["/1"] = lambda handler: (
        status(304) if handler.headers["If-None-Match"] == '"v1"' else page(1, etag='"v1"')
    )(handler)
    import_(server)
    before = Path("seeds/.feeds-import").read_bytes()
    assert "not modified since the last import" in import_(server).stdout
    assert server.asked[-1][1]["if-none-match"] == '"v1"'
    assert Path("seeds/.feeds-import").read_bytes() == before


def test_a_feed_whose_history_was_not_read_is_asked_for_again(server: WebServer) -> None:
    server.answers["/1"] = page(1, "/gone", '"v1"')
    import_(server)
    import_(server)
    assert [headers.get("if-none-match") for path, headers in server.asked if path == "/1"] == [None, None]


def test_a_tag_that_is_new_each_time_changes_no_file(server: WebServer) -> None:
    tags = iter(range(9))

    def answer(handler: Handler) -> None:
        page(1, etag=f'"{next(tags)}"')(handler)

    server.answers["/1"] = answer
    import_(server)
    before = Path("seeds/.feeds-import").read_bytes()
    assert "1 unchanged" in import_(server).stdout
    assert Path("seeds/.feeds-import").read_bytes() == before
