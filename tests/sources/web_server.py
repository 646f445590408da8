"""Serve what a test says, on this machine, and remember what was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answer by path, as the test says."""

    answers: dict[str, Answer]
    asked: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        self.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        self.answers.get(self.path, status(404))(self)

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


class WebServer:
    """A server that is running: `url` is its root, `asked` the paths and headers of all requests."""

    def __init__(self, port: int, handler: type[Handler]) -> None:
        self.port, self.url = port, f"http://127.0.0.1:{port}"
        self.answers, self.asked = handler.answers, handler.asked


def status(code: int, content: bytes = b"", **headers: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


@contextmanager
def serving(answers: dict[str, Answer] | None = None) -> Iterator[WebServer]:
    handler = type("TestHandler", (Handler,), {"answers": answers or {}, "asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield WebServer(server.server_address[1], handler)
    finally:
        server.shutdown()
        server.server_close()
