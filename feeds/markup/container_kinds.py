"""What the kinds of containers mean: what is a note with a title, what is code, and what readers need not see."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from feeds.markup.attributes import value_pattern, written_value
from feeds.markup.vocabulary import names

ASIDES = names("""
    abstract admonition alert attention bug caution check cite danger details done dropdown epigraph error example fail
    failure faq help hint important info missing note question quote seealso success summary tip tldr todo topic warning
""")
# Directives of MyST by what becomes of them; any other stays as it is.
_NOTES = ASIDES | names("card grid-item-card sidebar tab-item versionadded versionchanged deprecated")
_PLAIN = names("card-carousel container div grid grid-item margin pull-quote tab-set highlights compound")
_CODE = names("code code-block code-cell sourcecode parsed-literal mermaid")
_UNSEEN = names("bibliography contents index meta tableofcontents toctree")
_IMAGES = names("figure image")
_OPTION = re.compile(r":[\w-]+:(?:[ \t].*)?$")
_CELL_OPTION = re.compile(r"[ \t]*(?:#|//|%%|--)\|[ \t]*(?P<key>[\w-]+):[ \t]*(?P<value>\S*)")
_UNSEEN_TAG = re.compile(r"\b(?:remove-cell|remove-input|hide-cell)\b")
_UNSEEN_CELL = re.compile(r"\b(?:echo|include)[ \t]*=[ \t]*(?:FALSE|F|false)\b")
_ATTRIBUTE = re.compile(r"[.](?P<cls>[\w-]+)|(?P<key>[\w-]+)=" + value_pattern(r"[^\s}]+"))


class Container(NamedTuple):
    """A container as written: the title is None if it has none, the words are those behind the kind."""

    kind: str
    title: str | None
    lines: Sequence[str]
    is_directive: bool = False


class Plain(NamedTuple):
    """A container as plain Markdown: its content, its title or "", and whether it is a note beside the text."""

    lines: Sequence[str]
    title: str = ""
    is_note: bool = False
    may_nest: bool = True


def plain_container(container: Container) -> Plain | None:
    """Return a container as plain Markdown, or None if nothing is known of its kind."""
    kind, title, lines = container.kind.removeprefix("callout-"), container.title, container.lines
    if container.is_directive:
        return _plain_directive(kind, title, lines)
    if kind == "tab":
        return Plain(lines, title or "")
    if kind == "cell":
        return Plain(_cell(title or "", lines), may_nest=False)
    if title is None and kind != container.kind and lines and lines[0].startswith("#"):
        title, lines = lines[0].strip("# "), lines[1:]
    return _note(kind, title, lines) if title is not None or kind in ASIDES else Plain(lines)


def _note(kind: str, title: str | None, lines: Sequence[str]) -> Plain:
    """Return a note with the title that it has, or else that of its kind."""
    return Plain(lines, title_of(kind) if title is None else title, is_note=True)


def title_of(kind: str) -> str:
    """Return the title of a note that has none of its own."""
    return {"seealso": "See also", "tldr": "TL;DR"}.get(kind, kind.replace("-", " ").capitalize())


def _plain_directive(kind: str, title: str | None, lines: Sequence[str]) -> Plain | None:
    content = _without_options(lines)
    if kind in _NOTES:
        return _note(kind, title, content)
    if kind in _PLAIN or kind == "=html" or (kind == "raw" and title == "html"):
        return Plain(content)
    if kind in _UNSEEN or kind == "raw" or kind.startswith("="):
        return Plain(())
    return _plain_block(kind, title or "", content, lines)


def _plain_block(kind: str, title: str, content: Sequence[str], lines: Sequence[str]) -> Plain | None:
    """Return what is no text: a formula, code, or an image with its caption."""
    if kind == "math":
        return Plain(("$$", *content, "$$"), may_nest=False)
    if kind in _CODE:
        if any(map(_UNSEEN_TAG.search, lines[: len(lines) - len(content)])):
            return Plain(())
        language = title or ("mermaid" if kind == "mermaid" else "")
        return Plain(code_block("\n".join(content), language).split("\n"), may_nest=False)
    if kind in _IMAGES and title:
        alt = next((line.split(":", 2)[2].strip() for line in lines if line.startswith(":alt:")), "")
        return Plain((f"![{alt}]({title})", "", *content))
    return None


def _without_options(lines: Sequence[str]) -> Sequence[str]:
    """Return the content of a directive without its options, `:name: value` lines or YAML between fences."""
    if lines and lines[0].strip() == "---" and "---" in lines[1:]:
        return lines[lines.index("---", 1) + 1 :]
    first = next((number for number, line in enumerate(lines) if not _OPTION.match(line)), len(lines))
    return lines[first + 1 :] if first and first < len(lines) and not lines[first].strip() else lines[first:]


def _cell(language: str, lines: Sequence[str]) -> Sequence[str]:
    """Return a cell of code without its options, or nothing if these hide it."""
    written = (match for line in lines if (match := _CELL_OPTION.match(line)))
    options = {match["key"]: match["value"] for match in written}
    if "false" in (options.get("echo"), options.get("include")) or _UNSEEN_CELL.search(language):
        return ()
    code = "\n".join(line for line in lines if not _CELL_OPTION.match(line))
    return code_block(code, re.split(r"[\s,]", language)[0]).split("\n")


def code_block(code: str, language: str) -> str:
    """Return code between fences that are longer than any in it."""
    ticks = "`" * max(3, 1 + max(map(len, re.findall(r"`+", code)), default=0))
    return f"{ticks}{language}\n{code}\n{ticks}"


def attributes_of(words: str) -> tuple[list[str], dict[str, str]]:
    """Return the classes and the values in the attributes that Pandoc writes between braces."""
    found = [*_ATTRIBUTE.finditer(words)]
    values = {match["key"]: written_value(match) for match in found if match["key"]}
    return [match["cls"] for match in found if match["cls"]], values
