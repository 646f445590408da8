"""Read Media RSS: images, files and players; each element is kept verbatim too, as the model has less."""

from collections.abc import Iterable
from typing import Any

from feeds.dates import parse_clock
from feeds.media_types import image_type
from feeds.model.enclosure import Enclosure
from feeds.model.item import Player, Text
from feeds.model.parts import Image
from feeds.parsers.draft import Draft, parse_side
from feeds.parsers.namespaces import short_name
from feeds.parsers.xml_markup import text_of

_TEXTS = {"media:title": "title", "media:credit": "credit", "media:description": "description"}


def read_media(draft: Draft, element: Any) -> None:
    """Keep a Media RSS element, and read its images, files and players."""
    draft.keep(element)
    _read(draft, element, {})


def read_description(draft: Draft, element: Any) -> None:
    """Read media:description, plain text unless it says that it is HTML."""
    is_html = (element.get("type") or "").lower() == "html"
    if text := text_of(element):
        draft.fallback.setdefault("summary", Text(text, "html" if is_html else "text"))


def _read(draft: Draft, element: Any, inherited: dict[str, str]) -> None:
    name = short_name(element.tag)
    if name == "media:content":
        _read_content(draft, element, inherited)
    elif name == "media:group":
        shared = inherited | _texts(element.iterchildren("*"))
        for child in element.iterchildren("*"):
            _read(draft, child, shared)
    elif name == "media:thumbnail":
        draft.fallback.setdefault("thumbnail", _image(draft, element, {}))
    elif name == "media:player":
        draft.player = draft.player or Player(draft.address(element.get("url") or "", element))
    elif name == "media:description" and element.text:
        read_description(draft, element)


def _texts(elements: Iterable[Any]) -> dict[str, str]:
    """Return the title, credit and description of a media object, which are among its elements."""
    texts: dict[str, str] = {}
    for child in elements:
        name = _TEXTS.get(short_name(child.tag))
        if name and (text := text_of(child)):
            texts[name] = text
    return texts


def _read_content(draft: Draft, element: Any, inherited: dict[str, str]) -> None:
    inner = [child for child in element if isinstance(child.tag, str)] if len(element) else []
    texts = inherited | _texts(inner) if inner else inherited
    url, kind = draft.address(element.get("url") or "", element), element.get("type") or ""
    if kind.startswith("image/") or element.get("medium") == "image" or (url and not kind and image_type(url)):
        draft.add_image(_image(draft, element, texts))
    elif url:
        length, lasts = draft.number(element.get("fileSize") or "", element, "fileSize"), element.get("duration") or ""
        file = Enclosure(url, kind, length, parse_clock(lasts), texts.get("title", ""))
        draft.fallback.setdefault("files", []).append(file)
    for child in inner:
        if short_name(child.tag) in {"media:thumbnail", "media:player"}:
            _read(draft, child, texts)


def _image(draft: Draft, element: Any, texts: dict[str, str]) -> Image:
    width, height = parse_side(element.get("width") or ""), parse_side(element.get("height") or "")
    url, credit = draft.address(element.get("url") or text_of(element), element), texts.get("credit", "")
    return Image(url, width, height, texts.get("title", ""), credit, credit)
