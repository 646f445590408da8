"""Lists of selected records, newest first, which are read from the index on demand."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from feeds.model.record import Record
from feeds.model.selection import Selection
from feeds.store.conditions import Conditions, conditions_of
from feeds.store.csv_line import csv_line
from feeds.store.database import Index
from feeds.store.rows import DIGEST_BYTES, instant_of, microseconds
from feeds.store.serialize import unpack_record

_LINES = "SELECT file, line FROM line WHERE file IN (SELECT value FROM json_each(?))"
_LINES_AT_ONCE, _ROWS_AT_ONCE = 500, 10_000


class Summary(NamedTuple):
    """The id, title and link of a record, and a digest of everything in it."""

    id: str
    title: str
    link: str
    digest: bytes


class Selected:
    """All records of a selection in their order, as file numbers, instants and digests, a few bytes each.

    `unified` maps written topics to their names, `corrected` returns a record as it is published, and `is_corrected`
    are the numbers of the files for which that makes a difference.
    """

    def __init__(
        self,
        index: Index,
        rows: Iterator[tuple[int, int, bytes]],
        unified: Mapping[str, str],
        corrected: Callable[[Record], Record],
        is_corrected: Collection[int],
    ) -> None:
        self.index, self.unified = index, unified
        self.corrected, self.is_corrected = corrected, frozenset(is_corrected)
        self.files, self.published, self.digests = array("q"), array("q"), b""
        while part := [*islice(rows, _ROWS_AT_ONCE)]:
            files, published, digests = zip(*part, strict=True)
            self.files.extend(files)
            self.published.extend(published)
            self.digests += b"".join(digests)

    @cached_property
    def rank_of(self) -> dict[int, int]:
        """The rank of each record by the number of its file."""
        return {file: rank for rank, file in enumerate(self.files)}

    def ranks_where(self, conditions: Conditions) -> array[int]:
        """Return the ranks of records that meet conditions."""
        rows = self.index.connection.execute(f"SELECT file FROM record WHERE {conditions.sql}", conditions.parameters)  # noqa: S608 - no user's text
        return array("q", sorted(self.rank_of[file] for (file,) in rows if file in self.rank_of))

    def labels(self, field: str) -> dict[int, list[str]]:
        """Return the values of a field for feeds by field, by file number."""
        labels: dict[int, list[str]] = {}
        for file, value in self.index.connection.execute("SELECT file, value FROM label WHERE field = ?", (field,)):
            labels.setdefault(file, []).append(value)
        return labels

    @cached_property
    def ranks_by_topic(self) -> dict[str, array[int]]:
        """The ranks of the records of each topic, by its published name."""
        ranks, rank_of = dict[str, set[int]](), self.rank_of
        for written, name in self.unified.items():
            files = self.index.connection.execute("SELECT file FROM topic WHERE name = ?", (written,))
            if found := {rank_of[file] for (file,) in files if file in rank_of}:
                ranks[name] = ranks.get(name, set()) | found
        return {name: array("q", sorted(found)) for name, found in ranks.items()}


class RecordList:
    """Some of the selected records, newest first, then by id; a slice is a RecordList too."""

    def __init__(self, selected: Selected, ranks: Sequence[int]) -> None:
        self._selected, self._ranks = selected, ranks

    def __len__(self) -> int:
        """Return how many records there are."""
        return len(self._ranks)

    def __getitem__(self, part: slice) -> RecordList:
        """Return a slice, as in `records[:10]` for the ten newest."""
        return RecordList(self._selected, self._ranks[part])

    def records(self) -> Iterator[Record]:
        """Yield the records as they are published now."""
        for content in self._values("SELECT content FROM content WHERE file = ?"):
            yield self._selected.corrected(unpack_record(content))

    def summaries(self) -> Iterator[Summary]:
        """Yield the summaries of the records."""
        return (Summary(*row) for row in self._rows("SELECT id, title, link, digest FROM record WHERE file = ?"))

    def ids(self) -> Iterator[str]:
        """Yield the ids of the records."""
        return self._values("SELECT id FROM record WHERE file = ?")

    def sizes(self) -> Iterator[int]:
        """Yield the size of each record in the index, in bytes."""
        return self._values("SELECT length(content) FROM content WHERE file = ?")

    def paths(self) -> Iterator[bytes]:
        """Yield the paths of the records' files."""
        return self._values("SELECT path FROM file WHERE number = ?")

    def topics(self) -> Iterator[str]:
        """Yield the published topics of each record."""
        return map(self._selected.unified.__getitem__, self._values("SELECT name FROM topic WHERE file = ?"))

    def instants(self) -> Iterator[datetime]:
        """Yield when the records were published."""
        return (instant_of(self._selected.published[rank]) for rank in self._ranks)

    def digests(self) -> Iterator[bytes]:
        """Yield the digests of the records."""
        digests = self._selected.digests
        return (digests[rank * DIGEST_BYTES : (rank + 1) * DIGEST_BYTES] for rank in self._ranks)

    def record_keys(self) -> Iterator[tuple[int, bytes]]:
        """Yield file number and digest of each record."""
        return zip(self._files(), self.digests(), strict=True)

    def csv_lines(self) -> Iterator[bytes]:
        """Yield the records' lines in CSV, many at a time."""
        execute, is_corrected = self._selected.index.connection.execute, self._selected.is_corrected
        for start in range(0, len(self), _LINES_AT_ONCE):
            files = [self._selected.files[rank] for rank in self._ranks[start : start + _LINES_AT_ONCE]]
            lines = dict(execute(_LINES, (json.dumps(files),)))
            for index, file in enumerate(files, start):
                if not lines[file] or file in is_corrected:
                    lines[file] = b"".join(map(csv_line, self[index : index + 1].records()))
            yield b"".join(map(lines.__getitem__, files))

    def by_topic(self) -> dict[str, RecordList]:
        """Return the records of each topic of the whole selection."""
        return {name: RecordList(self._selected, ranks) for name, ranks in self._selected.ranks_by_topic.items()}

    def of_topic(self, topic: str) -> RecordList:
        """Return the records of a topic."""
        wanted = set(self._selected.ranks_by_topic.get(topic, ()))
        return RecordList(self._selected, [rank for rank in self._ranks if rank in wanted])

    def topic_counts(self) -> dict[str, int]:
        """Return the number of records of each topic."""
        counts = {name: len(self.of_topic(name)) for name in self._selected.ranks_by_topic}
        return {name: count for name, count in counts.items() if count}

    def label_counts(self, field: str) -> dict[str, int]:
        """Return the number of records for each value of a field for feeds by field; "" is none."""
        labels = self._selected.labels(field)
        return dict(Counter(value for file in self._files() for value in labels.get(file, [""])))

    def of_label(self, field: str, values: Collection[str]) -> RecordList:
        """Return the records with one of the values in a field; "" is none."""
        labels, files, wanted = self._selected.labels(field), self._selected.files, set(values)
        found = [rank for rank in self._ranks if not wanted.isdisjoint(labels.get(files[rank], [""]))]
        return RecordList(self._selected, found)

    def count_since(self, instant: datetime) -> int:
        """Return the number of records published at an instant or later."""
        published, first = self._selected.published, microseconds(instant)
        return sum(published[rank] >= first for rank in self._ranks)

    def narrowed(self, selection: Selection) -> RecordList:
        """Return the records of the whole selection that match another one, without its status and limit."""
        conditions = conditions_of(selection, self._selected.unified)
        return RecordList(self._selected, self._selected.ranks_where(conditions))

    def _files(self) -> Iterator[int]:
        return map(self._selected.files.__getitem__, self._ranks)

    def _rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        execute = self._selected.index.connection.execute
        for file in self._files():
            yield from execute(query, (file,))

    def _values(self, query: str) -> Iterator[Any]:
        return (value for (value,) in self._rows(query))
