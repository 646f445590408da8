"""Extract the visible content of HTML: text by line, and URLs of links and images."""

from html.parser import HTMLParser

from feeds.markup.vocabulary import DROPPED_WITH_CONTENT, names

BLOCKS = names("""
    address article aside blockquote br caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6
    header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul
""")
_HIDDEN = DROPPED_WITH_CONTENT - {"iframe"}
_ADDRESSES = {"a": "href", "img": "src", "iframe": "src", "audio": "src", "video": "src", "source": "src"}


def visible_text(markup: str) -> str:
    """Return the text of HTML with the addresses of links and media in angle brackets; a block is a line."""
    return text_and_tags(markup)[0]


def text_and_tags(markup: str) -> tuple[str, list[str]]:
    """Return the visible text of HTML, and the names of all its start tags in their order."""
    parser = _Seen()
    parser.feed(markup)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(filter(None, lines)), parser.tags


class _Seen(HTMLParser):
    """The visible content of a text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.tags: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Add the URL of an element."""
        self.tags.append(tag)
        if tag in _HIDDEN:
            self._hidden.append(tag)
        if self._hidden:
            return
        if tag in BLOCKS:
            self.parts.append("\n")
        address = dict(attrs).get(_ADDRESSES.get(tag, ""))
        if address and address.strip():
            self.parts.append(f" <{address.strip()}> ")

    def handle_endtag(self, tag: str) -> None:
        """End a line with a block."""
        if self._hidden and self._hidden[-1] == tag:
            self._hidden.pop()
        elif tag in BLOCKS and not self._hidden:
            self.parts.append("\n")

    def parse_html_declaration(self, i: int) -> int:
        """Return the end of a declaration, without looking for the sections of SGML, which HTML lacks."""
        return self.parse_comment(i) if self.rawdata.startswith("<!--", i) else self.parse_bogus_comment(i)

    def handle_data(self, data: str) -> None:
        """Add text."""
        if not self._hidden:
            self.parts.append(data.replace("\n", " "))
