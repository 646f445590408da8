"""Read the image of a channel of RSS, and of an item, which RSS does not have but news sites write."""

from typing import Any

from feeds.model.parts import Image
from feeds.parsers.builder import Builder, parse_side
from feeds.parsers.namespaces import short_name
from feeds.parsers.strays import note_attributes, note_others, note_text, note_without, set_last
from feeds.parsers.xml_markup import text_of
from feeds.urls import is_web_address
from feeds.xml_namespaces import RDF

RDF_ABOUT, _RESOURCE = f"{{{RDF}}}about", f"{{{RDF}}}resource"
_PARTS = {"url", "title", "link", "width", "height", "description"}


def read_image(builder: Builder, element: Any) -> None:
    """Read the image of a channel; RSS 1.0 has only its URL here."""
    values = {short_name(child.tag): text_of(child) for child in element.iterchildren("*")}
    note_attributes(builder, element)
    note_others(builder, element, _PARTS)
    note_text(builder, element)
    for side in ("width", "height"):
        builder.number(values.get(side, "").removesuffix("px"), element, f"the {side} of the image")
    width, height = parse_side(values.get("width", "")), parse_side(values.get("height", ""))
    if url := builder.address(values.get("url") or element.get(RDF_ABOUT) or "", element):
        link, about = builder.address(values.get("link", ""), element), values.get("description", "")
        logo = Image(url, width, height, values.get("title", ""), link=link, description=about)
        set_last(builder, "logo", logo, element)
    elif not element.get(_RESOURCE):
        note_without(builder, element, "a url")


def read_item_image(builder: Builder, element: Any) -> None:
    """Read the image of an item, its URL alone or parts as of a channel, if there is no other; it is kept, too."""
    builder.keep(element)
    parts = {short_name(child.tag): text_of(child) for child in element.iterchildren("*")}
    if is_web_address(url := parts.get("url", "") if parts else text_of(element)):
        builder.fallback.setdefault("image", Image(url))


def read_atom_logo(builder: Builder, element: Any) -> None:
    """Read atom:logo of a channel, which is its image if there is no other."""
    url = builder.address(text_of(element), element)
    builder.fallback.setdefault("image", Image(url))
    builder.fallback.setdefault("doubles", []).append((url, element))


def drop_repetition(channel: Builder) -> None:
    """Leave out what the image of a channel repeats of the channel, as RSS requires."""
    if logo := channel.logo:
        title, link = "" if logo.title == channel.title else logo.title, "" if logo.link == channel.link else logo.link
        channel.logo = logo._replace(title=title, link=link)
