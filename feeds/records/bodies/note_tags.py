"""Translate the tags with which themes enclose notes, what unfolds, tabs, quotations and diagrams to plain Markdown."""

import re
from collections.abc import Callable
from textwrap import dedent

from feeds.markup.attributes import value_pattern, written_value
from feeds.markup.container_kinds import ASIDES, code_block, title_of
from feeds.markup.vocabulary import names
from feeds.records.bodies.replacements import Replacement, pattern

Replace = Callable[[re.Match[str]], str]
_NAMES = names("""
    admonition alert aside callout caution collapse danger details example expand faq fold folding hideBlock hideToggle
    hint important info note noteblock notice spoiler success tip warning
""")
_FOLDED = {"collapse", "details", "expand", "fold", "folding", "hideblock", "hidetoggle", "spoiler"}
# These only arrange what they hold; a tab has a title.
_AROUND = names("""
    accordion accordionItem badge cards center column columns div force_text_direction gallery gp grid grouppicture hl
    html katex keyword lead ltr math mathjax pageinfo raw rawhtml references rtl steps tab tabitem tabpane tabs timeline
    timelineItem typeit wide_container
""")
_TABS = {"accordionitem", "tab", "tabitem", "timelineitem"}
_QUOTES = names("blockquote centerquote cq epigraph poem pullquote quote")
_DIAGRAMS = names("chart chartjs echarts graphviz mermaid plantuml")
_BUTTONS = names("button")
_NAMED = re.compile(r"\b(?P<key>[\w-]+)\s*[=:]\s*" + value_pattern(r"[^\s,)]+"))
_QUOTED = re.compile(value_pattern("(?!)"))
_LINKED = re.compile(r"(?P<before>.*?)\s*(?P<url>https?://\S+)\s*(?P<label>.*)", re.DOTALL)


def _words(match: re.Match[str]) -> tuple[dict[str, str], list[str], str]:
    """Return the named values of a tag, those in quotes, and the other words."""
    words = match["words"].strip()
    named = {each["key"]: written_value(each) for each in _NAMED.finditer(words)}
    rest = _NAMED.sub("", words)
    texts = [written_value(each) for each in _QUOTED.finditer(rest)]
    return named, texts, _QUOTED.sub("", rest).strip(" ,")


def _note(match: re.Match[str]) -> str:
    return _note_of(match, match["content"], match["indent"])


def _leaf(match: re.Match[str]) -> str:
    """Return a note that has its text among the values of its tag."""
    named, _, _ = _words(match)
    text = named.get("text") or named.get("body") or named.get("content")
    return _note_of(match, text, "") if text else match[0]


def _note_of(match: re.Match[str], content: str, indent: str) -> str:
    named, texts, plain = _words(match)
    name = match["name"].lower()
    kinds = (named.get("type", ""), named.get("style", ""), *texts, *plain.split(), name)
    kind = next((each.lower() for each in kinds if each.lower() in ASIDES), "note")
    own = _folded_title(name, texts, plain) if name in _FOLDED else next(filter(_is_title, texts), "")
    title = named.get("title") or named.get("summary") or own or title_of(kind)
    lines = [f"**{title}**", "", *dedent(content.strip("\n")).strip().split("\n")]
    return "\n" + "\n".join(f"{indent}> {line}".rstrip() for line in lines) + "\n"


def _folded_title(name: str, texts: list[str], plain: str) -> str:
    """Return what is in quotes, or before colours, or behind one."""
    before, _, behind = plain.rpartition(",")
    title = before.partition(",")[0] if before and name.startswith("hide") else behind
    return next(iter(texts), "" if plain in {"open", "true", "false"} else title.strip())


def _is_title(text: str) -> bool:
    """Return whether a text in quotes is no name of an icon or a colour."""
    return (" " in text or text != text.lower()) and not text.startswith("fa")


def _content(match: re.Match[str]) -> str:
    named, texts, plain = _words(match)
    plain = plain.partition(" ")[2] or plain if match["name"] == "tab" else plain  # behind the name of the group
    title = named.get("title") or named.get("name") or named.get("header") or next(iter(texts), plain)
    content = f"{match['indent']}{match['content']}"
    return f"\n\n**{title}**\n\n{content}" if match["name"].lower() in _TABS and title else content


