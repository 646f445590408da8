"""Read the modules of RSS and Atom: Dublin Core, iTunes, Google Play, feed history, products of shops.

What they say becomes a fallback, for items and channels whose format does not say it itself. Elements that say more
than the model holds are kept verbatim, too.
"""

from typing import Any

from feeds.dates import parse_clock
from feeds.model.item import Category, Text
from feeds.model.parts import Image
from feeds.model.players_first import players_first
from feeds.parsers.builder import Builder
from feeds.parsers.handlers import Handler
from feeds.parsers.media_rss import read_description, read_media
from feeds.parsers.namespaces import local_name, short_name
from feeds.parsers.person import complete_authors, join_halves, read_author, read_contributor, read_known_person
from feeds.parsers.xml_markup import text_of


def _date_of(name: str) -> Handler:
    """Return a handler of dates that are a fallback for those of publication or of the last change."""

    def read(builder: Builder, element: Any) -> None:
        if date := builder.date(text_of(element), element):
            builder.fallback.setdefault(name, date)

    return read


read_published, _read_modified = _date_of("published"), _date_of("updated")


def _date(builder: Builder, element: Any) -> None:
    """Read dc:date: of an item that of its publication, of a channel that of its last change."""
    (_read_modified if builder.is_channel else read_published)(builder, element)


def read_updated(builder: Builder, element: Any) -> None:
    """Read the date of the last change."""
    builder.updated = builder.date(text_of(element), element) or builder.updated


def _first(field: str) -> Handler:
    """Return a handler that sets a field without a value; an element that says something else is kept verbatim."""

    def read(builder: Builder, element: Any) -> None:
        said, text = getattr(builder, field), text_of(element)
        if said and text and text != said:
            builder.keep(element)
        setattr(builder, field, said or text)

    return read


def _fallback(name: str) -> Handler:
    """Return a handler that keeps an element, and gives its text as a fallback."""

    def read(builder: Builder, element: Any) -> None:
        builder.keep(element)
        if text := text_of(element):
            builder.fallback.setdefault(name, text)

    return read


def double(name: str) -> Handler:
    """Return a handler of elements that repeat a field; one that says something else than any is kept in the end."""

    def read(builder: Builder, element: Any) -> None:
        if text := text_of(element):
            builder.fallback.setdefault(name, text)
            builder.fallback.setdefault("doubles", []).append((text, element))

    return read


def _link(builder: Builder, element: Any) -> None:
    """Read g:link, the page of a product."""
    builder.keep(element)
    builder.fallback.setdefault("link", builder.address(text_of(element), element))


def _image(builder: Builder, element: Any) -> None:
    """Read itunes:image."""
    builder.keep(element)
    url = element.get("href") or element.get("url") or text_of(element)
    builder.fallback.setdefault("image", Image(builder.address(url, element)))


def _description(builder: Builder, element: Any) -> None:
    """Read media:description beside the files."""
    builder.keep(element)
    read_description(builder, element)


def _duration(builder: Builder, element: Any) -> None:
    """Read itunes:duration, of the enclosure, in seconds or `h:mm:ss`."""
    builder.keep(element)
    builder.fallback.setdefault("duration", parse_clock(text_of(element)))


def _keywords(builder: Builder, element: Any) -> None:
    """Read itunes:keywords: categories."""
    builder.keep(element)
    words = (word.strip() for word in text_of(element).split(","))
    builder.fallback.setdefault("categories", []).extend(Category(word) for word in words)


def _category(builder: Builder, element: Any) -> None:
    """Read a category of Media RSS or iTunes, which can be nested."""
    builder.keep(element)
    found = builder.fallback.setdefault("categories", [])
    for node in element.iter(element.tag):
        term = node.get("text") or (node.text or "").strip()
        found.append(Category(term, node.get("scheme") or "", node.get("label") or ""))


def apply_item_fallbacks(builder: Builder) -> None:
    """Fill in an item from modules where the format's own elements are missing."""
    if len(builder.authors) > 1:
        join_halves(builder)
    if builder.fallback:
        _apply_to_item(builder, builder.fallback)
    _keep_other_dates(builder)


def _apply_to_item(builder: Builder, fallback: dict[str, Any]) -> None:
    for enclosure in fallback.get("files", ()):
        builder.add_enclosure(enclosure)
    first = next(iter(players_first(builder.enclosures.values())), None)
    if first and not first.duration and fallback.get("duration"):
        builder.enclosures[first.url] = first._replace(duration=fallback["duration"])
    for name in ("image", "thumbnail"):
        if not builder.images and name in fallback:
            builder.add_image(fallback[name])
    summary = fallback.get("summary") or fallback.get("subtitle")
    if builder.summary is None and summary:
        builder.summary = summary if isinstance(summary, Text) else Text(summary, "html")
    _apply_shared_fallbacks(builder)


def apply_channel_fallbacks(builder: Builder) -> None:
    """Fill in a channel from modules where the format's own elements are missing."""
    fallback = builder.fallback
    if builder.logo is None:
        builder.logo = fallback.get("image") or fallback.get("thumbnail")
    description = fallback.get("summary") or fallback.get("subtitle", "")
    builder.description = builder.description or getattr(description, "value", description)
    _apply_shared_fallbacks(builder)
    _keep_other_dates(builder)


def _apply_shared_fallbacks(builder: Builder) -> None:
    fallback = builder.fallback
    builder.id = builder.id or fallback.get("id", "")
    builder.title = builder.title or fallback.get("title", "")
    if "doubles" in fallback:
        _keep_others(builder, fallback["doubles"])
    builder.link = builder.link or fallback.get("link", "")
    builder.updated = builder.updated or fallback.get("updated")
    published = fallback.get("published")
    if published and builder.published and not builder.updated and published > builder.published:
        builder.updated = published
    builder.published = builder.published or published
    if "categories" in fallback:
        names = {category.name for category in builder.categories}
        for category in fallback["categories"]:
            if category.name not in names:
                names.add(category.name)
                builder.add_category(category)
    complete_authors(builder)


def _keep_others(builder: Builder, doubles: list[tuple[str, Any]]) -> None:
    """Keep the elements that say something else than a field."""
    summary, logo = builder.summary, builder.logo
    held = {builder.id, builder.title, builder.description, summary.value if summary else "", logo.url if logo else ""}
    for value, element in doubles:
        if " ".join(value.split()) not in held and value not in held:
            builder.keep(element)


def _keep_other_dates(builder: Builder) -> None:
    """Keep the dates of Dublin Core that became neither that of publication nor that of the last change."""
    for instant, element in builder.dates:
        if instant in (builder.published, builder.updated):  # a set would compute their hashes
            continue
        if short_name(element.tag).startswith(("dc:", "dcterms:")):
            builder.keep(element)
        else:
            message = f"{local_name(element.tag)} is not kept, as there is another date of its kind"
            builder.notes.add("not-kept", message, "", element.sourceline or 1)


MODULES: dict[str, Handler] = {
    "dc:creator": read_author,
    "dc:author": read_author,
    "dc:contributor": read_contributor,
    "dc:subject": lambda builder, element: builder.add_category(Category(text_of(element))),
    "dc:date": _date,
    "dc:language": _first("language"),
    "dc:rights": _first("rights"),
    "dc:title": double("title"),
    "dc:description": double("summary"),
    "dcterms:modified": _read_modified,
    "dcterms:issued": read_published,
    "dcterms:created": read_published,
    "fh:archive": lambda builder, _: setattr(builder, "is_archive", True),  # RFC 5005, section 4
    "fh:complete": lambda builder, _: setattr(builder, "is_complete", True),  # RFC 5005, section 2
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
