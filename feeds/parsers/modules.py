"""Read what the modules of RSS and Atom say: Dublin Core, Media RSS, iTunes, feed history.

Media RSS, iTunes and podcast elements say more than the hub holds: each is kept as it is, and what a reader shows is
taken from it besides.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from feeds.model.item import Category, Enclosure, Image, Player, Text
from feeds.parsers.draft import Draft, side_of
from feeds.parsers.namespaces import short_name
from feeds.parsers.person import person_of
from feeds.parsers.xml_markup import text_of
from feeds.urls import image_type

Handler = Callable[[Draft, Any], None]

_PARTS_OF_DURATION = 3


def creator(draft: Draft, element: Any) -> None:
    """Read dc:creator: an author each."""
    if text := text_of(element):
        draft.authors.append(person_of(text))


def contributor(draft: Draft, element: Any) -> None:
    """Read dc:contributor."""
    if text := text_of(element):
        draft.contributors.append(person_of(text))


def subject(draft: Draft, element: Any) -> None:
    """Read dc:subject: a category."""
    draft.add_category(Category(text_of(element)))


def published(draft: Draft, element: Any) -> None:
    """Read a date of publication that stands where the format's own is missing."""
    draft.fallback.setdefault("published", draft.date(text_of(element), element))


def updated(draft: Draft, element: Any) -> None:
    """Read when something was last changed."""
    draft.updated = draft.date(text_of(element), element) or draft.updated


def language(draft: Draft, element: Any) -> None:
    """Read dc:language."""
    draft.language = _first(draft, draft.language, element)


def rights(draft: Draft, element: Any) -> None:
    """Read dc:rights."""
    draft.rights = _first(draft, draft.rights, element)


def _first(draft: Draft, said: str, element: Any) -> str:
    """Return what was said before, else what an element says; one that says something else is kept as it is."""
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


def itunes_image(draft: Draft, element: Any) -> None:
    """Read itunes:image."""
    draft.keep(element)
    url = element.get("href") or element.get("url") or text_of(element)
    draft.fallback.setdefault("image", Image(draft.address(url, element)))


def itunes_duration(draft: Draft, element: Any) -> None:
    """Read itunes:duration, in seconds or `h:mm:ss`: that of the enclosure."""
    draft.keep(element)
    draft.fallback.setdefault("duration", seconds_of(text_of(element)))


def keywords(draft: Draft, element: Any) -> None:
    """Read itunes:keywords: categories."""
    draft.keep(element)
    words = (word.strip() for word in text_of(element).split(","))
    draft.fallback.setdefault("categories", []).extend(Category(word) for word in words)


def module_category(draft: Draft, element: Any) -> None:
    """Read a category of Media RSS or iTunes, which can have others inside."""
    draft.keep(element)
    found = draft.fallback.setdefault("categories", [])
    for node in element.iter(element.tag):
        term = node.get("text") or (node.text or "").strip()
        found.append(Category(term, node.get("scheme") or "", node.get("label") or ""))


def archive(draft: Draft, element: Any) -> None:  # noqa: ARG001 - shape of Handler
    """Read fh:archive (RFC 5005, section 4)."""
    draft.is_archive = True


def complete(draft: Draft, element: Any) -> None:  # noqa: ARG001 - shape of Handler
    """Read fh:complete (RFC 5005, section 2)."""
    draft.is_complete = True


def media(draft: Draft, element: Any) -> None:
    """Keep a Media RSS element, and take images, files and players from it."""
    draft.keep(element)
    _media(draft, element, {})


def seconds_of(text: str) -> float | None:
    """Return the seconds in `3600`, `60:00` or `1:00:00`; None for anything else."""
    parts = text.strip().split(":")
    try:
        numbers = [float(part or 0) for part in parts]
    except ValueError:
        return None
    if not text.strip() or len(numbers) > _PARTS_OF_DURATION or not all(0 <= number < 1e9 for number in numbers):  # noqa: PLR2004 - not nan, not for ever
        return None
    total = 0.0
    for number in numbers:
        total = total * 60 + number
    return int(total) if total.is_integer() else total


def read_children(draft: Draft, element: Any, handlers: dict[str, Handler], items: frozenset[str]) -> list[Any]:
    """Read the children of an element, and return the items among them; what nobody knows is kept as it is."""
    found = []
    for child in element:
        tag = child.tag
        handler = handlers.get(tag)  # of most elements the tag is the name
        if handler is None:
            if not isinstance(tag, str):  # an entity that could not be read
                continue
            name = short_name(tag)
            if name in items:
                found.append(child)
                continue
            handler = handlers.get(name) or MODULES.get(name) or Draft.keep
        handler(draft, child)
    return found


