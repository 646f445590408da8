"""Convert a document to a Record, the keys of which are those of the schema."""

import math
import re
from collections.abc import Iterable
from datetime import tzinfo
from hashlib import sha1
from typing import Any, TypeVar

from feeds import dates, text, urls
from feeds.config.settings import Config
from feeds.frontmatter.document import Document
from feeds.hold_back import holding_keys
from feeds.hostname import is_domain
from feeds.model.parts import Enclosure, Image, Person, Related
from feeds.model.record import Record
from feeds.records.redact import public_part
from feeds.url_identity import normal_url

_File = TypeVar("_File", Image, Enclosure)
_URL_NAMESPACE = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")  # RFC 9562, section 6.6
_IFRAME_SRC = r"""(?i)<iframe\b[^<>]*?\ssrc\s*=\s*["']?([^"'\s>]+)"""


def make_record(document: Document, config: Config) -> Record:
    """Return the Record of a valid document.

    Site-relative image addresses are completed with the home page, or left out if there is none. Secret keys, and
    keys that no format shows, are dropped.
    """
    data, site, zone = public_part(document.data, document.tree.text, config.secret), config.home_page, config.zone
    published = dates.read_instant(data["publishedDateTime"], zone)
    updated, expires = data.get("updatedDateTime"), data.get("expires")
    original, web = data.get("originalUrl") or "", data.get("webUrl") or ""
    web_url, original_url = (urls.ascii_url(url) if url else "" for url in (web, original))
    return Record(
        id=text.xml_text(data.get("id") or "") or _urn_of(original or web),
        title=text.plain_text(data["title"]),
        link=web_url or original_url,
        published=published,
        updated=dates.read_instant(updated, zone) if updated else published,
        excerpt=text.plain_text(data.get("excerpt") or ""),
        web_url=web_url,
        original_url=original_url,
        topics=tuple(dict.fromkeys(filter(None, map(text.plain_text, data.get("topics") or [])))),
        images=_images(data, site),
        enclosures=_enclosures(data, site) if "enclosures" in data else (),
        provider=_provider(data.get("provider"), site),
        authors=tuple(_author(each, site) for each in data.get("authors") or []),
        language=data.get("language") or "",
        related=_related(data, (web_url, original), zone) if data.get("related") else (),
        body=document.body,
        body_type="html" if document.has_html_body else document.markdown,
        type=data.get("type") or "",
        quality=_whole(data.get("quality")),
        heat=_whole(data.get("heat")),
        length=data.get("length") or "",
        duration=dates.parse_duration(data["length"]) if data.get("length") else None,
        player=_player(data.get("featuredContent") or ""),
        expires=dates.read_instant(expires, zone) if expires else None,
        is_published=_is_published(document.data),
    )


def _whole(number: float | None) -> int | None:
    """Return a whole number, which may be written as 12.0 or 1e3, as an int."""
    return number if number is None else int(number)


def _seconds(number: float | None) -> float | None:
    """Return a number of seconds, whole where it can be; None for `.nan`."""
    if number is None or not math.isfinite(number):
        return None
    return int(number) if number == int(number) else number


def _urn_of(url: str) -> str:
    """Return the UUIDv5 (RFC 9562, section 5.5) of an address, without the slow import of uuid."""
    digest = bytearray(sha1(_URL_NAMESPACE + url.encode(), usedforsecurity=False).digest()[:16])
    digest[6], digest[8] = digest[6] & 0x0F | 0x50, digest[8] & 0x3F | 0x80
    text = digest.hex()
    return f"urn:uuid:{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _is_published(data: dict[str, Any]) -> bool:
    return data.get("published", True) is not False and data.get("removed") is not True and not holding_keys(data)


def _images(data: dict[str, Any], site: str) -> tuple[Image, ...]:
    images = [
        Image(
            url=urls.absolute(image["url"], site),
            width=_whole(image.get("width")),
            height=_whole(image.get("height")),
            title=text.plain_text(image.get("title") or ""),
            caption=text.plain_text(image.get("attribution") or ""),
        )
        for image in data.get("images") or ()
        if image.get("url")
    ]
    return _distinct(images)


def _enclosures(data: dict[str, Any], site: str) -> tuple[Enclosure, ...]:
    from feeds import media_types  # noqa: PLC0415 - few records have files

    files = [
        Enclosure(
            urls.absolute(file["url"], site),
            text.plain_text(file.get("type") or "") or media_types.assumed_type(file["url"]),
            _whole(file.get("length")),
            _seconds(file.get("duration")),
            text.plain_text(file.get("title") or ""),
        )
        for file in data["enclosures"] or []
        if file.get("url")
    ]
    return _distinct(files)


def _distinct(files: list[_File]) -> tuple[_File, ...]:
    """Return the files that have an address, each where it is first."""
    found: dict[str, _File] = {}
    for file in files:
        if file.url:
            found.setdefault(file.url, file)
    return tuple(found.values())


def _provider(data: dict[str, Any] | None, site: str) -> Person | None:
    name = text.plain_text(data.get("name") or "") if data else ""
    if not data or not name:
        return None
    domain = data.get("domain") or ""
    url = f"https://{domain.lower()}/" if is_domain(domain) else ""
    avatars = (urls.absolute(image["url"], site) for image in data.get("images") or () if image.get("url"))
    return Person(name, url, avatar=next(filter(None, avatars), ""))


def _author(data: dict[str, Any], site: str) -> Person:
    url, avatar = data.get("url") or "", data.get("avatar") or ""
    return Person(
        text.plain_text(data["name"]),
        urls.ascii_url(url) if url else "",
        data.get("email") or "",
        urls.absolute(avatar, site) if avatar else "",
    )


def _related(data: dict[str, Any], own: Iterable[str], zone: tzinfo | None) -> tuple[Related, ...]:
    own, articles = {*map(normal_url, own)}, dict[str, Related]()
    for article in data["related"]:
        url = urls.absolute(article.get("webUrl") or "", "")
        page = normal_url(url)
        if url and page not in own:
            articles.setdefault(page, _article(article, url, zone))
    return tuple(articles.values())


def _article(data: dict[str, Any], url: str, zone: tzinfo | None) -> Related:
    published = data.get("publishedDateTime")
    return Related(
        url=url,
        title=text.plain_text(data["title"]),
        summary=text.plain_text(data.get("excerpt") or ""),
        published=dates.read_instant(published, zone) if published else None,
        author=_provider(data.get("provider"), ""),
    )


def _player(featured_content: str) -> str:
    found = re.search(_IFRAME_SRC, featured_content) if featured_content else None
    return urls.absolute(text.unescape_html(found[1]), "https:") if found else ""
