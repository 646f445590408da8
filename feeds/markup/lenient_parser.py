"""Parse HTML of unknown origin: any text, in a time in proportion to its length, with what is dropped of it."""

import re
from bisect import bisect_right
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple

from feeds.markup.vocabulary import last_ends

_UNCLOSED = "a comment that nothing closes, with all behind it"


class DroppedPart(NamedTuple):
    """A dropped piece of a body: what it is, and its line, from 1, and column, from 0."""

    what: str
    line: int
    column: int
    is_html: bool = True


class LenientParser(HTMLParser):
    """A parser of one source; `dropped` lists what its subclass drops, and declarations that are not of HTML.

    `ends` has the offset of the last end tag of each name.
    """

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self._source, self._end = source, source.rfind(">") + 1
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", source))]
        self.ends = last_ends(source)
        self.dropped: list[DroppedPart] = []

    def parse_tags(self) -> None:
        """Parse all but what follows the last `>`: no tag is there, and trying each `<` would take long."""
        self.rawdata = self._source[: self._end]
        self.close()

    def parse_rest(self) -> None:
        """Parse what follows the last tag, which is text and perhaps a comment that nothing closes."""
        shown, comment, _ = self._source[self._end :].partition("<!--")
        self.handle_data(unescape(shown))
        if comment:
            start = self._end + len(shown)
            line = bisect_right(self._line_starts, start)
            self.dropped.append(DroppedPart(_UNCLOSED, line, start - self._line_starts[line - 1]))

    def parse_comment(self, i: int, report: bool = True) -> int:  # noqa: ARG002, FBT001, FBT002 - its signature
        """Return the end of a comment; if it is not closed, the end of the text."""
        ends = [at + len(end) for end in ("-->", "--!>") if (at := self._find(end, i + 2)) >= 0]
        if not ends:
            self.drop(_UNCLOSED)
        return min(ends, default=len(self.rawdata))

    def parse_html_declaration(self, i: int) -> int:
        """Return the end of a declaration, without looking for CDATA sections, which HTML lacks."""
        if self.rawdata.startswith("<!--", i):
            return self.parse_comment(i)
        if self.rawdata.startswith("<![CDATA[", i):
            self.drop("<![CDATA[")
        elif not self.rawdata[i : i + 9].lower().startswith("<!doctype"):
            self.drop("<!")
        return self.parse_bogus_comment(i)

    def parse_pi(self, i: int) -> int:
        """Return the end of a processing instruction, which may contain > in PHP."""
        if not self.rawdata.startswith("<?xml", i):
            self.drop("<?")
        end = self._find("?>", i)
        return end + 2 if end >= 0 else super().parse_pi(i)

    def _offset(self) -> int:
        """Return the offset of the current position in the source."""
        line, column = self.getpos()
        return self._line_starts[line - 1] + column

    def drop(self, what: str, *, is_html: bool = True) -> None:
        """Add what is dropped at the current position."""
        line, column = self.getpos()
        self.dropped.append(DroppedPart(what, line, column, is_html))

    def _find(self, text: str, start: int) -> int:
        """Return where a text is, or -1; what was not found once is not searched for again."""
        if self.ends.get(text) == -1:
            return -1
        found = self.rawdata.find(text, start)
        if found < 0:
            self.ends[text] = -1
        return found
