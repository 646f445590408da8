"""Guess which folder holds the records when no configuration names it."""

import codecs
from collections import Counter
from pathlib import Path

from feeds.diagnostics.problem import Problem
from feeds.sources.files import find_files, read_bytes


def likely_source(folder: Path, output: Path | None = None) -> Path | None:
    """Return the folder with the most files with front matter, relative to `folder`, or None.

    Files with a record's suffix but no front matter, at any depth, count against a folder. The upper of two equal
    folders is returned, and `folder` itself if most of the files are directly in it.
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
