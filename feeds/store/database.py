"""The index: one SQLite database of files, their records, and the records' topics."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from feeds.diagnostics.problem import Problem
from feeds.model.record import Record
from feeds.secrets.ngrams import grams_of, merged
from feeds.store.changed_pages import changed_pages
from feeds.store.rows import RecordRow, Row
from feeds.store.serialize import unpack_problems, unpack_record
from feeds.store.tables import INDEXES, SETTINGS, TABLES, TABLES_BY_FILE

_PUT_RECORD = "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SELECTING = RecordRow._fields.index("line")  # the columns before it are in the table of records
_UNPUBLISHED = "SELECT id FROM record GROUP BY id HAVING NOT max(is_published)"
# Records with the same id and status, and published ones with the same page.
_DUPLICATES = """
WITH same_id AS (SELECT id FROM record GROUP BY id HAVING count(*) > 1),
    same_page AS (SELECT page FROM record WHERE is_published = 1 GROUP BY page HAVING count(*) > 1),
    alike AS (SELECT file FROM record WHERE id IN same_id
        UNION SELECT file FROM record WHERE is_published = 1 AND page IN same_page)
SELECT file.path, content.dedupe_keys, content.content, file.number FROM alike
JOIN file ON file.number = alike.file JOIN content ON content.file = alike.file ORDER BY file.path
"""


class FileRow(NamedTuple):
    """What is stored of a file: `is_searched` means that published files were searched for its secret values."""

    row: Row
    fingerprint: str
    is_searched: bool = False


class Output(NamedTuple):
    """A file of the output: the hash of its inputs, its fingerprint, the SHA-256 of its bytes, and its items.

    A file that `is_clean` was checked, and has no problem. `hidden` is the hash of the ids that it surely lacks.
    """

    inputs: bytes = b""
    fingerprint: str = ""
    sha256: str = ""
    items: int = 0
    is_clean: bool = False
    hidden: bytes = b""


class Index:
    """The database, with its inserts and queries."""

    def __init__(self, path: str) -> None:
        """Open the database at a path, or else a temporary one. Raises sqlite3.Error if it is damaged."""
        self._path = Path(path) if path else None
        self.changed = set[int]()  # numbers of pages that may have changed
        self.connection = sqlite3.connect(path, isolation_level=None)
        self._note_changes()
        self.connection.executescript(SETTINGS + TABLES)
        self.connection.execute("BEGIN")

    def write(self) -> None:
        """Commit. Raises sqlite3.Error if the disk refuses."""
        self._commit()
        self.connection.execute("BEGIN")

    def close(self) -> bool:
        """Commit and close; return whether everything was written."""
        try:
            self._commit()
        except sqlite3.Error:  # a full disk has rolled back the transaction, or does now
            return False
        finally:
            self.connection.close()
        return True

    def _commit(self) -> None:
        self.connection.execute("COMMIT")
        self._note_changes()

    def _note_changes(self) -> None:
        if self._path:
            self.changed.update(changed_pages(self._path))

    def fingerprints(self) -> dict[str, str]:
        """Return the fingerprint of every indexed file when it was read, by path."""
        how = sys.getfilesystemencoding(), sys.getfilesystemencodeerrors()  # as of `os.fsdecode`, which takes longer
        rows = self.connection.execute("SELECT path, fingerprint FROM file")
        return {path.decode(*how): fingerprint for path, fingerprint in rows}

    def digest(self, path: bytes) -> bytes:
        """Return the digest of the content of an indexed file."""
        digest: bytes = self.connection.execute("SELECT digest FROM file WHERE path = ?", (path,)).fetchone()[0]
        return digest

    def record(self, number: int) -> Record:
        """Return the record in a file."""
        (content,) = self.connection.execute("SELECT content FROM content WHERE file = ?", (number,)).fetchone()
        return unpack_record(content)

    def put(self, rows: Sequence[FileRow]) -> None:
        """Insert the rows of new files, a statement for each table."""
        (last,) = self.connection.execute("SELECT coalesce(max(number), 0) FROM file").fetchone()
        files = list(enumerate(rows, last + 1))
        put = self.connection.executemany
        put("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?)", ((n, *_values_of(file)) for n, file in files))
        secrets = {n: file.row.secrets for n, file in files if file.row.secrets and not file.is_searched}
        put("INSERT INTO unsearched VALUES (?)", ((n,) for n in secrets))
        put("INSERT INTO secret_batch VALUES (?)", [(merged(secrets.values()),)] if secrets else ())
        found = [(number, file.row, file.row.record) for number, file in files if file.row.record]
        put(_PUT_RECORD, ((n, *record[:_SELECTING]) for n, _, record in found))
        put("INSERT INTO line VALUES (?, ?)", ((n, record.line) for n, _, record in found))
        content = ((n, record.content, record.dedupe_keys) for n, _, record in found)
        put("INSERT INTO content VALUES (?, ?, ?)", content)
        links = ((n, json.dumps(row.links)) for n, row, _ in found if row.links)
        put("INSERT INTO link VALUES (?, ?, '[]')", links)
        topics = ((n, name) for n, row, _ in found for name in row.topics)
        put("INSERT OR IGNORE INTO topic VALUES (?, ?)", topics)
        labels = ((n, *label) for n, row, _ in found for label in row.labels)
        put("INSERT OR IGNORE INTO label VALUES (?, ?, ?)", labels)

    def update(self, file: FileRow) -> None:
        """Replace the rows of a file if its content has changed; its secrets are kept until it can be read again."""
        row = file.row
        if row.problems is None:
            self.connection.execute("UPDATE file SET fingerprint = ? WHERE path = ?", (file.fingerprint, row.path))
            return
        query = """SELECT secrets, secret_values, number NOT IN (SELECT file FROM unsearched)
            FROM file WHERE path = ?"""
        secrets, values, is_searched = self.connection.execute(query, (row.path,)).fetchone()
        if not row.is_readable:
            known = tuple(dict.fromkeys([*json.loads(values), *row.secret_values]))
            row = row._replace(secrets=grams_of(known), secret_values=known)
        self.remove(row.path)
        self.put([FileRow(row, file.fingerprint, is_searched=is_searched and row.secrets == secrets)])

    def create_indexes(self) -> None:
        """Create the indexes after inserts."""
        for statement in INDEXES.split(";"):
            self.connection.execute(statement)

    def remove(self, path: bytes) -> None:
        """Delete the rows of a file."""
        for (number,) in self.connection.execute("SELECT number FROM file WHERE path = ?", (path,)).fetchall():
            self.connection.execute("DELETE FROM file WHERE number = ?", (number,))
            for table in TABLES_BY_FILE:
                self.connection.execute(f"DELETE FROM {table} WHERE file = ?", (number,))  # noqa: S608 - our own names

    def problems(self) -> Iterator[Problem]:
        """Yield the problems of every file."""
        for (problems,) in self.connection.execute("SELECT problems FROM file WHERE problems != x''"):
            yield from unpack_problems(problems)

    def secret_ngrams(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield path and n-grams of every file with secret values."""
        return self.connection.execute("SELECT path, secrets FROM file WHERE secrets != x''")

    def new_secret_ngrams(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield path and n-grams of every file whose secret values were not searched for in published files yet."""
        query = "SELECT path, secrets FROM unsearched JOIN file ON file.number = unsearched.file"
        return self.connection.execute(query)

    def secret_batches(self) -> Iterator[bytes]:
        """Yield n-grams of many files together: all that there are, and perhaps some that were there before."""
        return (secrets for (secrets,) in self.connection.execute("SELECT secrets FROM secret_batch"))

    def secret_values(self, path: str) -> list[str]:
        """Return the secret values in a file."""
        query = "SELECT secret_values FROM file WHERE path = ?"
        values: list[str] = json.loads(self.connection.execute(query, (os.fsencode(path),)).fetchone()[0])
        return values

    def searched(self) -> dict[str, str]:
        """Return the fingerprints of published files at their last search for all secret values, by path."""
        rows = self.connection.execute("SELECT path, fingerprint FROM searched")
        return {os.fsdecode(path): fingerprint for path, fingerprint in rows}

    def put_searched(self, fingerprints: Mapping[str, str]) -> None:
        """Store the fingerprints of published files that were searched for all secret values."""
        if fingerprints != self.searched():
            self.connection.execute("DELETE FROM searched")
            rows = ((os.fsencode(path), fingerprint) for path, fingerprint in fingerprints.items())
            self.connection.executemany("INSERT INTO searched VALUES (?, ?)", rows)
        self.connection.execute("DELETE FROM unsearched")

    def unpublished_ids(self) -> frozenset[str]:
        """Return the ids that no published record has."""
        return frozenset(identity for (identity,) in self.connection.execute(_UNPUBLISHED))

    def duplicates(self) -> Iterator[tuple[str, tuple[tuple[str, str], ...], Record, int]]:
        """Yield path, dedupe keys, record and number of each file that shares its id or page."""
        for path, dedupe_keys, content, number in self.connection.execute(_DUPLICATES):
            yield os.fsdecode(path), tuple(map(tuple, json.loads(dedupe_keys))), unpack_record(content), number

    def hide(self, numbers: Iterable[int]) -> None:
        """Exclude the records of files from queries."""
        self.connection.executemany("INSERT OR IGNORE INTO hidden VALUES (?, 0)", ((number,) for number in numbers))

    def leave_out(self, paths: Iterable[str]) -> None:
        """Exclude files from queries, and do not count them."""
        put = "INSERT OR REPLACE INTO hidden SELECT number, 1 FROM file WHERE path = ?"
        self.connection.executemany(put, ((os.fsencode(path),) for path in paths))

    def outputs(self) -> dict[str, Output]:
        """Return the files of the output by path."""
        rows = self.connection.execute("SELECT path, inputs, fingerprint, sha256, items, is_clean, hidden FROM output")
        return {os.fsdecode(path): Output(*values) for path, *values in rows}

    def put_outputs(self, outputs: Mapping[str, Output]) -> None:
        """Store files of the output by path."""
        known = self.outputs()
        rows = [(os.fsencode(path), *output) for path, output in outputs.items() if known.get(path) != output]
        self.connection.executemany("INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _values_of(file: FileRow) -> tuple[bytes, str, bytes, bytes | None, bytes, str]:
    row = file.row
    return row.path, file.fingerprint, row.digest, row.problems, row.secrets, json.dumps(row.secret_values)
