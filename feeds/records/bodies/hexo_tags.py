"""Translate tags of Hexo and its themes that have a syntax of their own: words, or parts between commas."""

import re
from collections.abc import Callable
from html import escape

from feeds.records.bodies.replacements import Replacement, pattern

_URL = re.compile(r"https?://\S+|/\S*")


def _unquoted(text: str) -> str:
    return text.strip().strip("\"'").strip()


def _parts(match: re.Match[str]) -> list[str]:
    return [_unquoted(part) for part in match["words"].split(",")]


def _button(match: re.Match[str]) -> str:
    """Return `{% btn address, text, icon %}` as a link."""
    url, text = (*_parts(match), "")[:2]
    return f"[{text or url}]({url})"


def _link(match: re.Match[str]) -> str:
    """Return `{% link text address %}`, also with a comma between them, as a link."""
    words = match["words"].strip()
    address = _URL.search(words)
    if not address:
        return match[0]
    url = address[0].rstrip(",")
    return f"[{_unquoted(words[: address.start()].strip().rstrip(',')) or url}]({url})"


def _asset(match: re.Match[str]) -> str:
    name, _, title = match["words"].strip().partition(" ")
    return f"[{_unquoted(title.removesuffix('true').removesuffix('false')) or name}]({name})"


def _label(match: re.Match[str]) -> str:
    """Return the text of `{% label text colour %}` or `{% label colour@text %}`."""
    words = match["words"].strip()
    text = words.partition("@")[2]
    return text.strip() or _unquoted(words.rpartition(" ")[0] or words)


def _group(match: re.Match[str]) -> str:
    """Return `{% galleryGroup name description address image %}` as a linked image."""
    name, text, url, image = ([_unquoted(part) for part in re.findall(r"'[^']*'|\S+", match["words"])] + [""] * 4)[:4]
    shown = f'<img src="{escape(image)}" alt="{escape(name)}">' if image else escape(name)
    return f'<a href="{escape(url)}">{shown}</a> {escape(text)}' if url else match[0]


def _tag(name: str, replace: Callable[[re.Match[str]], str]) -> Replacement:
    return pattern(rf"\{{%\s*(?:{name})\s(?P<words>[^{{}}%]+?)\s*%\}}"), replace


HEXO: tuple[Replacement, ...] = (
    (
        pattern(r"(?P<before>\]\(\s*|\s(?:href|src)=[\"']?)\{%\s*asset_path\s+(?P<path>[^\s{}%]+)\s*%\}"),
        r"\g<before>\g<path>",
    ),
    (pattern(r"^[ \t]*<!--\s*(?:tab|timeline)\s+(?P<title>[^\n@>]*?)\s*(?:@[^\n>]*)?-->[ \t]*$"), r"**\g<title>**\n"),
    _tag("btn|button", _button),
    _tag("link|url_for|full_url_for", _link),
    _tag("asset_link", _asset),
    _tag("label", _label),
    _tag("hideInline", lambda match: _parts(match)[0]),
    _tag("span|checkbox|radio|u|del|emp|wavy|kbd", lambda match: _parts(match)[-1]),
    _tag("galleryGroup", _group),
)
