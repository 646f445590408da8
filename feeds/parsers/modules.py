"""Read the modules of RSS and Atom: Dublin Core, iTunes, Google Play, feed history, products of shops.

Elements with more than the model has are also kept verbatim.
"""

from typing import Any

from feeds.dates import parse_clock
from feeds.model.item import Category, Text
from feeds.model.parts import Image
from feeds.model.players_first import players_first
from feeds.parsers.draft import Draft
from feeds.parsers.handlers import Handler
from feeds.parsers.media_rss import read_description, read_media
from feeds.parsers.person import complete_authors, join_halves, read_author, read_contributor, read_known_person
from feeds.parsers.xml_markup import text_of


def _subject(draft: Draft, element: Any) -> None:
    """Read dc:subject: a category."""
    draft.add_category(Category(text_of(element)))


def read_published(draft: Draft, element: Any) -> None:
    """Read a date of publication, used if the format's own is missing."""
    draft.fallback.setdefault("published", draft.date(text_of(element), element))


def _date(draft: Draft, element: Any) -> None:
    """Read dc:date: of an item that of its publication, of a channel that of its last change."""
    if draft.is_channel:
        draft.updated = draft.updated or draft.date(text_of(element), element)
    else:
        read_published(draft, element)


def read_updated(draft: Draft, element: Any) -> None:
    """Read the date of the last change."""
    draft.updated = draft.date(text_of(element), element) or draft.updated


def _language(draft: Draft, element: Any) -> None:
    """Read dc:language."""
    draft.language = _first(draft, draft.language, element)


def _rights(draft: Draft, element: Any) -> None:
    """Read dc:rights."""
    draft.rights = _first(draft, draft.rights, element)


def _first(draft: Draft, said: str, element: Any) -> str:
    """Return the existing value, else that of an element; an element that differs is kept verbatim."""
    text = text_of(element)
    if said and text and text != said:
        draft.keep(element)
    return said or text


def _fallback(name: str) -> Handler:
    def read(draft: Draft, element: Any) -> None:
        draft.keep(element)
        if text := text_of(element):
            draft.fallback.setdefault(name, text)

    return read


def _double(name: str) -> Handler:
    """Return a handler of what RSS and Atom say, too; kept only if it says something else."""

    def read(draft: Draft, element: Any) -> None:
        if text := text_of(element):
            draft.fallback.setdefault(name, text)
            draft.fallback.setdefault("doubles", []).append(element)

    return read


def _link(draft: Draft, element: Any) -> None:
    """Read g:link, the page of a product."""
    draft.keep(element)
    draft.fallback.setdefault("link", draft.address(text_of(element), element))


def _image(draft: Draft, element: Any) -> None:
    """Read itunes:image."""
    draft.keep(element)
    url = element.get("href") or element.get("url") or text_of(element)
    draft.fallback.setdefault("image", Image(draft.address(url, element)))


def _description(draft: Draft, element: Any) -> None:
    """Read media:description beside the files."""
    draft.keep(element)
    read_description(draft, element)


def _duration(draft: Draft, element: Any) -> None:
    """Read itunes:duration, of the enclosure, in seconds or `h:mm:ss`."""
    draft.keep(element)
    draft.fallback.setdefault("duration", parse_clock(text_of(element)))


def _keywords(draft: Draft, element: Any) -> None:
    """Read itunes:keywords: categories."""
    draft.keep(element)
    words = (word.strip() for word in text_of(element).split(","))
    draft.fallback.setdefault("categories", []).extend(Category(word) for word in words)


def _category(draft: Draft, element: Any) -> None:
    """Read a category of Media RSS or iTunes, which can be nested."""
    draft.keep(element)
    found = draft.fallback.setdefault("categories", [])
    for node in element.iter(element.tag):
        term = node.get("text") or (node.text or "").strip()
        found.append(Category(term, node.get("scheme") or "", node.get("label") or ""))


def _archive(draft: Draft, element: Any) -> None:  # noqa: ARG001 - a Handler
    """Read fh:archive (RFC 5005, section 4)."""
    draft.is_archive = True


