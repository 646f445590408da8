"""Translate what dialects of Markdown add within lines, and attribute lists, to plain Markdown."""

import re
from textwrap import dedent

from feeds.records.bodies.replacements import Replacement, pattern

# Attribute lists: `{#id .class key="value"}`, with a colon in kramdown and Python-Markdown.
_ATTRIBUTE = r"(?:[#.][\w:-]+|[\w:-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s{}\"']+))"
_LIST = rf"\{{:?[ ]*{_ATTRIBUTE}(?:[ ]+{_ATTRIBUTE})*[ ]*\}}"
_SELECTOR = rf"\{{:?[ ]*[#.][\w:-]+(?:[ ]+{_ATTRIBUTE})*[ ]*\}}"  # with an id or a class first, which no text has
ATTRIBUTES: tuple[Replacement, ...] = (
    (pattern(rf"^[ \t]*(?:{_SELECTOR}|(?=\{{:){_LIST})[ \t]*$"), ""),
    (pattern(rf"(?<=\S)[ \t]+{_SELECTOR}[ \t]*$"), ""),
    (pattern(rf"^(?P<heading>#{{1,6}}[ ][^\n]*\S)[ \t]+{_LIST}[ \t]*$"), r"\g<heading>"),
    (pattern(rf"(?P<link>\]\((?:[^()\n]|\([^()\n]*\))*\)){_LIST}"), r"\g<link>"),
    (pattern(rf"(?<=\]){_LIST}|(?<=[*_\0]){_SELECTOR}"), ""),
)
# The place of the table of contents that plugins of Markdown-it make.
CONTENTS: Replacement = (pattern(r"^(?:\[\[_?(?i:toc)_?\]\]|\$\{(?i:toc)\})[ \t]*$"), "")
_ABBREVIATION: Replacement = (pattern(r"^\*\[[^\]\n]+\]:[^\n]*$"), "")
KRAMDOWN: tuple[Replacement, ...] = (
    (pattern(r"\{::comment\}.*?\{:/(?:comment)?\}"), ""),
    (pattern(r"^[ ]{0,3}(?:[*+-]|\d+\.)[ ][^\n]*\n[ ]{0,3}\{:\s*toc\b[^{}\n]*\}[ \t]*$"), ""),
    (pattern(r"(?:(?<![ \t])[ \t]++)?\{:[:/]?[^{}\n]*\}"), ""),
    (pattern(r"(?<=\S)[ \t]+\{#[\w:.-]+\}[ \t]*$"), ""),
    _ABBREVIATION,
)
_MARKED: Replacement = (pattern(r"==(?=\S)([^=\n]+)(?<=\S)==(?!=)"), r"<mark>\1</mark>")


def _keys(match: re.Match[str]) -> str:
    keys = match[1].replace('"', "").split("+")
    return "+".join(f"<kbd>{key[:1].upper()}{key[1:]}</kbd>" for key in keys)


def _enclosed(match: re.Match[str]) -> str:
    content = dedent(match["content"].strip("\n"))
    return f"<{match['tag']}{match['before']}{match['behind']}>\n\n{content}\n\n</{match['tag']}>"


# Markdown in an element of HTML, which CommonMark wants between blank lines.
ENCLOSED: Replacement = (
    pattern(
        r"^[ ]{0,3}<(?P<tag>[a-z]\w*)(?P<before>(?:\s[^<>]*?)?)\s+markdown(?:=[\"']?(?:1|block|span)[\"']?)?"
        r"(?P<behind>(?:\s[^<>]*)?)>[ \t]*\n(?P<content>(?:(?!<(?P=tag)\b).)*?)</(?P=tag)>"
    ),
    _enclosed,
)


def _script(match: re.Match[str]) -> str:
    """Return a subscript or a superscript; a formula as it is."""
    below, above = match["below"], match["above"]
    return f"<sub>{below}</sub>" if below else f"<sup>{above}</sup>" if above else match[0]


