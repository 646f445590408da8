"""Open the inputs of a conversion: files, addresses, standard input, lists of feeds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from feeds.diagnostics.problem import CouldNotRunError, Problem, Span, WrongUsageError
from feeds.locations import EMPTY_PATH, STDIN, is_address
from feeds.parsers import PARSERS, Parsed, parse
from feeds.parsers.encoding import with_ascii
from feeds.parsers.parsed import CUT_OFF
from feeds.parsers.unpack import MAX_BYTES
from feeds.publish.conversion.conversion_rules import conversion_problem
from feeds.regular_file import why_unread
from feeds.urls import is_web_address, without_password

if TYPE_CHECKING:
    from feeds.sources.addresses import Response
    from feeds.sources.time_budget import TimeBudget

LIST = "opml:"
_FENCES = (b"---\n", b"---\r\n", b"+++\n", b"+++\r\n", b"\xef\xbb\xbf---", b"\xef\xbb\xbf+++")
_OF_FILE = re.compile(r"file:(?://(?:localhost)?)?(/[^/?#][^?#]*)", re.IGNORECASE)  # RFC 8089, section 2
_HEAD = 64 * 1024
_FOR_GOOD = frozenset({301, 308})


class Validators(NamedTuple):
    """The validators of a document's version (RFC 9110, section 8.8)."""

    etag: str = ""
    last_modified: str = ""


_NEVER_SEEN = Validators()


class FeedInput(NamedTuple):
    """A feed that was read: its name, its bytes, the parsed result, and all problems.

    For a folder of records, `lost` is what the target format cannot represent. A document from the web has the
    `validators` of its version, a feed of an OPML list has the title of the list.
    """

    name: str
    data: bytes
    parsed: Parsed
    problems: tuple[Problem, ...] = ()
    lost: tuple[Problem, ...] = ()
    validators: Validators = _NEVER_SEEN
    list_title: str = ""

    @property
    def is_readable(self) -> bool:
        """Return whether there is a feed without errors."""
        return bool(self.parsed.format) and not any(problem.is_error for problem in self.problems)


def plain_name(name: str) -> str:
    """Return the path or web address that an input with `feed:` or `file:` stands for; any other unchanged.

    Raises WrongUsageError for an empty one, which is mostly an unset variable of a script.
    """
    if not name:
        raise WrongUsageError(EMPTY_PATH)
    if name.startswith(LIST):
        return LIST + plain_name(name.removeprefix(LIST))
    scheme, _, rest = name.partition(":")
    if scheme.lower() == "feed" and (rest.startswith("//") or is_web_address(rest)):
        return f"http:{rest}" if rest.startswith("//") else rest
    path = _OF_FILE.fullmatch(name)
    return unquote(path[1]) if path else name


def shown_name(name: str) -> str:
    """Return an input as it is shown: a web address without user name and password."""
    return without_password(name) if is_web_address(name) else name


def holds_records(name: str) -> bool:
    """Return whether an input is a folder of records, or a record, which is recognized by its content."""
    if name == STDIN or name.startswith(LIST) or is_web_address(name):
        return False
    from feeds.sources.entry import SUFFIXES  # noqa: PLC0415 - not needed for addresses

    path = Path(name)
    if is_address(name) or path.is_dir() or not path.is_file():
        return is_address(name) or path.is_dir()
    with path.open("rb") as file:
        head = with_ascii(file.read(_HEAD))
    if head.startswith(_FENCES) or path.suffix.lower() not in SUFFIXES:
        return head.startswith(_FENCES)
    readers = {parser.name for parser in PARSERS if parser.sniff(head)}
    return not readers - ({"json", "csv"} if path.suffix.lower() in {".md", ".markdown"} else set())


