"""Translate the tags with which themes write notes beside the text, what unfolds and tabs, to plain Markdown."""

import re
from collections.abc import Callable
from textwrap import dedent

from feeds.markup.attributes import value_pattern, written_value
from feeds.markup.container_kinds import ASIDES, title_of
from feeds.markup.vocabulary import names
from feeds.records.replacements import Replacement, pattern

Replace = Callable[[re.Match[str]], str]
_NAMES = names("""
    admonition alert aside callout caution collapse danger details example expand faq fold folding hideToggle hint
    important info note noteblock notice quote spoiler success tip warning
""")
_FOLDED = {"collapse", "details", "expand", "fold", "folding", "hidetoggle", "spoiler"}
# These only arrange what they hold; a tab has a title.
_AROUND = names(
    "center column columns div grid html katex lead math mathjax raw rawhtml steps tab tabitem tabpane tabs"
)
_TABS = {"tab", "tabitem"}
_NAMED = re.compile(r"\b(?P<key>[\w-]+)\s*[=:]\s*" + value_pattern(r"[^\s,)]+"))
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")


def _words(match: re.Match[str]) -> tuple[dict[str, str], list[str], str]:
    """Return the named values of a tag, those in quotes, and the other words."""
    words = match["words"].strip()
    named = {each["key"]: written_value(each) for each in _NAMED.finditer(words)}
    rest = _NAMED.sub("", words)
    texts = [double or single for double, single in _QUOTED.findall(rest)]
    return named, texts, _QUOTED.sub("", rest).strip(" ,")


def _note(match: re.Match[str]) -> str:
    named, texts, plain = _words(match)
    name = match["name"].lower()
    kinds = (named.get("type", ""), named.get("style", ""), *texts, *plain.split(), name)
    kind = next((each.lower() for each in kinds if each.lower() in ASIDES), "note")
    own = _folded_title(texts, plain) if name in _FOLDED else next(filter(_is_title, texts), "")
    title = named.get("title") or named.get("summary") or own or title_of(kind)
    lines = [f"**{title}**", "", *dedent(match["content"].strip("\n")).strip().split("\n")]
    return "\n" + "\n".join(f"{match['indent']}> {line}".rstrip() for line in lines) + "\n"


def _folded_title(texts: list[str], plain: str) -> str:
    """Return what is in quotes, or behind a colour."""
    return next(iter(texts), "" if plain in {"open", "true", "false"} else plain.rpartition(",")[2].strip())


def _is_title(text: str) -> bool:
    """Return whether a text in quotes is no name of an icon or a colour."""
    return (" " in text or text != text.lower()) and not text.startswith("fa")


def _content(match: re.Match[str]) -> str:
    named, texts, plain = _words(match)
    title = named.get("title") or named.get("name") or next(iter(texts), plain)
    content = f"{match['indent']}{match['content']}"
    return f"\n\n**{title}**\n\n{content}" if match["name"].lower() in _TABS and title else content


def _paired(opening: str, closing: str) -> tuple[Replacement, ...]:
    """Return the replacements of tags around content, first of those inside of others of the same name."""
    return (*_innermost(opening, closing, _NAMES, _note), *_innermost(opening, closing, _AROUND, _content))


def _innermost(opening: str, closing: str, known: frozenset[str], replace: Replace) -> tuple[Replacement, ...]:
    name = rf"(?P<name>{'|'.join(sorted(known))})"
    start, end = opening.replace("NAME", name), closing.replace("NAME", "(?P=name)")
    inner = opening.replace("NAME", "(?P=name)").replace("(?P<words>", "(?:")
    found = pattern(rf"(?P<indent>(?:^[ \t]+)?){start}(?P<content>(?:(?!{inner}).)*?){end}")
    return (found, replace), (found, replace)


_CLOSED = r"[>%]\}\}"
GO_NOTES = _paired(rf"\{{\{{[<%]\s*NAME\b(?P<words>[^{{}}/]*){_CLOSED}", rf"\{{\{{[<%]\s*/\s*NAME\s*{_CLOSED}")
PERCENT_NOTES = _paired(r"\{%-?\s*NAME\b(?P<words>[^{}%]*)-?%\}", r"\{%-?\s*end_?NAME\s*-?%\}")
TERA_NOTES = _paired(r"\{%\s*NAME\((?P<words>[^{}%]*)\)\s*%\}", r"\{%\s*end\s*%\}")
