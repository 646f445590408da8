"""Walk a folder and the folders that it links to, each once."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from feeds.diagnostics.problem import START, Problem, problem_at
from feeds.locations import lies_in

FolderFilter = Callable[[str], bool | Problem]  # whether to search a folder, or the problem with it


class Folder(NamedTuple):
    """A searched folder: its path, the prefix of its files' paths, and their names."""

    path: str
    prefix: str
    files: tuple[str, ...]
    is_link: bool = False


def walk(source: Path, accept: FolderFilter) -> Iterator[Folder | Problem]:
    """Yield a folder and each folder below it that is searched; links are followed last.

    So a record has the path of its real folder if that is in the source. A link to a folder that has been searched, or
    that contains the source, is a Problem: following it would find the same records again.
    """
    root = os.path.realpath(source)
    searched: set[str] = set()
    starts = [source.as_posix()]
    while starts:
        links: list[str] = []
        for start in starts:
            real = os.path.realpath(start)
            if real in searched or (searched and lies_in(Path(root).as_posix(), Path(real).as_posix())):
                yield _searched_already(start)
            else:
                yield from _walk_one(start, real, accept, searched, links)
        starts = sorted(links)


def _walk_one(
    start: str, real: str, accept: FolderFilter, searched: set[str], links: list[str]
) -> Iterator[Folder | Problem]:
    problems: list[Problem] = []
    for parent, folders, files in os.walk(start, onerror=lambda error: problems.append(_not_listed(error))):
        prefix = Path(parent, "_").as_posix()[:-1]  # one Path for each folder: one for each file would be slow
        here = real + parent[len(start) :]
        if here in searched:
            folders.clear()
            yield _searched_already(parent)
            continue
        searched.add(here)
        answers = {name: accept(prefix + name) for name in folders}
        yield from (answer for answer in answers.values() if isinstance(answer, Problem))
        wanted = [name for name, answer in answers.items() if answer is True]
        folders[:] = [name for name in wanted if not os.path.islink(prefix + name)]  # noqa: PTH114 - the same
        links += [prefix + name for name in wanted if name not in folders]
        yield Folder(parent, prefix, tuple(files), is_link=os.path.islink(parent))  # noqa: PTH114 - the same
    yield from problems


def _not_listed(error: OSError) -> Problem:
    message = f"the folder cannot be listed: {error.strerror}"
    return problem_at(Path(error.filename).as_posix(), START, "unreadable", message, "check its permissions")


def _searched_already(path: str) -> Problem:
    message = "the link leads to a folder that is searched anyway, so it is skipped"
    return problem_at(Path(path).as_posix(), START, "linked-folder", message, "remove it, or name it under exclude")