_SCRIPTS: Replacement = (
    pattern(
        r"\$\$.*?\$\$|\$[^$\n]+\$|(?<=[\w)])(?:~(?P<below>\w{1,20})~(?!~)|\^(?P<above>\w{1,20}[+-]?|[+-])\^(?!\^))"
    ),
    _script,
)
_CRITIC: tuple[Replacement, ...] = (
    (pattern(r"\{--.*?--\}|\{>>.*?<<\}"), ""),
    (pattern(r"\{\+\+(.*?)\+\+\}|\{~~(?:(?!~>|~~\}).)*~>(.*?)~~\}"), lambda match: match[1] or match[2] or ""),
    (pattern(r"\{==(.*?)==\}"), r"<mark>\1</mark>"),
)
PYTHON: tuple[Replacement, ...] = (
    _ABBREVIATION,
    ENCLOSED,
    *_CRITIC,
    (pattern(r"^\[TOC\][ \t]*$"), ""),
    (pattern(r"(?:\A|(?<=\n)(?P<before>[ \t]*\n))(?:[ ]{4}|\t)(?::::|#!)[\w+-]+[ \t]*\n"), r"\g<before>"),
)
_ICON = r":(?:material|fontawesome(?:-\w+)?|octicons|simple)-"
MKDOCS: tuple[Replacement, ...] = (
    *PYTHON,
    (pattern(rf"{_ICON}check(?:-[\w-]+)?:"), "✓"),
    (pattern(rf"{_ICON}(?:close|cancel|x)(?:-[\w-]+)?:"), "✗"),
    (pattern(rf"{_ICON}[\w-]+:(?:\{{[^{{}}\n]*\}})?[ ]?"), ""),
    _SCRIPTS,
    (pattern(r"\^\^(?=\S)([^\n^]+)\^\^"), r"<ins>\1</ins>"),
    (pattern(r"(?<!\w)\+\+(\"?\w[\w\"-]*(?:\+\"?\w[\w\"-]*)*)\+\+"), _keys),
    _MARKED,
)


def _notes(match: re.Match[str]) -> str:
    """Return a body with its inline notes as footnotes."""
    notes: list[str] = []

    def note(found: re.Match[str]) -> str:
        notes.append(found["text"])
        return f"[^inline-{len(notes)}]"

    body = re.sub(r"(?<!\\)\^\[(?P<text>(?:[^\[\]\n]|\[[^\[\]\n]*\])+)\]", note, match[0])
    return body + "".join(f"\n\n[^inline-{number}]: {text}" for number, text in enumerate(notes, 1))


_INLINE_NOTES: Replacement = (pattern(r"\A.*\^\[.*\Z"), _notes)
OBSIDIAN: tuple[Replacement, ...] = (
    _MARKED,
    _INLINE_NOTES,
    (pattern(r"(?<![ \t])[ \t]++\^[\w-]+[ \t]*$|^\^[\w-]+[ \t]*$"), ""),
)

_HTML_ROLES = {"sub": "sub", "subscript": "sub", "sup": "sup", "superscript": "sup", "kbd": "kbd", "strong": "strong"}
_TEXT_ROLES = {"abbr", "any", "doc", "download", "emphasis", "eq", "numref", "ref", "term", "abbreviation"}


def _role(match: re.Match[str]) -> str:
    """Return the text of a role: a link to a document, the words of a reference, or else code."""
    name, text = match["role"].rpartition(":")[2], match["text"]
    label, _, target = text.removesuffix(">").rpartition("<") if text.endswith(">") else ("", "", text)
    label = label.strip() or target.strip().lstrip("!~")
    if name in {"doc", "download"} and not target.startswith("#"):
        return f"[{label}](@{'' if target.startswith('/') else './'}{target})"
    if match["role"].startswith("cite"):
        return f"[{label}]"
    if name == "math":
        return f"${text}$"
    if name in _HTML_ROLES:
        return f"<{_HTML_ROLES[name]}>{text}</{_HTML_ROLES[name]}>"
    return label if name in _TEXT_ROLES else f"`{label}`"