def _quote(match: re.Match[str]) -> str:
    source = "" if match["name"].lower() == "pullquote" else _source(match)
    lines = [*dedent(match["content"].strip("\n")).strip().split("\n"), *(("", f"— {source}") if source else ())]
    return "\n" + "\n".join(f"{match['indent']}> {line}".rstrip() for line in lines) + "\n"


def _source(match: re.Match[str]) -> str:
    """Return who is quoted from where: named values, or as Hexo has it, words with an address and its title."""
    words = match["words"].strip()
    if "=" not in words.partition("http")[0]:
        link = _LINKED.fullmatch(words)
        text = f"{link['before']} [{link['label'] or link['url']}]({link['url']})" if link else words.strip("\"'")
        return text.strip()
    named, _, _ = _words(match)
    author, work, url = (
        next((named[key] for key in keys if named.get(key)), "")
        for keys in (("author", "by"), ("source", "cite", "title"), ("url", "link", "href"))
    )
    text = ", ".join(filter(None, (author, work)))
    return f"[{text or url}]({url})" if url else text


def _diagram(match: re.Match[str]) -> str:
    """Return the source of a diagram as code."""
    name = match["name"].lower()
    return f"\n{code_block(dedent(match['content'].strip(chr(10))), name)}\n"


def _button(match: re.Match[str]) -> str:
    named, _, _ = _words(match)
    url = named.get("href") or named.get("url") or named.get("link") or named.get("relref")
    label = " ".join(match["content"].split())
    return f"{match['indent']}[{label}]({url})" if url else f"{match['indent']}{label}"


def _paired(opening: str, closing: str) -> tuple[Replacement, ...]:
    """Return the replacements of tags around content, first of those inside of others of the same name."""
    kinds = ((_DIAGRAMS, _diagram), (_BUTTONS, _button), (_QUOTES, _quote), (_NAMES, _note), (_AROUND, _content))
    return tuple(tag for known, replace in kinds for tag in _innermost(opening, closing, known, replace))


def _innermost(opening: str, closing: str, known: frozenset[str], replace: Replace) -> tuple[Replacement, ...]:
    name = rf"(?P<name>{'|'.join(sorted(known))})"
    start, end = opening.replace("NAME", name), closing.replace("NAME", "(?P=name)")
    inner = opening.replace("NAME", "(?P=name)").replace("(?P<words>", "(?:")
    found = pattern(rf"(?P<indent>(?:^[ \t]+)?){start}(?P<content>(?:(?!{inner}).)*?){end}")
    return (found, replace), (found, replace)


_CLOSED = r"[>%]\}\}"
_GO_WORDS = r"(?:[^{}\"/]|\"(?:[^\"\\\n]|\\.)*\"|/(?!\s*[>%]\}))*?"
GO_NOTES = _paired(rf"\{{\{{[<%]\s*NAME\b(?P<words>{_GO_WORDS}){_CLOSED}", rf"\{{\{{[<%]\s*/\s*NAME\s*{_CLOSED}")
_LEAVES = "|".join(sorted(_NAMES - {"spoiler"}))
PERCENT_NOTES = (
    *_paired(r"\{%-?\s*NAME\b(?P<words>[^{}%]*)-?%\}", r"\{%-?\s*end_?NAME\s*-?%\}"),
    (
        pattern(rf"^[ \t]*\{{%-?\s*include\s+(?:[\w-]+/)*(?P<name>{_LEAVES})(?:\.\w+)?\s(?P<words>[^{{}}]*?)-?%\}}"),
        _leaf,
    ),
)
TERA_NOTES = (
    *_paired(r"\{%\s*NAME\((?P<words>[^{}%]*)\)\s*%\}", r"\{%\s*end\s*%\}"),
    (pattern(rf"^[ \t]*\{{\{{\s*(?P<name>{_LEAVES})\((?P<words>[^{{}}]*)\)\s*\}}\}}"), _leaf),
)
