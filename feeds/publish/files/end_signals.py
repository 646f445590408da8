"""Signals that end the program: let it remove its temporary files first."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread

_SIGNALS = (signal.SIGTERM, signal.SIGHUP)  # SIGINT is an exception already


class _Ended(BaseException):
    """A signal that ends the program."""


@contextmanager
def tidy_end() -> Iterator[None]:
    """Let a signal that ends the program unwind it first, and end it then.

    Signals that are ignored, or that the caller handles, stay so.
    """
    ours = [each for each in _SIGNALS if signal.getsignal(each) is signal.SIG_DFL]
    if current_thread() is not main_thread() or not ours:
        yield
        return
    for each in ours:
        signal.signal(each, _unwind)
    ended = 0
    try:
        yield
    except _Ended as error:
        ended = error.args[0]
    finally:
        for each in ours:
            signal.signal(each, signal.SIG_DFL)
    if ended:
        signal.raise_signal(ended)


def _unwind(number: int, _: object) -> None:
    raise _Ended(number)
