"""Translate the tags with which themes write notes beside the text, and what unfolds, to quotations with a title."""

from __future__ import annotations

import re

from feeds.markup.container_kinds import ASIDES, title_of
from feeds.records.simple_tags import Replacement, pattern

_NAMES = "|".join(
    (
        *(
            "admonition",
            "alert",
            "aside",
            "callout",
            "caution",
            "collapse",
            "danger",
            "details",
            "example",
            "expand",
            "faq",
        ),
        *(
            "fold",
            "folding",
            "hideToggle",
            "hint",
            "important",
            "info",
            "note",
            "noteblock",
            "notice",
            "quote",
            "spoiler",
        ),
        *("success", "tip", "warning"),
    )
)
_FOLDED = {"collapse", "details", "expand", "fold", "folding", "hidetoggle", "spoiler"}
_NAMED = re.compile(r"\b(?P<key>[\w-]+)\s*[=:]\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s,)]+))")
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")


def _note(match: re.Match[str]) -> str:
    name, words, content = match["name"].lower(), match["words"].strip(), match["content"].strip("\n")
    named = {
        found["key"]: found["double"] or found["single"] or found["bare"] or "" for found in _NAMED.finditer(words)
    }
    rest = _NAMED.sub("", words)
    texts = [double or single for double, single in _QUOTED.findall(rest)]
    plain = _QUOTED.sub("", rest).strip(" ,")
    kinds = (named.get("type", ""), named.get("style", ""), *texts, *plain.split(), name)
    kind = next((each.lower() for each in kinds if each.lower() in ASIDES), "note")
    title = named.get("title") or named.get("summary") or (_title(texts, plain) if name in _FOLDED else "")
    lines = [f"**{title or title_of(kind)}**", "", *content.strip().split("\n")]
    return "\n" + "\n".join(f"> {line}".rstrip() for line in lines) + "\n"


def _title(texts: list[str], plain: str) -> str:
    """Return what is shown of text that is folded: in quotes, or behind a comma or a colour."""
    return next(
        (text for text in (*texts, plain.rpartition(",")[2].strip()) if text not in {"", "open", "true", "false"}), ""
    )


def _paired(opening: str, closing: str) -> tuple[Replacement, Replacement]:
    """Return the replacements of tags around content, first of those inside of others of the same name."""
    name = rf"(?P<name>{_NAMES})"
    start, end = opening.replace("NAME", name), closing.replace("NAME", "(?P=name)")
    inner = opening.replace("NAME", "(?P=name)").replace("(?P<words>", "(?:")
    innermost = pattern(rf"{start}(?P<content>(?:(?!{inner}).)*?){end}"), _note
    return innermost, innermost


_CLOSED = r"[>%]\}\}"
GO_NOTES = _paired(rf"\{{\{{[<%]\s*NAME\b(?P<words>[^{{}}/]*){_CLOSED}", rf"\{{\{{[<%]\s*/\s*NAME\s*{_CLOSED}")
PERCENT_NOTES = _paired(r"\{%-?\s*NAME\b(?P<words>[^{}%]*)-?%\}", r"\{%-?\s*end_?NAME\s*-?%\}")
TERA_NOTES = _paired(r"\{%\s*NAME\((?P<words>[^{}%]*)\)\s*%\}", r"\{%\s*end\s*%\}")
