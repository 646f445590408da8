"""Turn admonitions, callouts, tabs and other containers of Markdown's dialects into plain Markdown.

A container with a title becomes a quotation that begins with it; the content of any other stays as it is. Containers
of which nothing is known remain.
"""

import re
from collections.abc import Callable, Sequence
from itertools import dropwhile
from typing import NamedTuple

from feeds.markup.container_kinds import ASIDES, Container, Plain, attributes_of, plain_container

_CODE = re.compile(r"[ \t>]*(?P<fence>`{3,}|~{3,})")
_LIST = re.compile(r"[ ]{0,3}(?:[*+-]|\d+[.)])[ \t]")
_ALERT = re.compile(r"[ ]*>[ ]?\[!(?P<kind>[\w-]+)(?:\|[^\]\n]*)?\][+-]?[ \t]*(?P<title>.*)")
_DEEPEST = 20  # containers in each other, as a reader would not see more
_STEP = 4  # columns by which the content of a container without an end is indented
Read = tuple[Container, int]  # a container, and how many lines it has


class Syntax(NamedTuple):
    """How containers are written: a sign that is in each, their first line, and what reads the rest."""

    sign: str
    opening: re.Pattern[str]
    read: Callable[[re.Match[str], Sequence[str]], Read | None]


def plain_containers(body: str, dialect: Sequence[str]) -> str:
    """Return a body with the containers of some syntaxes as plain Markdown."""
    syntaxes = [SYNTAXES[name] for name in dialect if SYNTAXES[name].sign in body]
    return "\n".join(_plain(body.split("\n"), syntaxes)) if syntaxes else body


def _plain(lines: Sequence[str], syntaxes: Sequence[Syntax], depth: int = 0) -> list[str]:
    written: list[str] = []
    number, is_in_list = 0, False
    while number < len(lines):
        line = lines[number]
        if line[:1].strip():
            is_in_list = bool(_LIST.match(line))
        is_text = is_in_list or _indent(line) < _STEP
        container, length = (_read(lines, number, syntaxes) if is_text else None) or (None, 1)
        plain = plain_container(container) if container else None
        if not plain:
            length = _code_length(lines, number)
            written += lines[number : number + length]
        else:
            inner = _plain(plain.lines, syntaxes if plain.may_nest and depth < _DEEPEST else (), depth + 1)
            shown = [f"{' ' * _indent(line)}{each}".rstrip() for each in _titled(plain, inner)]
            written += [*_gap(written[-1:]), *shown, *_gap(lines[number + length : number + length + 1])]
        number += length
    return written


def _read(lines: Sequence[str], number: int, syntaxes: Sequence[Syntax]) -> Read | None:
    """Return the container that a line begins."""
    openings = ((syntax, syntax.opening.match(lines[number])) for syntax in syntaxes)
    return next((syntax.read(match, lines[number:]) for syntax, match in openings if match), None)


def _titled(plain: Plain, lines: Sequence[str]) -> list[str]:
    """Return lines below a title, which is a paragraph of its own."""
    title = plain.title if "*" in plain.title else f"**{plain.title}**"
    below = [*([title] if plain.title else []), *([""] if plain.title and lines else []), *lines]
    return [f"> {line}" for line in below] if plain.is_note else below


def _gap(beside: Sequence[str]) -> list[str]:
    """Return an empty line if there is text beside it, which would be of the same paragraph."""
    return [""] if any(map(str.strip, beside)) else []


def _indent(line: str) -> int:
    return len(line.expandtabs(_STEP)) - len(line.expandtabs(_STEP).lstrip(" "))


def _code_length(lines: Sequence[str], number: int) -> int:
    """Return how many lines the code has that a line begins, or 1."""
    match = _CODE.match(lines[number])
    return _fenced_length(match["fence"], lines[number:]) if match else 1


def _fenced_length(fence: str, lines: Sequence[str]) -> int:
    end = re.compile(rf"[ \t>]*{fence}{fence[0]}*[ \t]*$")
    return min(
        next((number for number in range(1, len(lines)) if end.match(lines[number])), len(lines)) + 1, len(lines)
    )


def _content(lines: Sequence[str], columns: int) -> list[str]:
    """Return lines without the columns by which they are indented, and without empty lines around them."""
    spaced = (line.expandtabs(_STEP) if line.startswith("\t") else line for line in lines)
    content = "\n".join(line[min(columns, _indent(line)) :] for line in spaced).strip("\n").rstrip()
    return content.split("\n") if content else []


def _indented(match: re.Match[str], lines: Sequence[str]) -> Read | None:
    """Read `!!! note "Title"` and `=== "Tab"`, which end before the first line that is indented less."""
    columns, end = _indent(lines[0]) + _STEP, 1
    for number, line in enumerate(lines[1:], 2):
        if line.strip() and _indent(line) < columns:
            break
        end = number if line.strip() else end
    kind, title = (match["kind"] or "").lower(), match["title"]
    if end == 1 and title is None and kind not in ASIDES:  # a sentence after three exclamation marks
        return None
    return Container(kind or "tab", kind.capitalize() if title is None else title, _content(lines[1:end], columns)), end


