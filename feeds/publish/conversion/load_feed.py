"""Load one whole feed to compare or to import it: a document of any format, or a folder of records."""

from collections.abc import Callable
from datetime import datetime

from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.locations import location_of
from feeds.model.selection import EVERYTHING_PUBLISHED
from feeds.parsers.parsed import CUT_OFF
from feeds.publish.conversion.inputs import FeedInput, holds_records, open_inputs
from feeds.publish.conversion.records_feed import open_records
from feeds.publish.secret_guard import refuse_leaks
from feeds.store.open_store import HERE, Reading, open_store
from feeds.store.source_part import with_source


def load_feed(name: str, config: Config, now: datetime, stdin: Callable[[int], bytes], reading: Reading) -> FeedInput:
    """Return the feed at a path, a web address or `-`; the format of a folder of records is `records`.

    The problems are those of records. Raises CouldNotRunError for an input that cannot be read or is not a feed.
    """
    if holds_records(name):
        with open_records([with_source(config, location_of(name))], EVERYTHING_PUBLISHED, now, reading) as (records,):
            return records.read._replace(problems=records.problems)
    return open_feed(name, stdin)._replace(problems=())


def refuse_secrets_of(name: str, config: Config, now: datetime, content: bytes, reading: Reading = HERE) -> None:
    """Raise CouldNotRunError if content contains a secret value of the records in a folder."""
    if holds_records(name):
        with open_store(with_source(config, location_of(name)), now, reading) as store:
            refuse_leaks(store.index, "the difference", content)


def open_feed(name: str, stdin: Callable[[int], bytes]) -> FeedInput:
    """Return the feed in a document. Raises CouldNotRunError if it is not a feed or is incomplete."""
    return checked_feed(next(open_inputs(name, {}, stdin)))


def checked_feed(read: FeedInput) -> FeedInput:
    """Return the feed of an input. Raises CouldNotRunError if it is not a feed or is incomplete."""
    error = next((each for each in read.problems if each.is_error or each.rule == CUT_OFF), None)
    if error:
        remedy = f"; {error.remedy}" if error.remedy else ""
        raise CouldNotRunError(f"{read.name}: {error.message}{remedy}")
    if read.parsed.format == "opml":
        raise CouldNotRunError(f"{read.name}: this is a list of feeds (OPML); name one of the feeds in it")
    return read
