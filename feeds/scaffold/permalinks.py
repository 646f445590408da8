"""Turn the permalinks of other generators (`/:year/:month/:title/`) into patterns of ours."""

from __future__ import annotations

import re

_JEKYLL_TOKENS = {
    ":categories": "{categories}",
    ":year": "{date:%Y}",
    ":month": "{date:%m}",
    ":i_month": "{date:%-m}",
    ":short_month": "{date:%b}",
    ":day": "{date:%d}",
    ":i_day": "{date:%-d}",
    ":title": "{slug}",
    ":slug": "{slug}",
    ":name": "{slug}",
    ":filename": "{slug}",
    ":slugorfilename": "{slug}",
    ":contentbasename": "{slug}",
    ":section": "{section}",
    ":sections": "{folder}",
    ":category": "{category}",
    ":output_ext": ".html",
    ":hour": "{date:%H}",
    ":minute": "{date:%M}",
    ":second": "{date:%S}",
}
_JEKYLL_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}
_TOKEN = re.compile(r":[a-z_]+")


def permalink_pattern(permalink: str) -> str:
    """Return the pattern of a permalink with tokens such as `:year`, or nothing if one of them is not known here."""
    permalink = _JEKYLL_STYLES.get(permalink, permalink)
    tokens = set(_TOKEN.findall(permalink))
    if not permalink or tokens - set(_JEKYLL_TOKENS):
        return ""
    return "{home_page}" + _TOKEN.sub(lambda match: _JEKYLL_TOKENS[match[0]], permalink).lstrip("/")
