"""Convert feeds, and lists of feeds, to one list."""

from collections.abc import Iterator, Sequence

from feeds.formats.opml import LOSSES, render_list
from feeds.parsers.parsed import Subscription
from feeds.publish.conversion.convert_feeds import Conversion, Terms, conversion_of, readable_of
from feeds.publish.conversion.inputs import FeedInput
from feeds.urls import is_web_address


def convert_list(inputs: Sequence[FeedInput], ours: Sequence[FeedInput], terms: Terms) -> Conversion:
    """Return OPML with every feed, and every feed of a list, once."""
    chosen = [*inputs, *ours]
    return conversion_of(chosen, terms, lambda _: LOSSES, _document(readable_of(chosen), terms.title))


def _document(inputs: Sequence[FeedInput], title: str) -> Iterator[bytes]:
    named = [each for read in inputs for each in _subscriptions(read)]
    first = {each.url: each for each in reversed(named)}
    titles = dict.fromkeys(read.parsed.feed.title for read in inputs)
    yield render_list(title or ", ".join(filter(None, titles)), list(reversed(first.values())))


def _subscriptions(read: FeedInput) -> Iterator[Subscription]:
    if read.parsed.format == "opml":
        yield from read.parsed.subscriptions
    else:
        feed = read.parsed.feed
        yield Subscription(feed.title, read.name if is_web_address(read.name) else feed.url or read.name, feed.link)