def _complete(draft: Draft, element: Any) -> None:  # noqa: ARG001 - a Handler
    """Read fh:complete (RFC 5005, section 2)."""
    draft.is_complete = True


def apply_item_fallbacks(draft: Draft) -> None:
    """Fill in an item from modules where the format's own elements are missing."""
    if len(draft.authors) > 1:
        join_halves(draft)
    if draft.fallback:
        _apply_to_item(draft, draft.fallback)
    draft.keep_other_dates()


def _apply_to_item(draft: Draft, fallback: dict[str, Any]) -> None:
    for enclosure in fallback.get("files", ()):
        draft.add_enclosure(enclosure)
    first = next(iter(players_first(draft.enclosures.values())), None)
    if first and not first.duration and fallback.get("duration"):
        draft.enclosures[first.url] = first._replace(duration=fallback["duration"])
    for name in ("image", "thumbnail"):
        if not draft.images and name in fallback:
            draft.add_image(fallback[name])
    summary = fallback.get("summary") or fallback.get("subtitle")
    if draft.summary is None and summary:
        draft.summary = summary if isinstance(summary, Text) else Text(summary, "html")
    _apply_shared_fallbacks(draft)


def apply_channel_fallbacks(draft: Draft) -> None:
    """Fill in a channel from modules where the format's own elements are missing."""
    fallback = draft.fallback
    if draft.logo is None:
        draft.logo = fallback.get("image") or fallback.get("thumbnail")
    description = fallback.get("summary") or fallback.get("subtitle", "")
    draft.description = draft.description or getattr(description, "value", description)
    _apply_shared_fallbacks(draft)
    draft.keep_other_dates()


def _apply_shared_fallbacks(draft: Draft) -> None:
    fallback = draft.fallback
    draft.id = draft.id or fallback.get("id", "")
    draft.title = draft.title or fallback.get("title", "")
    held = {draft.title, draft.description, draft.summary.value if draft.summary else ""}
    for element in fallback.get("doubles", ()):
        if text_of(element) not in held:
            draft.keep(element)
    draft.link = draft.link or fallback.get("link", "")
    published = fallback.get("published")
    if published and draft.published and not draft.updated and published > draft.published:
        draft.updated = published
    draft.published = draft.published or published
    if "categories" in fallback:
        names = {category.name for category in draft.categories}
        for category in fallback["categories"]:
            if category.name not in names:
                names.add(category.name)
                draft.add_category(category)
    complete_authors(draft)


MODULES: dict[str, Handler] = {
    "dc:creator": read_author,
    "dc:author": read_author,
    "dc:contributor": read_contributor,
    "dc:subject": _subject,
    "dc:date": _date,
    "dc:language": _language,
    "dc:rights": _rights,
    "dc:title": _double("title"),
    "dc:description": _double("summary"),
    "dcterms:modified": read_updated,
    "dcterms:issued": read_published,
    "dcterms:created": read_published,
    "fh:archive": _archive,
    "fh:complete": _complete,
    "g:description": _fallback("summary"),
    "g:id": _fallback("id"),
    "g:image_link": _image,
    "g:link": _link,
    "g:product_type": _category,
    "g:title": _fallback("title"),
    "googleplay:author": _fallback("author"),
    "googleplay:category": _category,
    "googleplay:description": _fallback("summary"),
    "googleplay:image": _image,
    "itunes:author": _fallback("author"),
    "itunes:owner": read_known_person,
    "podcast:person": read_known_person,
    "itunes:category": _category,
    "itunes:keywords": _keywords,
    "itunes:duration": _duration,
    "itunes:image": _image,
    "itunes:summary": _fallback("summary"),
    "itunes:subtitle": _fallback("subtitle"),
    "itunes:title": _fallback("title"),
    "media:category": _category,
    "media:group": read_media,
    "media:content": read_media,
    "media:thumbnail": read_media,
    "media:player": read_media,
    "media:title": _fallback("title"),
    "media:description": _description,
}
"""Elements that mean the same in RSS and in Atom."""
