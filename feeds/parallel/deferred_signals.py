"""Signals that wait until some work is done."""

import signal
from collections.abc import Collection, Iterator
from contextlib import contextmanager


@contextmanager
def defer(signals: Collection[signal.Signals]) -> Iterator[None]:
    """Defer signals to this thread."""
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    former = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)
