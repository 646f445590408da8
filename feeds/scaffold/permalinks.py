"""Turn the permalinks of other generators (`/:year/:month/:title/`) into patterns of ours. Pure."""

from __future__ import annotations

import re

_TOKENS = {
    ":categories": "{categories}",
    ":category": "{category}",
    ":year": "{date:%Y}",
    ":short_year": "{date:%y}",
    ":month": "{date:%m}",
    ":i_month": "{date:%-m}",
    ":short_month": "{date:%b}",
    ":monthname": "{date:%B}",
    ":long_month": "{date:%B}",
    ":day": "{date:%d}",
    ":i_day": "{date:%-d}",
    ":y_day": "{date:%j}",
    ":yearday": "{date:%j}",
    ":title": "{slug}",
    ":slug": "{slug}",
    ":slugorfilename": "{slug}",
    ":slugorcontentbasename": "{slug}",
    ":name": "{slug}",
    ":filename": "{slug}",
    ":contentbasename": "{slug}",
    ":post_title": "{title}",
    ":section": "{section}",
    ":sections": "{folder}",
    ":path": "{path}",
    ":lang": "{language}",
    ":output_ext": ".html",
    ":hour": "{date:%H}",
    ":minute": "{date:%M}",
    ":second": "{date:%S}",
    ":abbrlink": "{data.abbrlink}",
}
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "none": "/:categories/:title.html",
}
_TOKEN = re.compile(r":[a-z_]+")
_DATES = re.compile(r"(\{date:[^}]*)\}([/-])\{date:")
_BRACES = re.compile(r"\{\{?\s*([\w.]+)(?:\s*\|\s*\w+)?\s*\}?\}|\$\{\s*([\w.?]+)\s*\}")


def permalink_pattern(permalink: str) -> str:
    """Return the pattern of a permalink with tokens such as `:year`, or nothing if one of them is not known here."""
    permalink = _STYLES.get(permalink, permalink)
    if not permalink or set(_TOKEN.findall(permalink)) - set(_TOKENS) or set(permalink) & {"{", "}", "[", "<"}:
        return ""
    filled = "{home_page}" + _TOKEN.sub(lambda match: _TOKENS[match[0]], permalink).lstrip("/")
    while _DATES.search(filled):
        filled = _DATES.sub(r"\1\2", filled)
    return filled


def link_pattern(link: str, names: dict[str, str]) -> str:
    """Return the pattern of an address with `{{ page.fileSlug }}` or `${post.id}` in it, or nothing if any is unknown.

    `names` are our tokens by what stands in the braces.
    """
    found = [first or second for first, second in _BRACES.findall(link)]
    if not link or set(found) - set(names):
        return ""
    filled = _BRACES.sub(lambda match: names[match[1] or match[2]], link)
    return "{home_page}" + filled.lstrip("/")
