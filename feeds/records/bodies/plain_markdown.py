"""Extract the text of simple Markdown without parsing; anything ambiguous is left to the parser."""

import re

# Every alternative begins with a literal character, which makes the search fast.
# The start of a possible block, and characters that Markdown and Python may treat differently.
_MAY_BE_BLOCK = re.compile(r"\n(?:[^\S\n]|[#>~|=+-]|\*(?:\s|\Z)|\d{1,9}[.)])")
_MAY_BE_REFERENCE = re.compile(r"&[#\w]")
# All lines are items of one list, or lines of one quotation.
_ITEMS = re.compile(r"\n*(?P<sign>[*+>-] )[^\n]*(?:\n(?P=sign)[^\n]*)*\n*")
# Emphasis, code, a link or an image, not nested, and delimited on both sides.
_WORD = r"[^\W_]"
_INSIDE = rf"{_WORD}(?:[^*_`\[\]<>\\\n]*{_WORD})?"
_AFTER = r"(?=[ \n.,;:?)]|\Z)"
_ADDRESS = r"/[\w/.~%?=#+-]*"
_SIMPLE = re.compile(
    rf"\*(?<![^ \n]\*)(?P<star>\*?)(?P<emphasis>{_INSIDE})(?P=star)\*{_AFTER}"
    rf"|_(?<![^ \n]_)(?P<line>_?)(?P<underlined>{_INSIDE})(?P=line)_{_AFTER}"
    r"|`(?<!``)(?P<code>[^`<>\\\s](?:[^`<>\\\n]*[^`<>\\\s])?)`(?!`)"
    rf"|\[(?<!!\[)(?P<label>{_INSIDE})\]\(https?:/{_ADDRESS}\)"
    rf"|!\[(?:{_INSIDE})?\]\((?:https?:/)?{_ADDRESS}\)"
)
_MAY_BE_MARK = re.compile(rf"\*|`|\[|\]|_(?<!{_WORD}_)|_(?!{_WORD})|<(?! )")


def plain_words(markdown: str) -> str | None:
    """Return the text of simple Markdown, or None if it needs the parser."""
    markdown = f"\n{markdown}"
    if items := _ITEMS.fullmatch(markdown):
        markdown = markdown.replace(f"\n{items['sign']}", "\n")
    parts = _SIMPLE.split(markdown)  # after each text, the six groups of what follows it
    if (
        _MAY_BE_BLOCK.search(markdown)
        or any(map(markdown.__contains__, ("\r", "\0", "\\", "~~")))
        or ("&" in markdown and _MAY_BE_REFERENCE.search(markdown))
        or _MAY_BE_MARK.search("".join(parts[::7]))
    ):
        return None
    del parts[1::7], parts[2::6]  # the stars and lines of emphasis
    return " ".join("".join(filter(None, parts)).split())
