"""The template languages and dialects of Markdown that other generators render, as data."""

import re
from typing import NamedTuple

from feeds.records.bodies import dialect_tags as dialects
from feeds.records.bodies import hidden_tags as hidden
from feeds.records.bodies import quarto_parts
from feeds.records.bodies import simple_tags as simple
from feeds.records.bodies.formulas import DISPLAYED_MATH, MATH
from feeds.records.bodies.hexo_tags import HEXO
from feeds.records.bodies.media_tags import GO_MEDIA, LIQUID_MEDIA, LIQUID_TAG, NUNJUCKS_MEDIA, TERA_MEDIA
from feeds.records.bodies.note_tags import GO_NOTES, PERCENT_NOTES, TERA_NOTES
from feeds.records.bodies.replacements import CODE, Replacement, pattern

_NOTHING = re.compile(r"(?!)")


class TemplateLanguage(NamedTuple):
    """A template language: its name, what its tags begin with and look like, simple tags, and what is kept.

    A body without any of the `signs` has nothing of the language. The text of a `literal` group "text", `code` and
    `math` stay as they are; `escaped` is a tag that is shown, and what is shown of it. `unseen` are parts that are not
    shown, `conditional` are blocks of which nobody knows here whether they are. `roles` give code a meaning;
    `containers` are the syntaxes of notes, tabs and the like; `unless` is front matter that says that a body is in
    another language; `has_variables` says that a body can set variables of Liquid.
    """

    name: str
    signs: tuple[str, ...]
    tag: re.Pattern[str] = _NOTHING
    whole: re.Pattern[str] = _NOTHING
    simple: tuple[Replacement, ...] = ()
    attributes: tuple[Replacement, ...] = dialects.ATTRIBUTES
    literal: re.Pattern[str] | None = None
    code: re.Pattern[str] | None = None
    math: re.Pattern[str] | None = None
    unseen: tuple[Replacement, ...] = ()
    conditional: hidden.Conditional | None = None
    roles: tuple[Replacement, ...] = ()
    escaped: tuple[re.Pattern[str], str] | None = None
    containers: tuple[str, ...] = ("alerts", "colons")
    unless: tuple[tuple[str, object, str], ...] = ()
    has_variables: bool = False


