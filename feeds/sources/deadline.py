"""Limit the time of an exchange with a server, which may trickle bytes for ever."""

import socket
from contextlib import suppress
from threading import Timer
from typing import Any, Self


class Deadline:
    """A timer that shuts down watched connections when it expires, so that blocked reads return."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._sockets: list[Any] = []
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def watch(self, connection: Any) -> None:
        """Shut down a connection at the deadline."""
        self._sockets.append(connection)
        if self.is_over:
            self._end()

    def _end(self) -> None:
        self.is_over = True
        for connection in self._sockets:
            with suppress(OSError):  # already closed
                # Shut down the plain socket: a TLS shutdown would wait for the peer.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
