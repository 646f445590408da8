"""Read CSV: the columns of this program, others with common names, or those that the caller names."""

import csv
import json
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from io import StringIO
from itertools import islice

from feeds.csv_limit import long_cells
from feeds.model.feed import Feed
from feeds.model.item import Category, Extension, Item, Text
from feeds.model.parts import Enclosure, Image, Person, Related
from feeds.parsers.builder import parse_side
from feeds.parsers.encoding import decode
from feeds.parsers.feed_dates import parse_date
from feeds.parsers.parsed import CUT_OFF, Notes, Parsed
from feeds.parsers.parser import FeedDocument
from feeds.parsers.resolve import resolve, usable
from feeds.text import xml_text

FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "guid", "uid", "uuid", "identifier"),
    "title": ("title", "headline", "name", "subject"),
    "summary": ("excerpt", "summary", "description", "abstract", "teaser"),
    "content": ("content", "content_html", "body", "html", "text"),
    "link": ("weburl", "link", "url", "href", "permalink", "address"),
    "via": ("originalurl", "external_url", "source_url", "via"),
    "published": ("publisheddatetime", "published", "date", "pubdate", "date_published", "created", "created_at"),
    "updated": ("updateddatetime", "updated", "modified", "date_modified", "updated_at", "lastmod"),
    "author": ("provider", "author", "authors", "creator", "by", "byline", "publisher"),
    "domain": ("providerdomain", "author_url"),
    "categories": ("topics", "categories", "category", "tags", "keywords"),
    "image": ("imageurl", "image", "image_url", "thumbnail", "picture"),
    "image_width": ("imagewidth", "image_width"),
    "image_height": ("imageheight", "image_height"),
    "enclosure": ("enclosure", "audio", "media", "enclosure_url"),
    "language": ("language", "lang"),
    "related": ("relatedurls",),
    "related_count": ("relatedcount",),
}
"""The fields of an item, and what columns with them are called, in lower case."""

OWN = ("type", "length", "quality", "heat")
_DELIMITERS = ",;\t|"
_NUMBER = re.compile("-?[0-9]{1,16}")
_NAME = re.compile(r'\s*+(?:"((?:[^"]|"")++)"(?=\s*(?:;|\Z))|([^;]*+))(?:\s*+(?:;|\Z))')
_APOSTROPHE = ("'=", "'+", "'-", "'@", "'\t", "'\r")


def sniff(data: bytes) -> bool:
    """Return whether a document can be a table: its first line has at least two columns, one of which is known."""
    text = decode(data[:4096].rpartition(b"\n")[0] or data[:4096]).text
    header = _header(text)
    return len(header) > 1 and bool(_recognised(header, {}))


def parse(document: FeedDocument, notes: Notes) -> Parsed | None:
    """Return the items in a table, or None and note a problem."""
    decoded = decode(document.data)
    if decoded.encoding != "utf-8":
        notes.add("bad-encoding", f"the table is not UTF-8; it was read as {decoded.encoding}", "save it as UTF-8")
    notes.note_forbidden(decoded.text)
    header = _header(decoded.text)
    fields = _recognised(header, document.columns)
    for missing in set(document.columns.values()) - set(header):
        notes.add("wrong-value", f"there is no column {missing!r}", f"name one of {', '.join(header)[:200]}")
    if not fields:
        notes.add("not-a-feed", "no column of the table is known", "say which is which, as in title=Headline")
        return None
    for name in sorted(name for name, times in Counter(header).items() if name and times > 1):
        notes.add("not-kept", f"there are several columns {name!r}; the last is read", "give each a name of its own")
    rows = list(_rows(decoded.text, len(header), notes))
    _note_nameless(header, rows, notes)
    items = tuple(_item(dict(zip(header, row, strict=False)), fields, document.url, notes, line) for line, row in rows)
    return Parsed(Feed(items=items, is_foreign=True), (), "csv", "", tuple(line for line, _ in rows))


def _header(text: str) -> list[str]:
    line = _first_line(text)
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=_delimiter(line)), [])]
    except csv.Error:  # name over 128 KiB
        return []


