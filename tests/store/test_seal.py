"""The seal tells whether an index is as it was left, and costs little where little has changed."""

from __future__ import annotations

import random
from pathlib import Path
from zlib import crc32

import pytest

from feeds.store import seal
from feeds.store.cache_folder import index_in
from feeds.store.changed_pages import PAGE
from feeds.store.database import Index
from feeds.store.seal import is_intact, read_seal, sealed

PUT = "INSERT OR REPLACE INTO content VALUES (?, ?, '')"


def change(index: Index, chance: random.Random) -> None:
    for _ in range(chance.choice([1, 5, 60])):
        number, size = chance.randrange(300), chance.choice([0, 100, 20_000, 90_000])
        index.connection.execute("DELETE FROM content WHERE file = ?", (number,))
        if size:
            index.connection.execute(PUT, (number, chance.randbytes(size)))


def whole_seal_of(database: Path) -> bytes:
    return sealed(database, "", None, ()).sums


@pytest.mark.parametrize("number", range(3))
def test_a_seal_of_what_has_changed_is_the_seal_of_all(number: int, tmp_path: Path) -> None:
    chance, database = random.Random(number), tmp_path / "index.sqlite"  # noqa: S311 - any changes do
    for _ in range(20):
        with index_in(tmp_path, "ours") as (index, _):
            for _ in range(chance.randrange(4)):
                change(index, chance)
                index.write()
        found = read_seal(tmp_path / "index.seal")
        assert found
        assert found.sums == whole_seal_of(database)


def test_an_index_that_looks_as_it_was_left_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with index_in(tmp_path, "ours") as (index, _):
        index.connection.executemany(PUT, ((number, bytes(1000)) for number in range(1000)))
    read = list[int]()

    def counted(content: bytes) -> int:
        read.append(len(content))
        return crc32(content)

    monkeypatch.setattr(seal, "crc32", counted)
    with index_in(tmp_path, "ours") as (index, _):
        index.connection.execute(PUT, (7, bytes(10)))
    assert sum(read) < 10 * PAGE < (tmp_path / "index.sqlite").stat().st_size


def test_after_a_start_of_the_system_an_index_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database, session = tmp_path / "index.sqlite", tmp_path / "session"
    with index_in(tmp_path, "ours"):
        pass
    found = read_seal(tmp_path / "index.seal")
    assert found
    assert is_intact(database, found)
    session.write_text("another", encoding="ascii")
    monkeypatch.setattr(seal, "_SESSION", session)
    assert is_intact(database, found)
    assert not is_intact(database, found._replace(sums=found.sums[:-1] + b"?"))
