"""Translate permalinks of other generators (`/:year/:month/:title/`) to our patterns. Pure."""

import re
from collections.abc import Iterator, Mapping
from itertools import product

# Our tokens for each of theirs, in order of preference.
Tokens = Mapping[str, tuple[str, ...]]

_DATES: Tokens = {
    ":year": ("{date:%Y}",),
    ":month": ("{date:%m}",),
    ":day": ("{date:%d}",),
    ":hour": ("{date:%H}",),
    ":minute": ("{date:%M}",),
    ":second": ("{date:%S}",),
}
JEKYLL: Tokens = {
    **_DATES,
    ":categories": ("{categories:raw}",),
    ":slugified_categories": ("{categories:words}",),
    ":short_year": ("{date:%y}",),
    ":i_month": ("{date:%-m}",),
    ":short_month": ("{date:%b}",),
    ":long_month": ("{date:%B}",),
    ":i_day": ("{date:%-d}",),
    ":y_day": ("{date:%j}",),
    ":short_day": ("{date:%a}",),
    ":long_day": ("{date:%A}",),
    ":w_day": ("{date:%u}",),
    ":week": ("{date:%V}",),
    ":w_year": ("{date:%G}",),
    ":title": ("{slug}",),
    ":slug": ("{slug:words}",),
    ":name": ("{name:words}",),
    ":collection": ("posts",),
    ":output_ext": (".html",),
}
HUGO: Tokens = {
    **_DATES,
    ":monthname": ("{date:%B}",),
    ":weekday": ("{date:%w}",),
    ":weekdayname": ("{date:%A}",),
    ":yearday": ("{date:%-j}",),
    ":section": ("{section}",),
    ":sections": ("{folder}",),
    ":title": ("{title}",),
    ":slug": ("{slug:own}", "{title}"),
    ":filename": ("{name:slug}",),
    ":contentbasename": ("{name:slug}",),
    ":slugorfilename": ("{slug:own}", "{name:slug}"),
    ":slugorcontentbasename": ("{slug:own}", "{name:slug}"),
}
HEXO: Tokens = {
    **_DATES,
    ":i_month": ("{date:%-m}",),
    ":i_day": ("{date:%-d}",),
    ":title": ("{slug}",),
    ":name": ("{slug:last}",),
    ":post_title": ("{title:lower}",),
    ":category": ("{category:path}",),
    ":lang": ("{language}",),
    ":id": ("{data.id}",),
    ":timestamp": ("{timestamp}",),
    ":hash": ("{hash}",),
}
# Jekyll's named styles.
STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}
_TOKEN = re.compile(r":[a-z_]+(?:\[[\w:]*\])?")
_DATE_PARTS = re.compile(r"(\{date:[^}]*)\}([/-])\{date:")
_BRACES = re.compile(r"\{\{?-?\s*([\w.]+)(?:\s*\|\s*slug(?:ify)?)*\s*-?\}?\}|\$\{\s*([\w.?]+)\s*\}")
_LIQUID_DATE = re.compile(r"\{\{-?\s*(?:page\.)?date\s*\|\s*date:\s*(['\"])((?:%-?[YmdBbjHMSy]|[/.-])+)\1\s*-?\}\}")
# Eleventy's names of our tokens.
ELEVENTY = {
    "page.fileSlug": "{stem}",
    "page.outputFileExtension": "html",
    "fileSlug": "{stem}",
    "slug": "{data.slug}",
    "title": "{title:words}",
}


def has_tokens(permalink: str, tokens: Tokens) -> bool:
    """Return whether an address contains a known token."""
    return any(token.partition("[")[0] in tokens for token in _TOKEN.findall(permalink))


def permalink_patterns(permalink: str, tokens: Tokens, *, has_keys: bool = False) -> tuple[str, ...]:
    """Return the patterns of a permalink, in order of preference; none if a token is unknown.

    With `has_keys`, a token may also be a key of the front matter, as in Hexo.
    """
    if not permalink or set(permalink) & {"{", "}", "<"}:
        return ()
    pieces = [_ours(piece, tokens, has_keys=has_keys) for piece in _pieces(permalink)]
    patterns = ("{home_page}" + "".join(chosen).lstrip("/") for chosen in product(*pieces))
    return tuple(dict.fromkeys(map(_joined, patterns)))


def link_pattern(link: str, names: dict[str, str]) -> str:
    """Return the pattern of an address with `{{ page.fileSlug }}` or `${post.id}` in it, or None if any is unknown.

    `names` are our tokens by the names in the braces.
    """
    dates = [f"{{date:{form}}}" for _, form in _LIQUID_DATE.findall(link)]
    link = _LIQUID_DATE.sub("\0", link)
    found = [first or second for first, second in _BRACES.findall(link)]
    if not link or set(found) - set(names) or "{" in _BRACES.sub("", link):
        return ""
    filled = _BRACES.sub(lambda match: names[match[1] or match[2]], link)
    for date in dates:
        filled = filled.replace("\0", date, 1)
    return "{home_page}" + filled.lstrip("/")


def _pieces(permalink: str) -> Iterator[str]:
    at = 0
    for match in _TOKEN.finditer(permalink):
        yield permalink[at : match.start()]
        yield match[0]
        at = match.end()
    yield permalink[at:]


def _ours(piece: str, tokens: Tokens, *, has_keys: bool) -> tuple[str, ...]:
    """Return the alternatives for a piece; none for an unknown token."""
    name, _, part = piece.partition("[")
    if not _TOKEN.fullmatch(piece):
        return (piece,)
    if part:
        return ("{folder:" + part.removesuffix("]") + "}",) if name == ":sections" in tokens else ()
    return tokens.get(name, ("{data." + name[1:] + "}",) if has_keys else ())


def _joined(pattern: str) -> str:
    while _DATE_PARTS.search(pattern):
        pattern = _DATE_PARTS.sub(r"\1\2", pattern)
    return pattern
