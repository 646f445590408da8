"""Links of a body to the source file of another page, which the generator replaces by the page's URL.

`other.md` and `../posts/other.md#part` are relative to the linking file, `/posts/other.md`, `@/posts/other.md` and
`@site/posts/other.md` to the root of the site. The tags of other generators are `@/name`, or `@./name` if
it is looked for beside the file first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from feeds.markup.markdown import parse_markdown

if TYPE_CHECKING:
    from markdown_it.token import Token

    from feeds.model.record import MarkdownDialect

_SUFFIX = r"\.(?:md|markdown|mkdn?|mkdown|mdown|mdx|qmd|rst|adoc|asciidoc|org|textile)"
_SOURCE = re.compile(
    rf"(?P<path>@(?:site|\.)?/[^?#]+|(?!//|[a-z][a-z0-9+.-]*:)[^?#]*{_SUFFIX}|(?!/)[^?#:]+\.html?)"
    r"(?P<rest>[?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
# A prefilter: most bodies have no such link, and need not be parsed. Patterns that begin with a fixed character
# are much faster.
_MAY_BE_SOURCE = (
    r"\s{0,99}[<\"']?(?:@(?:site|\.)?/|(?![a-z][a-z0-9+.-]*:|//|\#)"
    rf"(?:[^\n<>\"'?#()]|\([^\n()]*\)){{0,300}}(?:{_SUFFIX}|\.html?)(?![\w.-]))"
)
_MAY_LINK = re.compile(rf"\](?:\(|:){_MAY_BE_SOURCE}", re.IGNORECASE)
_MAY_LINK_IN_HTML = re.compile(rf"href\s{{0,9}}={_MAY_BE_SOURCE}", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\b", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HREF = re.compile(r"""<a\b[^<>]*?\shref\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))""", re.IGNORECASE)
_BEFORE_ADDRESS = r"(?:\]\(\s*<?|\]:\s*<?|(?i:href)\s*=\s*[\"']?)"


class SourceLink(NamedTuple):
    """The path of a source file as in a link, and its offsets in the body."""

    path: str
    start: int
    end: int


def source_links(body: str, *, is_markdown: bool, dialect: MarkdownDialect = "markdown") -> Iterator[SourceLink]:
    """Yield the links of a body that may lead to a source file."""
    if not (_MAY_LINK.search(body) or (_ANCHOR.search(body) and _MAY_LINK_IN_HTML.search(body))):
        return
    for address, start, end in _markdown_addresses(body, dialect) if is_markdown else _html_addresses(body):
        if path := source_path(address):
            yield SourceLink(path, start, end)


def source_path(address: str) -> str:
    """Return the path of the source file in an address, or ""."""
    match = _SOURCE.fullmatch(address.strip())
    return unquote(match["path"]) if match else ""


def page_address(address: str, pages: Mapping[str, str]) -> str | None:
    """Return an address with source file replaced by page; None if only the generator can resolve it."""
    match = _SOURCE.fullmatch(address.strip())
    if not match:
        return address
    if page := pages.get(unquote(match["path"])):
        return page + (match["rest"] or "")
    return None if address.lstrip().startswith("@") else address


def is_page_too(path: str) -> bool:
    """Return whether a path may also be the URL of a page, as that of a file in HTML."""
    return path.lower().endswith((".html", ".htm")) and not path.startswith("@")


def _html_addresses(markup: str) -> Iterator[tuple[str, int, int]]:
    for match in _HREF.finditer(_COMMENT.sub(lambda comment: " " * len(comment[0]), markup)):
        group = match.lastindex or 0
        yield unescape(match[group]), *match.span(group)


def _markdown_addresses(body: str, dialect: MarkdownDialect) -> Iterator[tuple[str, int, int]]:
    starts = [0, *(match.end() for match in re.finditer("\n", body)), len(body)]
    position, elsewhere = 0, dict[tuple[str, ...], tuple[int, int] | None]()  # as the address of a reference is
    for token in parse_markdown(body, "", dialect)[0]:
        if not token.map:
            continue
        first, last = starts[token.map[0]], starts[min(token.map[1], len(starts) - 1)]
        position, missing = max(position, first), set[tuple[str, ...]]()
        for address, written in _addresses(token):
            found = None if written in missing else _find(written, body, position, last)
            position = found[1] if found else position
            if not found:
                missing.add(written)
            if not found and written not in elsewhere:
                elsewhere[written] = _find(written, body, 0, len(body))
            yield address, *(found or elsewhere[written] or (first, first))


def _addresses(token: Token) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the addresses of links in a token, with possible spellings."""
    for part in (token, *(token.children or [])):
        if part.type == "link_open" and part.markup != "autolink":
            address = str(part.attrGet("href") or "")
            yield address, (address, unquote(address))
        elif part.type in {"html_block", "html_inline"}:
            for address, start, end in _html_addresses(part.content):
                yield address, (part.content[start:end],)


def _find(forms: tuple[str, ...], body: str, start: int, end: int) -> tuple[int, int] | None:
    written = "|".join(map(re.escape, forms))
    match = re.compile(rf"{_BEFORE_ADDRESS}({written})").search(body, start, end)
    return match.span(1) if match else None