_FENCED = r"^(?P<fence>`{3,}+|~{3,}+)(?!\{)[^\n]*\n.*?^(?P=fence)[`~]*[ \t]*$"
_SPAN = r"(?:\{(?P<role>[a-z][\w:.-]*)\})?(?P<tick>`++)(?!\{[\w:.-]+\}[^\n`]*\n)(?P<text>.+?)(?<!`)(?P=tick)(?!`)"
ROLES: tuple[Replacement, ...] = (
    (pattern(rf"{_FENCED}|(?<!`){_SPAN}"), lambda code: _role(code) if code["role"] else code[0]),
)
# The language of a span of code, which only colours it.
SPAN_LANGUAGES: tuple[Replacement, ...] = (
    (
        pattern(rf"{_FENCED}|(?<!`)(?P<tick>`++)(?:#!|:::)[\w+.-]+[ ](?=[^`\n])"),
        lambda code: code["tick"] or code[0],
    ),
)
MYST_CODE = pattern(rf"{_FENCED}|(?<!`){_SPAN}".replace("?P<text>", "?:"))
MYST: tuple[Replacement, ...] = ((pattern(r"^\([\w .:/-]+\)=[ \t]*$|^%[^\n]*$|^\+\+\+[^\n]*$"), ""),)
_ALT = pattern(r"!\[\](?P<address>\([^()\n]*\))(?=\{[^{}\n]*\bfig-alt=(?:\"(?P<alt>[^\"\n]*)\"|'(?P<other>[^'\n]*)'))")
QUARTO: tuple[Replacement, ...] = (
    _SCRIPTS,
    _INLINE_NOTES,
    (_ALT, lambda match: f"![{match['alt'] or match['other'] or ''}]{match['address']}"),
    (pattern(r"(?P<row>^\|[^\n]*\|[ \t]*\n)\n?[ ]{0,3}:[ ]+(?=\S)"), r"\g<row>\n"),
    (pattern(r"\{\{<\s*kbd\s+(?P<keys>[^\s{}]+)[^{}]*>\}\}"), r"<kbd>\g<keys></kbd>"),
    (pattern(r"\{\{<\s*lipsum[^{}]*>\}\}"), ""),
    (pattern(rf"(?<![!\]])\[([^\[\]\n]*)\]{_LIST}"), r"\1"),
    (pattern(r"\{\{<\s*video\s+([^\s{}>=]+)[^{}]*>\}\}"), r"[video](\1)"),
    (pattern(r"\{\{<\s*(?:pagebreak|fa\s[^{}]*|bi\s[^{}]*|iconify\s[^{}]*)\s*>\}\}"), ""),
)

# Directives of remark that stand for themselves.
LEAVES: tuple[Replacement, ...] = (
    (
        pattern(r"^[ ]{0,3}::github\{(?:repo=)?[\"']?(?P<name>[\w.-]+/[\w.-]+)[\"']?\}"),
        r"[\g<name>](https://github.com/\g<name>)",
    ),
    (
        pattern(r"^[ ]{0,3}::youtube(?:\[[^\]\n]*\])?\{(?:#|(?:id|video|v)=[\"']?)(?P<id>[\w-]+)[^}\n]*\}"),
        r"[video](https://www.youtube.com/watch?v=\g<id>)",
    ),
)


def _without_export(match: re.Match[str]) -> str:
    block = match[0]
    return "" if all(block.count(left) == block.count(right) for left, right in ("{}", "[]", "()")) else block


def _attribute(match: re.Match[str]) -> str:
    return f'{match["name"]}"{match["text"] or match["number"] or ""}"'


def _tab(match: re.Match[str]) -> str:
    """Return a tab below its title; in MDX, indentation means nothing."""
    titles = (re.search(rf"\b{name}=[\"']([^\"']+)", match["words"]) for name in ("label", "value"))
    title = next((found[1] for found in titles if found), "")
    return (f"**{title}**\n\n" if title else "") + dedent(match["content"].strip("\n"))


# An expression that is a text or a number has a value without the program around it.
_TEXT = r"(?P<quote>['\"`])(?P<text>[^'\"`${}\n]*)(?P=quote)"
_IMPORT = r"import\s(?:[^;'\"]*?\sfrom\s*)?(?:'[^'\n]+'|\"[^\"\n]+\")"
MDX: tuple[Replacement, ...] = (
    (pattern(rf"^{_IMPORT}(?:[ \t]*;[ \t]*{_IMPORT})*[ \t]*;?[ \t]*$\n?"), ""),
    (pattern(r"^export\s+(?:const|let|var|function)\s(?:(?!\n[ \t]*\n).)*"), _without_export),
    (pattern(r"\{/\*\s*(more|truncate)\s*\*/\}"), r"<!-- \1 -->"),
    (pattern(r"\{/\*.*?\*/\}"), ""),
    (
        pattern(rf"(?P<name>\s[\w-]+=)\{{(?:(?:\w+\()?{_TEXT}\)?(?:\.default)?|(?P<number>\d+))\}}"),
        _attribute,
    ),
    (pattern(r"(?<=[\w\"'}])\s(?:className|style|key|on[A-Z]\w*)=\{(?:[^{}]|\{[^{}]*\})*\}"), ""),
    (pattern(rf"(?<![=\\])\{{{_TEXT}\}}"), r"\g<text>"),
    (pattern(r"^[ \t]*</?(?:Tabs|TOCInline)\b[^<>]*>[ \t]*$"), ""),
    (pattern(r"<TabItem\b(?P<words>[^<>]*)>(?P<content>(?:(?!<TabItem\b).)*?)</TabItem>"), _tab),
)
