"""Find the pages of source files that bodies link to; a broken link stays as it is and is reported."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from typing import NamedTuple

from feeds.diagnostics.problem import Problem, Span, problem_at
from feeds.markup.source_links import is_page_too
from feeds.text import quoted

_INDEXES = {"index", "_index", "readme"}
_LANGUAGE = re.compile(r"\.[a-z]{2,3}(?:-[a-z0-9]{2,8})?")


class BodyLink(NamedTuple):
    """A link of a body to a source file: its path and its span."""

    path: str
    span: Span


class LinkedPages(NamedTuple):
    """The pages that a body links to, by the paths of its links, and a problem for each broken link."""

    pages: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


class SourcePages:
    """The pages of source files by path: "" for a file that is not published, None for one that does not exist.

    All paths are listed only if a link names a file without its folder, or from the root of the site.
    """

    def __init__(self, page_at: Callable[[str], str | None], all_paths: Callable[[], Iterable[str]]) -> None:
        self._page_at, self._all_paths = page_at, all_paths

    def linked_from(self, path: str, links: Iterable[BodyLink]) -> LinkedPages:
        """Return the pages that the links in a file lead to, and the problems of broken ones."""
        found = [(link, self._find(path, link.path)) for link in links]
        pages = {link.path: page for link, page in found if page}
        return LinkedPages(tuple(pages.items()), tuple(_problems(path, found)))

    def _find(self, path: str, named: str) -> str | None:
        folder = dirname(path)
        if not named.startswith(("/", "@")):
            return self._page_at(normal_path(join(folder, named)))
        name = named.removeprefix("@").removeprefix("site").removeprefix("./")
        name = (normal_path(join(folder, name)) if name.startswith("../") else name).strip("/").casefold()
        near = folder.casefold() if named.startswith("@./") else None
        ranked: dict[tuple[bool, int], list[str]] = defaultdict(list)
        for each in self._by_name.get(PurePosixPath(name).name, ()):
            if any(f"/{form}".endswith(f"/{name}") for form in _forms(each)):
                ranked[dirname(each).casefold() != near, each.count("/")].append(each)
        best = ranked[min(ranked)] if ranked else []
        return self._page_at(best[0]) if len(best) == 1 else None

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = defaultdict(list)
        for path in map(normal_path, self._all_paths()):
            for name in {PurePosixPath(form).name for form in _forms(path)}:
                names[name].append(path)
        return names


def normal_path(path: str) -> str:
    """Return a path, or an address in object storage, in normal form."""
    if "/." not in path and "//" not in path and not path.startswith("."):  # true of nearly all
        return path
    scheme, separator, rest = path.rpartition("://")
    return scheme + separator + normpath(rest)


def _forms(path: str) -> Iterator[str]:
    """Yield the ways to name a file: with suffix, without, without its language, and as a folder if it is an index."""
    file = PurePosixPath(path.casefold())
    yield file.as_posix()
    yield file.with_suffix("").as_posix()
    if _LANGUAGE.fullmatch(file.with_suffix("").suffix):
        file = file.with_suffix("")
        yield file.with_suffix("").as_posix()
    if file.stem in _INDEXES:
        yield file.parent.as_posix()


def _problems(path: str, found: Iterable[tuple[BodyLink, str | None]]) -> Iterator[Problem]:
    for link, page in dict.fromkeys(found):  # many links may have the place of one definition
        name = quoted(link.path.removeprefix("@site/").removeprefix("@./").removeprefix("@/"))
        message = f"a link leads to {name}, which is"
        if page is None and not is_page_too(link.path):
            remedy = "correct the path, or write the address of the page"
            yield problem_at(path, link.span, "source-link", f"{message} no record here", remedy)
        elif page == "":
            remedy = "publish that record, or remove the link"
            yield problem_at(path, link.span, "source-link", f"{message} not published", remedy)
