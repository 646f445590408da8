"""Undo the template tags of other generators that mean something simple, and tell where others are left.

What is left cannot be rendered here, and must not go out as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^(?P=fence)[`~]*[ \t]*$|(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`)",
    re.DOTALL | re.MULTILINE,
)

Replacement = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


class TemplateLanguage(NamedTuple):
    """How tags look, which of them are simple, whether code is spared, and what people call the language."""

    name: str
    tag: re.Pattern[str]
    simple: tuple[Replacement, ...] = ()
    spares_code: bool = False


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.DOTALL | re.MULTILINE)


def _fence(match: re.Match[str]) -> str:
    return f"```{match['lang']}\n{match['code'].strip(chr(10))}\n```"


def _wiki_link(match: re.Match[str]) -> str:
    target, _, label = match["target"].partition("|")
    return label or target.partition("#")[0] or target


_LIQUID = TemplateLanguage(
    "Liquid",
    _pattern(r"\{%|\{\{"),
    (
        (_pattern(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}"), ""),
        (_pattern(r"\{%-?\s*highlight\s+(?P<lang>[\w+-]*)[^%]*%\}(?P<code>.*?)\{%-?\s*endhighlight\s*-?%\}"), _fence),
        (_pattern(r"\{\{-?\s*(?:site\.url\s*\}\}\s*\{\{\s*)?site\.(?:baseurl|url)\s*-?\}\}(?=/)"), ""),
        (_pattern(r"\{\{-?\s*['\"](?P<path>/[^'\"]*)['\"]\s*\|\s*(?:absolute_url|relative_url)\s*-?\}\}"), r"\g<path>"),
    ),
)
_RAW = _pattern(r"\{%-?\s*raw\s*-?%\}(?P<text>.*?)\{%-?\s*endraw\s*-?%\}")
LANGUAGES: dict[str, TemplateLanguage] = {
    "liquid": _LIQUID,
    "nunjucks": TemplateLanguage("Nunjucks", _LIQUID.tag, spares_code=True),
    "go": TemplateLanguage(
        "Hugo shortcodes",
        _pattern(r"\{\{[<%](?!/\*)"),
        (
            (
                _pattern(
                    r"\{\{[<%]\s*highlight\s+[\"']?(?P<lang>[\w+-]*)[^>%]*[>%]\}\}(?P<code>.*?)\{\{[<%]\s*/highlight\s*[>%]\}\}"
                ),
                _fence,
            ),
            (
                _pattern(
                    r"\{\{<\s*figure\b[^>]*?\bsrc=\"(?P<src>[^\"]+)\"(?:[^>]*?\balt=\"(?P<alt>[^\"]*)\")?[^>]*>\}\}"
                ),
                lambda match: f"![{match['alt'] or ''}]({match['src']})",
            ),
        ),
    ),
    "tera": TemplateLanguage("Zola shortcodes", _pattern(r"\{\{\s*\w+\(|\{%\s*\w+\(")),
    "mdx": TemplateLanguage(
        "MDX components",
        _pattern(r"^(?:import|export)\s.*$|<[A-Z][\w.]*[\s/>]"),
        ((_pattern(r"^import\s[^\n]*\sfrom\s[^\n]*$\n?"), ""),),
        spares_code=True,
    ),
    "quarto": TemplateLanguage("Quarto shortcodes", _pattern(r"\{\{<"), spares_code=True),
    "obsidian": TemplateLanguage(
        "Obsidian embeds",
        _pattern(r"!\[\["),
        ((_pattern(r"(?<!!)\[\[(?P<target>[^\[\]\n]+)\]\]"), _wiki_link),),
        spares_code=True,
    ),
}
_ESCAPED = {"go": _pattern(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}"), "quarto": _pattern(r"\{\{\{(<.*?>)\}\}\}")}


def undo_tags(body: str, language: str) -> tuple[str, int | None]:
    """Return a body with simple tags undone, and the offset of the first tag that is left in it, or None."""
    spoken = LANGUAGES.get(language)
    patterns = [spoken.tag, *(pattern for pattern, _ in spoken.simple)] if spoken else []
    patterns += [_ESCAPED[language]] if language in _ESCAPED else []
    if not spoken or not any(pattern.search(body) for pattern in patterns):
        return body, None
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match["text"] if "text" in match.groupdict() else match[0])
        return f"\0{len(kept) - 1}\0"

    body = _RAW.sub(keep, body) if language in {"liquid", "nunjucks"} else body
    body = _CODE.sub(keep, body) if spoken.spares_code else body
    for pattern, replacement in spoken.simple:
        body = pattern.sub(replacement, body)
    left = spoken.tag.search(body)
    if language == "go":
        body = _ESCAPED["go"].sub(r"{{\1\2\3}}", body)
    while "\0" in body:
        body = re.sub(r"\0(\d+)\0", lambda match: kept[int(match[1])], body)
    return body, left.start() if left else None


def without_tags(body: str, language: str) -> str:
    """Return a body without the paragraphs that hold a tag: the others can be read as text."""
    tag = LANGUAGES[language].tag
    return "\n\n".join(block for block in re.split(r"\n[ \t]*\n", body) if not tag.search(block))
