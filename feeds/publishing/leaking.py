"""Find in files that lie ready what must never leave: secret values, and items that are not published."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from feeds.config import Config
from feeds.publishing.leak.gate import LeakGate, first_line
from feeds.publishing.leak.unpublished import item_ids
from feeds.publishing.publication import Publication
from feeds.publishing.staging import PreparedFile
from feeds.publishing.stock import Stock
from feeds.reading.document import Document, parse_document
from feeds.reading.source import read_bytes
from feeds.secret import secret_part


def leaks_of(publication: Publication, stock: Stock, files: Sequence[PreparedFile], config: Config) -> Iterator[str]:
    """Yield what files that lie ready would leak, naming the record and the place."""
    if not files:
        return
    gate = LeakGate(stock.index.secret_marks, lambda path: _secrets_in(path, config))
    for file in files:
        with publication.staged(file.name).open("rb") as content:
            gate.inspect(file.name, _FileContent(content))
    for leak in gate.leaks():
        line = first_line(publication.staged(leak.output).read_bytes(), _secrets_in(leak.path, config))
        yield f"{leak.output}:{line} holds a secret value of {leak.path}"


def unpublished_in(publication: Publication, stock: Stock, files: Sequence[PreparedFile]) -> Iterator[str]:
    """Yield which files that lie ready hold items of records that are not published."""
    hidden = stock.index.unpublished_ids() if files else set[str]()
    for file in files if hidden else ():
        for identity in sorted(hidden.intersection(file.ids or item_ids(publication.staged(file.name)))):
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
