"""Read Media RSS: images, files and players; each element is kept verbatim too, as the model has less."""

from collections.abc import Iterable
from typing import Any

from feeds.dates import parse_clock
from feeds.media_types import image_type
from feeds.model.item import Player, Text
from feeds.model.parts import Enclosure, Image
from feeds.parsers.builder import Builder, parse_side
from feeds.parsers.namespaces import short_name
from feeds.parsers.xml_markup import text_of

_TEXTS = {"media:title": "title", "media:credit": "credit", "media:description": "description"}


def read_media(builder: Builder, element: Any) -> None:
    """Keep a Media RSS element, and read its images, files and players."""
    builder.keep(element)
    _read(builder, element, {})


def read_description(builder: Builder, element: Any) -> None:
    """Read media:description, plain text unless it says that it is HTML."""
    is_html = (element.get("type") or "").lower() == "html"
    if text := text_of(element):
        builder.fallback.setdefault("summary", Text(text, "html" if is_html else "text"))


def _read(builder: Builder, element: Any, inherited: dict[str, str]) -> None:
    name = short_name(element.tag)
    if name == "media:content":
        _read_content(builder, element, inherited)
    elif name == "media:group":
        shared = inherited | _texts(element.iterchildren("*"))
        for child in element.iterchildren("*"):
            _read(builder, child, shared)
    elif name == "media:thumbnail":
        builder.fallback.setdefault("thumbnail", _image(builder, element, {}))
    elif name == "media:player":
        builder.player = builder.player or Player(builder.address(element.get("url") or "", element))
    elif name == "media:description" and element.text:
        read_description(builder, element)


def _texts(elements: Iterable[Any]) -> dict[str, str]:
    """Return the title, credit and description of a media object, which are among its elements."""
    texts: dict[str, str] = {}
    for child in elements:
        name = _TEXTS.get(short_name(child.tag))
        if name and (text := text_of(child)):
            texts[name] = text
    return texts


def _read_content(builder: Builder, element: Any, inherited: dict[str, str]) -> None:
    inner = [child for child in element if isinstance(child.tag, str)] if len(element) else []
    texts = inherited | _texts(inner) if inner else inherited
    url, kind = builder.address(element.get("url") or "", element), element.get("type") or ""
    if kind.startswith("image/") or element.get("medium") == "image" or (url and not kind and image_type(url)):
        builder.add_image(_image(builder, element, texts))
    elif url:
        length = builder.number(element.get("fileSize") or "", element, "fileSize")
        file = Enclosure(url, kind, length, parse_clock(element.get("duration") or ""), texts.get("title", ""))
        builder.fallback.setdefault("files", []).append(file)
    for child in inner:
        if short_name(child.tag) in {"media:thumbnail", "media:player"}:
            _read(builder, child, texts)


def _image(builder: Builder, element: Any, texts: dict[str, str]) -> Image:
    width, height = parse_side(element.get("width") or ""), parse_side(element.get("height") or "")
    url, credit = builder.address(element.get("url") or text_of(element), element), texts.get("credit", "")
    return Image(url, width, height, texts.get("title", ""), credit, credit)
