"""Convert clean HTML to Markdown; blocks that Markdown cannot express stay HTML."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby, pairwise
from typing import Any

from feeds.markup.markdown import parse_markdown, render_tokens
from feeds.markup.visible_text import BLOCKS, text_and_tags, visible_text

_BEFORE_BLANK_LINE = re.compile(r"\n(?=[ \t]*\n)")
_DEFINITION = re.compile(r"^(\s*):")
_BARE_URL = re.compile(r"(?:(?<=http)|(?<=https))(?=://)|(?<=www)(?=\.)|(?<=[\w.+-])(?=@\w)")  # linked in Markdown
_FENCES = re.compile(r"`{3,}")
_SAME = {"b": "strong", "i": "em", "strike": "s", "del": "s"}
# Without visible effect in Markdown.
_UNSEEN = frozenset({"p", "div", "span", "thead", "tbody", "section", "article", "figure"})


def to_markdown(markup: str, html_signs: tuple[str, ...] = ()) -> str:
    """Return Markdown equivalent to HTML; blocks with one of `html_signs` stay HTML.

    The Markdown is verified by rendering it: text, URLs and elements are the same. Raises
    CouldNotRunError if the required package is missing.
    """
    blocks = list(_blocks(markup))
    written = "\n\n".join(filter(None, (_block(block, html_signs) for block in blocks)))
    # Blocks may read differently next to others.
    return written if _look(_rendered(written))[0] == visible_text(markup) else "\n\n".join(map(_html_block, blocks))


def _block(markup: str, html_signs: tuple[str, ...]) -> str:
    if not any(sign in markup for sign in html_signs):
        written = str(_converter().convert(markup)).strip()
        if _look(_rendered(written)) == _look(markup):
            return written
    return _html_block(markup)


def _html_block(markup: str) -> str:
    """Return HTML as one block of Markdown, which a blank line would end (CommonMark, section 4.6)."""
    written = _BEFORE_BLANK_LINE.sub("&#10;", markup.strip())
    return written if re.match(rf"<(?:{'|'.join(BLOCKS - {'br'})})[\s>]", written) else f"<div>{written}</div>"


def _blocks(markup: str) -> Iterator[str]:
    """Yield the blocks of HTML, and what is between them."""
    soup = _soup(markup)
    for name, nodes in groupby(soup.children, lambda node: node.name if node.name in BLOCKS - {"br"} else ""):
        texts = [node.decode() if node.name else str(node.output_ready("minimal")) for node in nodes]
        yield from filter(str.strip, texts if name else ["".join(texts)])


def _rendered(source: str) -> str:
    return render_tokens(*parse_markdown(source, ""))


def _look(markup: str) -> tuple[str, list[str]]:
    """Return what a reader sees of HTML: its text and URLs, and the elements that change how they look."""
    text, tags = text_and_tags(markup)
    shown = [_SAME.get(tag, tag) for tag in tags if tag not in _UNSEEN]
    return text, [tag for before, tag in pairwise(["", *shown]) if (before, tag) != ("pre", "code")]


def _soup(markup: str) -> Any:
    from bs4 import BeautifulSoup  # noqa: PLC0415 - comes with the converter

    return BeautifulSoup(markup, "html.parser")


@cache
def _converter() -> Any:
    from markdownify import MarkdownConverter  # noqa: PLC0415 - few imports want Markdown

    class Converter(MarkdownConverter):
        """A converter that keeps images everywhere, and any content of code."""

        def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - its signature
            alt = self.escape(el.get("alt") or "", parent_tags)
            title = (el.get("title") or "").replace("\\", r"\\").replace('"', r"\"")
            return f"![{alt}](<{el.get('src', '')}>" + (f' "{title}")' if title else ")")

        def convert_pre(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - its signature
            fence = max([*_FENCES.findall(text), "``"], key=len) + "`"
            return f"\n\n{fence}\n{text.removesuffix(chr(10))}\n{fence}\n\n" if text else ""

        def escape(self, text: str, parent_tags: set[str]) -> str:
            escaped: str = super().escape(text, parent_tags)  # type: ignore[misc]  # not in its stubs
            escaped = _DEFINITION.sub(r"\1\:", escaped.replace("~", r"\~").replace("!", r"\!"))
            return escaped if "a" in parent_tags else _BARE_URL.sub(r"\\", escaped)

    return Converter(heading_style="ATX", escape_misc=True, bullets="-", autolinks=False)
