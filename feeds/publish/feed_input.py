"""Load the feed that text names: a document of any format, on this machine or on the web, or a folder of records."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.formats import FORMATS
from feeds.formats.item_of_record import feed_of_records
from feeds.locations import place_of
from feeds.model.feed import Feed
from feeds.model.selection import EVERYTHING_PUBLISHED
from feeds.parsers import Parsed, parse
from feeds.planning.feeds import FeedPlan, head_of_everything
from feeds.publish.rendering import loaded
from feeds.sources.addresses import fetch, is_web_address
from feeds.store.store import HERE, Reading, RecordStore, with_store

STANDARD_INPUT = "-"
_FENCES = (b"---", b"+++")


def load_feed(text: str, config: Config, now: datetime, stdin: bytes = b"", reading: Reading = HERE) -> Parsed:
    """Return what a path, a web address or `-` leads to; the format of a folder of records is `records`.

    Raises CouldNotRunError for what cannot be read, or is no feed.
    """
    if text != STANDARD_INPUT and not is_web_address(text) and _holds_records(Path(text)):
        return _records(replace(config, source=place_of(text)), now, reading)
    content, url = load_document(text, stdin)
    return checked_feed(parse(content, url=url, name=text), text)


def load_document(text: str, stdin: bytes = b"") -> tuple[bytes, str]:
    """Return what a path, a web address or `-` leads to, and where it was found on the web."""
    if text == STANDARD_INPUT:
        return stdin, ""
    if is_web_address(text):
        response = fetch(text)
        return response.content, response.url
    return read_document(Path(text)), ""


def read_document(path: Path) -> bytes:
    """Return what a file holds. Raises CouldNotRunError."""
    if path.is_dir():
        raise CouldNotRunError(f"{path}: this is a folder; name the feed in it")
    if not path.is_file():  # opening a FIFO would wait for its writer
        raise CouldNotRunError(f"{path}: there is no such file")
    try:
        return path.read_bytes()
    except OSError as error:
        raise CouldNotRunError(f"{path}: the file cannot be read: {error.strerror}") from None


def checked_feed(parsed: Parsed, name: str) -> Parsed:
    """Return a document that is a feed. Raises CouldNotRunError for one that is not, or is not whole."""
    error = next((problem for problem in parsed.problems if problem.is_error), None)
    if error:
        remedy = f"; {error.remedy}" if error.remedy else ""
        raise CouldNotRunError(f"{name}: {error.message}{remedy}")
    if parsed.format == "opml":
        raise CouldNotRunError(f"{name}: this is a list of feeds (OPML); name one of the feeds in it")
    return parsed


def _holds_records(path: Path) -> bool:
    if path.is_dir():
        return True
    try:
        with path.open("rb") as file:
            return path.is_file() and file.read(3) in _FENCES
    except OSError:
        return False


def _records(config: Config, now: datetime, reading: Reading) -> Parsed:
    def use(store: RecordStore) -> Feed:
        everything = store.queries.choose(EVERYTHING_PUBLISHED, now)
        plan = FeedPlan(head_of_everything(store.queries, config), everything, len(everything))
        return feed_of_records(loaded(plan), FORMATS["json"])

    return Parsed(with_store(config, use, now, reading), format="records")
