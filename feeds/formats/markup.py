"""Make Markdown and HTML of unknown origin safe to show, with absolute addresses only."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING

import nh3

from feeds.formats.video import embedded_video
from feeds.text import xml_text
from feeds.urls import absolute

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "hreflang"},
    "audio": {"src", "controls"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "img": {"src", "srcset", "alt", "title", "width", "height"},
    "ins": {"cite", "datetime"},
    "ol": {"start"},
    "q": {"cite"},
    "source": {"src", "srcset", "type", "media", "sizes"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label"},
    "video": {"src", "poster", "controls", "width", "height"},
    "*": {"lang", "dir"},
}
_TAGS = (nh3.ALLOWED_TAGS | {"audio", "picture", "section", "source", "track", "video"}) - {"rp", "rt", "rtc"}
_DROPPED_WITH_CONTENT = {
    "script",
    "style",
    "title",
    "noscript",
    "template",
    "textarea",
    "select",
    "object",
    "iframe",
    "button",
}
_ADDRESSES = {"href", "src", "poster", "cite"}
_DIMENSION = re.compile(r"\d{1,5}")

_IFRAME = re.compile(r"<iframe\b([^<>]*)>(?:[^<]*</iframe\s*>)?", re.IGNORECASE)
_SRC = re.compile(r"""(?:^|\s)src\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def safe_html(source: str, base: str, *, is_markdown: bool) -> str:
    """Return HTML for a record's body that can be shown in any reader.

    Scripts, forms, styles and event handlers are gone; frames of known video hosts have become linked poster
    images; every address is absolute, relative ones being completed with `base`, the address of the page.
    """
    markup = _markdown().render(source) if is_markdown else source
    markup = _IFRAME.sub(lambda match: _linked_poster(match[1]), markup)

    def keep(tag: str, attribute: str, value: str) -> str | None:
        if attribute in _ADDRESSES:
            return _link(tag, value, base)
        if attribute == "srcset":
            return _srcset(value, base) or None
        if attribute in {"width", "height"}:
            return value if _DIMENSION.fullmatch(value.strip()) else None
        return value

    cleaned = nh3.clean(
        markup,
        tags=_TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=keep,
        url_schemes={"http", "https", "mailto", "tel"},
    )
    return xml_text(cleaned).strip()


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - many records have no body, and it takes a while

    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def _linked_poster(attributes: str) -> str:
    found = _SRC.search(attributes)
    source = html.unescape(next(filter(None, found.groups()), "")) if found else ""
    video = embedded_video(absolute(source, "https:"))
    if not video:
        return ""
    page, poster = (html.escape(address) for address in video)
    shown = f'<img src="{poster}" alt="Watch the video">' if poster else "Watch the video"
    return f'<a href="{page}">{shown}</a>'


def _link(tag: str, value: str, base: str) -> str | None:
    if tag == "a" and value.strip().lower().startswith(("mailto:", "tel:")):
        return value.strip()
    return absolute(value, base) or None


def _srcset(value: str, base: str) -> str:
    """Return a srcset with absolute addresses; candidates are parted by a comma and a blank (HTML, 4.8.4.2.1)."""
    candidates = []
    for candidate in re.split(r",\s+", value.strip().rstrip(",")):
        address, _, descriptor = candidate.strip().partition(" ")
        complete = absolute(address, base).replace(",", "%2C") if address else ""
        if complete:
            candidates.append(f"{complete} {descriptor}".strip())
    return ", ".join(candidates)
