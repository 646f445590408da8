"""Read the elements of channels and items of RSS."""

from typing import Any

from feeds.model.item import Category, Link, Source, Text, TextType
from feeds.model.markup_text import has_inline_markup, plain_title
from feeds.model.parts import Enclosure
from feeds.parsers.atom import (
    add_source,
    read_category,
    read_content,
    read_generator,
    read_icon,
    read_source,
    read_summary,
)
from feeds.parsers.atom_link import read_link
from feeds.parsers.builder import Builder
from feeds.parsers.exports import EXPORTS
from feeds.parsers.handlers import Handler, Handlers, ignore, last_of
from feeds.parsers.modules import MODULES, double, read_updated
from feeds.parsers.namespaces import short_name
from feeds.parsers.person import read_author, read_contributor
from feeds.parsers.rss_image import RDF_ABOUT, read_atom_logo, read_image, read_item_image
from feeds.parsers.strays import (
    note_attributes,
    note_lost_markup,
    note_other,
    note_own_text,
    note_repeated,
    note_without,
    set_first,
    set_last,
)
from feeds.parsers.xml_markup import plain_text_of, text_of
from feeds.urls import is_web_address

ITEMS = {"item"}


def _title(builder: Builder, element: Any) -> None:
    text = text_of(element)
    is_plain = "<" not in text and "&" not in text
    title = " ".join((text if is_plain else plain_title(text)).split())
    if builder.title:
        note_repeated(builder, builder.title, title, element)
        return
    builder.title = title
    builder.title_markup = Text(text, "html") if not is_plain and has_inline_markup(text) else None
    if builder.is_channel and builder.title_markup:
        note_lost_markup(builder, text, title, element)


def _link(builder: Builder, element: Any) -> None:
    link = builder.address(element.text or "", element)
    if link:
        note_attributes(builder, element)
    if link and not builder.link:
        builder.link = link
    elif link and link != builder.link:
        builder.links.append(Link(link))
    elif not link and element.get("href"):  # of Atom, without its namespace
        read_link(builder, element)


def _description(builder: Builder, element: Any) -> None:
    set_first(builder, "description", builder.markup(text_of(element), element), element)


def _summary(builder: Builder, element: Any) -> None:
    text = builder.markup(text_of(element), element)
    if text and builder.summary is None:
        builder.summary = Text(text, "html", builder.language_of(element))
    elif text and text != getattr(builder.summary, "value", ""):  # as of <summary> and <description>
        _content(builder, element)


def _content(builder: Builder, element: Any, kind: TextType = "html") -> None:
    """Read a content; another one is kept verbatim, if it is of a module, as an item has one description."""
    text = builder.markup(text_of(element), element)
    if text and builder.content is None:
        builder.content = Text(text, kind, builder.language_of(element))
    elif text and ":" in short_name(element.tag):
        builder.keep(element)
    elif text:
        note_repeated(builder, getattr(builder.content, "value", ""), text, element)


def _body(builder: Builder, element: Any) -> None:
    _content(builder, element, "xhtml" if len(element) else "html")  # which is escaped all the same


def _category(builder: Builder, element: Any) -> None:
    if name := plain_text_of(element):
        builder.categories[Category(name, element.get("domain") or "")] = None
        note_attributes(builder, element, {"domain"})
    else:
        note_without(builder, element, "a name")


def _comments(builder: Builder, element: Any) -> None:
    if len(text_of(element).split()) > 1:  # a comment, and no address of comments
        note_own_text(builder, element)
        return
    set_first(builder, "comments", builder.address(text_of(element), element), element)


def _enclosure(builder: Builder, element: Any) -> None:
    length = builder.number(element.get("length") or "", element, "the length of an enclosure")
    url = builder.address(element.get("url") or "", element)
    note_own_text(builder, element)
    if not url:
        note_without(builder, element, "a url")
    if not builder.add_enclosure(Enclosure(url, (element.get("type") or "").strip(), length or None)):
        note_other(builder, element)


def _guid(builder: Builder, element: Any) -> None:
    set_last(builder, "id", text_of(element), element)
    is_called_one = (element.get("isPermaLink") or element.get("ispermalink") or "true").strip().lower() == "true"
    builder.is_permalink = is_called_one and is_web_address(builder.id)
    if is_called_one and "://" in builder.id:
        builder.fallback["link"] = builder.address(builder.id, element)


def _published(builder: Builder, element: Any) -> None:
    builder.published = builder.date(text_of(element), element) or builder.published


def _published_elsewhere(builder: Builder, element: Any) -> None:
    """Read a date of publication of Atom, used if pubDate is missing."""
    published = builder.date(text_of(element), element)
    builder.published = builder.published or published


def _source(builder: Builder, element: Any) -> None:
    add_source(builder, Source(text_of(element), builder.address(element.get("url") or "", element)), element)


def _language(builder: Builder, element: Any) -> None:
    former, builder.language = builder.language, text_of(element)
    note_repeated(builder, former.lower(), builder.language.lower(), element)


def _text_input(builder: Builder, element: Any) -> None:
    """Keep the text input as RSS 2.0 calls it; where the channel of RSS 1.0 only names it, it has no parts."""
    if len(element):
        element.tag = "textInput"
        element.attrib.pop(RDF_ABOUT, None)
        builder.keep(element)


_rights = last_of("rights", lambda _, element: text_of(element))
_BOTH: dict[str, Handler] = {
    **MODULES,
    **EXPORTS,
    "title": _title,
    "link": _link,
    "category": _category,
    "atom:link": read_link,
    "atom:updated": read_updated,
    "atom:modified": read_updated,  # of Atom 0.3, as issued, created, copyright and tagline
    "atom:author": read_author,
    "atom:category": read_category,
    "atom:contributor": read_contributor,
    "atom:rights": _rights,
    "atom:copyright": _rights,
    "updated": read_updated,
    "atom:id": double("id"),
    "atom:published": _published_elsewhere,
    "atom:issued": _published_elsewhere,
    "atom:created": _published_elsewhere,
    "atom:title": double("title"),
    "id": double("id"),
    "language": _language,
    "published": _published_elsewhere,
    "rights": _rights,
    "copyright": _rights,
}
CHANNEL = Handlers(
    {
        **_BOTH,
        "abstract": _description,
        "items": ignore,  # RSS 1.0: the order, same as in the document
        "generator": read_generator,
        "docs": ignore,
        "description": _description,
        "tagline": _description,
        "managingeditor": read_author,
        "author": read_author,
        "pubdate": _published,
        "lastbuilddate": read_updated,
        "image": read_image,
        "atom:generator": read_generator,
        "atom:icon": read_icon,
        "atom:logo": read_atom_logo,
        "atom:subtitle": _description,
        "atom:tagline": _description,
        "textinput": _text_input,
    }
)
ITEM = Handlers(
    {
        **_BOTH,
        "abstract": _summary,
        "atom:content": read_content,
        "atom:summary": read_summary,
        "encoded": _content,
        "description": _summary,
        "summary": _summary,
        "content:encoded": _content,
        "fullitem": _content,
        "xhtml:body": _body,
        "xhtml:div": _body,
        "body": _content,
        "author": read_author,
        "comments": _comments,
        "enclosure": _enclosure,
        "guid": _guid,
        "image": read_item_image,
        "pubdate": _published,
        "source": _source,
        "atom:source": read_source,
    },
    items=ITEMS,
)
