"""Collect what is lost of an imported feed, since no record or setting holds it, and what records add to it."""

from collections.abc import Iterable, Iterator

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.formats.loss import Losses
from feeds.model.feed import Feed
from feeds.model.item import Item
from feeds.publish.conversion.inputs import FeedInput
from feeds.publish.conversion.item_losses import RECORD_LOSSES
from feeds.publish.conversion.loss_report import report_losses
from feeds.publish.importing.import_entry import ImportEntry

_HEAD_LOSSES: Losses = frozenset(
    {
        *("feed.authors.avatar", "feed.authors.email", "feed.authors.email_alone", "feed.authors.more"),
        *("feed.authors.url", "feed.categories", "feed.contributors", "feed.extensions.atom", "feed.extensions.core"),
        *("feed.extensions.json", "feed.extensions.own", "feed.extensions.xml", "feed.generator", "feed.hubs.more"),
        *("feed.id", "feed.is_complete", "feed.is_expired", "feed.links", "feed.logo.description", "feed.logo.height"),
        *("feed.logo.link", "feed.logo.title", "feed.logo.width", "feed.published", "feed.rights"),
    }
)


def settings_of(feed: Feed, config: Config) -> dict[str, str]:
    """Return the settings that a configuration would have to change for a build to repeat the head of a feed."""
    logo = feed.logo.url if feed.logo else ""
    author = next((person.name or person.email for person in feed.authors), "")
    wanted = {
        "title": feed.title,
        "description": feed.description,
        "language": feed.language,
        "author": author,
        "home_page": feed.link,
        "icon": feed.icon or logo,
        "hub": next(iter(feed.hubs), ""),
    }
    return {name: value for name, value in wanted.items() if value and not _is_same(name, value, getattr(config, name))}


def _is_same(name: str, value: str, configured: str) -> bool:
    if name == "language":  # not of another region
        return value.partition("-")[0].lower() == configured.partition("-")[0].lower()
    return value.rstrip("/") == configured.rstrip("/")


class ImportNotes:
    """Losses and additions of an import, by their names, with the first item of each."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[int, ImportEntry]] = {}
        self._remainders: dict[str, list[tuple[ImportEntry, Item]]] = {}

    def add(self, rule: str, entry: ImportEntry, names: Iterable[str]) -> None:
        """Note what is `lost` of an item or `added` to it."""
        for name in names:
            times, first = self._found.get((rule, name), (0, entry))
            self._found[rule, name] = times + 1, first

    def add_remainder(self, entry: ImportEntry, remainder: Item) -> None:
        """Note the parts of an item that its record may not hold."""
        self._remainders.setdefault(entry.source.name, []).append((entry, remainder))

    def problems(self, head: FeedInput | None) -> Iterator[Problem]:
        """Yield the problems: those of the head of a feed, if one is given, and those of all items."""
        if head and self._remainders:
            feed = head.parsed.feed._replace(items=())
            losses = _HEAD_LOSSES | {"feed.logo"} if feed.icon and feed.logo else _HEAD_LOSSES
            read = head._replace(parsed=head.parsed._replace(feed=feed))
            yield from report_losses(read, losses)
        for entries in self._remainders.values():
            source, parsed = entries[0][0].source, entries[0][0].source.parsed
            feed = parsed.feed._replace(items=tuple(rest for _, rest in entries))
            lines = tuple(entry.line for entry, _ in entries)
            read = source._replace(parsed=parsed._replace(feed=feed, lines=lines))
            yield from report_losses(read, RECORD_LOSSES)
        for (rule, name), (times, entry) in sorted(self._found.items(), key=lambda found: found[0]):
            yield Problem(entry.source.name, entry.span, rule, f"{rule} {name} x{times}", "", "warning")
