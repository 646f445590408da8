"""Link bare addresses in Markdown, as in `see https://example.org` (GitHub Flavored Markdown, section 6.9).

The plugin that the parser has for it takes time by the square of a long text without blanks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

# A pattern that begins with its sign is found fastest.
_SIGNS = (
    re.compile("://"),
    re.compile(r"www\.(?<!/www\.)(?<![^\W_]www\.)"),
    re.compile(r"@(?<=[\w.+-]@)(?=[\w-])"),
)


def has_bare_url(source: str) -> bool:
    """Return whether a source may have a bare address."""
    return any(sign.search(source) for sign in _SIGNS)


class _Form(NamedTuple):
    """A form of addresses: what is before its sign, in so many characters, and what begins with the sign."""

    before: re.Pattern[str]
    furthest: int
    after: re.Pattern[str]


# Quotation marks and East Asian punctuation end an address, as do a backslash and the mark of a footnote.
_WEB = r"[^\W_](?:(?!\[\^)[^\s<\\«»\u2018-\u201f\u3000-\u303f\uff01-\uff65])*"
_FORMS = {
    ":": _Form(re.compile(r"(?<![a-z])https?\Z", re.IGNORECASE), len("https"), re.compile(rf"://{_WEB}")),
    "w": _Form(re.compile(r"(?<=[\s*_~(])|\A"), 0, re.compile(rf"www\.{_WEB}")),
    "@": _Form(
        re.compile(r"(?<![\w.+@/-])(?:mailto:|xmpp:)?[\w.+-]+\Z", re.ASCII),  # @ada@example.org is no address
        len("mailto:") + 64,
        re.compile(r"@[\w-]++(?:\.[\w-]++)+(?<=[A-Za-z])(?!@)", re.ASCII),
    ),
}
_TRAILING = re.compile(r"""(?:&[a-z]{1,31};|[?!.,:;*_~'"\[\]])\Z""", re.IGNORECASE)
_LONGEST_TRAILING = 33
_IN_WORD = re.compile(r"(?<=[^\W_])_+(?=[^\W_])")


def bare_url_plugin(parser: MarkdownIt) -> None:
    """Add the rule `bare_url` to a parser."""
    parser.inline.add_terminator_char("w")
    parser.inline.ruler.after("text", "bare_url", _bare_url)


def _bare_url(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    if silent or state.linkLevel:
        return False
    sign = state.src[state.pos]
    if sign == "_":
        return _in_word(state)
    form = _FORMS.get(sign)
    before = form and form.before.search(state.src, max(state.pos - form.furthest, 0), state.pos)
    after = form and before and form.after.match(state.src, state.pos, state.posMax)
    if not before or not after or len(before[0]) > len(state.pending):
        return False
    written = before[0] + after[0]
    _link(state, before.start(), written if sign == "@" else written[: _end(written)])
    return True


def _in_word(state: StateInline) -> bool:
    """Take underscores that cannot be marks of emphasis as text, as those of an email address are."""
    found = _IN_WORD.match(state.src, state.pos, state.posMax)
    if found:
        state.pending += found[0]
        state.pos = found.end()
    return bool(found)


def _end(written: str) -> int:
    """Return where an address ends if the punctuation after it does not count."""
    unopened, end = written.count(")") - written.count("("), len(written)
    while True:
        if unopened > 0 and written[end - 1] == ")":
            unopened, end = unopened - 1, end - 1
        elif found := _TRAILING.search(written, max(end - _LONGEST_TRAILING, 0), end):
            end = found.start()
        else:
            return end


def _link(state: StateInline, start: int, written: str) -> None:
    from markdown_it.common.utils import unescapeAll  # noqa: PLC0415 - slow, and many records have no body

    shown = unescapeAll(written)
    scheme = "http://" if shown.startswith("www.") else "" if ":" in shown else "mailto:"
    state.pending = state.pending[: len(state.pending) - (state.pos - start)]
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": state.md.normalizeLink(scheme + shown)}
    state.push("text", "", 0).content = shown
    for token in (opening, state.push("link_close", "a", -1)):
        token.markup, token.info = "autolink", "auto"
    state.pos = start + len(written)