_BRACES = pattern(r"\{%|\{\{")
_BRACED = pattern(r"\{%.*?%\}|\{\{.*?\}\}")
_RAW = pattern(r"\{%-?\s*raw\s*-?%\}(?P<text>.*?)\{%-?\s*endraw\s*-?%\}")
_LISTS = ("{:", "{#", "{.")
_SPACED = (*_LISTS, "{ ")
_CONTENTS = ("[[", "${")
_COMPONENT = r"</?[A-Z][\w.]*[^<>]*>"
_LEAF = r"^[ ]{0,3}::[a-z][\w-]*[\[{]"
_ESM = r"^(?:import|export)\s[^\n]*$"
_EXPRESSION = r"(?<!\\)\{[^{}]*\}"
LANGUAGES: dict[str, TemplateLanguage] = {
    "liquid": TemplateLanguage(
        "Liquid",
        ("{%", "{{", "{:", "{#", "*[", " markdown=", "$$"),
        _BRACES,
        _BRACED,
        (dialects.ENCLOSED, *hidden.LIQUID, *simple.LIQUID, *PERCENT_NOTES, *LIQUID_MEDIA, hidden.BRACED_COMMENT),
        attributes=dialects.KRAMDOWN,
        literal=_RAW,
        math=DISPLAYED_MATH,
        conditional=hidden.IN_BRACES,
        unless=(("render_with_liquid", False, "kramdown"),),
        has_variables=True,
    ),
    "eleventy": TemplateLanguage(
        "Liquid and Nunjucks",
        ("{%", "{{", *_CONTENTS, *_LISTS),
        _BRACES,
        _BRACED,
        (
            *(dialects.CONTENTS, simple.COMMENT, *hidden.LIQUID, *simple.LIQUID),
            *(*PERCENT_NOTES, *LIQUID_MEDIA, hidden.BRACED_COMMENT),
        ),
        literal=_RAW,
        conditional=hidden.IN_BRACES,
        unless=(("templateEngineOverride", "md", "markdown-it"), ("templateEngineOverride", False, "markdown-it")),
        has_variables=True,
    ),
    "kramdown": TemplateLanguage(
        "kramdown", ("{:", "{#", "*[", "$$"), attributes=dialects.KRAMDOWN, math=DISPLAYED_MATH
    ),
    "markdown-it": TemplateLanguage("Markdown-it", (*_CONTENTS, *_LISTS), simple=(dialects.CONTENTS,)),
    "nunjucks": TemplateLanguage(
        "Nunjucks",
        ("{%", "{{", *_LISTS),
        _BRACES,
        _BRACED,
        (*simple.NUNJUCKS, *HEXO, *PERCENT_NOTES, *NUNJUCKS_MEDIA, hidden.BRACED_COMMENT),
        literal=_RAW,
        conditional=hidden.IN_BRACES,
        code=CODE,
        containers=("alerts", "colons", "admonitions"),
        unless=(("disableNunjucks", True, "markdown-it"),),
    ),
    "go": TemplateLanguage(
        "Hugo shortcodes",
        ("{{", ":(fa", *_LISTS),
        pattern(r"\{\{[<%](?!/\*)"),
        pattern(r"\{\{[<%](?!/\*).*?[>%]\}\}"),
        (*hidden.GO, *simple.GO, *GO_NOTES, *GO_MEDIA, hidden.BRACED_COMMENT),
        conditional=hidden.IN_SHORTCODES,
        escaped=(pattern(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}"), r"{{\1\2\3}}"),
        containers=("alerts",),
    ),
    "tera": TemplateLanguage(
        "Zola shortcodes",
        ("{{", "{%", "@/", *_LISTS),
        pattern(r"\{\{\s*\w+\(|\{%\s*\w+\("),
        _BRACED,
        (*TERA_NOTES, *TERA_MEDIA),
        conditional=hidden.IN_TERA,
        escaped=(pattern(r"(\{\{|\{%)/\*(.*?)\*/(\}\}|%\})"), r"\1\2\3"),
        containers=("alerts",),
    ),
    "components": TemplateLanguage(
        "Components",
        ("<", "::", *_CONTENTS),
        pattern(rf"<[A-Z][\w.]*[\s/>]|{_LEAF}"),
        pattern(rf"{_COMPONENT}|{_LEAF}[^\n]*"),
        (dialects.CONTENTS, *dialects.LEAVES),
        code=CODE,
        conditional=hidden.IN_COMPONENTS,
    ),
    "mdx": TemplateLanguage(
        "MDX components",
        ("<", "import", "export", "{", "::", "$"),
        pattern(rf"{_ESM}|<[A-Z][\w.]*[\s/>]|{_LEAF}|{_EXPRESSION}"),
        pattern(rf"{_ESM}|{_COMPONENT}|{_LEAF}[^\n]*|{_EXPRESSION}"),
        (*dialects.LEAVES, *dialects.MDX),
        code=CODE,
        conditional=hidden.IN_COMPONENTS,
        math=MATH,
    ),
    "quarto": TemplateLanguage(
        "Quarto shortcodes",
        ("{{<", "[", "~", "^", "$", *_SPACED),
        pattern(r"(?<!\{)\{\{<"),
        pattern(r"(?<!\{)\{\{<.*?>\}\}"),
        dialects.QUARTO,
        unseen=quarto_parts.UNSEEN,
        code=CODE,
        math=MATH,
        escaped=(pattern(r"\{(\{\{<.*?>\}\})\}"), r"\1"),
        containers=("alerts", "colons", "cells", "raw"),
    ),
    "myst": TemplateLanguage(
        "MyST directives",
        ("{", ")=", "%", "+++", "$"),
        pattern(r"^[ \t]*(?:`{3,}|~{3,}|:{3,})\{[\w:.+-]+\}|\{\{"),
        pattern(r"^[ \t]*(`{3,}|~{3,}|:{3,})\{[\w:.+-]+\}.*?(?:^[ \t]*\1[ \t]*$|\Z)|\{\{.*?\}\}"),
        dialects.MYST,
        code=dialects.MYST_CODE,
        math=MATH,
        roles=dialects.ROLES,
        containers=("alerts", "colons", "directives"),
    ),
    "mkdocs": TemplateLanguage(
        "Snippets and macros",
        ("8<--", "{%", "*[", ":", "`#!", "++", "==", "^", "~", "[TOC]", " markdown", "{-", "{>", "$", *_SPACED),
        pattern(r"^[ \t]*-*8<-|\{%"),
        pattern(r"^[ \t]*-*8<-[^\n]*$|\{%.*?%\}"),
        dialects.MKDOCS,
        roles=dialects.SPAN_LANGUAGES,
        literal=_RAW,
        code=CODE,
        math=MATH,
        conditional=hidden.IN_BRACES,
        containers=("alerts", "admonitions", "details", "tabs", "slashes"),
    ),
    "python": TemplateLanguage(
        "Python-Markdown",
        ("{%", "*[", "[TOC]", ":::", "#!", " markdown", "{+", "{-", "{~", "{=", "{>", "$", *_SPACED),
        pattern(LIQUID_TAG),
        pattern(LIQUID_TAG),
        (*dialects.PYTHON, *LIQUID_MEDIA),
        code=CODE,
        math=MATH,
        containers=("alerts", "admonitions", "details"),
    ),
    "obsidian": TemplateLanguage(
        "Obsidian embeds",
        ("[[", "%%", "==", "^", "$", *_LISTS),
        pattern(r"!\[\["),
        pattern(r"!\[\[.*?\]\]"),
        (*hidden.OBSIDIAN, *simple.OBSIDIAN, *dialects.OBSIDIAN),
        code=CODE,
        math=MATH,
        containers=("alerts",),
    ),
}
