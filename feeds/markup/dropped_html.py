"""Find the HTML of a body that subscribers will not see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds.markup.html_filter import DEEPEST, Dropped, HtmlFilter
from feeds.markup.markdown import parse_markdown
from feeds.markup.vocabulary import TAGS

# Most bodies hold nothing of the kind, and need not be read as HTML for that.
_SUSPECT = re.compile(
    rf"<(?!(?:{'|'.join(sorted(TAGS))})[\s/>]|https?:)[a-z]"
    r"|<[a-z][^<>]*\son[a-z]{3}|=[\s\"']*(?:javascript|vbscript|data):|<\?|<!\[",
    re.IGNORECASE,
)
_ANYWHERE = "https://anywhere.invalid/"


def dropped_html(body: str, *, is_markdown: bool) -> Iterator[Dropped]:
    """Yield what is dropped from a body, the first of each kind, with its position in the body."""
    if "<" not in body or not (_SUSPECT.search(body) or _may_be_cut(body)):
        return
    text, positions = _raw_html(body) if is_markdown else (body, [])
    seen = set()
    for dropped in HtmlFilter(text, _ANYWHERE, lambda _address, _title: "").dropped:
        if dropped.what not in seen:
            seen.add(dropped.what)
            line, column = positions[dropped.line - 1] if positions else (dropped.line, 0)
            yield Dropped(dropped.what, line, column + dropped.column)


def _may_be_cut(body: str) -> bool:
    return body.rfind("<!--") > body.rfind("-->") or body.count("<") > DEEPEST


def _raw_html(body: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the raw HTML of Markdown, and of each line of it where in the body it begins."""
    lines, source, positions = body.split("\n"), [], []
    first = 0
    for token in parse_markdown(body, "")[0]:
        first = token.map[0] if token.map else first
        if token.type == "html_block":
            pieces = [(token.content.rstrip("\n"), 0)]
        else:
            pieces = [(c.content, c.meta["at"]) for c in token.children or [] if c.type == "html_inline" and c.meta]
        own = token.content.split("\n")
        for content, offset in pieces:
            number = token.content.count("\n", 0, offset)
            column = offset - (token.content.rfind("\n", 0, offset) + 1)
            for index, line in enumerate(content.split("\n")):
                row = min(first + number + index, len(lines) - 1)
                indent = max(lines[row].find(own[number + index]), 0) if number + index < len(own) else 0
                source.append(line)
                positions.append((row + 1, indent + (0 if index else column)))
    return "\n".join(source), positions
