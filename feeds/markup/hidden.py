"""Find elements that browsers do not show, as they are hidden by an attribute or a style."""

import re
from collections.abc import Collection, Iterator, Mapping

from feeds.markup.attributes import is_hidden
from feeds.markup.visible_text import BLOCKS
from feeds.markup.vocabulary import VOID

_CELLS = {"td", "th", "tr", "tbody", "tfoot"}
_ROWS = {"tr", "tbody", "tfoot"}
_IN_OTHERS = {"br", "caption", "dd", "dt", "li", "summary", "tbody", "td", "tfoot", "th", "thead", "tr"}
_PAIRS = ({"dd", "dt"}, {"rt", "rp"}, {"li"})
# The start tags that end an element without its end tag (HTML, 13.1.2.4).
_ENDED_BY: dict[str, Collection[str]] = {
    "p": BLOCKS - _IN_OTHERS,
    **dict.fromkeys(("td", "th"), _CELLS),
    **dict.fromkeys((*_ROWS, "thead"), _ROWS),
    **{tag: pair for pair in _PAIRS for tag in pair},
}
TAG = re.compile("<[A-Za-z/!?]")
_MAY_HIDE = re.compile(r"""[\s"'/]hidden[\s=>/]|style\s*=""", re.IGNORECASE)
_UNSEEN = re.compile(r"<(?:script|style|template|!--)", re.IGNORECASE)
_PIECE = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`++).*?(?<!`)(?P=ticks)(?!`))"
    r"|<!--(?!\s*(?:more|truncate|excerpt)\s*-->).*?-->|(?<![^\n])[ ]{0,3}<!--(?!.*-->).*"
    r"""|<(?P<end>/?)(?P<name>[a-z][^\s/<>]*+)(?P<attributes>(?:"[^"]*"|'[^']*'|[^"'<>])*+)>""",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]*)))?""")


def may_hide(source: str) -> bool:
    """Return whether a part of a text may be hidden."""
    if not TAG.search(source):
        return False
    small = source.lower()  # to look for words in it takes a fraction of the time of the pattern
    return ("hidden" in small or "style" in small) and bool(_MAY_HIDE.search(source))


class HiddenElement:
    """A hidden element that is being read, or none."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def __bool__(self) -> bool:
        """Return whether what follows is hidden."""
        return bool(self._open)

    def begin(self, tag: str) -> None:
        """Begin a hidden element, which ends at once if it has no content."""
        self._open = [] if tag in VOID else [tag]

    def has_start(self, tag: str) -> bool:
        """Return whether a start tag is hidden; it may end the hidden element."""
        if len(self._open) == 1 and tag in _ENDED_BY.get(self._open[0], ()):
            self._open = []
        if self._open and tag not in VOID:
            self._open.append(tag)
        return bool(self._open)

    def has_end(self, tag: str, *, is_of_parent: bool) -> bool:
        """Return whether an end tag is hidden; that of the element itself is."""
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
            return True
        if self._open and (is_of_parent or (tag in BLOCKS and self._open[0] not in BLOCKS)):
            self._open = []
        return bool(self._open)


def without_hidden(source: str) -> str:
    """Return Markdown or HTML without its hidden elements, scripts, styles and comments."""
    is_affected = "<" in source and (may_hide(source) or bool(_UNSEEN.search(source)))
    return "".join(_shown(source)) if is_affected else source


def _shown(source: str) -> Iterator[str]:
    hidden, start = HiddenElement(), 0
    for piece in _PIECE.finditer(source):
        if not hidden:
            yield source[start : piece.start()]
        start = piece.end()
        is_hidden_piece = _is_hidden_tag(piece, hidden) if piece["name"] else hidden or not piece["code"]
        if not is_hidden_piece:
            yield piece[0]
    if not hidden:
        yield source[start:]


def _is_hidden_tag(tag: re.Match[str], hidden: HiddenElement) -> bool:
    name = tag["name"].lower()
    if tag["end"]:
        return hidden.has_end(name, is_of_parent=False)
    if hidden.has_start(name):
        return True
    if name not in {"script", "style", "template"} and not is_hidden(name, _values(tag["attributes"])):
        return False
    hidden.begin(name)
    return True


def _values(attributes: str) -> Mapping[str, str]:
    return {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(attributes)}
