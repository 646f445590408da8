"""The rules of kramdown and Python-Markdown that are not those of CommonMark.

Both follow the first Markdown: see "Block Elements" and "Links" of its syntax.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING

from markdown_it import helpers
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import html_block, reference
from markdown_it.rules_inline import image, link
from markdown_it.rules_inline.emphasis import tokenize

from feeds.markup.prose_tags import is_prose_line
from feeds.markup.vocabulary import VOID, names

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

    from feeds.model.record import MarkdownDialect

_TAG = re.compile(r"<(/?)([a-z][\w:-]*)(?=[\s/>]|$)[^<>]*>?", re.IGNORECASE)
_INLINE = names("""
    a abbr acronym b bdi bdo big br button cite code data del dfn em font i img input ins kbd label mark q rp rt ruby s
    samp select small span strike strong sub sup time tt u var wbr
""")
_VERBATIM = names("pre script style textarea")  # which blank lines do not end
# An address with blanks in front of the end of its link or of a title; parentheses in it are in pairs.
_SPACED_ADDRESS = re.compile(r"((?:[^\s()\\]|\\.|\([^()\n]*\)|[ \t]++(?![\n\"')])){1,1000}+)(?=[ \t]*\)|[ \t]+[\"'])")
_SPACED_LABEL = re.compile(r"[ \n]\[([^\[\]]*)\]")
_DEFINITION = re.compile(r"\[(?!\^)[^\[\]\n]+\]:[ \t]*\S++(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$")
_RULER = re.compile(r"[|:=+\s-]*")
_CELL_END = re.compile(r"(?<!\\)\|")


def use_dialect(parser: MarkdownIt, dialect: MarkdownDialect) -> None:
    """Make a parser of CommonMark one of a dialect."""
    parser.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.before("link", "spaced_reference", _spaced_reference)
    parser.helpers = SimpleNamespace(  # type: ignore[assignment]  # as good as the module
        parseLinkDestination=_destination,
        parseLinkLabel=helpers.parseLinkLabel,
        parseLinkTitle=helpers.parseLinkTitle,
    )
    if dialect == "kramdown":
        where = ["paragraph", "reference", "blockquote", "list"]
        parser.block.ruler.before("paragraph", "end_of_block", _end_of_block, {"alt": where})
        parser.block.ruler.before("paragraph", "headless_table", _headless_table)
    else:
        parser.block.ruler.at("heading", _heading, {"alt": ["paragraph", "reference", "blockquote"]})
        parser.block.ruler.at("reference", _reference, {"alt": ["paragraph"]})


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """Parse a block of HTML, which ends with its element; an inline element is none."""
    offset, line_end = _offset(state, start), state.eMarks[start]
    if not state.src.startswith("<", offset) or is_prose_line(state, offset, line_end):
        return False
    tag = _TAG.match(state.src, offset, line_end)
    name = tag[2].lower() if tag else ""
    if name in _INLINE:
        return False
    if silent or not name or name in _VERBATIM:
        return html_block(state, start, end, silent)
    if not html_block(state, start, start + 1, silent):
        return False
    last, stop = _end_of_element(state, start, name)
    block = state.tokens[-1]
    block.content = state.getLines(start, last + 1, state.blkIndent, True)  # noqa: FBT003 - the parser's signature
    block.map, state.line = [start, last + 1], last + 1
    if state.src[stop : state.eMarks[last]].strip():
        block.content = block.content.rstrip("\n")[: stop - state.eMarks[last]] + "\n"
        rest = state.skipSpaces(stop)
        state.bMarks[last], state.tShift[last], state.sCount[last] = rest, 0, state.blkIndent
        state.md.block.tokenize(state, last, last + 1)
    return True


def _end_of_element(state: StateBlock, start: int, name: str) -> tuple[int, int]:
    """Return the line and the offset where an element ends, or a blank line ends it."""
    depth, line = 0, start
    while line < state.lineMax and (line == start or not (state.isEmpty(line) or state.sCount[line] < state.blkIndent)):
        stop = state.eMarks[line]
        for tag in _TAG.finditer(state.src, _offset(state, line), stop):
            if tag[2].lower() == name:
                is_whole = tag[0].endswith("/>" if name not in VOID else ">")
                depth += -1 if tag[1] else 0 if is_whole else 1
                stop = tag.end()
        if depth <= 0:
            return line, stop
        line += 1
    return line - 1, state.eMarks[line - 1]


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """Parse asterisks that only white space keeps from opening or closing, and underscores as in CommonMark."""
    source, start = state.src, state.pos
    if not tokenize(state, silent):
        return False
    if source[start] == "*":
        may_open = state.pos < state.posMax and not source[state.pos].isspace()
        may_close = start > 0 and not source[start - 1].isspace()
        for delimiter in state.delimiters[start - state.pos :]:
            delimiter.open, delimiter.close = may_open, may_close
    return True


def _destination(source: str, start: int, end: int) -> object:
    """Parse the address of a link, which may have blanks behind a parenthesis."""
    found = helpers.parseLinkDestination(source, start, end)
    if source.startswith("<", start) or not (spaced := _SPACED_ADDRESS.match(source, start, end)):
        return found
    if spaced.end() > found.pos and source[max(start - 50, 0) : start].rstrip().endswith("("):
        found.ok, found.pos, found.str = True, spaced.end(), spaced[1]
    return found


def _spaced_reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """Parse a reference with a blank in front of its label, as in `[text] [1]`."""
    start, is_image = state.pos, state.src.startswith("![", state.pos)
    if not (is_image or state.src.startswith("[", start)) or not _has_spaced_label(state.src):
        return False
    end = helpers.parseLinkLabel(state, start + is_image, not is_image)
    label = _SPACED_LABEL.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if not label:
        return False
    text = state.src[start + is_image + 1 : end].strip()
    own = "" if start == 0 and text in {"x", "X"} else normalizeReference(text)  # a task that is done
    references = state.env.get("references", {})
    found = references.get(normalizeReference(label[1]) or own)
    if not found or not own:
        return False
    former = references.get(own)
    references[own] = found  # as if the text were the label
    is_parsed = (image if is_image else link)(state, silent)
    references[own] = former
    state.pos = label.end() if is_parsed else start
    return is_parsed


@lru_cache(maxsize=1)
def _has_spaced_label(source: str) -> bool:
    return bool(_SPACED_LABEL.search(source))


def _heading(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """Parse a heading, which needs no blank behind its signs."""
    offset = _offset(state, start)
    level = min(state.skipCharsStr(offset, "#") - offset, 6)
    if not level or state.is_code_block(start):
        return False
    if not silent:
        _element(state, f"h{level}", state.src[offset + level : state.eMarks[start]].rstrip().rstrip("#"), start)
        state.line = start + 1
    return True


def _element(state: StateBlock, tag: str, text: str, line: int) -> None:
    """Add a heading or a cell of a table."""
    kind = "heading" if tag.startswith("h") else tag
    state.push(f"{kind}_open", tag, 1).map = [line, line + 1]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = text.strip(), [line, line + 1], []
    state.push(f"{kind}_close", tag, -1)


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """Parse a definition, which ends a paragraph if it is one line."""
    if not silent:
        return reference(state, start, end, silent)
    return bool(_DEFINITION.match(state.src, _offset(state, start), state.eMarks[start]))


def _end_of_block(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """Parse a circumflex alone, which ends a block and begins none."""
    offset = _offset(state, start)
    if not state.src.startswith("^", offset) or state.skipSpaces(offset + 1) < state.eMarks[start]:
        return False
    if not silent:
        state.line = start + 1
    return True


def _headless_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """Parse lines between bars, which are a table without a head as well."""
    rows, line = list[str](), start
    while line < end and state.sCount[line] >= state.blkIndent and state.src.startswith("|", _offset(state, line)):
        rows.append(state.src[_offset(state, line) : state.eMarks[line]].strip())
        line += 1
    if silent or not rows or not all(len(row) > 1 and row.endswith("|") for row in rows):
        return False
    state.push("table_open", "table", 1).map = [start, line]
    state.push("tbody_open", "tbody", 1)
    for number, row in enumerate(rows, start):
        if not _RULER.fullmatch(row):
            state.push("tr_open", "tr", 1)
            for cell in _CELL_END.split(row[1:-1]):
                _element(state, "td", cell.replace("\\|", "|"), number)
            state.push("tr_close", "tr", -1)
    state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)
    state.line = line
    return True


def _offset(state: StateBlock, line: int) -> int:
    """Return where the text of a line begins."""
    return state.bMarks[line] + state.tShift[line]