def open_inputs(name: str, columns: Mapping[str, str], stdin: Callable[[int], bytes]) -> Iterator[FeedInput]:
    """Yield the feed of an input, or each feed of a list; `stdin` reads standard input.

    An unreadable feed of a list has a problem. Raises CouldNotRunError for an unreadable input.
    """
    if not name.startswith(LIST):
        yield _opened(name, columns, stdin)
        return
    listed = _opened(name.removeprefix(LIST), columns, stdin)
    if listed.parsed.format != "opml":
        raise CouldNotRunError(f"{listed.name}: this is no list of feeds in OPML; leave out {LIST}")
    if not listed.parsed.subscriptions:
        raise CouldNotRunError(f"{listed.name}: the list has no feeds; add outlines with an xmlUrl")
    from feeds.sources.time_budget import TimeBudget  # noqa: PLC0415 - most inputs are no lists

    budget, title = TimeBudget(), listed.parsed.feed.title
    for subscription, line in zip(listed.parsed.subscriptions, listed.parsed.lines, strict=False):
        try:
            yield _listed(listed, subscription.url, columns, budget)._replace(list_title=title)
        except CouldNotRunError as error:
            problem = conversion_problem(listed.name, "unreadable", str(error), span=Span(line, 1, line, 1))
            yield FeedInput(
                shown_name(subscription.url), b"", listed.parsed._replace(format=""), (problem,), list_title=title
            )


def _listed(by: FeedInput, url: str, columns: Mapping[str, str], budget: TimeBudget) -> FeedInput:
    """Return a feed of a list: at an address, or in a file beside the file of the list."""
    url = plain_name(url)
    if is_web_address(url):
        named_by = by.name if is_web_address(by.name) else ""
        read = read_response(url, budget.fetch(url, named_by=named_by), columns)
    elif is_web_address(by.name):
        raise CouldNotRunError(f"{shown_name(url)}: nothing on this machine is read for a list from the web")
    else:
        name = str(Path(by.name).parent / url)
        read = _parsed(name, _content_of(name), columns)
    if read.parsed.format == "opml":
        raise CouldNotRunError(f"{shown_name(url)}: this is a list of feeds as well; name it on the command line")
    return read


def _opened(name: str, columns: Mapping[str, str], stdin: Callable[[int], bytes]) -> FeedInput:
    if is_web_address(name):
        from feeds.sources.addresses import fetch  # noqa: PLC0415 - most are local

        return read_response(name, fetch(name), columns)
    data = stdin(MAX_BYTES + 1) if name == STDIN else _content_of(name)
    if name == STDIN and data.startswith(_FENCES):
        raise CouldNotRunError(f"{STDIN}: this is a record; name its file, as its path is a part of what it says")
    return _parsed(name, data, columns)


def _parsed(name: str, data: bytes, columns: Mapping[str, str]) -> FeedInput:
    if len(data) > MAX_BYTES:
        raise CouldNotRunError(f"{name}: the document has more than {MAX_BYTES // 2**20} MiB; give a smaller one")
    parsed = parse(data, name=name, columns=columns)
    return FeedInput(name, data, parsed, parsed.problems)


def read_response(url: str, response: Response, columns: Mapping[str, str]) -> FeedInput:
    """Return the feed in a server's response. Raises CouldNotRunError if its end is missing.

    Not every server says how long a document is, and a feed made of a part would replace the one made of all.
    """
    name = shown_name(url)
    parsed = parse(response.content, url=response.url, name=name, columns=columns)
    if cut := next((problem for problem in parsed.problems if problem.rule == CUT_OFF), None):
        raise CouldNotRunError(f"{name}: {cut.message}; {cut.remedy}")
    moves = []
    if response.redirects:
        is_for_good = all(redirect.status in _FOR_GOOD for redirect in response.redirects)
        advice = "name that address from now on" if is_for_good else ""
        moves = [conversion_problem(name, "redirected", f"the document is at {response.url}", advice)]
    validators = Validators(response.etag, response.last_modified)
    return FeedInput(name, response.content, parsed, (*moves, *parsed.problems), validators=validators)


def _content_of(name: str) -> bytes:
    path = Path(name)
    if not path.is_file():  # opening a FIFO would block until a writer appears
        what = "this is no regular file; use - for what comes from a program" if path.exists() else "no such file"
        raise CouldNotRunError(
            f"{name}: {what}; name a feed, a folder of records, or an address that begins with https:"
        )
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CouldNotRunError(f"{name}: the file cannot be read: {why_unread(error)}") from None
