"""Find what a renderer of Markdown leaves out: notes without a reference, surplus table cells, odd URLs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from feeds.markup.html_filter import NO_WEB_IMAGE
from feeds.markup.lenient_parser import DroppedPart
from feeds.markup.vocabulary import unknown_scheme

if TYPE_CHECKING:
    from markdown_it.token import Token

# A prefilter for most bodies; patterns that begin with a fixed character are much faster.
_MAY_BE_NOTE = re.compile(r"^[ \t>*+.\d-]*\[\^", re.MULTILINE)
_MAY_BE_TABLE = re.compile(r"^[ \t>|:*+-]*-[ \t]*\|[ \t|:-]*$", re.MULTILINE)
_MAY_BE_ODD = re.compile(r"\](?:\(|:)[ \t]*<?(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_NOTE = re.compile(r"([ \t>*+.\d-]*)\[\^([^\]\s]+)\]:")
_QUOTE = re.compile(r"[ \t>]*")


def may_lose_text(body: str) -> bool:
    """Return whether a part of Markdown may not be shown."""
    return bool(
        ("^" in body and "[^" in body and _MAY_BE_NOTE.search(body))
        or ("|" in body and _MAY_BE_TABLE.search(body))
        or _MAY_BE_ODD.search(body)
    )


def lost_markdown(body: str, tokens: list[Token], environment: Mapping[str, Any]) -> Iterator[DroppedPart]:
    """Yield what is not shown of parsed Markdown."""
    lines = body.split("\n")
    yield from _notes(lines, environment)
    columns = 0
    for token in tokens:
        if token.type == "thead_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and columns and token.map:
            yield from _cells(lines, token.map[0], columns)
        elif token.type == "inline" and token.map:
            yield from _addresses(lines, token)


def _notes(lines: list[str], environment: Mapping[str, Any]) -> Iterator[DroppedPart]:
    notes = environment.get("footnotes", {}).get("refs", {})
    for row, line in enumerate(lines):
        note = _NOTE.match(line)
        if note and notes.get(f":{note[2]}", 0) < 0:
            what = f"the note [^{note[2]}], to which nothing refers"
            yield DroppedPart(what, row + 1, len(note[1]), is_html=False)


def _cells(lines: list[str], row: int, columns: int) -> Iterator[DroppedPart]:
    from markdown_it.rules_block.table import escapedSplit  # noqa: PLC0415 - as all of it

    line = lines[row].rstrip()
    quote = _QUOTE.match(line)
    start = quote.end() if quote else 0
    cells = escapedSplit(line[start:].removesuffix("|"))
    cells = cells[1:] if not cells[0].strip() else cells
    if any(cell.strip() for cell in cells[columns:]):
        column = line.rfind(cells[columns].strip())
        yield DroppedPart("a cell beyond the columns of its table", row + 1, max(column, 0), is_html=False)


def _addresses(lines: list[str], token: Token) -> Iterator[DroppedPart]:
    for child in token.children or []:
        address = str(child.attrGet("src" if child.type == "image" else "href") or "")
        scheme = unknown_scheme(address) if address and child.markup != "autolink" else ""
        if scheme or (child.type == "image" and address.startswith(("mailto:", "tel:"))):
            what = NO_WEB_IMAGE if child.type == "image" else f"the address {scheme}"
            yield DroppedPart(what, *_place(lines, token.map or [0, 0], address[:20]))


def _place(lines: list[str], rows: list[int], written: str) -> tuple[int, int]:
    for row in (*range(*rows), *range(len(lines))):
        if written in lines[row]:
            return row + 1, lines[row].index(written)
    return rows[0] + 1, 0
