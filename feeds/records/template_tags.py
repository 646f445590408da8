"""Replace simple template tags of other generators, and find those that remain.

Remaining tags cannot be rendered here, and must not be published as text.
"""

from __future__ import annotations

import re

from feeds.records.hidden_tags import without_hidden_blocks
from feeds.records.summaries import first_paragraph
from feeds.records.template_languages import CODE, LANGUAGES, TemplateLanguage

# A prefilter for attribute lists and abbreviations.
_MAY_BE_LIST = re.compile(r"\{(?:[:#.]|[ ][.#]|:?[ ]?[\w-]+=)|\*\[")


def undo_tags(body: str, language: str) -> tuple[str, int | None]:
    """Return a body with simple tags replaced, and the offset of the first remaining tag, or None."""
    template = LANGUAGES.get(language)
    if not template or not any(sign in body for sign in template.signs):
        return body, None
    body, pieces = _without_simple_tags(body, template)
    left = template.tag.search(body)
    start = len(_restore(body[: left.start()], pieces)) if left else None
    return _restore(body, pieces), start


def without_tags(body: str, language: str) -> str:
    """Return the paragraphs of a body without remaining tags, or else all of them with the tags removed."""
    template = LANGUAGES.get(language)
    if not template:
        return body
    body, pieces = _without_simple_tags(body, template)
    body = without_hidden_blocks(body, template.hidden)
    free = "\n\n".join(block for block in re.split(r"\n[ \t]*\n", body) if not template.tag.search(block))
    restored = _restore(free, pieces)
    return restored if first_paragraph(restored) else _restore(template.whole.sub("", body), pieces)


def _without_simple_tags(body: str, template: TemplateLanguage) -> tuple[str, list[str]]:
    """Return a body with simple tags replaced, and the pieces that must not change."""
    pieces: list[str] = []

    def keep(match: re.Match[str]) -> str:
        pieces.append(match["text"] if "text" in match.groupdict() else match[0])
        return f"\0{len(pieces) - 1}\0"

    def keep_escaped(match: re.Match[str]) -> str:
        pieces.append(match.expand(template.escaped[1] if template.escaped else ""))
        return f"\0{len(pieces) - 1}\0"

    body = template.roles[0].sub(template.roles[1], body) if template.roles else body
    body = template.literal.sub(keep, body) if template.literal else body
    body = template.escaped[0].sub(keep_escaped, body) if template.escaped else body
    for pattern, replacement in template.cells:
        body = pattern.sub(replacement, body)
    body = template.code.sub(keep, body) if template.code else body
    for pattern, replacement in template.simple:
        body = pattern.sub(replacement, body)
    if _MAY_BE_LIST.search(body):
        body = body if template.code else CODE.sub(keep, body)
        for pattern, replacement in template.attributes:
            body = pattern.sub(replacement, body)
    return body, pieces


def _restore(body: str, pieces: list[str]) -> str:
    while "\0" in body:
        body = re.sub(r"\0(\d+)\0", lambda match: pieces[int(match[1])], body)
    return body
