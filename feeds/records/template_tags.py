"""Replace simple template tags of other generators, and find those that remain.

Remaining tags cannot be rendered here, and must not be published as text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from feeds.records.hidden_tags import CELLS, COMMENTS, without_hidden_blocks
from feeds.records.simple_tags import (
    GO,
    HEADING_ATTRIBUTES,
    KRAMDOWN,
    LIQUID,
    NUNJUCKS,
    OBSIDIAN,
    TERA,
    Replacement,
)
from feeds.records.summaries import first_paragraph

CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^(?P=fence)[`~]*[ \t]*$|(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`)",
    re.DOTALL | re.MULTILINE,
)


class TemplateLanguage(NamedTuple):
    """A template language: its name, what its tags begin with and look like, simple tags, and whether code is skipped.

    A body without any of the `signs` has no tag of the language.
    """

    name: str
    signs: tuple[str, ...]
    tag: re.Pattern[str]
    whole: re.Pattern[str]
    simple: tuple[Replacement, ...] = ()
    spares_code: bool = False


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.DOTALL | re.MULTILINE)


_BRACES = _pattern(r"\{%|\{\{")
_BRACED = _pattern(r"\{%.*?%\}|\{\{.*?\}\}")
_RAW = _pattern(r"\{%-?\s*raw\s*-?%\}(?P<text>.*?)\{%-?\s*endraw\s*-?%\}")
_ATTRIBUTES = ("{:", "{#")
LANGUAGES: dict[str, TemplateLanguage] = {
    "liquid": TemplateLanguage("Liquid", ("{%", "{{", *_ATTRIBUTES), _BRACES, _BRACED, LIQUID),
    "nunjucks": TemplateLanguage("Nunjucks", ("{%", "{{", *_ATTRIBUTES), _BRACES, _BRACED, NUNJUCKS, spares_code=True),
    "go": TemplateLanguage(
        "Hugo shortcodes",
        ("{{", *_ATTRIBUTES),
        _pattern(r"\{\{[<%](?!/\*)"),
        _pattern(r"\{\{[<%](?!/\*).*?[>%]\}\}"),
        GO,
    ),
    "tera": TemplateLanguage(
        "Zola shortcodes", ("{{", "{%", "@/", *_ATTRIBUTES), _pattern(r"\{\{\s*\w+\(|\{%\s*\w+\("), _BRACED, TERA
    ),
    "mdx": TemplateLanguage(
        "MDX components",
        ("<", "import", "export", "{", *_ATTRIBUTES),
        _pattern(r"^(?:import|export)\s.*$|<[A-Z][\w.]*[\s/>]|\{[^{}\n]{1,99}?(?:&&|\?|=>)\s*[(<]"),
        _pattern(r"^(?:import|export)\s[^\n]*$|</?[A-Z][\w.]*[^<>]*>|\{[^{}\n]{1,99}?(?:&&|\?|=>)[^{}]*\}?"),
        ((_pattern(r"^import\s[^\n]*\sfrom\s[^\n]*$\n?"), ""),),
        spares_code=True,
    ),
    "quarto": TemplateLanguage(
        "Quarto shortcodes",
        ("{{<", "```{", ":::", "]{", *_ATTRIBUTES),
        _pattern(r"\{\{<"),
        _pattern(r"\{\{<.*?>\}\}"),
        spares_code=True,
    ),
    "myst": TemplateLanguage(
        "MyST", ("%", "```{", ")=", "+++", *_ATTRIBUTES), _pattern(r"(?!)"), _pattern(r"(?!)"), spares_code=True
    ),
    "obsidian": TemplateLanguage(
        "Obsidian embeds",
        ("[[", "%%", *_ATTRIBUTES),
        _pattern(r"!\[\["),
        _pattern(r"!\[\[.*?\]\]"),
        OBSIDIAN,
        spares_code=True,
    ),
}
_ESCAPED = {"go": _pattern(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}"), "quarto": _pattern(r"\{\{\{(<.*?>)\}\}\}")}


def undo_tags(body: str, language: str) -> tuple[str, int | None]:
    """Return a body with simple tags replaced, and the offset of the first remaining tag, or None."""
    template = LANGUAGES.get(language)
    if not template or not any(sign in body for sign in template.signs):
        return body, None
    body, pieces = _without_simple_tags(body, language, template)
    left = template.tag.search(body)
    start = len(_restore(body[: left.start()], pieces)) if left else None
    return _restore(_unescape(body, language), pieces), start


def without_tags(body: str, language: str) -> str:
    """Return the paragraphs of a body without remaining tags, or else all of them with the tags removed."""
    template = LANGUAGES.get(language)
    if not template:
        return body
    body, pieces = _without_simple_tags(body, language, template)
    body = without_hidden_blocks(body, language)
    free = "\n\n".join(block for block in re.split(r"\n[ \t]*\n", body) if not template.tag.search(block))
    return _restore(_unescape(free if first_paragraph(free) else template.whole.sub("", body), language), pieces)


def _without_simple_tags(body: str, language: str, template: TemplateLanguage) -> tuple[str, list[str]]:
    """Return a body with simple tags replaced, and the pieces that must not change."""
    pieces: list[str] = []

    def keep(match: re.Match[str]) -> str:
        pieces.append(match["text"] if "text" in match.groupdict() else match[0])
        return f"\0{len(pieces) - 1}\0"

    body = _RAW.sub(keep, body) if template.tag is _BRACES else body
    for pattern, replacement in CELLS.get(language, ()):
        body = pattern.sub(replacement, body)
    body = CODE.sub(keep, body) if template.spares_code else body
    for pattern, replacement in (*COMMENTS[language], *template.simple):
        body = pattern.sub(replacement, body)
    attributes = KRAMDOWN if language == "liquid" else HEADING_ATTRIBUTES
    if any(sign in body for sign in _ATTRIBUTES):
        body = CODE.sub(keep, body)
        for pattern in attributes:
            body = pattern.sub("", body)
    return body, pieces


def _unescape(body: str, language: str) -> str:
    return _ESCAPED["go"].sub(r"{{\1\2\3}}", body) if language == "go" else body


def _restore(body: str, pieces: list[str]) -> str:
    while "\0" in body:
        body = re.sub(r"\0(\d+)\0", lambda match: pieces[int(match[1])], body)
    return body
