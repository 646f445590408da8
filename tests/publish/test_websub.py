"""A hub hears of every changed feed; whatever it does instead of listening is told, in time, and fails nothing."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from email.message import Message
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import parse_qs, quote
from urllib.request import urlopen

import feedparser
import pytest
from support import record_bytes, run_feeds, tree

from feeds.publish import websub
from feeds.publish.websub import notify

TOPICS = [f"https://example.org/feeds/{name}" for name in ("all.rss", "all.atom", "topics/k%C3%BCste.json")]
ONE = TOPICS[:1]
Reply = int | tuple[int, dict[str, str]] | tuple[int, dict[str, str], bytes] | bytes


class Hub(ThreadingHTTPServer):
    """Record every request; reply as `reply` says, given the topic and how often it has been named."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, reply: Callable[[str, int], Reply]) -> None:
        super().__init__(("127.0.0.1", 0), HubHandler)
        self.reply = reply
        self.paths: list[str] = []
        self.headers: list[Message] = []
        self.forms: list[dict[str, list[str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    @property
    def topics(self) -> list[str]:
        return [form["hub.url"][0] for form in self.forms]


class HubHandler(BaseHTTPRequestHandler):
    server: Hub

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode("ascii"), strict_parsing=True)
        self.server.paths.append(self.path)
        self.server.headers.append(self.headers)
        self.server.forms.append(form)
        topic = form["hub.url"][0]
        reply = self.server.reply(topic, self.server.topics.count(topic))
        if isinstance(reply, bytes):
            self.wfile.write(reply)
            return
        status, headers, body = ((reply, {}, b"") if isinstance(reply, int) else (*reply, b""))[:3]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[None]:
    threading.Thread(target=partial(server.serve_forever, poll_interval=0.01), daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def hub_that(reply: Callable[[str, int], Reply]) -> Iterator[Hub]:
    with Hub(reply) as hub, serving(hub):
        yield hub


def hub_replying(*replies: Reply) -> Any:
    """Return a hub that gives these replies for each topic in turn, the last one for ever."""
    return hub_that(lambda _, times: replies[min(times, len(replies)) - 1])


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let nobody wait, and return for how many seconds they would have."""
    seconds: list[float] = []

    class Impatient(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            seconds.extend([timeout] if timeout else [])
            return self.is_set()

    monkeypatch.setattr(websub, "Event", Impatient)
    return seconds


def closed_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


@contextmanager
def listener_that(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    """Accept connections without a web server, and give each to `serve`."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)  # wakes whoever waits in accept


@pytest.mark.parametrize("status", [200, 202, 204])
def test_a_hub_that_accepts_hears_of_each_feed_once(status: int, waits: list[float]) -> None:
    with hub_replying(status) as hub:
        assert notify(hub.url, [*TOPICS, *TOPICS]) == []
    assert hub.topics == TOPICS
    assert waits == []


def test_a_request_names_one_feed_in_both_ways_that_hubs_read() -> None:
    with hub_replying(204) as hub:
        assert notify(f"{hub.url}push?key=1", ONE) == []
    assert hub.forms == [{"hub.mode": ["publish"], "hub.url": ONE, "hub.topic": ONE}]
    assert hub.paths == ["/push?key=1"]
    assert hub.headers[0]["Content-Type"] == "application/x-www-form-urlencoded"


def test_no_changed_feed_means_no_request(waits: list[float]) -> None:
    with hub_replying(204) as hub:
        assert notify(hub.url, []) == []
    assert hub.forms == []
    assert waits == []


def test_a_hub_in_trouble_is_asked_again(waits: list[float]) -> None:
    with hub_replying(500, 503, 204) as hub:
        assert notify(hub.url, ONE) == []
    assert len(hub.forms) == 3
    assert waits == [1, 2]


def test_trouble_with_one_feed_keeps_no_other_waiting(waits: list[float]) -> None:
    with hub_that(lambda topic, _: 500 if topic == TOPICS[0] else 204) as hub:
        told = notify(hub.url, TOPICS)
    assert hub.topics == [*TOPICS, TOPICS[0], TOPICS[0]]
    assert told == [f"the hub {hub.url} was not told of 1 feed ({TOPICS[0]}): it answered 500 Internal Server Error"]
    assert waits == [1, 2]


def test_a_busy_hub_gets_the_time_it_asks_for(waits: list[float]) -> None:
    with hub_replying((429, {"Retry-After": "4"}), 204) as hub:
        assert notify(hub.url, ONE) == []
    assert waits == [4]


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, {"Retry-After": "-9"}])
def test_a_busy_hub_that_names_no_seconds_gets_one_second(headers: dict[str, str], waits: list[float]) -> None:
    with hub_that(lambda topic, times: (429, headers) if (topic, times) == (TOPICS[0], 1) else 204) as hub:
        assert notify(hub.url, TOPICS) == []
    assert hub.topics == [*TOPICS, TOPICS[0]]
    assert waits == [1, 1]


@pytest.mark.parametrize("seconds", ["6", "9" * 400])
def test_a_hub_that_asks_for_a_long_time_is_left_in_peace(seconds: str, waits: list[float]) -> None:
    with hub_replying((503, {"Retry-After": seconds})) as hub:
        told = notify(hub.url, TOPICS)
    assert len(hub.forms) == 1
    assert [sentence.partition("): ")[2] for sentence in told] == [
        "it answered 503 Service Unavailable",
        "there was no time within 20 seconds",
    ]
    assert waits == []


@pytest.mark.parametrize("status", [400, 404, 410])
def test_a_hub_that_refuses_is_told_about_and_not_asked_again(status: int, waits: list[float]) -> None:
    with hub_replying((status, {"Content-Type": "text/plain"}, b"hub.url\nis \xff not ours")) as hub:
        (told,) = notify(hub.url, TOPICS)
    assert hub.topics == TOPICS
    assert told.startswith(f"the hub {hub.url} was not told of 3 feeds ({TOPICS[0]}, {TOPICS[1]}, ")
    assert f"it answered {status} " in told
    assert told.endswith(', "hub.url\\nis \ufffd not ours"')
    assert waits == []


def test_a_page_for_browsers_is_not_quoted() -> None:
    with hub_replying((404, {"Content-Type": "text/html"}, b"<!DOCTYPE html>")) as hub:
        (told,) = notify(hub.url, ONE)
    assert told.endswith("it answered 404 Not Found")


def test_nobody_listens(waits: list[float]) -> None:
    hub = f"http://127.0.0.1:{closed_port()}/"
    assert notify(hub, ONE) == [
        f'the hub {hub} was not told of 1 feed ({ONE[0]}): no usable answer, "Connection refused"'
    ]
    assert waits == [1, 2]


def test_the_host_does_not_exist(waits: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    (told,) = notify("https://hub.invalid/", ONE)
    assert told.endswith('no usable answer, "Name or service not known"')
    assert waits == [1, 2]


def test_a_hub_that_never_answers_is_not_waited_for(waits: list[float]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        (told,) = notify(f"http://127.0.0.1:{server.getsockname()[1]}/", ONE, timeout=0.05)
    assert told.endswith("no answer within 0.05 seconds")
    assert waits == [1, 2]


def test_a_hub_that_hangs_up_is_called_again(waits: list[float]) -> None:
    with listener_that(lambda connection: (connection.recv(10), connection.close())) as hub:
        (told,) = notify(hub, ONE)
    assert "no usable answer, " in told
    assert waits == [1, 2]


def test_a_hub_that_hangs_up_once_hears_the_second_call(waits: list[float]) -> None:
    with hub_replying(b"", 204) as hub:
        assert notify(hub.url, ONE) == []
    assert waits == [1]


@pytest.mark.parametrize(
    "garbage", [b"\xff\x00" * 9, b"HTTP/1.1 tea\r\n\r\n", b"HTTP/1.0 200" + b"0" * 70_000, b"HTTP/1.1 200 OK\r\n" * 500]
)
def test_an_answer_that_makes_no_sense_is_told(garbage: bytes, waits: list[float]) -> None:
    with hub_replying(garbage) as hub:
        (told,) = notify(hub.url, ONE)
    assert "no usable answer, " in told
    assert len(told) < 400
    assert waits == [1, 2]


@pytest.mark.parametrize("status", [307, 308])
def test_a_hub_that_has_moved_gets_the_same_form(status: int) -> None:
    with hub_replying(204) as new, hub_replying((status, {"Location": f"{new.url}new"})) as old:
        assert notify(old.url, TOPICS) == []
    assert new.paths == ["/new"] * 3
    assert new.forms == old.forms


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_hub_that_answers_from_elsewhere_gets_no_form_there(status: int) -> None:
    with hub_replying(204) as elsewhere, hub_replying((status, {"Location": elsewhere.url})) as hub:
        (told,) = notify(hub.url, ONE)
    assert f"it answered {status} " in told
    assert elsewhere.paths == []


@pytest.mark.parametrize(
    ("status", "location"),
    [
        (301, "https://hub.invalid/"),
        (307, "ftp://hub.invalid/"),
        (307, "/"),
        (307, ""),
    ],
)
def test_a_redirection_that_does_not_take_the_form_along_is_told(status: int, location: str) -> None:
    with hub_replying((status, {"Location": location} if location else {})) as hub:
        (told,) = notify(hub.url, ONE)
    assert f"it answered {status} " in told
    assert location in told
    assert all("hub.mode" in form for form in hub.forms)


def test_no_redirection_leads_from_https_to_http() -> None:
    request = websub.Request("https://hub.example/", b"form")
    redirected = partial(websub._Redirects().redirect_request, request, None, 307, "", Message())  # noqa: SLF001 - or the test needs a certificate
    assert redirected("https://other.example/").data == b"form"
    with pytest.raises(websub.HTTPError):
        redirected("http://hub.example/")


def test_a_hub_that_trickles_keeps_nobody_beyond_the_limit() -> None:
    is_over = threading.Event()

    def trickle(connection: socket.socket) -> None:
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not is_over.wait(0.02) and monotonic() - start < 3:
                connection.sendall(b"z")

    start = monotonic()
    with listener_that(trickle) as hub:
        (told,) = notify(hub, TOPICS, timeout=5, limit=0.2)
        assert monotonic() - start < 2
        is_over.set()
    assert "3 feeds" in told
    assert told.endswith("there was no time within 0.2 seconds")


def test_what_was_told_before_the_limit_counts_and_nothing_is_sent_after_it() -> None:
    may_answer = threading.Event()

    def answer(topic: str, _: int) -> int:
        if topic == TOPICS[1]:
            may_answer.wait(10)
        return 204

    with hub_that(answer) as hub:
        (told,) = notify(hub.url, TOPICS, limit=1)
        may_answer.set()
        for thread in threading.enumerate():
            if "_notify_all" in thread.name:
                thread.join(10)
    assert f"2 feeds ({TOPICS[1]}, " in told
    assert hub.topics == TOPICS[:2]


def test_a_hub_is_reached_through_the_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with hub_replying(204) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        assert notify("http://hub.example/push", ONE) == []
    assert proxy.paths == ["http://hub.example/push"]


@pytest.mark.parametrize("hub", ["", "file:///etc/hostname", "https://", "https://hub.example:99999/", "https://[::1/"])
def test_an_address_that_is_none_is_told(hub: str, waits: list[float]) -> None:
    (told,) = notify(hub, ONE)
    assert "no usable answer, " in told
    assert len(waits) == 2


RECORD = {
    "title": "Lighthouse reopens",
    "publishedDateTime": "2024-05-01T08:30:00Z",
    "webUrl": "https://example.org/news/lighthouse",
    "topics": ["Seafaring", "灯台"],
}


class Files(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def links_in(topic: str) -> tuple[str, str]:
    """Return what a feed says of itself to a hub that fetches it: its own address, and its hub's."""
    with urlopen(topic, timeout=5) as answer:  # noqa: S310 - our own server
        content = answer.read()
    if topic.endswith(".json"):
        feed = json.loads(content)
        (hub,) = feed["hubs"]
        assert hub["type"] == "WebSub"
        return feed["feed_url"], hub["url"]
    links = feedparser.parse(content).feed.links
    (own,), (hub,) = ([link.href for link in links if link.rel == rel] for rel in ("self", "hub"))
    return own, hub


def test_a_hub_that_checks_the_feeds_of_a_build_accepts_them_all(tmp_path: Path) -> None:
    output = tmp_path / "public"
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "one.md").write_bytes(record_bytes(RECORD))
    site = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(output)))
    with site, serving(site), hub_that(lambda topic, _: 204 if links_in(topic) == (topic, hub.url) else 400) as hub:
        base = f"http://127.0.0.1:{site.server_port}/"
        settings = f'source = "records"\nbase_url = "{base}"\nhub = "{hub.url}"\n'
        (tmp_path / "feeds.toml").write_text(settings, "utf-8")
        assert run_feeds("build", cwd=tmp_path).returncode == 0
        topics = [base + quote(name) for name in tree(output) if name.endswith((".rss", ".atom", ".json"))]
    assert sorted(hub.topics) == sorted(topics)
    assert {topic.rpartition(".")[2] for topic in topics} == {"rss", "atom", "json"}
    assert any("%" in topic for topic in topics)
