"""Read a feed with its older documents: the next pages (RFC 5005, section 3) and the archive (section 4)."""

import posixpath
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import monotonic
from typing import NamedTuple
from urllib.parse import unquote

from feeds.diagnostics.problem import CouldNotRunError, Problem
from feeds.locations import STDIN, real_path
from feeds.model.feed import Feed
from feeds.publish.conversion.conversion_rules import conversion_problem
from feeds.publish.conversion.inputs import FeedInput, Validators, read_response, shown_name
from feeds.publish.conversion.load_feed import checked_feed, open_feed
from feeds.sources.addresses import fetch
from feeds.text import counted
from feeds.urls import is_web_address, split

MOST_DOCUMENTS = 1000
MOST_BYTES = 256 * 1024 * 1024
MOST_SECONDS = 600  # in which the next document is asked for


class History(NamedTuple):
    """All documents of a feed, newest first, and problems with older ones; empty for a feed that is not modified."""

    documents: tuple[FeedInput, ...]
    problems: tuple[Problem, ...] = ()


def read_history(name: str, stdin: Callable[[int], bytes], most: int, known: Validators | None) -> History:
    """Return the feed at a path, a web address or `-`, and the older documents that it links to, at most `most`.

    Links of a file are followed only to files beside it, and links of a web document only on the web. With the
    validators of a `known` version, a feed that is not modified is not read again. Raises CouldNotRunError if the
    feed itself cannot be read; an unreadable older document is a Problem.
    """
    first = _first(name, stdin, known or Validators())
    if first is None:
        return History(())
    documents, problems, seen = [first], list[Problem](), {_location(first.name)}
    end = monotonic() + MOST_SECONDS
    waiting = list(_older(first))
    while waiting:
        by, older = waiting.pop(0)
        if limit := _limit(documents, most, is_late=monotonic() > end):
            what = f"and is not followed beyond {limit}"
            problems.append(_goes_on(by, older, what, "import that address, or raise --documents"))
            break
        try:
            found = _read(by, older, Path(name).parent, seen)
        except CouldNotRunError as error:
            problems.append(_goes_on(by, older, f"which is not read: {error}"))
        else:
            documents.append(found)
            waiting += _older(found)
    return History(tuple(documents), tuple(problems))


def _goes_on(by: FeedInput, older: str, what: str, remedy: str = "") -> Problem:
    return conversion_problem(by.name, "history", f"the feed goes on at {shown_name(older)}, {what}", remedy)


def _first(name: str, stdin: Callable[[int], bytes], known: Validators) -> FeedInput | None:
    if not is_web_address(name):
        return open_feed(name, stdin)
    response = fetch(name, etag=known.etag, last_modified=known.last_modified)
    return checked_feed(read_response(name, response, {})) if response.is_modified else None


def _limit(documents: Sequence[FeedInput], most: int, *, is_late: bool) -> str:
    """Describe the limit that documents have reached, if any."""
    if is_late:
        return counted(MOST_SECONDS // 60, "minute")
    if len(documents) >= most:
        return counted(most, "document")
    is_large = sum(len(each.data) for each in documents) > MOST_BYTES
    return f"{MOST_BYTES // 2**20} MiB" if is_large else ""


def _older(document: FeedInput) -> Iterator[tuple[FeedInput, str]]:
    feed = document.parsed.feed
    yield from ((document, url) for url in dict.fromkeys((feed.next_url, feed.previous_url)) if url)


def _read(by: FeedInput, older: str, folder: Path, seen: set[str]) -> FeedInput:
    """Return an older document that another one links to, unless it was `seen`."""
    if is_web_address(by.name):
        _note_location(older, seen)
        return checked_feed(read_response(older, fetch(older, named_by=by.name), {}))
    path = str(_beside(by, older, folder))
    _note_location(path, seen)
    return open_feed(path, lambda _: b"")


def _note_location(name: str, seen: set[str]) -> None:
    location = _location(name)
    if location in seen:
        raise CouldNotRunError("it was read before, so the documents lead in a circle")
    seen.add(location)


def _location(name: str) -> str:
    return shown_name(name) if is_web_address(name) or name == STDIN else str(real_path(Path(name)))


def _beside(by: FeedInput, older: str, folder: Path) -> Path:
    """Return the local file for an address in a file. Raises CouldNotRunError if there can be none."""
    relative = _relative(older, by.parsed.feed)
    if by.name == STDIN or not relative:
        raise CouldNotRunError("nothing on the web is read for a file; import the feed by its address")
    path = Path(by.name).parent / unquote(relative)
    if not real_path(path).is_relative_to(real_path(folder)):
        raise CouldNotRunError("it is not below the folder of the feed; import it by its path")
    return path


def _relative(older: str, feed: Feed) -> str:
    """Return the path of an older document relative to the feed if both are on one site, else nothing."""
    there, here = split(older), split(feed.url)
    if not there.scheme and not there.netloc and not there.query:
        return there.path
    if there.query or (there.scheme, there.netloc) != (here.scheme, here.netloc):
        return ""
    return posixpath.relpath(there.path or "/", posixpath.dirname(here.path) or "/")
