"""Read links of Atom, which RSS can have too."""

from typing import Any

from feeds.lazy_pattern import lazy_pattern
from feeds.model.item import Link
from feeds.model.parts import Enclosure, Related
from feeds.parsers.builder import BASE, Builder
from feeds.parsers.strays import note_other, note_own_text

_PAGES = {"", "text/html", "application/xhtml+xml"}
_OF_PROGRAMS = lazy_pattern(r"json|atom|rss")
_RELATIONS = "http://www.iana.org/assignments/relation/"
_PLAIN = {"href", "rel", "type", "title", "hreflang", "length", BASE}


def read_link(builder: Builder, element: Any) -> None:
    """Read a link; one with more attributes than the model has is kept verbatim."""
    facts = dict(element.items())
    get = facts.get
    if not facts.keys() <= _PLAIN or not get("href"):
        builder.keep(element)
        return
    note_own_text(builder, element)
    rel = (get("rel") or "alternate").strip().removeprefix(_RELATIONS)
    href = builder.address(get("href", ""), element)
    link = Link(href, rel, get("type") or "", get("title") or "", get("hreflang") or "", get("length") or "")
    if not _has_own_field(builder, link, element):
        builder.links.append(link)


def _has_own_field(builder: Builder, link: Link, element: Any) -> bool:
    rel, href = link.rel, link.href
    is_bare = not (link.title or link.language or link.length)
    is_usual = is_bare and (link.type in _PAGES or bool(_OF_PROGRAMS.search(link.type)))
    if rel == "alternate" and link.type in _PAGES and not builder.link:
        builder.link = href
        return is_bare
    if rel == "alternate" and not builder.is_channel and not _OF_PROGRAMS.search(link.type):
        builder.fallback["link"] = href  # as of a warning or a picture, which has no page
    if builder.is_channel:
        return _is_of_channel(builder, rel, href) and is_usual
    if rel == "enclosure" and not link.language:
        length = builder.number(link.length, element, "the length of an enclosure")
        if not builder.add_enclosure(Enclosure(href, link.type, length or None, title=link.title)):
            note_other(builder, element)
    elif rel == "related" and not link.length:
        builder.related.append(Related(href, link.title, type=link.type, language=link.language))
    elif is_bare and rel == "via" and not builder.via and not link.type:
        builder.via = href
    elif is_bare and rel == "replies" and link.type in _PAGES and not builder.comments:
        builder.comments = href
    else:
        return False
    return True


def _is_of_channel(builder: Builder, rel: str, href: str) -> bool:
    """Store a link to another copy or part of the feed; return whether it is one."""
    if rel == "hub":
        builder.hubs += [href] if href not in builder.hubs else []
    elif rel in _FIELDS and getattr(builder, _FIELDS[rel]) in {"", href}:
        setattr(builder, _FIELDS[rel], href)
    else:
        return False
    return True


_FIELDS = {"self": "url", "next": "next_url", "prev-archive": "previous_url", "current": "current_url"}
