"""Parse HTML pages with h-feed or h-entry (https://microformats.org/wiki/h-feed), via JSON Feed."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from feeds.lazy_pattern import lazy_pattern
from feeds.parsers.encoding import decode
from feeds.parsers.json_feed import parsed_object
from feeds.parsers.json_value import Values
from feeds.parsers.parsed import Notes, Parsed
from feeds.parsers.parser import FeedDocument

_MARKED = lazy_pattern(rb"""\bclass\s*=\s*(?:"[^"<>]*|'[^'<>]*|)\bh-(?:feed|entry)\b""")
_ENTRY = lazy_pattern(r"""\bclass\s*=\s*(?:"[^"<>]*|'[^'<>]*|)\bh-entry\b""")
_PAGE = re.compile(  # or a part of one
    rb"\s*+(?:\xef\xbb\xbf)?\s*+<(?:!doctype\s+html|html|body|main|article|section|div|header|ul|ol|span)\b",
    re.IGNORECASE,
)
_MAX_BYTES = 8 * 1024 * 1024
_ONCE = {"name", "summary", "content", "url", "uid", "published", "updated"}
_OFTEN = {"author", "category", "photo", "audio", "video"}
_OF_FEED = {"name", "summary", "url", "photo"}
_OF_AUTHOR = {"name", "url", "photo"}
_Found = dict[str, Any]


def sniff(data: bytes) -> bool:
    """Return whether a document is a page with entries."""
    return bool(_PAGE.match(data)) and bool(_MARKED.search(data))


def parse(document: FeedDocument, notes: Notes) -> Parsed | None:
    """Return the feed in a page, or None and note a problem."""
    if len(document.data) > _MAX_BYTES:
        notes.add("feed-too-large", f"the page has more than {_MAX_BYTES // 2**20} MiB", "give the address of its feed")
        return None
    text = decode(document.data).text
    found = _found_in(text, document.url, notes)
    if found is None:
        return None
    head: _Found = next(_of_type(found, "h-feed"), {"properties": {}, "children": found})
    children: list[_Found] = head.get("children", [])
    entries = list(_of_type(children, "h-entry"))
    starts = tuple(text.count("\n", 0, each.start()) + 1 for each in _ENTRY.finditer(text))
    lines = starts if len(starts) == len(entries) else (1,) * len(entries)
    strays = [each for each in children if "h-entry" not in each["type"]]
    beside = [] if children is found else [each for each in found if each is not head]
    _note_losses(_Reading("the feed", _OF_FEED, {"author"}, notes, 1), head | {"children": strays + beside})
    for entry, line in zip(entries, lines, strict=True):
        _note_losses(_Reading("an entry", _ONCE, _OFTEN, notes, line), entry)
    items = [_item(entry) for entry in entries]
    data = {**_head(head), "home_page_url": _text(head, "url") or document.url, "items": items}
    parsed = parsed_object(Values(data, notes, "the feed", document.url))
    return parsed._replace(format="hfeed", lines=lines)


def _found_in(page: str, url: str, notes: Notes) -> list[_Found] | None:
    """Return the objects of microformats in a page, or None and note a problem."""
    try:
        import mf2py  # noqa: PLC0415 - few documents are pages

        found: list[_Found] = mf2py.Parser(doc=page, url=url or None, html_parser="lxml").to_dict()["items"]
    except ModuleNotFoundError:
        from feeds.installation import install_command  # noqa: PLC0415 - slow to import

        notes.add("not-a-feed", "to read h-feed needs another package", install_command("hfeed"))
        return None
    except (RecursionError, ValueError):
        notes.add("not-a-feed", "the page cannot be read as HTML", "give the address of its feed")
        return None
    return found


def _of_type(found: list[_Found], kind: str) -> Iterator[_Found]:
    return (each for each in found if kind in each.get("type", []))


def _texts(found: _Found, name: str) -> list[str]:
    """Return the values of a property as text."""
    values = found.get("properties", {}).get(name, [])
    return [str(value.get("value", "") if isinstance(value, dict) else value).strip() for value in values]


def _text(found: _Found, name: str) -> str:
    return next(iter(_texts(found, name)), "")


def _others(found: _Found, known: set[str]) -> _Found:
    """Return values without a key in JSON Feed under a key of their own."""
    return {f"_{key}": values for key, values in found["properties"].items() if key not in known}


def _head(feed: _Found) -> _Found:
    return _others(feed, {*_OF_FEED, "author"}) | {
        "title": _text(feed, "name"),
        "description": _text(feed, "summary"),
        "icon": _text(feed, "photo"),
        "authors": _authors(feed),
        "language": feed.get("lang", ""),
    }


def _item(entry: _Found) -> _Found:
    """Return an entry as in JSON Feed."""
    content = next(iter(entry["properties"].get("content", [])), "")
    plain, name = _text(entry, "content"), " ".join(_text(entry, "name").split())
    html = content.get("html", "") if isinstance(content, dict) else ""
    photos, files = _texts(entry, "photo"), [*_texts(entry, "audio"), *_texts(entry, "video")]
    return (
        _others(entry, _ONCE | _OFTEN)
        | {
            "id": _text(entry, "uid") or _text(entry, "url"),
            "url": _text(entry, "url"),
            "title": "" if name == " ".join(plain.split()) else name,  # the name of a note is its whole text
            "content_html": html,
            "content_text": "" if html else plain,
            "summary": _text(entry, "summary"),
            "date_published": _text(entry, "published"),
            "date_modified": _text(entry, "updated"),
            "authors": _authors(entry),
            "tags": _texts(entry, "category"),
            "image": photos[0] if photos else "",
            "language": entry.get("lang", ""),
            "attachments": [{"url": url} for url in (*photos[1:], *files)],
        }
    )


def _authors(found: _Found) -> list[_Found]:
    """Return the authors: texts or h-cards."""
    values = found.get("properties", {}).get("author", [])
    cards = [each if isinstance(each, dict) else {"properties": {"name": [each]}} for each in values]
    return [
        {"name": _text(card, "name"), "url": _text(card, "url") or _text(card, "email"), "avatar": _text(card, "photo")}
        for card in cards
    ]


class _Reading(NamedTuple):
    """What is read of an object: the first value of some properties, all of others."""

    what: str
    once: set[str]
    often: set[str]
    notes: Notes
    line: int

    def note(self, lost: str) -> None:
        self.notes.not_kept(f"{lost} of {self.what} is not kept", self.line)


def _note_losses(reading: _Reading, found: _Found, *, keeps_others: bool = True) -> None:
    """Note the values that are not read of an object, and of the objects in it."""
    for child in found.get("children", []):
        reading.note(f"the {child['type'][0]}")
    for key, values in found.get("properties", {}).items():
        texts = set(_texts(found, key))
        if key not in reading.once | reading.often:
            if not keeps_others and texts != {found.get("value")}:
                reading.note(key)
            continue
        if key in reading.once and len(texts) > 1:
            reading.note(f"another {key}")
        for value in (value for value in values if isinstance(value, dict)):
            if value.get("alt"):
                reading.note(f"the alt of a {key}")
            _note_losses(_within(reading, key, value), value, keeps_others=False)


def _within(reading: _Reading, key: str, value: _Found) -> _Reading:
    """Return what is read of an object that is the value of a property."""
    url = "url" if _text(value, "url") else "email"
    once = {*_OF_AUTHOR - {"url"}, url} if key == "author" else set[str]()
    return reading._replace(what=f"the {key} of {reading.what}", once=once, often=set())
