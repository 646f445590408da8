"""Make Markdown and HTML of unknown origin safe to show, with absolute addresses only."""

import html
import re
from collections.abc import Mapping

import nh3

from feeds.markup.html_filter import HtmlFilter
from feeds.markup.markdown import needs_filter, parse_markdown, render_tokens
from feeds.markup.source_links import page_address
from feeds.markup.video import embedded_video
from feeds.markup.vocabulary import ATTRIBUTES, DROPPED_WITH_CONTENT, LINK_SCHEMES, TAGS
from feeds.model.record import MarkdownDialect
from feeds.text import shortened, xml_text
from feeds.urls import absolute, encoded_uri, srcset_candidates

_ADDRESSES = {"href", "src", "poster", "cite"}
_DIMENSION = re.compile(r"\d{1,5}")
_NO_PAGES: Mapping[str, str] = {}
_FOOTNOTE = re.compile(r"fn(?:ref)?-[0-9a-f]{8}-\d+(?::\d+)?")


def safe_html(
    source: str,
    base: str,
    *,
    is_markdown: bool,
    dialect: MarkdownDialect = "markdown",
    pages: Mapping[str, str] = _NO_PAGES,
) -> str:
    """Return HTML of a record's body that is safe in any reader.

    Scripts, forms, styles and event handlers are removed; frames become links, those of known video hosts linked
    poster images; relative URLs are resolved against `base`, the URL of the page.
    Links to source files are replaced by the URLs that `pages` has for their paths.
    """
    shown = _shown(source, base, dialect) if is_markdown else HtmlFilter(source, base, _linked_frame).html
    return xml_text(_harmless(shown, base, pages)).strip()


def _shown(source: str, base: str, dialect: MarkdownDialect) -> str:
    tokens, environment = parse_markdown(source, base, dialect)
    rendered = render_tokens(tokens, environment)
    return HtmlFilter(rendered, base, _linked_frame).html if needs_filter(tokens) else rendered


def _harmless(markup: str, base: str, pages: Mapping[str, str]) -> str:
    def attribute(tag: str, name: str, value: str) -> str | None:
        if tag == "a" and name == "href":
            return _link(value, base, pages)
        if name in _ADDRESSES:
            return absolute(value, base) or None
        if name == "srcset":
            return _srcset(value, base) or None
        if name == "id":
            return value if _FOOTNOTE.fullmatch(value) else None
        if name in {"width", "height"} and tag != "mspace":
            return value if _DIMENSION.fullmatch(value.strip()) else None
        return value

    return nh3.clean(
        markup,
        tags=set(TAGS),
        clean_content_tags=set(DROPPED_WITH_CONTENT),
        attributes=ATTRIBUTES,
        attribute_filter=attribute,
        url_schemes={"http", "https"} | LINK_SCHEMES,
    )


def _linked_frame(address: str, title: str) -> str:
    video = embedded_video(address)
    page, poster = video or (address, "")
    named = "Watch the video" if video else title.strip() or shortened(address.partition("//")[2])
    shown = f'<img src="{html.escape(poster)}" alt="{named}">' if poster else html.escape(named)
    return f'<a href="{html.escape(page)}">{shown}</a>'


def _link(value: str, base: str, pages: Mapping[str, str]) -> str | None:
    if value.strip().partition(":")[0].lower() in LINK_SCHEMES:
        return encoded_uri(value) or None
    address = page_address(value, pages)
    return absolute(address, base) or None if address else None


def _srcset(value: str, base: str) -> str:
    complete = ((absolute(address, base), descriptor) for address, descriptor in srcset_candidates(value))
    return ", ".join(f"{address} {descriptor}".strip() for address, descriptor in complete if address)
