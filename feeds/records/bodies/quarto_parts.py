"""Find the parts of a body that Quarto shows on a page for some formats or profiles only."""

import re

from feeds.records.bodies.replacements import Replacement, pattern

_FENCE = re.compile(r"[ ]{0,3}:{3,}[ ]*(?P<words>[^\s:].*)?")
_LIMITED = re.compile(r"\.(?P<kind>content-hidden|content-visible|hidden)\b(?P<rest>[^}]*)")
_CONDITION = re.compile(r"(?P<when>when|unless)-(?P<what>[\w-]+)=[\"']?(?P<value>[^\"'\s}]+)")
_SPAN = pattern(
    r"\[(?P<text>[^\]\n]{0,1000})\]\{(?P<words>[^}\n]{0,1000}?\.(?:content-hidden|content-visible|hidden)\b[^}\n]*)\}"
)


def _is_hidden(words: str) -> bool | None:
    """Return whether attributes hide a part of a page, None if they say nothing; a part for some profile is hidden."""
    limited = _LIMITED.search(words)
    if not limited:
        return None
    conditions = [*_CONDITION.finditer(limited["rest"])]
    if limited["kind"] == "hidden" or any(each["what"] != "format" for each in conditions):
        return True
    is_page = all(each["value"].startswith("html") is (each["when"] == "when") for each in conditions)
    return is_page is (limited["kind"] == "content-hidden")


def _without_hidden(match: re.Match[str]) -> str:
    """Return a body without hidden containers; those that are shown to all lose their fences."""
    lines: list[str] = []
    open_fences: list[bool | None] = []
    for line in match[0].split("\n"):
        fence = _FENCE.fullmatch(line.rstrip())
        state = _is_hidden(fence["words"]) if fence and fence["words"] else None
        if fence and fence["words"]:
            open_fences.append(state)
        elif fence and open_fences:
            state = open_fences.pop()
            if True not in open_fences and state is None:
                lines.append(line)
            continue
        if True not in open_fences and not (fence and state is False):
            lines.append(line)
    return "\n".join(lines)


UNSEEN: tuple[Replacement, ...] = (
    (pattern(r"\A.*:::.*\Z"), _without_hidden),
    (_SPAN, lambda match: "" if _is_hidden(match["words"]) else match["text"]),
)
