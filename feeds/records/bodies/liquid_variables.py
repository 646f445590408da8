"""Replace the variables of Liquid that a body sets itself: what it captures is shown where it is used."""

import re

from feeds.records.bodies.replacements import pattern

_SET = pattern(
    r"\{%-?\s*(?:capture\s+[\"']?(?P<name>[\w-]+)[\"']?\s*-?%\}(?P<text>.*?)\{%-?\s*endcapture\s*-?%\}"
    r"|assign\s+(?P<other>[\w-]+)\s*=\s*(?P<quote>[\"'])(?P<value>[^\"'{}]*)(?P=quote)\s*-?%\})"
)
_FILTERS = r"(?:\s*\|\s*(?:markdownify|strip|strip_newlines|(?:remove|replace|replace_first)\s*:[^|{}]*))*"


def undo_variables(body: str) -> str:
    """Return a body with the texts of its own variables in their place, unless one is set twice; all others stay."""
    found = [*_SET.finditer(body)]
    values = {match["name"] or match["other"]: match["text"] or match["value"] or "" for match in found}
    if not values or len(values) < len(found):
        return body
    names = "|".join(map(re.escape, values))
    used = re.compile(rf"(?P<before>(?:^[ \t]*)?)\{{\{{-?\s*(?P<name>{names}){_FILTERS}\s*-?\}}\}}", re.MULTILINE)
    return used.sub(lambda match: _shown(match, values[match["name"]]), _SET.sub("", body))


def _shown(match: re.Match[str], text: str) -> str:
    """Return a text, between blank lines if it has lines, as Markdown inside of HTML needs them."""
    return f"\n\n{text.strip()}\n\n" if "\n" in text.strip() or "markdownify" in match[0] else match["before"] + text
