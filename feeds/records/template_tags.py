"""Undo the template tags of other generators that mean something simple, and tell where others are left.

What is left cannot be rendered here, and must not go out as text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from feeds.records.simple_tags import GO, HEADING_ATTRIBUTES, KRAMDOWN, LIQUID, NUNJUCKS, OBSIDIAN, TERA, Replacement
from feeds.records.summaries import first_paragraph

CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^(?P=fence)[`~]*[ \t]*$|(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`)",
    re.DOTALL | re.MULTILINE,
)


class TemplateLanguage(NamedTuple):
    """What people call a language, how its tags begin and look, which are simple, and whether code is spared."""

    name: str
    tag: re.Pattern[str]
    whole: re.Pattern[str]
    simple: tuple[Replacement, ...] = ()
    spares_code: bool = False


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.DOTALL | re.MULTILINE)


_BRACES = _pattern(r"\{%|\{\{")
_BRACED = _pattern(r"\{%.*?%\}|\{\{.*?\}\}")
_RAW = _pattern(r"\{%-?\s*raw\s*-?%\}(?P<text>.*?)\{%-?\s*endraw\s*-?%\}")
LANGUAGES: dict[str, TemplateLanguage] = {
    "liquid": TemplateLanguage("Liquid", _BRACES, _BRACED, LIQUID),
    "nunjucks": TemplateLanguage("Nunjucks", _BRACES, _BRACED, NUNJUCKS, spares_code=True),
    "go": TemplateLanguage(
        "Hugo shortcodes", _pattern(r"\{\{[<%](?!/\*)"), _pattern(r"\{\{[<%](?!/\*).*?[>%]\}\}"), GO
    ),
    "tera": TemplateLanguage("Zola shortcodes", _pattern(r"\{\{\s*\w+\(|\{%\s*\w+\("), _BRACED, TERA),
    "mdx": TemplateLanguage(
        "MDX components",
        _pattern(r"^(?:import|export)\s.*$|<[A-Z][\w.]*[\s/>]"),
        _pattern(r"^(?:import|export)\s[^\n]*$|</?[A-Z][\w.]*[^<>]*>"),
        ((_pattern(r"^import\s[^\n]*\sfrom\s[^\n]*$\n?"), ""),),
        spares_code=True,
    ),
    "quarto": TemplateLanguage("Quarto shortcodes", _pattern(r"\{\{<"), _pattern(r"\{\{<.*?>\}\}"), spares_code=True),
    "obsidian": TemplateLanguage(
        "Obsidian embeds", _pattern(r"!\[\["), _pattern(r"!\[\[.*?\]\]"), OBSIDIAN, spares_code=True
    ),
}
_ANY = _pattern(r"[{<]|\[\[|^import\s|@/")
_ESCAPED = {"go": _pattern(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}"), "quarto": _pattern(r"\{\{\{(<.*?>)\}\}\}")}


def undo_tags(body: str, language: str) -> tuple[str, int | None]:
    """Return a body with simple tags undone, and the offset of the first tag that is left in it, or None."""
    spoken = LANGUAGES.get(language)
    if not spoken or not _ANY.search(body):
        return body, None
    body, kept = _undone(body, language, spoken)
    left = spoken.tag.search(body)
    start = len(_restored(body[: left.start()], kept)) if left else None
    return _restored(_unescaped(body, language), kept), start


def without_tags(body: str, language: str) -> str:
    """Return the paragraphs of a body that hold no tag once simple ones are undone, else all without their tags."""
    spoken = LANGUAGES.get(language)
    if not spoken:
        return body
    body, kept = _undone(body, language, spoken)
    free = "\n\n".join(block for block in re.split(r"\n[ \t]*\n", body) if not spoken.tag.search(block))
    return _restored(_unescaped(free if first_paragraph(free) else spoken.whole.sub("", body), language), kept)


def _undone(body: str, language: str, spoken: TemplateLanguage) -> tuple[str, list[str]]:
    """Return a body with simple tags undone, and the pieces of it that stay as they are."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match["text"] if "text" in match.groupdict() else match[0])
        return f"\0{len(kept) - 1}\0"

    body = _RAW.sub(keep, body) if spoken.tag is _BRACES else body
    body = CODE.sub(keep, body) if spoken.spares_code else body
    for pattern, replacement in spoken.simple:
        body = pattern.sub(replacement, body)
    attributes = KRAMDOWN if language == "liquid" else HEADING_ATTRIBUTES
    if "{:" in body or "{#" in body:
        body = CODE.sub(keep, body)
        for pattern in attributes:
            body = pattern.sub("", body)
    return body, kept


def _unescaped(body: str, language: str) -> str:
    return _ESCAPED["go"].sub(r"{{\1\2\3}}", body) if language == "go" else body


def _restored(body: str, kept: list[str]) -> str:
    while "\0" in body:
        body = re.sub(r"\0(\d+)\0", lambda match: kept[int(match[1])], body)
    return body
