"""Print and exit."""

import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import NoReturn, TextIO

from feeds.text import printable

FOUND_PROBLEMS = 1
WRONG_USAGE = 2
COULD_NOT_RUN = 3
_DEBUG = "FEEDS_DEBUG"

_is_json_log = False
_is_quiet = False


def read_stdin(most: int) -> bytes:
    """Return at most so many bytes of standard input."""
    return sys.stdin.buffer.read(most) if sys.stdin else b""


def echo(text: str) -> None:
    """Print a line of the result."""
    print_line(printable(text), sys.stdout)


def set_quiet() -> None:
    """Print only the result and errors from now on."""
    global _is_quiet  # noqa: PLW0603 - a process has one standard error
    _is_quiet = True


def is_quiet() -> bool:
    """Return whether only the result and errors are printed."""
    return _is_quiet


def note(text: str) -> None:
    """Print a line about the run on stdout, unless quiet."""
    if not _is_quiet:
        echo(text)


def warn(text: str) -> None:
    """Print a warning on stderr, unless quiet."""
    if not _is_quiet:
        print_line(warning(text), sys.stderr)


def print_error(text: str) -> None:
    """Print an error on stderr, even if quiet."""
    print_line(warning(text), sys.stderr)


def warning(text: str) -> str:
    """Return the line for a warning."""
    return event("warning", message=text) if _is_json_log else printable(f"feeds: {text}")


def use_json_log() -> None:
    """Print messages on stderr as JSON from now on, one event per line."""
    global _is_json_log  # noqa: PLW0603 - a process has one standard error
    _is_json_log = True


def is_json_log() -> bool:
    """Return whether messages on stderr are printed as JSON."""
    return _is_json_log


def event(name: str, **fields: object) -> str:
    """Return an event as a line of JSON, in ASCII, so that every locale can print it."""
    return json.dumps({"event": name, **fields})


def log(name: str, **fields: object) -> None:
    """Print an event, if the log is JSON."""
    if _is_json_log:
        print_line(event(name, **fields), sys.stderr)


def write(content: bytes) -> None:
    """Write bytes on stdout."""
    write_pieces([content])


def write_pieces(content: Iterable[bytes]) -> None:
    """Write the pieces of a document on stdout."""
    if sys.stdout:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(content)
        sys.stdout.buffer.flush()


def print_line(line: str, stream: TextIO | None) -> None:
    """Print a line whose characters are printable."""
    if stream:  # there is none where a program is started without it
        stream.write(f"{line}\n")


def fail(reason: str, status: int = COULD_NOT_RUN) -> NoReturn:
    """Print why the program could not run, and exit."""
    with suppress(OSError):  # its disk may be full, too
        print_line(event("error", message=reason) if _is_json_log else warning(reason), sys.stderr)
    exit_anyway(status)


def internal_error(error: Exception) -> str:
    """Return the message for a bug in this program."""
    return f"internal error: {type(error).__name__}: {error}; set {_DEBUG}=1 for a traceback"


def show_traceback(error: BaseException) -> None:
    """Print the traceback of an error and its causes if FEEDS_DEBUG is 1."""
    if os.environ.get(_DEBUG) != "1":
        return
    import traceback  # noqa: PLC0415 - few runs show one

    error.__suppress_context__ = False
    for line in "".join(traceback.format_exception(error)).splitlines():
        print_line(printable(line), sys.stderr)


def exit_with(status: int) -> NoReturn:
    """Flush stdout, and exit."""
    flush()
    sys.exit(status)


def exit_anyway(status: int) -> NoReturn:
    """Exit without what cannot be written any more, as the disk is full or the reader has gone."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:  # the interpreter would complain of what is left to write
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    sys.exit(status)


def flush() -> None:
    """Flush stdout, which raises OSError for a full disk or a closed pipe."""
    if sys.stdout:
        sys.stdout.flush()


def escape_unprintable_output() -> None:
    """Escape characters that the encoding of the locale cannot print."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
