"""Find text that templates hide: comments, and what is behind a condition or for some readers only."""

from __future__ import annotations

import re

from feeds.records.simple_tags import Replacement

# Nobody knows here whether what they enclose is shown, and to whom.
_NAMES = (
    r"(?P<tag>comment|if\w*|unless|case|switch|private|hidden|hide|drafts?|secret|internal|todo|admin\w*|members?\w*"
    r"|subscribers?\w*|password\w*|protected|encrypt\w*|only\w*)"
)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.DOTALL | re.MULTILINE)


def _innermost(start: str, end: str) -> re.Pattern[str]:
    """Return a pattern of a block without another one of the same name in it."""
    return _pattern(rf"{start}{_NAMES}\b(?:(?!{start}(?P=tag)\b).)*?{end}")


_BRACES = _innermost(r"\{%-?\s*", r"\{%-?\s*end(?P=tag)\s*-?%\}")
_BLOCKS = {
    "liquid": _BRACES,
    "nunjucks": _BRACES,
    "go": _innermost(r"\{\{[<%]\s*", r"\{\{[<%]\s*/\s*(?P=tag)\s*[>%]\}\}"),
    "tera": _innermost(r"\{%\s*", r"\{%\s*end\s*%\}"),
}
_FENCE = r"^[ ]{0,3}(?P<mark>`{3,}|~{3,})[ ]*\{[^}\n]*\}?[^\n]*\n"
_REST_OF_FENCE = r"(?:(?!^[ ]{0,3}(?P=mark)[ ]*$).)*?^[ ]{0,3}(?P=mark)[ ]*$\n?"
# Cells of code that are run, and not shown; all else in code is shown.
CELLS: dict[str, tuple[Replacement, ...]] = {
    "quarto": (
        (_pattern(rf"{_FENCE}(?=[^`~]*?^#\|\s*(?:include|echo):\s*false\b){_REST_OF_FENCE}"), ""),
        (_pattern(r"^(?P<mark>`{3,})[ ]*\{[^}\n]*(?:include|echo)\s*=\s*F[^}\n]*\}[ ]*\n" + _REST_OF_FENCE), ""),
    ),
    "myst": ((_pattern(rf"{_FENCE}(?=:tags:[^\n]*(?:remove-cell|remove-input|hide-cell)){_REST_OF_FENCE}"), ""),),
}
COMMENTS: dict[str, tuple[Replacement, ...]] = {
    "liquid": (
        (_pattern(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}"), ""),
        (_pattern(r"\{%-?\s*#[^%]*%\}"), ""),
        (_pattern(r"\{#-?\s.*?\s-?#\}"), ""),  # Nunjucks, as many sites of Eleventy have
        (_pattern(r"\{::comment\}.*?\{:/(?:comment)?\}"), ""),
    ),
    "nunjucks": ((_pattern(r"\{#.*?#\}"), ""),),
    "go": ((_pattern(r"\{\{([<%])\s*comment\s*[>%]\}\}.*?\{\{[<%]\s*/\s*comment\s*[>%]\}\}"), ""),),
    "tera": (),
    "mdx": (
        (_pattern(r"\{/\*\s*(more|truncate|excerpt)\s*\*/\}"), r"<!-- \1 -->"),
        (_pattern(r"\{/\*.*?\*/\}"), ""),
    ),
    "quarto": (
        (
            _pattern(
                r"^(?P<mark>:{3,})[ ]*\{[^}\n]*\.(?:content-hidden|content-visible|hidden)\b[^}\n]*\}[ ]*\n"
                r".*?^(?P=mark)[ ]*$\n?"
            ),
            "",
        ),
        (_pattern(r"\[[^\]\n]*\]\{[^}\n]*\.(?:content-hidden|content-visible|hidden)\b[^}\n]*\}"), ""),
    ),
    "myst": (
        (_pattern(r"^%(?:[ \t][^\n]*)?$\n?"), ""),
        (_pattern(r"^\([\w:.-]+\)=[ \t]*$\n?"), ""),
        (_pattern(r"^\+\+\+(?:[ \t]*\{[^\n]*\})?[ \t]*$\n?"), ""),
    ),
    "obsidian": (
        (_pattern(r"%%.*?%%|^%%.*\Z"), ""),
        (_pattern(r"(?<=\S)[ \t]+\^[A-Za-z0-9-]+[ \t]*$"), ""),
    ),
}


def without_hidden_blocks(body: str, language: str) -> str:
    """Return a body without the blocks of which nobody knows here whether they are shown."""
    block = _BLOCKS.get(language)
    while block and (shorter := block.sub("", body)) != body:
        body = shorter
    return body
