"""Tell which pages of a database SQLite has changed (https://www.sqlite.org/fileformat2.html)."""

import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from feeds.regular_file import open_regular

PAGE = 16384  # bytes

_HEADER = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"  # of a part of a journal; that of the first is wiped by a commit
_SECTOR, _NUMBER, _CHECKSUM = 512, 4, 4
_FIRST_TRUNK = 32  # where a database has the number of the first page with numbers of free ones


def journal_of(database: Path) -> Path:
    """Return the journal of a database, in which SQLite keeps the former content of pages."""
    return database.with_name(f"{database.name}-journal")


def changed_pages(database: Path) -> Iterator[int]:
    """Yield the numbers, from 0, of all pages that the last transaction has changed or the next one may change unseen.

    A few others may be among them, and those that are new are not. What cannot be read is left out.
    """
    with suppress(OSError):
        yield from _in_journal(journal_of(database))
    with suppress(OSError):
        yield from _free(database)


def _in_journal(journal: Path) -> Iterator[int]:
    """Yield the pages whose former content is in a journal."""
    with open_regular(journal) as file:
        size, at = os.fstat(file.fileno()).st_size, _SECTOR
        while at < size:
            sector = -(-at // _SECTOR) * _SECTOR
            file.seek(sector)
            if file.read(len(_HEADER)) == _HEADER:
                at = sector + _SECTOR
            file.seek(at)
            yield _number(file.read(_NUMBER))
            at += _NUMBER + PAGE + _CHECKSUM


def _free(database: Path) -> Iterator[int]:
    """Yield the free pages, of whose former content no journal is kept."""
    with open_regular(database) as file:
        file.seek(_FIRST_TRUNK)
        trunk, seen = _number(file.read(_NUMBER)), set[int]()
        while trunk >= 0 and trunk not in seen:
            seen.add(trunk)
            file.seek(trunk * PAGE)
            page = file.read(PAGE)
            following, last, *free = struct.iter_unpack(">I", page) if page else [(0,), (0,)]
            yield trunk
            yield from (number - 1 for (number,) in free[: last[0]])
            trunk = following[0] - 1


def _number(written: bytes) -> int:
    return int.from_bytes(written, "big") - 1
