"""Take the words out of simple Markdown without parsing it: what may mean something else is left to the parser."""

from __future__ import annotations

import re

# A line that may begin a block, and a line or character that Markdown reads otherwise than Python.
_MAY_BE_BLOCK = re.compile(r"^(?:[^\S\n]|[#>~|=+-]|\*(?:\s|\Z)|\d{1,9}[.)])|[\r\0\\]|&[#\w]", re.MULTILINE)
# All lines are items of one list, or of one quotation.
_ITEMS = re.compile(r"\n*(?P<sign>[*+>-] )[^\n]*(?:\n(?P=sign)[^\n]*)*\n*")
# Emphasis, code, a link or an image, in which there is nothing else and beside which Markdown sees no other word.
_WORD = r"[^\W_]"
_INSIDE = r"[^*_`\[\]<>\\\n]"
_SIMPLE = re.compile(
    rf"(?:(?<=[ \n])|\A)(?P<mark>\*\*?|__?)(?P<emphasis>{_WORD}(?:{_INSIDE}*{_WORD})?)(?P=mark)(?=[ \n.,;:?)]|\Z)"
    rf"|(?<!`)`(?P<code>{_WORD}(?:{_INSIDE}*{_WORD})?)`(?!`)"
    rf"|(?<!!)\[(?P<label>{_WORD}(?:{_INSIDE}*{_WORD})?)\]\(https?://[\w/.~%?=#+-]*\)"
    rf"|!\[(?:{_WORD}(?:{_INSIDE}*{_WORD})?)?\]\((?:https?:/)?/[\w/.~%?=#+-]*\)"
)
_MAY_BE_MARK = re.compile(rf"[*`\[\]]|(?<!{_WORD})_|_(?!{_WORD})|<(?! )")


def plain_words(markdown: str) -> str | None:
    """Return the words of Markdown in which marks are simple; None where only the parser can tell them."""
    items = _ITEMS.fullmatch(markdown)
    if items:
        markdown = f"\n{markdown}".replace(f"\n{items['sign']}", "\n")
    if _MAY_BE_BLOCK.search(markdown) or _MAY_BE_MARK.search(_SIMPLE.sub("", markdown)):
        return None
    return " ".join(_SIMPLE.sub(r"\g<emphasis>\g<code>\g<label>", markdown).split())
