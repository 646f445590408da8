"""Read JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from feeds.lazy_pattern import lazy_pattern
from feeds.model.feed import Feed
from feeds.model.item import Category, Extension, Item, Source, Text
from feeds.model.json_extension import OURS, extensions_of_value
from feeds.model.parts import Enclosure, Image, Person, Related
from feeds.parsers.encoding import decode
from feeds.parsers.json_place import Place
from feeds.parsers.json_reader import JsonReader
from feeds.parsers.json_value import Values
from feeds.parsers.parsed import Notes, Parsed
from feeds.parsers.parser import FeedDocument
from feeds.text import xml_text

_VERSION = lazy_pattern(r"https?://(?:www\.)?jsonfeed\.org/version/([\d.]+)/?")
_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
_MICROFORMATS = lazy_pattern(r'"type"\s*:\s*\[\s*"h-(?:feed|entry)"')
_HEAD = {
    *("version", "title", "home_page_url", "feed_url", "description", "next_url", "icon", "favicon"),
    *("authors", "author", "language", "expired", "hubs", "items"),
}
_ITEM = {
    *("id", "url", "external_url", "title", "content_html", "content_text", "summary", "image"),
    *("date_published", "date_modified", "authors", "author", "tags", "language", "attachments"),
}
_RELATED = {"url", "title", "summary", "date_published", "authors"}
_SOURCE = {"about", "title", "url", "link", "id", "updated"}
_AUTHOR = {"name", "url", "avatar"}
_ATTACHMENT = {"url", "mime_type", "title", "size_in_bytes", "duration_in_seconds"}
_GHOSTS = ("the document is an export of Ghost, not a feed", "give the site's feed, as in https://example.org/rss/")


def sniff(data: bytes) -> bool:
    """Return whether a document is a JSON object."""
    return bool(_START.match(data))


def parse(document: FeedDocument, notes: Notes) -> Parsed | None:
    """Return the feed in a document, or None and note a problem."""
    text, encoding, _ = decode(document.data)
    if not encoding.startswith("utf-"):
        notes.add("bad-encoding", f"the document is not UTF-8; it was read as {encoding}", "write UTF-8")
    notes.count("values", text.count(","))
    items = _Items(notes, document.url)
    try:
        reader = JsonReader(text, "items", items.take, partial(_note_repeated, notes))
        data = reader.read()
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        message = getattr(error, "msg", "it is nested too deep or has too long a number")
        notes.problems.clear()
        notes.add("not-a-feed", f"JSON: {message}", "write valid JSON", line, column)
        return None
    version = data.get("version") if isinstance(data, dict) else None
    found = _VERSION.fullmatch(version) if isinstance(version, str) else None
    if not found and _MICROFORMATS.search(text):
        notes.problems.clear()
        notes.add("not-a-feed", "the JSON document is of microformats, not a feed", "give the page that it was made of")
        return None
    if not isinstance(data, dict) or not (found or isinstance(data.get("items"), list)):
        is_ghosts = isinstance(data, dict) and isinstance(data.get("db"), list)
        notes.add("not-a-feed", *(_GHOSTS if is_ghosts else ("the JSON document has no items", "give a JSON Feed")))
        return None
    head = Values(data, notes, "the feed", document.url, Place(text, 0, len(text), 1, 0, reader.keys))
    if data.get("items"):  # written twice, or no list
        return parsed_object(head)._replace(version=found[1] if found else "")
    made, lines = items.finish(head)
    return Parsed(_feed(head, made), (), "json", found[1] if found else "", lines)


def parsed_object(values: Values) -> Parsed:
    """Return the feed in an object."""
    items = _Items(values.notes, values.base)
    for each in values.objects("items"):
        items.take(each.data, None, values.data)
    made, lines = items.finish(values)
    return Parsed(_feed(values, made), (), "json", "", lines)


def _note_repeated(notes: Notes, key: str, place: Place) -> None:
    message = f"there are several {key[:60]!r} in one object; the last is read"
    notes.add("not-kept", message, "give each a name of its own", *place.search(key))


class _Items:
    """The items of a feed; each is read at once if the base of its URLs is known."""

    def __init__(self, notes: Notes, url: str) -> None:
        self._notes, self._url = notes, url
        self._found: list[Item] = []
        self._waiting: list[Values] = []
        self._lines: list[int] = []
        self._has_others = False

    def take(self, value: Any, place: Place | None, head: dict[str, Any]) -> None:
        """Take an item; `head` is what of the feed was before it."""
        if not isinstance(value, dict):
            self._has_others = True
            return
        self._notes.count("items")
        self._lines.append(place.line if place else 1)
        base = self._url or str(head.get("home_page_url") or "")
        item = Values(value, self._notes, f"item {len(self._lines)}", base, place)
        if item.base and not self._waiting:
            self._found.append(_item(item))
        else:
            self._waiting.append(item)

    def finish(self, head: Values) -> tuple[tuple[Item, ...], tuple[int, ...]]:
        """Return the items and their lines."""
        if self._has_others:
            head.note("items", "a list of objects", "not all kept")
        base = head.base or head.name("home_page_url")
        for item in self._waiting:
            item.base = base
            self._found.append(_item(item))
            item.data.clear()
        return tuple(self._found), tuple(self._lines)


def _feed(values: Values, items: tuple[Item, ...]) -> Feed:
    icon, favicon = values.address("icon"), values.address("favicon")
    return Feed(
        title=values.text("title"),
        items=items,
        link=values.address("home_page_url"),
        url=values.address("feed_url"),
        description=values.text("description"),
        language=values.name("language"),
        authors=tuple(_authors(values)),
        icon=favicon,
        logo=Image(icon) if icon and icon != favicon else None,
        hubs=tuple(_hubs(values)),
        next_url=values.address("next_url"),
        extensions=_extensions(values, _HEAD),
        is_expired=values.truth("expired"),
        is_foreign=True,
    )


def _hubs(values: Values) -> Iterator[str]:
    """Yield the hubs of WebSub, the only ones in other formats."""
    for hub in values.objects("hubs"):
        hub.note_others({"type", "url"})
        kind, url = hub.text("type"), hub.text("url")
        if url and kind.lower() in {"", "websub"}:
            yield url
        else:
            what, reason = (f"the hub {url}", f"it is of the type {kind}") if url else ("a hub", "it has no url")
            values.note_dropped("hubs", what, reason)


def _item(values: Values) -> Item:
    html, plain, link = values.html("content_html"), values.text("content_text"), values.address("url")
    content = Text(html, "html") if html else Text(plain, "text") if plain else None
    summary = values.text("summary")
    return Item(
        id=values.identity(),
        title=values.text("title"),
        link=link,
        published=values.date("date_published"),
        updated=values.date("date_modified"),
        summary=Text(summary, "text") if summary else None,
        content=content,
        authors=values.notes.shared(_authors(values)),
        categories=values.notes.shared(dict.fromkeys(Category(tag) for tag in values.texts("tags"))),
        enclosures=tuple(_enclosures(values)),
        images=tuple(Image(url) for name in ("image", "banner_image") if (url := values.address(name))),
        related=tuple(_related(values)),
        via=values.address("external_url"),
        source=_source(values),
        language=values.name("language"),
        plain_content=plain if html else "",
        extensions=_extensions(values, _ITEM, own=("_related", "_source")),
    )


def _authors(values: Values) -> Iterator[Person]:
    """Yield the authors of version 1.1, else the one of 1.0."""
    authors = values.objects("authors") or values.objects("author")
    if authors and "author" in values.data:
        said = [known.data.items() for known in authors]
        if not all(any(each.data.items() <= known for known in said) for each in values.objects("author")):
            values.note_dropped("author", "author", "there are authors")
    for author in authors:
        author.note_others(_AUTHOR)
        url = author.address("url")
        email = url.removeprefix("mailto:") if url.startswith("mailto:") else ""
        person = Person(author.text("name"), "" if email else url, email, author.address("avatar"))
        if any(person):
            yield person


def _enclosures(values: Values) -> Iterator[Enclosure]:
    for file in values.objects("attachments"):
        file.note_others(_ATTACHMENT)
        if url := file.address("url"):
            length, lasts = file.size("size_in_bytes"), file.number("duration_in_seconds")
            yield Enclosure(url, file.name("mime_type"), length, lasts, file.text("title"))
        else:
            values.note_dropped("attachments", "an attachment", "it has no url")


def _related(values: Values) -> Iterator[Related]:
    """Yield the related articles in the extension of this program."""
    if not _is_own(values, "_related"):
        return
    related = values.part(values.data["_related"], "_related")
    related.note_others({"about", "items"})
    for article in related.objects("items"):
        article.note_others(_RELATED)
        author = next(_authors(article), None)
        facts = article.text("title"), article.text("summary"), article.date("date_published")
        yield Related(article.address("url"), *facts, author)


def _source(values: Values) -> Source | None:
    """Return the source feed of an item, in the extension of this program."""
    if not _is_own(values, "_source"):
        return None
    source = values.part(values.data["_source"], "_source")
    source.note_others(_SOURCE)
    title, url, link = source.text("title"), source.address("url"), source.address("link")
    return Source(title, url, link, source.text("id"), source.date("updated"))


def _is_own(values: Values, key: str) -> bool:
    """Return whether an extension is one of this program, not of another."""
    value = values.data.get(key)
    return isinstance(value, dict) and value.get("about") == OURS


def _extensions(values: Values, known: set[str], own: tuple[str, ...] = ()) -> tuple[Extension, ...]:
    found: list[Extension] = []
    for key, value in values.data.items():
        if key not in known and not (key in own and _is_own(values, key)):
            name, text = xml_text(key), xml_text(json.dumps(value, ensure_ascii=False))
            if name in known:
                values.notes.add("not-kept", f"{key!r} is not kept", f"write {name}", *values.place_of(key))
                continue
            found += extensions_of_value(value) or (Extension(name.removeprefix("_"), name, json=text),)
    return tuple(found)
