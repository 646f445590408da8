"""Bound the time of a conversation with a server, which may send a byte now and then for ever."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Timer
from typing import Any, Self


class Deadline:
    """A time after which the connections that were watched are shut: whoever waits for one goes on at once."""

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
        """Shut a connection when time is up."""
        self._sockets.append(connection)
        if self.is_over:
            self._end()

    def _end(self) -> None:
        self.is_over = True
        for connection in self._sockets:
            with suppress(OSError):  # it is closed already
                # Of a connection with TLS the plain one: its shutdown would wait for the other side.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
