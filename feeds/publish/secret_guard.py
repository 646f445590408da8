"""Find in files that lie ready what must never leave: secret values, and items that are not published."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from feeds.config.settings import Config
from feeds.frontmatter.document import Document, parse_document
from feeds.publish.stage import PreparedFile
from feeds.publish.transaction import Transaction
from feeds.records.redact import secret_part
from feeds.secrets.item_ids import item_ids
from feeds.secrets.scanner import SecretScanner, first_line
from feeds.sources.files import read_bytes
from feeds.store.store import RecordStore


def leaks_of(
    transaction: Transaction, store: RecordStore, files: Sequence[PreparedFile], config: Config
) -> Iterator[str]:
    """Yield what files that lie ready would leak, naming the record and the place."""
    if not files:
        return
    gate = SecretScanner(store.index.secret_marks, lambda path: _secrets_in(path, config))
    for file in files:
        with transaction.staged(file.name).open("rb") as content:
            gate.inspect(file.name, _FileContent(content))
    for leak in gate.leaks():
        line = first_line(transaction.staged(leak.output).read_bytes(), _secrets_in(leak.path, config))
        yield f"{leak.output}:{line} holds a secret value of {leak.path}"


def unpublished_in(transaction: Transaction, store: RecordStore, files: Sequence[PreparedFile]) -> Iterator[str]:
    """Yield which files that lie ready hold items of records that are not published."""
    hidden = store.index.unpublished_ids() if files else set[str]()
    for file in files if hidden else ():
        for identity in sorted(hidden.intersection(file.ids or item_ids(transaction.staged(file.name)))):
            yield f"{file.name} holds the item {identity}, whose record is not published"


def _secrets_in(path: str, config: Config) -> tuple[str, ...]:
    content = read_bytes(path)
    document = parse_document(path, content) if isinstance(content, bytes) else None
    if not isinstance(document, Document):
        return ()
    return secret_part(document.data, document.tree.text, config.secret)


class _FileContent:
    """Be what an open file holds, read as it is asked for: a table of everything may be large."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._size = file, os.fstat(file.fileno()).st_size

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self._size)
        self._file.seek(start)
        return self._file.read(stop - start)
