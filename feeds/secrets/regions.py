"""Find and mask the values of secret keys in a text that may be broken, so that no parser can find them. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator

Region = tuple[int, int]  # the character offsets at which it begins and ends

_FENCE = re.compile(r"^(?:---|\+\+\+)[ \t]*$", re.MULTILINE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_LEAD = re.compile(r"[ \t]*(?:-[ \t]+)*")
_FLOW_VALUE = re.compile(r"""[ \t]*(?:"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'|[\[{][^\]}\r\n]*|[^,\]}\r\n]*)""")
_ITEM = re.compile(r"-(?:[ \t]|$)")
_PROPERTY = re.compile(r"(?:^|(?<=[\s,\[{]))(?:!<[^<>\s]*>|[!&][^\s,\[\]{}]*)")  # a tag or an anchor
_COMMENT = re.compile(r"[ \t]#.*")
_APART = re.compile(r"[,\[\]{}]|(?<=\S):(?=[ \t]|$)")
_QUOTED = re.compile(r"""["'][^"']+["']""")
_WITHOUT_SENSE = " \t\r\n\"',|>"
_MASK = re.compile(r"[^\s]")


def secret_regions(text: str, keys: Collection[str]) -> list[Region]:
    """Return where values of any of the keys seem to stand in a front matter, or in all of a text that has none.

    Of a key that begins a line the value is all that is indented deeper; of any other it ends before the next one.
    """
    if not any(key in text for key in keys):
        return []
    names = "|".join(map(re.escape, keys))
    pattern = re.compile(rf"""(?<![\w.-])(["']?)(?:{names})\1[ \t]*[:=]""")
    fences = [match.start() for match in _FENCE.finditer(text)]
    end = fences[1] if len(fences) > 1 and not text[: fences[0]].strip("\ufeff \t\r\n") else len(text)
    return [_region(text, match.start(), match.end(), end) for match in pattern.finditer(text, 0, end)]


def values_in(text: str, regions: Iterable[Region]) -> tuple[str, ...]:
    """Return every text that may be a value in the regions: each line, and each part of a line."""
    return tuple(dict.fromkeys(value for start, end in regions for value in _values(text[start:end])))


def masked(text: str, regions: Iterable[Region]) -> str:
    """Return a text of the same length in which nothing of the regions can be read."""
    for start, end in regions:
        text = f"{text[:start]}{_MASK.sub('•', text[start:end])}{text[end:]}"
    return text


def _region(text: str, key: int, start: int, end: int) -> Region:
    line_start = max(text.rfind("\n", 0, key), text.rfind("\r", 0, key)) + 1
    lead = _LEAD.match(text, line_start)
    column = key - line_start
    if lead and lead.end() != key:
        match = _FLOW_VALUE.match(text, start, end)
        return start, match.end() if match else start
    line = _LINE.match(text, start, end)
    last = at = line.end() if line else end
    while at < end and (line := _LINE.match(text, at, end)):
        content = line[0].lstrip(" \t")
        indent = len(line[0]) - len(content)
        is_inside = indent > column or (indent == column and bool(_ITEM.match(content)))
        if content.strip() and not is_inside:
            break
        at = line.end()
        last = at if content.strip() else last
    return start, last


def _values(region: str) -> Iterator[str]:
    for line in region.splitlines():
        whole = line.strip().removeprefix("- ")
        bare = _COMMENT.sub("", whole)
        plain = _PROPERTY.sub("", bare)
        for value in (whole, bare, *_APART.split(plain), *_APART.split(bare), *_QUOTED.findall(whole)):
            if text := value.strip(_WITHOUT_SENSE):
                yield text
