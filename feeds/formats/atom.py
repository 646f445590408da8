"""Write Atom 1.0 (RFC 4287)."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from lxml import etree

from feeds.dates import format_rfc3339
from feeds.formats import _feedgen
from feeds.formats._feedgen import as_attributes, child
from feeds.formats.additions import author_of_all
from feeds.formats.atom_parts import add_avatar, add_link, add_links, add_persons, add_source, name_of
from feeds.formats.identity import item_id
from feeds.formats.loss import Losses
from feeds.formats.media_rss import add_durations, add_media
from feeds.model.feed import NEVER, Feed
from feeds.model.global_id import global_id, is_iri
from feeds.model.item import Category, Item, Text
from feeds.model.parts import Person
from feeds.model.xml_extension import element_of
from feeds.xml_namespaces import ATOM, XHTML, XML_LANG

LOSSES: Losses = frozenset(
    {
        *("feed.extensions.atom", "feed.extensions.core", "feed.extensions.json", "feed.extensions.own"),
        *("feed.id_local", "feed.is_expired", "feed.published", "item.is_permalink", "item.id_local"),
        *("feed.logo.description", "feed.logo.height", "feed.logo.link", "feed.logo.title", "feed.logo.width"),
        *("feed.categories.scheme_local", "item.categories.scheme_local"),
        *("item.extensions.atom", "item.extensions.core", "item.extensions.json", "item.extensions.own"),
        *("item.images.description", "item.images.link", "item.player.duration", "item.player.poster"),
        *("item.plain_content", "item.related.author", "item.related.published", "item.related.summary"),
    }
)
_WITHOUT = frozenset({"", ATOM})  # in an entry, what is of Atom itself is in fields
REQUIRED = frozenset({"author", "feed id", "feed title", "feed updated", "id", "updated"})


def render(feed: Feed) -> Iterator[bytes]:
    """Yield an Atom document."""
    channel = _feedgen.generator(
        feed, _feedgen.used_namespaces(feed, has_enclosures=True), partial(_correct_feed, feed)
    )
    if feed.url and not _feedgen.has_link(feed.links, "self", feed.url):
        channel.link(href=feed.url, rel="self", type="application/atom+xml")
    if feed.link and not _feedgen.has_link(feed.links, "alternate", feed.link):
        channel.link(href=feed.link, rel="alternate", type="text/html")
    for hub in _feedgen.unwritten_hubs(feed):
        channel.link(href=hub, rel="hub")
    channel.author([_author(person) for person in _authors(feed)])
    for category in feed.categories:
        channel.category(**_category(category))
    if feed.description:
        channel.subtitle(feed.description)
    if feed.icon:
        channel.icon(feed.icon)
    if feed.logo:
        channel.logo(feed.logo.url)
    if feed.rights:
        channel.rights(feed.rights)
    head = _feedgen.with_stylesheet(channel.atom_str(pretty=True), feed)
    yield from _feedgen.document(channel, head, (_entry(item, feed) for item in feed.items))


def _entry(item: Item, feed: Feed) -> Any:
    entry = _feedgen.entry_of(item, partial(_correct_entry, item, feed))
    entry.updated(NEVER)
    if item.published:
        entry.published(NEVER)
    if item.summary:
        entry.summary(item.summary.value or _feedgen.NOTHING, type="text")
    return entry.atom_entry()


def _authors(feed: Feed) -> tuple[Person, ...]:
    substitute = author_of_all(feed)
    return (substitute,) if substitute else feed.authors


def _author(person: Person) -> dict[str, str | None]:
    return {"name": name_of(person), "uri": person.url or None, "email": person.email or None}


def _add_avatars(element: Any, people: Iterable[Person], feed: Feed) -> None:
    """Append the pictures of authors that other feeds have; our own are known to JSON Feed only."""
    if feed.is_foreign:
        for author, person in zip(element.findall("author"), people, strict=True):
            add_avatar(author, person)


def _correct_feed(feed: Feed, element: Any) -> None:
    for text in element.findall("title") + element.findall("subtitle"):
        text.set("type", "text")
    element.find("updated").text = format_rfc3339(feed.newest)
    _add_avatars(element, _authors(feed), feed)
    add_persons(element, "contributor", feed.contributors)
    add_links(element, feed.links)
    _feedgen.add_history(element, feed, "link")
    _feedgen.add_extensions(element, feed.extensions, without=_WITHOUT)
    _feedgen.blank_title(element)


def _correct_entry(item: Item, feed: Feed, entry: Any) -> None:
    written = {part.tag: part for part in entry}  # to search for each takes as long as to write it
    written["id"].text = global_id(item_id(item), feed)
    _set_texts(item, entry, written)
    updated = written["updated"]
    published: Any = written.get("published")
    updated.text = format_rfc3339(item.updated or item.published or NEVER)
    _add_authors(updated, feed.authors_of(item), feed)
    _add_categories(item, entry, published)
    if item.published:
        published.text = format_rfc3339(item.published)
    if item.language:
        entry.set(XML_LANG, item.language)
    _add_item_links(item, entry)
    add_media(entry, item, "" if feed.is_foreign else item.title)
    add_durations(entry, item)
    add_persons(entry, "contributor", item.contributors)
    if item.rights:
        child(entry, "rights", item.rights, type="text")
    if item.source:
        add_source(entry, item.source)
    _feedgen.add_extensions(entry, item.extensions, without=_WITHOUT)


def _add_authors(before: Any, people: Iterable[Person], feed: Feed) -> None:
    """Insert authors after an element, with the pictures of those that other feeds have."""
    for person in people:
        author = child(before.getparent(), "author")
        for name, value in (("name", name_of(person)), ("email", person.email), ("uri", person.url)):
            if value:
                child(author, name, value)
        if feed.is_foreign:
            add_avatar(author, person)
        before.addnext(author)
        before = author


def _add_categories(item: Item, entry: Any, published: Any) -> None:
    """Insert categories before the date of publication."""
    for category in item.categories:
        added = child(entry, "category", **_category(category))
        if published is not None:
            published.addprevious(added)


def _category(category: Category) -> dict[str, str]:
    """Return the attributes of a category; a scheme is an IRI (RFC 4287, section 4.2.2.2)."""
    scheme = category.scheme if is_iri(category.scheme) else ""
    return {"term": category.term, **as_attributes({"scheme": scheme, "label": category.label})}


def _set_texts(item: Item, entry: Any, written: dict[str, Any]) -> None:
    title, content = written["title"], written["content"]
    title.set("type", "text")
    if item.title_markup:
        _set_text(title, item.title_markup)
    elif not item.title:
        title.text = None
    if item.content:
        _set_text(content, item.content)
    elif _is_complete(item):
        entry.remove(content)
    else:  # RFC 4287, section 4.1.2: without a page there is content, if only an empty one
        _set_text(content, Text("", "text"))
    if item.summary:
        _set_text(written["summary"], item.summary)


def _is_complete(item: Item) -> bool:
    """Return whether an entry without a content in a field has a page or another content."""
    has_page = bool(item.link) or any(link.rel == "alternate" for link in item.links)
    return has_page or _feedgen.has_extension(item, ATOM, "content")


def _set_text(element: Any, text: Text) -> None:
    """Write a text as its own type; XHTML that is not well-formed is written as HTML."""
    element.set("type", text.type)
    element.text = text.value or None
    if text.language:
        element.set(XML_LANG, text.language)
    if text.type == "xhtml":
        try:
            division = element_of(f'<div xmlns="{XHTML}">{text.value}</div>')
        except etree.XMLSyntaxError:
            element.set("type", "html")
        else:
            element.text = None
            element.append(division)


def _add_item_links(item: Item, entry: Any) -> None:
    if item.link and not _feedgen.has_link(item.links, "alternate", item.link):
        child(entry, "link", rel="alternate", type="text/html", href=item.link)
    if item.via not in {"", item.link}:
        child(entry, "link", rel="via", href=item.via)
    for enclosure in item.enclosures:
        length = "" if enclosure.length is None else str(enclosure.length)
        facts = {"type": enclosure.type, "href": enclosure.url, "length": length, "title": enclosure.title}
        add_link(entry, "enclosure", facts)
    for article in item.related:
        facts = {"type": article.type, "href": article.url, "hreflang": article.language}
        add_link(entry, "related", {**facts, "title": article.title})
    if item.comments and item.comments != _feedgen.kept_replies(item):
        child(entry, "link", rel="replies", type="text/html", href=item.comments)
    add_links(entry, item.links)
