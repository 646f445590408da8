"""Write CSV (RFC 4180): UTF-8, CRLF, a header row, always the same columns."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from feeds.dates import format_rfc3339
from feeds.formats.identity import item_id
from feeds.formats.loss import Losses
from feeds.model.feed import Feed
from feeds.model.item import Item
from feeds.model.markup_text import as_plain
from feeds.model.own_values import own_values
from feeds.model.parts import Image
from feeds.urls import split

REQUIRED = frozenset({"id"})
_QUOTE = '"'
BOM = b"\xef\xbb\xbf"
COLUMNS = (
    *("id", "title", "excerpt", "webUrl", "originalUrl", "publishedDateTime", "updatedDateTime", "provider"),
    *("providerDomain", "topics", "type", "length", "quality", "heat", "imageUrl", "imageWidth", "imageHeight"),
    *("relatedCount", "relatedUrls"),
)
LOSSES: Losses = frozenset(
    {
        *("feed.title", "feed.link", "feed.url", "feed.description", "feed.language", "feed.published", "feed.updated"),
        *("feed.authors", "feed.categories", "feed.contributors", "feed.current_url", "feed.extensions", "feed.hubs"),
        *("feed.icon", "feed.id", "feed.is_archive", "feed.is_complete", "feed.is_expired", "feed.links", "feed.logo"),
        *("feed.generator", "feed.next_url", "feed.previous_url", "feed.rights"),
        *("item.authors.avatar", "item.authors.email", "item.authors.email_alone", "item.authors.url"),
        *("item.categories.scheme", "item.categories.term", "item.comments", "item.content", "item.contributors"),
        *("item.enclosures", "item.language", "item.links"),
        *("item.extensions.atom", "item.extensions.core", "item.extensions.json", "item.extensions.xml"),
        *("item.images.credit", "item.images.description", "item.images.link", "item.images.more", "item.images.title"),
        *("item.is_permalink", "item.summary_alone.language", "item.summary_alone.markup"),
        *("item.plain_content", "item.player", "item.rights", "item.source", "item.summary.language"),
        *("item.related.author", "item.related.language", "item.related.published", "item.related.summary"),
        *("item.related.title", "item.related.type", "item.summary.markup", "item.title_markup"),
    }
)


def render(feed: Feed) -> Iterator[bytes]:
    """Yield a CSV table, row by row."""
    yield header()
    for item in feed.items:
        yield write_row(_row(item))


def header() -> bytes:
    """Return the header row: the names of the columns."""
    return write_row(COLUMNS)


def _row(item: Item) -> list[str | int | None]:
    lead = item.images[0] if item.images else Image("")
    own = own_values(item)
    return [
        item_id(item),
        item.title,
        as_plain(item.summary),
        item.link,
        item.via,
        _time(item.published),
        _time(item.updated),
        names_cell((author.label for author in item.authors if author.label), "; "),
        (split(item.authors[0].url).hostname or "") if item.authors else "",
        names_cell(category.name for category in item.categories),
        *(own.get(name) for name in ("type", "length", "quality", "heat")),
        lead.url,
        lead.width,
        lead.height,
        len(item.related),
        " ".join(article.url for article in item.related),
    ]


def _time(instant: datetime | None) -> str:
    return format_rfc3339(instant) if instant else ""


def names_cell(names: Iterable[str], separator: str = ";") -> str:
    """Return names as a cell; one that has a semicolon, or begins with a quotation mark, is put in quotes."""
    return separator.join([_quoted(name) if ";" in name or name.startswith(_QUOTE) else name for name in names])


def _quoted(text: str) -> str:
    return f'"{text.replace(_QUOTE, _QUOTE * 2)}"'


def write_row(values: Sequence[str | int | None]) -> bytes:
    """Return values as a line of a table (RFC 4180), as the module csv does in several times the time."""
    return (",".join(map(_cell, values)) + "\r\n").encode()


def _cell(value: str | int | None) -> str:
    text = "" if value is None else str(value)
    if _QUOTE in text:
        return _quoted(text)
    return f'"{text}"' if "," in text or "\n" in text or "\r" in text else text
