"""Listen at an address, and serve until the user stops it."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from feeds.diagnostics.problem import CouldNotRunError
from feeds.preview.reloading import Reloading

_SECONDS_TO_FINISH = 1  # responses in progress at shutdown
_SECONDS_TO_ASK = 20  # for a client to send a whole request
_LONGEST_HEAD = 64 << 10  # bytes of request line and headers
_MOST_CONNECTIONS = 1000
_LONGEST_QUEUE = 2048
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that is bound to an address; port 0 selects a free port.

    Raises CouldNotRunError when the host is not on this machine, or the port is in use or not permitted.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError):
        raise CouldNotRunError(f"{host}: no such host; name an address of this machine") from None
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # or the port stays taken for a minute
        listener.bind(address)
        listener.listen(_LONGEST_QUEUE)
    except OSError as error:
        listener.close()
        raise CouldNotRunError(
            f"port {port} of {host}: {error.strerror}; end what listens there, or name another --port"
        ) from None
    return listener


def url_of(host: str, listener: socket.socket) -> str:
    """Return the URL of a listener for browsers on this machine."""
    port = listener.getsockname()[1]
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 - nothing is bound
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def serve(
    site: ASGIApp, listener: socket.socket, reloading: Reloading | None, begin: Callable[[Callable[[], None]], None]
) -> None:
    """Serve until SIGINT or SIGTERM.

    After startup, `begin` is called with a thread-safe function that reloads open pages.
    """
    config = uvicorn.Config(
        site,
        log_config=None,
        log_level="critical",  # its loggers print tracebacks
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        http=_PatientProtocol,
        limit_concurrency=_MOST_CONNECTIONS,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        backlog=_LONGEST_QUEUE,
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )
    _Server(config, reloading, begin).run(sockets=[listener])


class _PatientProtocol(H11Protocol):
    """HTTP/1.1 that closes connections without a complete request after some time."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(transport)
        self._close_unless_asked()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_idle():
            self._close_unless_asked()

    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _close_unless_asked(self) -> None:
        cycle = self.cycle

        def close() -> None:
            if self._is_idle() and self.cycle is cycle:
                self.transport.close()

        self.loop.call_later(_SECONDS_TO_ASK, close)


class _Server(uvicorn.Server):
    """A server that exits cleanly on signals, and does not wait for pages."""

    def __init__(
        self, config: uvicorn.Config, reloading: Reloading | None, begin: Callable[[Callable[[], None]], None]
    ) -> None:
        super().__init__(config)
        self._reloading, self._begin = reloading, begin

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        loop = asyncio.get_running_loop()
        announce = self._reloading.announce if self._reloading else lambda: None
        self._begin(lambda: _notify(loop, announce))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._reloading:
            self._reloading.end()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        former: dict[signal.Signals, Any] = {number: signal.signal(number, self.handle_exit) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)


def _notify(loop: asyncio.AbstractEventLoop, announce: Callable[[], None]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(announce)