def _fenced(match: re.Match[str], lines: Sequence[str]) -> Read:
    """Read what stands between fences as of code."""
    length = _fenced_length(match["fence"], lines)
    has_end = lines[length - 1].strip().startswith(match["fence"]) and length > 1
    content = _content(lines[1 : length - has_end], _indent(lines[0]))
    return Container(match["kind"].lower(), (match["title"] or "").strip() or None, content, is_directive=True), length


def _cell(match: re.Match[str], lines: Sequence[str]) -> Read:
    """Read a cell of code, whose language and options stand between braces."""
    container, length = _fenced(match, lines)
    return Container("cell", match["kind"] + (match["title"] or ""), container.lines), length


def _nested(match: re.Match[str], lines: Sequence[str]) -> Read:
    """Read what stands between lines of three signs or more, in which there may be others of them."""
    sign = re.escape(match["fence"][0])
    depth, number = 1, 1
    while number < len(lines) and depth:
        if re.match(rf"\s*{sign}{{3}}", lines[number]):
            depth += -1 if re.fullmatch(rf"\s*{sign}+\s*", lines[number]) else 1
            number += 1
        else:
            number += _code_length(lines, number)
    content = _content(lines[1 : number if depth else number - 1], _indent(lines[0]))
    return _named(match["words"].strip(), content), number


def _options(match: re.Match[str], lines: Sequence[str]) -> Read:
    """Read a block that begins with indented options."""
    container, length = _nested(match, lines)
    content = [*dropwhile(re.compile(r"[ ]{4}[\w-]+:|\s*$").match, container.lines)]
    return container._replace(lines=content), length


def _named(words: str, lines: list[str]) -> Container:
    """Return the container that words name, as `{note} Title`, `tip[Title]{...}`, or `{.tip title="T"}`."""
    if directive := re.fullmatch(r"\{(?P<kind>[\w:-]+)\}(?P<title>.*)", words):
        return Container(directive["kind"].lower(), directive["title"].strip() or None, lines, is_directive=True)
    name = re.match(r"(?P<kind>[\w-]*)[ \t]*\|?(?P<title>[^{]*)(?P<attributes>\{.*\})?", words)
    kind, title, attributes = name.group("kind", "title", "attributes") if name else ("", "", "")
    classes, values = attributes_of(attributes or "")
    title = title.strip().rstrip(":").strip()
    title = title[1:-1] if title[:1] + title[-1:] in {"[]", '""', "''"} else title
    kind = kind or next((each for each in classes if each.startswith("callout-")), (classes or [""])[0])
    return Container(kind.lower(), title or values.get("title"), lines)


def _alert(match: re.Match[str], lines: Sequence[str]) -> Read:
    """Read a quotation that begins with `[!note]`."""
    end = next((number for number, line in enumerate(lines) if not line.lstrip().startswith(">")), len(lines))
    content = _content([line.lstrip()[1:].removeprefix(" ") for line in lines[1:end]], 0)
    kind = match["kind"].lower()
    return Container(kind, match["title"].strip() or kind.replace("-", " ").capitalize(), content), end


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"[ \t]*{text}[ \t]*$")


_QUOTED = r"(?:[ \t]+[\"'](?P<title>.*)[\"'])?"
SYNTAXES = {
    "admonitions": Syntax("!!!", _pattern(rf"!!![ \t]*(?P<kind>[\w-]+)(?:[ \t]+[\w -]+?)?{_QUOTED}"), _indented),
    "details": Syntax("???", _pattern(rf"\?\?\?\+?[ \t]*(?P<kind>[\w-]+)(?:[ \t]+[\w -]+?)?{_QUOTED}"), _indented),
    "tabs": Syntax("===", _pattern(r"===[!+]?(?P<kind>)[ \t]+[\"'](?P<title>.+)[\"']"), _indented),
    "colons": Syntax(":::", _pattern(r"(?P<fence>:{3,})[ \t]*(?P<words>[^:\s].*)"), _nested),
    "slashes": Syntax("///", _pattern(r"(?P<fence>/{3,})[ \t]*(?P<words>[\w-]+(?:[ \t]*\|.*)?)"), _options),
    "directives": Syntax("{", _pattern(r"(?P<fence>`{3,}|~{3,})\{(?P<kind>[\w:+.-]+)\}(?P<title>.*)"), _fenced),
    "cells": Syntax("{", _pattern(r"(?P<fence>`{3,}|~{3,})[ ]?\{(?P<kind>\w+)(?P<title>[\s,][^{}]*)?\}"), _cell),
    "raw": Syntax("{=", _pattern(r"(?P<fence>`{3,}|~{3,})[ ]?\{(?P<kind>=\w+)\}(?P<title>)"), _fenced),
    "alerts": Syntax("[!", _ALERT, _alert),
}
