"""Distinguish tags in Markdown from those that prose only names, as in Vec<Set>."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from feeds.markup.vocabulary import DROPPED_WITH_CONTENT, OPTIONAL_END, TAGS, TRANSPARENT, VOID, last_ends

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_TAG = re.compile(r"<(/?)([a-z][^\s/>]*)[^>]*>?", re.IGNORECASE)
# Their partners may be in another paragraph; without one nothing is lost.
_ACROSS = (TAGS | TRANSPARENT) - DROPPED_WITH_CONTENT
_CODE = re.compile(r"[(){};=]|//")


class _Tag(NamedTuple):
    """A tag of raw HTML: in prose a child of an inline token, in a block of none."""

    name: str
    is_end: bool
    source: str
    siblings: list[Token]
    rank: int = -1

    @property
    def scope(self) -> tuple[str, int]:
        """Return the scope of the search for the partner."""
        return self.name, 0 if self.rank < 0 or self.name in _ACROSS else id(self.siblings)

    @property
    def has_attributes(self) -> bool:
        return "=" in self.source


def is_prose_line(state: StateBlock, start: int, end: int) -> bool:
    """Return whether a line begins with a tag that it only names, such as an unclosed unknown one."""
    tag = _TAG.match(state.src, start, end)
    name = tag[2].lower() if tag else ""
    if not tag or tag[1] or name in TAGS:
        return False
    if "ends" not in state.env:
        state.env["ends"] = last_ends(state.src)
    is_closed = state.env["ends"].get(name, -1) > start
    if "=" in tag[0] or name in TRANSPARENT - DROPPED_WITH_CONTENT:
        return name in DROPPED_WITH_CONTENT - {"iframe"} and not is_closed
    rest = state.src[tag.end() : end]
    return not is_closed or (rest[:1].isspace() and rest.strip()[:1].isalpha() and not _CODE.search(rest))


def prose_tags(state: StateCore) -> None:
    """Turn tags that are not meant to be markup into text."""
    tags = [tag for token in state.tokens for tag in _tags_of(token)]
    partners = _partners(tags)
    for tag in tags:
        if tag.rank >= 0 and _is_prose(tag, partners.get((id(tag.siblings), tag.rank))):
            tag.siblings[tag.rank].type = "text"
    for token in state.tokens:
        for child in token.children or []:
            for inner in (child.children or []) if child.type == "image" else []:
                inner.type = "text" if inner.type == "html_inline" else inner.type


def _tags_of(token: Token) -> list[_Tag]:
    if token.type == "html_block":
        found = _TAG.finditer(token.content)
        return [_Tag(match[2].lower(), bool(match[1]), match[0], []) for match in found]
    siblings = token.children or []
    return [
        _Tag(match[2].lower(), bool(match[1]), child.content, siblings, index)
        for index, child in enumerate(siblings)
        if child.type == "html_inline" and "at" in child.meta and (match := _TAG.match(child.content))
    ]


def _partners(tags: list[_Tag]) -> dict[tuple[int, int], _Tag]:
    """Return the partners of tags by siblings and rank."""
    partners, waiting = {}, defaultdict(list)
    for tag in tags:
        if not tag.is_end:
            waiting[tag.scope].append(tag)
        elif starts := waiting[tag.scope] or waiting[tag.name, 0]:
            start = starts.pop()
            partners[id(start.siblings), start.rank] = tag
            partners[id(tag.siblings), tag.rank] = start
    return partners


def _is_prose(tag: _Tag, partner: _Tag | None) -> bool:
    is_shown = tag.name in TAGS
    if not is_shown and tag.has_attributes and tag.source.endswith("/>"):
        return False
    if tag.name in VOID:
        return not tag.has_attributes and (not is_shown or tag.name in {"img", "source", "track"})
    if partner:
        return not is_shown and _is_named(*((partner, tag) if tag.is_end else (tag, partner)))
    if tag.is_end:
        return not is_shown
    if tag.has_attributes:
        return not is_shown and tag.name != "iframe"
    return not (tag.name in OPTIONAL_END and tag.source.islower())


def _is_named(start: _Tag, end: _Tag) -> bool:
    """Return whether a sentence names a start tag and an end tag: `put it between <title> and </title>`."""
    if start.siblings is not end.siblings or start.has_attributes or end.rank <= start.rank + 1:
        return False
    first, last = start.siblings[start.rank + 1], end.siblings[end.rank - 1]
    return _is_blank(first, first.content[:1]) and _is_blank(last, last.content[-1:])


def _is_blank(token: Token, character: str) -> bool:
    return token.type == "softbreak" or (token.type == "text" and character.isspace())
