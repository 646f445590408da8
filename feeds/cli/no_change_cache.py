"""Answer at once when nothing has changed since the last run, as on most nights of a timer.

What a build reads and writes decides what it does. So when every file and folder that it read still has the
same status, it would write nothing and print the same: checking that takes one system call for each, and few imports.
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
_COARSEST_CLOCK = 2_000_000_000  # nanoseconds: no file system in use keeps times coarser
_MISSING = (-1, -1, -1, -1)
_BYTES_OF_STATUS = 8 * len(_MISSING)

Status = tuple[int, int, int, int]


class Answer(NamedTuple):
    """The output of a run when nothing has changed, and its exit status.

    It is valid from one instant until another, when a record is due, in nanoseconds since 1970.
    """

    stdout: list[str]
    stderr: list[str]
    status: int
    since: int
    until: int = sys.maxsize


def cached_answer(argv: Sequence[str]) -> Answer | None:
    """Return what a command would print, if it is known to change nothing."""
    try:
        with open(_file_of(argv), "rb") as file:  # noqa: PTH123 - pathlib takes as long as all the rest
            content = file.read()
        whole, checksum = content[:-_CHECKSUM_BYTES], content[-_CHECKSUM_BYTES:]
        if zlib.crc32(whole).to_bytes(_CHECKSUM_BYTES, "big") != checksum:
            return None
        head, _, body = whole.partition(b"\n")
        known = json.loads(head)
        answer, end = Answer(*known["answer"]), known["files"] * _BYTES_OF_STATUS
    except (OSError, ValueError, KeyError, TypeError):
        return None
    is_same_run = known["argv"] == list(argv) and answer.since <= time.time_ns() < answer.until
    return answer if is_same_run and _are_unchanged(body[end:].split(b"\0")[:-1], body[:end]) else None


def cache_answer(argv: Sequence[str], answer: Answer, read: list[str], written: list[str], clock: int) -> None:
    """Store the answer of a run with the status of its files, unless one of them is so new that it may change unseen.

    `clock` is when the run began to read, in nanoseconds since 1970 by the clock of the files' disk.
    """
    changed = [max(_status_of(path)[:_TIMES]) for path in read]
    if max(changed, default=0) > clock - _COARSEST_CLOCK:
        return
    # What has changed last will most likely change next: checked first, it soon shows that there is work to do.
    order = sorted(range(len(read)), key=changed.__getitem__, reverse=True)
    paths = [*(read[number] for number in order), *written]
    statuses = array("q", (number for path in paths for number in _status_of(path)))
    head = json.dumps({"argv": list(argv), "answer": answer, "files": len(paths)}).encode()
    _write(_file_of(argv), chain((head, b"\n", statuses.tobytes()), (os.fsencode(path) + b"\0" for path in paths)))


def _write(path: str, parts: Iterable[bytes]) -> None:
    checksum = 0
    temporary = f"{path}.{os.getpid()}"
    with open(temporary, "wb") as file:  # noqa: PTH123 - as above
        for part in parts:
            checksum = zlib.crc32(part, checksum)
            file.write(part)
        file.write(checksum.to_bytes(_CHECKSUM_BYTES, "big"))
    os.replace(temporary, path)  # noqa: PTH105 - as above


def _file_of(argv: Sequence[str]) -> str:
    return f"{_FOLDER}/run-{zlib.crc32(repr(list(argv)).encode(errors='replace')):08x}"


def _are_unchanged(paths: Sequence[bytes], statuses: bytes) -> bool:
    known = array("q", statuses)
    size = len(_MISSING)
    return len(known) == len(paths) * size and all(
        _status_of(path) == tuple(known[start : start + size])
        for path, start in zip(paths, range(0, len(known), size), strict=True)
    )


def _status_of(path: str | bytes) -> Status:
    """Return a file's times, size and inode."""
    try:
        found = os.stat(path)  # noqa: PTH116 - as above
    except (OSError, ValueError):
        return _MISSING
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino & sys.maxsize