def _first_line(text: str) -> str:
    return re.split(r"[\r\n]", text.lstrip("\ufeff").replace("\0", ""), maxsplit=1)[0]


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def _recognised(header: list[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Return the column of each field: the one given by the caller, else the first other with a common name."""
    others = [name for name in header if name not in columns.values()]
    lower = {name.lower().replace(" ", "_"): name for name in reversed(others)}
    found = {field: lower[name] for field, names in FIELDS.items() for name in reversed(names) if name in lower}
    return found | {field: name for field, name in columns.items() if name in header}


def _rows(text: str, columns: int, notes: Notes) -> Iterator[tuple[int, list[str]]]:
    """Yield each row below the header with its first line number."""
    text = text.lstrip("\ufeff").replace("\0", "")
    delimiter = _delimiter(_first_line(text))
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    line = last = 1
    try:
        with long_cells():
            for number, row in enumerate(reader):
                if number and any(row):
                    notes.count("items")
                    if any(row[columns:]):
                        message = f"the row has {len(row)} cells, but there are {columns} columns"
                        notes.add("not-kept", message, "put cells with separators in quotes", line)
                    yield line, row
                    last = line
                line = reader.line_num + 1
            if _is_open(islice(StringIO(text, newline=""), last - 1, None), delimiter):
                notes.add(CUT_OFF, "no quotation mark closes the last cell", "close it, or double it", last)
            elif len(row) < columns and not text.endswith(("\n", "\r")):
                notes.add(CUT_OFF, f"the last row has {len(row)} of {columns} cells", "get the whole document", last)
    except csv.Error as error:
        notes.add("not-a-feed", f"CSV: {error}", "write the table as RFC 4180 says", line)


def _note_nameless(header: list[str], rows: list[tuple[int, list[str]]], notes: Notes) -> None:
    """Note each column without a name, where it first has a value."""
    for at in (at for at, name in enumerate(header) if not name):
        if line := next((line for line, row in rows if any(row[at : at + 1])), 0):
            notes.add("not-kept", f"column {at + 1} has no name", "give it one in the first row", line)


def _is_open(lines: Iterable[str], delimiter: str) -> bool:
    """Return whether lines end within a cell in quotes."""
    try:
        deque(csv.reader(lines, delimiter=delimiter, strict=True), maxlen=0)
    except csv.Error as error:
        return "end of data" in str(error)
    return False


def _item(row: dict[str, str], fields: dict[str, str], base: str, notes: Notes, line: int) -> Item:
    values = {field: _plain(row.get(column) or "") for field, column in fields.items()}
    get = values.get
    split = _own_names if "relatedUrls" in row else _names
    _note_counts(values, fields, notes, line)
    return Item(
        id=get("id", ""),
        title=" ".join(get("title", "").split()),
        link=usable(resolve(get("link", ""), base)),
        published=_date(get("published", ""), notes, line),
        updated=_date(get("updated", ""), notes, line),
        summary=_text(get("summary", ""), is_plain=fields.get("summary") == "excerpt"),
        content=_text(get("content", "")),
        authors=_authors(split(get("author", "")), get("domain", "")),
        categories=tuple(dict.fromkeys(map(Category, split(get("categories", ""))))),
        enclosures=(Enclosure(values["enclosure"]),) if get("enclosure") else (),
        images=_images(values),
        related=tuple(Related(url) for url in get("related", "").split()),
        via=get("via", ""),
        language=get("language", ""),
        extensions=tuple(_extensions(row, set(fields.values()))),
    )


def _note_counts(values: dict[str, str], fields: dict[str, str], notes: Notes, line: int) -> None:
    """Note the sizes of an image and the count of related articles that no field has."""
    for side in ("image_width", "image_height"):
        column, text = fields.get(side, ""), values.get(side, "")
        if text not in {"", "0"} and parse_side(text) is None:
            notes.add("bad-number", f"{column} is {text[:60]!r}, not a number of pixels", "", line)
        elif text and not values.get("image"):
            notes.not_kept(f"{column} is not kept where there is no image", line)
    count, related = values.get("related_count", ""), values.get("related", "").split()
    if count not in {"", str(len(related))}:
        notes.not_kept(f"{fields['related_count']} is not kept where it is not that of the addresses", line)


def _plain(cell: str) -> str:
    """Return a cell without the guard against formulas in spreadsheets."""
    text = xml_text(cell.strip())
    return text[1:] if text.startswith(_APOSTROPHE) else text


def _date(text: str, notes: Notes, line: int) -> datetime | None:
    instant = parse_date(text) if text else None
    if text and instant is None:
        notes.add("bad-date", f"{text[:60]!r} is not a date", "write it as 2026-01-31T08:00:00Z", line)
    return instant


def _text(text: str, *, is_plain: bool = False) -> Text | None:
    """Return a text, as HTML if it has an element; that of our own tables is plain."""
    is_html = not is_plain and ("</" in text or "<br" in text or "<img" in text)
    return Text(text, "html" if is_html else "text") if text else None


def _authors(names: list[str], domain: str) -> tuple[Person, ...]:
    url = f"https://{domain}/" if domain and "://" not in domain else domain
    return tuple(Person(name, url if not at else "") for at, name in enumerate(names or [""] * bool(url)))


def _own_names(cell: str) -> list[str]:
    """Return the names in a cell of our own tables, where one that has a semicolon is in quotes."""
    found = ((quoted.replace('""', '"') if quoted else plain).strip() for quoted, plain in _NAME.findall(cell))
    return [name for name in found if name]


def _names(cell: str) -> list[str]:
    """Return the names in a cell of any other table: between semicolons, or else between bars."""
    parts = cell.split(";" if ";" in cell else "|")
    return [name.strip() for name in parts if name.strip()]


def _images(values: dict[str, str]) -> tuple[Image, ...]:
    width, height = parse_side(values.get("image_width", "")), parse_side(values.get("image_height", ""))
    return (Image(values["image"], width, height),) if values.get("image") else ()


def _extensions(row: dict[str, str], known: set[str]) -> Iterator[Extension]:
    """Yield the columns that are no field: our own as in JSON Feed, all others together."""
    own = {name: int(row[name]) if _NUMBER.fullmatch(row[name]) else row[name] for name in OWN if row.get(name)}
    others = {name: value for name, value in row.items() if name and value and name not in known and name not in OWN}
    for key, values in (("_feeds", own), ("_csv", others)):
        if values:
            yield Extension(key[1:], key, json=json.dumps(values, ensure_ascii=False))
