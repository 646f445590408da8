"""Find text that templates hide: comments, and what is behind a condition or for some readers only."""

import re
from typing import NamedTuple

from feeds.records.bodies.replacements import CODE, Replacement, pattern, replaced

# Nobody knows here whether what they enclose is shown, and to whom. The words may be a part of a name.
_WORDS = (
    r"comment|if\w*|unless|case|switch|private|hidden|hide|drafts?|secret|internal|todo|admin\w*|members?\w*"
    r"|subscribers?\w*|password\w*|protected|encrypt\w*|only\w*"
)
_NAMES = rf"(?P<tag>(?:[\w./-]{{0,40}}[-_/.])?(?:{_WORDS}|set|macro|call)(?:[-_/.][\w./-]*)?)"
_COMPONENTS = (
    r"(?P<tag>If|Show|When|Unless|Switch|(?=[A-Z])[\w.]{0,40}(?i:private|hid[de]|draft|secret|internal|admin|member|subscriber"
    r"|password|protected|encrypt|only|paywall|premium|comment|todo)\w*)"
)


class Conditional(NamedTuple):
    """Patterns of blocks of which nobody knows here whether they are shown, and of their starts."""

    block: re.Pattern[str]
    start: re.Pattern[str]


def _innermost(start: str, end: str, names: str = _NAMES) -> Conditional:
    """Return the patterns of a block without another one of the same name in it."""
    block = rf"{start}{names}(?![\w-])(?:(?!{start}(?P=tag)(?![\w-])).)*?{end}"
    return Conditional(pattern(block), pattern(rf"{start}{names}(?![\w-])"))


IN_BRACES = _innermost(r"\{%-?\s*", r"\{%-?\s*end(?P=tag)\s*-?%\}")
IN_SHORTCODES = _innermost(r"\{\{[<%]\s*", r"\{\{[<%]\s*/\s*(?P=tag)\s*[>%]\}\}")
IN_TERA = _innermost(r"\{%\s*", r"\{%\s*end\s*%\}")
IN_COMPONENTS = _innermost("<", r"</(?P=tag)\s*>", _COMPONENTS)
LIQUID: tuple[Replacement, ...] = (
    (pattern(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}"), ""),
    (pattern(r"\{%-?\s*#[^%]*%\}"), ""),
    (pattern(r"\{#-?\s.*?\s-?#\}"), ""),  # Nunjucks, as many sites of Eleventy have
)
# A comment of HTML that has a tag in it; in code it is shown.
BRACED_COMMENT: Replacement = (
    pattern(rf"{CODE.pattern}|(?P<comment><!--(?:(?!-->|\{{[{{%]).)*+\{{(?:(?!-->).)*+-->)"),
    lambda match: "" if match["comment"] else match[0],
)
GO: tuple[Replacement, ...] = ((pattern(r"\{\{([<%])\s*comment\s*[>%]\}\}.*?\{\{[<%]\s*/\s*comment\s*[>%]\}\}"), ""),)
OBSIDIAN: tuple[Replacement, ...] = ((pattern(r"%%.*?%%|^%%.*\Z"), ""),)

_COMMENTS = {
    ".org": (
        pattern(r"(?i)^[ \t]*#\+begin_comment\b.*?^[ \t]*#\+end_comment\b[^\n]*$"),
        pattern(
            r"^(?P<stars>\*+)[ ](?:(?:[A-Z]+[ ])?COMMENT\b[^\n]*|[^\n]*:noexport:[^\n]*)$"
            r".*?(?=^(?!(?P=stars)\*)\*+[ ]|\Z)"
        ),
        pattern(r"^[ \t]*#(?:[ \t][^\n]*|\+[^\n]*)?$"),
        pattern(r"(?i)^[ \t]*:(?!end:)[\w-]+:[ \t]*$.*?^[ \t]*:end:[ \t]*$"),
        pattern(r"^\*+[ ][^\n]*$"),
    ),
    ".adoc": (
        pattern(r"^/{4,}[ \t]*$.*?(?:^/{4,}[ \t]*$|\Z)"),
        pattern(r"^\[comment\][ \t]*\n(?:--[ \t]*$.*?^--[ \t]*$|[^\n]+(?:\n[^\n]+)*)"),
        pattern(r"^//(?!/)[^\n]*$"),
        pattern(r"^if(?:n?def|eval)::[^\n]*\[\][ \t]*$.*?^endif::[^\n]*$"),
        pattern(r"^(?:={1,6}[ ]|:!?\w[\w-]*!?:)[^\n]*$"),
    ),
    ".textile": (
        pattern(r"^###\.\..*?(?=^\w+\.[ ]|\Z)"),
        pattern(r"^###\.[^\n]*(?:\n[^\n]+)*"),
        pattern(r"^(?:h[1-6][^\s.]*\.[ ][^\n]*$|p(?:[(\[{<>=~-][^\s.]*)?\.[ ])"),
    ),
    ".rst": (pattern(r"^\.\.(?:[ \t]+(?![\w.+:-]+::|_|\[)[^\n]*)?$(?:\n(?:[ \t]+[^\n]*|[ \t]*(?=\n[ \t])))*"),),
}


# Links and emphasis (orgmode.org/manual); what Markdown marks alike is left to it.
_MARKS_OF_ORG = (
    (pattern(r"\[\[(?:[^\[\]\n]+\]\[)?([^\[\]\n]+)\]\]"), r"\1"),
    (pattern(r"(?<![^\s('\"{-])([/=~+])(?=\S)((?:(?!\1)[^\n]){1,500})(?<=\S)\1(?![^\s.,;:!?)'\"}-])"), r"\2"),
)


def without_comments(body: str, suffix: str) -> str:
    """Return a body in another markup language than Markdown without comments, headings, and what is not exported."""
    comments = _COMMENTS.get(".adoc" if suffix == ".asciidoc" else suffix, ())
    body = replaced(body, ((comment, "") for comment in comments))
    return replaced(body, _MARKS_OF_ORG) if suffix == ".org" else body


def without_conditional_blocks(body: str, conditional: Conditional, *, is_beginning: bool) -> str:
    """Return a body without conditional blocks, or the beginning of one up to a block that does not end in it."""
    while (shorter := conditional.block.sub("", body)) != body:
        body = shorter
    begun = conditional.start.search(body) if is_beginning else None
    return body[: begun.start()] if begun else body