def _media(draft: Draft, element: Any, inherited: dict[str, str]) -> None:
    name = short_name(element.tag)
    if name == "media:group":
        shared = inherited | _words(element)
        for child in element:
            _media(draft, child, shared)
    elif name == "media:content":
        _media_content(draft, element, inherited | _words(element))
    elif name == "media:thumbnail":
        draft.fallback.setdefault("thumbnail", _image(draft, element, {}))
    elif name == "media:player":
        draft.player = draft.player or Player(draft.address(element.get("url") or "", element))
    elif name == "media:description" and element.text:
        draft.fallback.setdefault("summary", text_of(element))


def _words(element: Any) -> dict[str, str]:
    """Return the texts of the children that say something of an object."""
    named = ((short_name(child.tag), text_of(child)) for child in element if isinstance(child.tag, str))
    return {name.removeprefix("media:"): text for name, text in named if name in _WORDS and text}


_WORDS = {"media:title", "media:credit", "media:description"}


def _media_content(draft: Draft, element: Any, words: dict[str, str]) -> None:
    url, kind = draft.address(element.get("url") or "", element), element.get("type") or ""
    if element.get("medium") == "image" or kind.startswith("image/") or (url and not kind and image_type(url)):
        draft.add_image(_image(draft, element, words))
    elif url:
        length, lasts = draft.number(element.get("fileSize") or "", element, "fileSize"), element.get("duration") or ""
        draft.fallback.setdefault("files", []).append(Enclosure(url, kind, length, seconds_of(lasts)))
    for child in element:
        if short_name(child.tag) in {"media:thumbnail", "media:player"}:
            _media(draft, child, words)


def _image(draft: Draft, element: Any, words: dict[str, str]) -> Image:
    width, height = side_of(element.get("width") or ""), side_of(element.get("height") or "")
    url, credit = draft.address(element.get("url") or text_of(element), element), words.get("credit", "")
    return Image(url, width, height, words.get("title", ""), credit, credit)


def settle_item(draft: Draft) -> None:
    """Put what modules say where the format's own elements say nothing."""
    found = draft.fallback
    for enclosure in found.get("files", ()):
        draft.add_enclosure(enclosure)
    if found.get("duration") and draft.enclosures and not draft.enclosures[0].duration:
        draft.enclosures[0] = draft.enclosures[0]._replace(duration=found["duration"])
    for name in ("image", "thumbnail"):
        if not draft.images and name in found:
            draft.add_image(found[name])
    if draft.summary is None and "summary" in found:
        draft.summary = Text(found["summary"], "html")
    settle(draft)


def settle(draft: Draft) -> None:
    """Put what modules say where the format's own elements say nothing, as items and channels have it."""
    found = draft.fallback
    draft.title = draft.title or found.get("title", "")
    draft.link = draft.link or found.get("link", "")
    draft.published = draft.published or found.get("published")
    for category in found.get("categories", ()):
        if category.name not in {known.name for known in draft.categories}:
            draft.add_category(category)
    if not draft.authors and "author" in found:
        draft.authors.append(person_of(found["author"]))
    draft.keep_other_dates()


def settle_channel(draft: Draft) -> None:
    """Put what modules say of a channel where the format's own elements say nothing."""
    found = draft.fallback
    if draft.logo is None:
        draft.logo = found.get("image") or found.get("thumbnail")
    draft.description = draft.description or found.get("summary", "")
    settle(draft)


MODULES: dict[str, Handler] = {
    "dc:creator": creator,
    "dc:author": creator,
    "dc:contributor": contributor,
    "dc:subject": subject,
    "dc:date": published,
    "dc:language": language,
    "dc:rights": rights,
    "dc:title": _fallback("title"),
    "dc:description": _fallback("summary"),
    "dcterms:modified": updated,
    "dcterms:issued": published,
    "dcterms:created": published,
    "fh:archive": archive,
    "fh:complete": complete,
    "itunes:author": _fallback("author"),
    "itunes:category": module_category,
    "itunes:keywords": keywords,
    "itunes:duration": itunes_duration,
    "itunes:image": itunes_image,
    "itunes:summary": _fallback("summary"),
    "itunes:subtitle": _fallback("subtitle"),
    "itunes:title": _fallback("title"),
    "media:category": module_category,
    "media:group": media,
    "media:content": media,
    "media:thumbnail": media,
    "media:player": media,
    "media:title": _fallback("title"),
    "media:description": _fallback("summary"),
}
"""Elements that say the same in RSS and in Atom; all others of other vocabularies are kept as they are."""
