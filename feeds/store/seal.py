"""The seal of a database: checksums of its pages, by which damage is detected, but not tampering.

Reading all pages takes a large part of a run that changes little. A database that looks as it was left, in the same
session of the system, is not read: nothing but a power failure changes a file without changing its look. When it is
closed, only the pages are read that SQLite has noted in its journal.
"""

import os
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from feeds.regular_file import open_regular, read_regular
from feeds.sources.files import fingerprint_of
from feeds.store.changed_pages import PAGE

_PAGES_AT_ONCE = 64
_CHECKSUM = 4  # bytes
_SESSION = Path("/proc/sys/kernel/random/boot_id")


class Seal(NamedTuple):
    """What a database was made with, how it looked when it was closed, and the checksum of each page."""

    identity: str
    look: str
    sums: bytes

    def to_bytes(self) -> bytes:
        """Return the content of the file of a seal."""
        content = f"{self.identity}\n{self.look}\n".encode() + self.sums
        return content + _sum(content)


def read_seal(path: Path) -> Seal | None:
    """Return the seal in a file, or None if there is none, or it is damaged."""
    try:
        content = read_regular(path)
        whole, checksum = content[:-_CHECKSUM], content[-_CHECKSUM:]
        identity, look, sums = whole.split(b"\n", 2)
        return Seal(identity.decode(), look.decode(), sums) if checksum == _sum(whole) else None
    except (OSError, ValueError):
        return None


def is_intact(database: Path, seal: Seal) -> bool:
    """Return whether a database is as it was sealed."""
    if seal.look and seal.look == _look_of(database):
        return True
    try:
        return b"".join(_sums(database)) == seal.sums
    except OSError:
        return False


def sealed(database: Path, identity: str, former: Seal | None, changed: Iterable[int]) -> Seal:
    """Return the seal of a closed database; of one with a former seal, only changed and new pages are read.

    Raises OSError.
    """
    os.utime(database, (0, 0))  # any change sets another time
    look, sums = _look_of(database), array("I", former.sums if former else b"")
    with open_regular(database) as file:
        for number in sorted({page for page in changed if 0 <= page < len(sums)}):
            file.seek(number * PAGE)
            sums[number] = crc32(file.read(PAGE))
    more = b"".join(_sums(database, len(sums)))
    pages = database.stat().st_size // PAGE
    return Seal(identity, look, (sums.tobytes() + more)[: pages * sums.itemsize])


def _look_of(database: Path) -> str:
    """Return how a database looks in this session of the system; nothing if there is no telling."""
    try:
        return f"{_SESSION.read_text(encoding='ascii').strip()} {fingerprint_of(str(database))}"
    except OSError:
        return ""


def _sums(database: Path, first: int = 0) -> Iterator[bytes]:
    """Yield the checksums of the pages of a database, from one on."""
    with open_regular(database) as file:
        file.seek(first * PAGE)
        while piece := memoryview(file.read(PAGE * _PAGES_AT_ONCE)):
            yield array("I", (crc32(piece[at : at + PAGE]) for at in range(0, len(piece), PAGE))).tobytes()


def _sum(content: bytes) -> bytes:
    return crc32(content).to_bytes(_CHECKSUM, "big")
