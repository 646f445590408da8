"""Find links of a body that lead to the text of a record instead of its page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from feeds.markup.markdown import parse_markdown

_SUFFIX = re.compile(r"\.(?:md|markdown|mdx)(?:$|[\s)>#?\"'])", re.IGNORECASE | re.MULTILINE)


def source_links(body: str) -> Iterator[tuple[str, int]]:
    """Yield every relative address of a Markdown link that names a file of Markdown, with its offset in the body."""
    if not _SUFFIX.search(body):
        return
    start = 0
    for token in parse_markdown(body, "")[0]:
        for child in token.children or []:
            address = str(child.attrGet("href") or "") if child.type == "link_open" else ""
            if address and _is_source(address):
                start = max(body.find(address, start), start)
                yield address, start


def _is_source(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and bool(_SUFFIX.search(parts.path))
