"""Attributes of HTML as after scripts have run: lazy images are loaded, frames may be hidden."""

import re
from collections.abc import Mapping
from html import escape

from feeds.markup.vocabulary import ATTRIBUTES

LAZY_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-original-src", "data-actualsrc")
_LAZY = {
    "src": LAZY_SOURCES,
    "srcset": ("data-srcset", "data-lazy-srcset", "data-original-set"),
    "poster": ("data-poster",),
}
_HIDDEN = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all|(?:opacity|font-size):0(?:\.0+)?(?:[a-z]+)?(?:[;!]|$)"
)


def value_pattern(bare: str) -> str:
    """Return the pattern of a value in quotes, or without them as `bare` allows, for `written_value`."""
    return rf"(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>[^']*)'|(?P<bare>{bare}))"


def written_value(match: re.Match[str]) -> str:
    """Return the value that matched a `value_pattern`, without quotes and the backslashes before some in it."""
    return (match["double"] or match["single"] or match["bare"] or "").replace('\\"', '"')


def start_tag(tag: str, values: dict[str, str]) -> str:
    """Return a start tag with its allowed attributes."""
    allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set())
    said = (f' {name}="{escape(value)}"' for name, value in with_lazy_values(values).items() if name in allowed)
    return f"<{tag}{''.join(said)}>"


def with_lazy_values(values: dict[str, str]) -> dict[str, str]:
    """Return attributes with the values that a script would set."""
    lazy = ((name, values.get(later, "").strip()) for name, names in _LAZY.items() for later in reversed(names))
    return values | {name: value for name, value in lazy if value}


def is_hidden_frame(values: Mapping[str, str]) -> bool:
    """Return whether a frame with these attributes is invisible."""
    sizes = {values.get("width"), values.get("height")}
    return bool(sizes & {"0", "1", "0px", "1px"}) or is_hidden("iframe", values)


def is_hidden(tag: str, values: Mapping[str, str]) -> bool:
    """Return whether an element with these attributes is invisible; a page as a whole never is."""
    style = "".join(values.get("style", "").lower().split())
    return tag not in {"html", "body"} and ("hidden" in values or bool(_HIDDEN.search(style)))
