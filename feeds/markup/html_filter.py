"""Filter HTML for readers without scripts; list what is dropped."""

import re
from collections import Counter
from collections.abc import Callable
from html import escape

from feeds.markup.attributes import LAZY_SOURCES, is_hidden, is_hidden_frame, start_tag, with_lazy_values
from feeds.markup.hidden import HiddenElement
from feeds.markup.lenient_parser import LenientParser
from feeds.markup.vocabulary import (
    DROPPED_WITH_CONTENT,
    MATH,
    MEDIA,
    OPTIONAL_END,
    TAGS,
    TRANSPARENT,
    VOID,
    unknown_scheme,
)
from feeds.urls import absolute, srcset_candidates

FrameHtml = Callable[[str, str], str]  # URL and title of a frame -> its replacement

_EVENT = re.compile(r"on[a-z]{3,}")
DEEPEST = 256  # nested elements: the sanitizer is quadratic in the depth
_TOO_DEEP = f"tags more than {DEEPEST} levels deep"
NO_WEB_IMAGE = "<img> without a web address"
_FALLBACK = re.compile(r"\s*<noscript\b[^>]*>\s*(?:<[a-z][^>]*>\s*)?<img\b", re.IGNORECASE)


class HtmlFilter(LenientParser):
    """A filter of one text: `html` is what can be shown, `dropped` what is left out.

    It only chooses replacements; nh3 guarantees that the result is safe.
    """

    def __init__(self, source: str, base: str, frame_html: FrameHtml) -> None:
        super().__init__(source)
        self._base, self._frame_html = base, frame_html
        self._open = dict.fromkeys(("code", "math", "noscript", "pre", "svg"), 0)
        self._skipped, self._depth = "", 0
        self._hidden = HiddenElement()
        self._nested, self._level = Counter[str](), 0
        self._too_deep = Counter[str]()
        self._seen: dict[bool, set[str]] = {False: set(), True: set()}  # URLs outside and inside of noscript
        self._parts: list[str] = []
        self.parse_tags()
        self._skipped = ""
        self.parse_rest()
        self.html = "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a start tag, or its replacement."""
        values: dict[str, str] = {}
        for name, value in attrs:
            values.setdefault(name, value or "")
        if self._hidden.has_start(tag):
            return
        if self._skipped:
            self._depth += tag == self._skipped == "template"
        elif tag not in TAGS and tag != "iframe" and self._is_in("code", "pre"):
            self.handle_data(self.get_starttag_text() or "")
        elif tag != "iframe" and is_hidden(tag, values):
            self.drop(f"the hidden <{tag}>", is_html=False)
            self._hidden.begin(tag)
        else:
            self._note_attributes(tag, values)
            self._start(tag, values)
            is_closed = self._is_closed(tag)
            if tag in self._open:
                self._open[tag] += is_closed
            elif tag in DROPPED_WITH_CONTENT and is_closed:
                self._skipped, self._depth = tag, 1

    def handle_endtag(self, tag: str) -> None:
        """Write an end tag if its start tag was."""
        if self._hidden.has_end(tag, is_of_parent=self._nested[tag] > 0):
            return
        if self._skipped:
            self._depth -= tag == self._skipped
            self._skipped = self._skipped if self._depth else ""
        elif tag in TAGS:
            if tag not in VOID and self._is_shown(tag) and self._leaves(tag):
                self._parts.append(f"</{tag}>")
        elif tag != "iframe" and self._is_in("code", "pre"):
            start = self._offset()
            self.handle_data(self.rawdata[start : self.rawdata.find(">", start) + 1])
        if self._is_in(tag):
            self._open[tag] -= 1

    def handle_data(self, data: str) -> None:
        """Write text, unless it is in a dropped element."""
        if not self._skipped and not self._hidden:
            self._parts.append(escape(data, quote=False))

    def set_cdata_mode(self, elem: str, **_: bool) -> None:
        """Parse only scripts and styles as text, whatever the version of Python."""
        if elem in {"script", "style"} and (self._skipped == elem or self._hidden):
            super().set_cdata_mode(elem)

    def _start(self, tag: str, values: dict[str, str]) -> None:
        if tag in TAGS and self._is_shown(tag):
            if self._enters(tag):
                self._parts.append(self._image(values) if tag == "img" else start_tag(tag, values))
        elif tag == "iframe":
            self._parts.append(self._frame(values))
        elif tag == "input" and values.get("type", "").lower() == "checkbox":
            self._parts.append("☑" if "checked" in values else "☐")
        elif tag == "title" and self._is_closed("head"):
            return
        elif tag not in TRANSPARENT | TAGS and not self._is_in("svg"):
            self.drop(f"{(self.get_starttag_text() or '')[: len(tag) + 1]}>")

    def _enters(self, tag: str) -> bool:
        """Return whether an element may start here; count it if it must end."""
        if tag in VOID | OPTIONAL_END:
            return True
        if self._level == DEEPEST:
            self._too_deep[tag] += 1
            self.drop(_TOO_DEEP)
            return False
        self._nested[tag] += 1
        self._level += 1
        return True

    def _leaves(self, tag: str) -> bool:
        """Return whether an end tag closes a shown element."""
        if self._too_deep[tag]:
            self._too_deep[tag] -= 1
            return False
        if self._nested[tag]:
            self._nested[tag] -= 1
            self._level -= 1
        return True

    def _image(self, values: dict[str, str]) -> str:
        is_lazy = values.get("src", "").startswith("data:") or any(name in values for name in LAZY_SOURCES)
        if is_lazy and _FALLBACK.match(self.rawdata, self._offset() + len(self.get_starttag_text() or "")):
            return ""
        real = with_lazy_values(values)
        address = self._address(real)
        if not address:
            candidates = (absolute(each, self._base) for each, _ in srcset_candidates(real.get("srcset", "")))
            address = real["src"] = next(filter(None, candidates), "")
            if not address:
                self.drop(NO_WEB_IMAGE)
                return escape(real.get("alt", ""))
        return start_tag("img", real) if self._is_new(address, is_lazy=is_lazy) else ""

    def _frame(self, values: dict[str, str]) -> str:
        real = with_lazy_values(values)
        address = self._address(real)
        if not address or is_hidden_frame(values):
            self.drop("<iframe>")
            return ""
        is_lazy = any(name in values for name in LAZY_SOURCES)
        return self._frame_html(address, values.get("title", "")) if self._is_new(address, is_lazy=is_lazy) else ""

    def _address(self, values: dict[str, str]) -> str:
        source = values.get("src", "").strip()
        return absolute(source, self._base) if source else ""

    def _is_new(self, address: str, *, is_lazy: bool) -> bool:
        """Return whether a URL is not a repetition for noscript, and store it."""
        is_fallback = self._is_in("noscript")
        is_new = address not in self._seen[not is_fallback] or not (is_fallback or is_lazy)
        self._seen[is_fallback].add(address)
        return is_new

    def _note_attributes(self, tag: str, values: dict[str, str]) -> None:
        for name, value in values.items():
            if _EVENT.fullmatch(name):
                self.drop(name)
            elif name == "href" and (scheme := unknown_scheme(value)):
                self.drop(f"the address {scheme}")
            elif name == "src" and tag in MEDIA and not self._address(values):
                self.drop(f"<{tag}> without a web address")

    def _is_shown(self, tag: str) -> bool:
        # nh3 removes elements of MathML outside of <math> together with their text.
        is_placed = tag not in MATH or self._is_in("math") or (tag == "math" and self._is_closed(tag))
        return is_placed and not self._is_in("svg")

    def _is_closed(self, tag: str) -> bool:
        return self.ends.get(tag, -1) > self._offset()

    def _is_in(self, *tags: str) -> bool:
        return any(self._open.get(tag) for tag in tags)
