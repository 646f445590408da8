"""Make an Item of an object in JSON Feed (https://www.jsonfeed.org/version/1.1/, "Items")."""

import json
from collections.abc import Iterator

from feeds.model.item import Category, Extension, Item, Source, Text
from feeds.model.json_extension import OURS, extensions_of_value
from feeds.model.parts import Enclosure, Image, Person, Related
from feeds.parsers.json_value import Values
from feeds.text import xml_text

_ITEM = {
    *("id", "url", "external_url", "title", "content_html", "content_text", "summary", "image"),
    *("date_published", "date_modified", "authors", "author", "tags", "language", "attachments"),
}
_RELATED = {"url", "title", "summary", "date_published", "authors"}
_SOURCE = {"about", "title", "url", "link", "id", "updated"}
_AUTHOR = {"name", "url", "avatar"}
_ATTACHMENT = {"url", "mime_type", "title", "size_in_bytes", "duration_in_seconds"}


def item_of(values: Values) -> Item:
    """Return the item in an object; values of other types than in the format are noted."""
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
        authors=values.notes.shared(authors_of(values)),
        categories=values.notes.shared(dict.fromkeys(Category(tag) for tag in values.texts("tags"))),
        enclosures=tuple(_enclosures(values)),
        images=tuple(Image(url) for name in ("image", "banner_image") if (url := values.address(name))),
        related=tuple(_related(values)),
        via=values.address("external_url"),
        source=_source(values),
        language=values.name("language"),
        plain_content=plain if html else "",
        extensions=extensions_of(values, _ITEM, own=("_related", "_source")),
    )


def authors_of(values: Values) -> Iterator[Person]:
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
        author = next(authors_of(article), None)
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


def extensions_of(values: Values, known: set[str], own: tuple[str, ...] = ()) -> tuple[Extension, ...]:
    """Return the values under keys that the format does not know, and that are not `own` ones, which are read."""
    found: list[Extension] = []
    for key, value in values.data.items():
        if key not in known and not (key in own and _is_own(values, key)):
            name, text = xml_text(key), xml_text(json.dumps(value, ensure_ascii=False))
            if name in known:
                values.notes.add("not-kept", f"{key!r} is not kept", f"write {name}", *values.place_of(key))
                continue
            found += extensions_of_value(value) or (Extension(name.removeprefix("_"), name, json=text),)
    return tuple(found)


def _is_own(values: Values, key: str) -> bool:
    """Return whether an extension is one of this program, not of another."""
    value = values.data.get(key)
    return isinstance(value, dict) and value.get("about") == OURS
