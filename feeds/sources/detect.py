"""Detection of the folder that has the records, before any configuration names it."""

from __future__ import annotations

import codecs
from collections import Counter
from pathlib import Path

from feeds.diagnostics.problem import Problem
from feeds.sources.files import find_files, read_bytes


def likely_source(folder: Path, output: Path | None = None) -> Path | None:
    """Return the folder below `folder`, relative to it, that holds the most files with front matter, or none.

    Files of a record's suffix without front matter count against a folder that holds them, at any depth; of two
    equals the upper one is meant. `folder` itself is meant when most of the files are directly in it.
    """
    scores: Counter[Path] = Counter()
    directly = 0
    for entry in find_files([folder], output):
        if not isinstance(entry, Problem):
            worth = 1 if _has_front_matter(read_bytes(entry)) else -1
            parents = Path(entry).relative_to(folder).parents
            scores.update(dict.fromkeys([parent for parent in parents if parent != Path()], worth))
            directly += worth * (len(parents) == 1)
    likely = min(scores, key=lambda path: (-scores[path], len(path.parts), path.as_posix()), default=Path())
    if max(directly, scores[likely]) < 1:
        return None
    return Path() if directly > scores[likely] else likely


def _has_front_matter(content: bytes | Problem) -> bool:
    return isinstance(content, bytes) and content.removeprefix(codecs.BOM_UTF8).startswith((b"---\n", b"---\r\n"))
