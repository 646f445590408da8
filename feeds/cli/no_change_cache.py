"""Cache the answer of a build that finds nothing changed, as on most nights of a timer.

A build depends only on the files that it reads and writes. If each has the same status as after the last run, the
build would write nothing and print the same; to check that takes one system call per file, and few imports.
"""

import json
import os
import sys
import time
import zlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

_FOLDER = ".feeds_cache"
_CHECKSUM_BYTES = 4
_TIMES = 2  # of the four numbers of a status
_COARSEST_CLOCK = 2_000_000_000  # nanoseconds: the precision of times on FAT
_MISSING = (-1, -1, -1, -1)
_BYTES_OF_STATUS = 8 * len(_MISSING)

Status = tuple[int, int, int, int]


class Answer(NamedTuple):
    """The output and exit status of a run that finds nothing changed.

    It is valid between two times in nanoseconds since 1970; the later is when the next record is due.
    """

    stdout: list[str]
    stderr: list[str]
    status: int
    since: int
    until: int = sys.maxsize


def cached_answer(argv: Sequence[str]) -> Answer | None:
    """Return the cached answer of a command, if nothing has changed since."""
    run = _run_of(argv)
    try:
        with open(_file_of(run), "rb") as file:  # noqa: PTH123 - pathlib takes as long as all the rest
            content = file.read()
        whole, checksum = content[:-_CHECKSUM_BYTES], content[-_CHECKSUM_BYTES:]
        if zlib.crc32(whole).to_bytes(_CHECKSUM_BYTES, "big") != checksum:
            return None
        head, _, body = whole.partition(b"\n")
        known = json.loads(head)
        is_same_run = known["run"] == run
        answer, end = Answer(*known["answer"]), known["files"] * _BYTES_OF_STATUS
    except (OSError, ValueError, KeyError, TypeError):
        return None
    is_valid = is_same_run and answer.since <= time.time_ns() < answer.until
    return answer if is_valid and _are_unchanged(body[end:].split(b"\0")[:-1], body[:end]) else None


def cache_answer(argv: Sequence[str], answer: Answer, read: list[str], written: list[str], clock: int) -> None:
    """Store the answer of a run with the status of its files, unless a file is so new that a change may go unnoticed.

    `clock` is the start of the run by the clock of the file system, in nanoseconds since 1970.
    """
    looked_at = [(path, _status_of(path)) for path in read]
    if any(max(status[:_TIMES]) > clock - _COARSEST_CLOCK for _, status in looked_at):
        return
    # Recently changed files are checked first, as they are most likely to change again.
    looked_at.sort(key=lambda each: max(each[1][:_TIMES]), reverse=True)
    looked_at += [(path, _status_of(path)) for path in written]
    paths = [path for path, _ in looked_at]
    statuses = array("q", (number for _, status in looked_at for number in status))
    run = _run_of(argv)
    head = json.dumps({"run": run, "answer": answer, "files": len(paths)}).encode()
    _write(_file_of(run), chain((head, b"\n", statuses.tobytes()), (os.fsencode(path) + b"\0" for path in paths)))


def _write(path: str, parts: Iterable[bytes]) -> None:
    checksum = 0
    temporary = f"{path}.{os.getpid()}"
    with open(temporary, "wb") as file:  # noqa: PTH123 - as above
        for part in parts:
            checksum = zlib.crc32(part, checksum)
            file.write(part)
        file.write(checksum.to_bytes(_CHECKSUM_BYTES, "big"))
    os.replace(temporary, path)  # noqa: PTH105 - as above


def _run_of(argv: Sequence[str]) -> list[str]:
    """Return what tells one run from others: the command, and the program, of which several may be installed."""
    return [__file__, sys.version, *argv]


def _file_of(run: Sequence[str]) -> str:
    return f"{_FOLDER}/run-{zlib.crc32(repr(run).encode(errors='replace')):08x}"


def _are_unchanged(paths: Sequence[bytes], statuses: bytes) -> bool:
    known = array("q", statuses)
    size = len(_MISSING)
    return len(known) == len(paths) * size and all(
        _status_of(path) == tuple(known[start : start + size])
        for path, start in zip(paths, range(0, len(known), size), strict=True)
    )


def _status_of(path: str | bytes) -> Status:
    """Return modification and change time, size and inode of a file."""
    try:
        found = os.stat(path)  # noqa: PTH116 - as above
    except (OSError, ValueError):
        return _MISSING
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino & sys.maxsize
