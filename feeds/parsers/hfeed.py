"""Parse HTML pages with h-feed or h-entry (https://microformats.org/wiki/h-feed), via JSON Feed."""

import re
from collections.abc import Iterator
from typing import Any

from feeds.lazy_pattern import lazy_pattern
from feeds.parsers.encoding import decode
from feeds.parsers.json_feed import parsed_object
from feeds.parsers.json_value import Values
from feeds.parsers.parsed import Notes, Parsed
from feeds.parsers.parser import FeedDocument

_MARKED = re.compile(rb"""\bclass\s*=\s*(?:"[^"<>]*|'[^'<>]*|)\bh-(?:feed|entry)\b""")
_ENTRY = lazy_pattern(r"""\bclass\s*=\s*(?:"[^"<>]*|'[^'<>]*|)\bh-entry\b""")
_PAGE = re.compile(  # or a part of one
    rb"\s*+(?:\xef\xbb\xbf)?\s*+<(?:!doctype\s+html|html|body|main|article|section|div|header|ul|ol|span)\b",
    re.IGNORECASE,
)
_MAX_BYTES = 8 * 1024 * 1024
_READ = {
    *("name", "summary", "content", "url", "uid", "published", "updated", "author", "category", "photo"),
    *("audio", "video"),
}
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
    try:
        import mf2py  # noqa: PLC0415 - few documents are pages

        page = mf2py.Parser(doc=text, url=document.url or None, html_parser="lxml").to_dict()
    except ModuleNotFoundError:
        from feeds.installation import install_command  # noqa: PLC0415 - slow to import

        notes.add("not-a-feed", "to read h-feed needs another package", install_command("hfeed"))
        return None
    except (RecursionError, ValueError):
        notes.add("not-a-feed", "the page cannot be read as HTML", "give the address of its feed")
        return None
    head = next(_of_type(page["items"], "h-feed"), {"properties": {}, "children": page["items"]})
    items = [_item(entry) for entry in _of_type(head.get("children", []), "h-entry")]
    data = {**_head(head), "home_page_url": _text(head, "url") or document.url, "items": items}
    lines = tuple(text.count("\n", 0, found.start()) + 1 for found in _ENTRY.finditer(text))
    parsed = parsed_object(Values(data, notes, "the feed", document.url))
    return parsed._replace(format="hfeed", lines=lines if len(lines) == len(items) else (1,) * len(items))


def _of_type(found: list[_Found], kind: str) -> Iterator[_Found]:
    return (each for each in found if kind in each.get("type", []))


def _texts(found: _Found, name: str) -> list[str]:
    """Return the values of a property as text."""
    values = found.get("properties", {}).get(name, [])
    return [str(value.get("value", "") if isinstance(value, dict) else value).strip() for value in values]


def _text(found: _Found, name: str) -> str:
    return next(iter(_texts(found, name)), "")


def _head(feed: _Found) -> _Found:
    values = {"title": _text(feed, "name"), "description": _text(feed, "summary"), "authors": _authors(feed)}
    return values | {"language": feed.get("lang", "")}


def _item(entry: _Found) -> _Found:
    """Return an entry as in JSON Feed; values without a key there have a key of their own."""
    content = next(iter(entry["properties"].get("content", [])), "")
    plain, name = _text(entry, "content"), " ".join(_text(entry, "name").split())
    others = {f"_{key}": values for key, values in entry["properties"].items() if key not in _READ}
    html = content.get("html", "") if isinstance(content, dict) else ""
    photos, files = _texts(entry, "photo"), [*_texts(entry, "audio"), *_texts(entry, "video")]
    return (
        others
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
    keys = {"name": "name", "url": "url", "avatar": "photo"}
    return [{key: _text(card, name) for key, name in keys.items()} for card in cards]
