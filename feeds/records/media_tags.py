"""Translate the tags with which generators and themes show images, videos and posts of other sites to HTML.

Such tags may stand in HTML, in which Markdown would be shown as text.
"""

import re
from functools import partial
from html import escape

from feeds.markup.attributes import value_pattern, written_value
from feeds.media_types import IMAGES
from feeds.records.replacements import Replacement, pattern

_VALUE = re.compile(r"(?:\b(?P<key>[\w-]+)\s*=\s*)?" + value_pattern(r"[^\s,\"'=]+") + r"(?=[\s,]|\Z)")
_IMAGE = re.compile(rf"[^\s<>()]+(?:{'|'.join(map(re.escape, IMAGES))})(?:[?#]\S*)?", re.IGNORECASE)
_IMAGE_TAGS = re.compile(
    r"(?:.*/)?(?:figure|fig|image|img|asset_img|picture|photo|responsive-?image|lightbox)[\w-]*(?:\.\w+)?",
    re.IGNORECASE,
)
# What is linked by its id, and the address around that.
_SITES = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "bilibili": "https://www.bilibili.com/video/{}",
    "gist": "https://gist.github.com/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
}
_ID = re.compile(r"[\w@-]+(?:/[\w@-]+)?")
_UNSEEN = re.compile(r"(?:.*/)?(?:toc|base_path|mathjax|math|katex|clear)(?:\.\w+)?", re.IGNORECASE)


def _shown(match: re.Match[str], root: str) -> str:
    """Return what a tag shows: an image, a link, nothing, or the tag itself if this is not known."""
    name = match["name"]
    if _UNSEEN.fullmatch(name):
        return ""
    named, texts = _values(match["words"])
    if _IMAGE_TAGS.fullmatch(name):
        return _image(named, texts, root) or match[0]
    return _link(f"{name} {named.get('provider', '')}".lower(), named, texts) or match[0]


def _values(words: str) -> tuple[dict[str, str], list[str]]:
    """Return the named values of a tag, and the others."""
    named: dict[str, str] = {}
    texts: list[str] = []
    for value in _VALUE.finditer(words):
        if value["key"]:
            named[value["key"].lower()] = written_value(value)
        else:
            texts.append(written_value(value))
    return named, texts


def _image(named: dict[str, str], texts: list[str], root: str) -> str:
    address = next((value for value in (*named.values(), *texts) if _IMAGE.fullmatch(value)), "")
    others = (text for text in texts if text != address and " " in text)
    alt = named.get("alt") or named.get("caption") or named.get("description") or named.get("title") or next(others, "")
    is_below = root and not address.startswith("/") and "://" not in address
    return f'<img src="{escape(root if is_below else "")}{escape(address)}" alt="{escape(alt)}">' if address else ""


def _link(name: str, named: dict[str, str], texts: list[str]) -> str:
    site = "tweet" if name.startswith("x ") else next((site for site in _SITES if site in name), "")
    found = named.get("id") or named.get("video") or (texts[-1] if site == "tweet" and texts else next(iter(texts), ""))
    if not site or not found:
        return ""
    if re.match(r"https?://", found):
        return f'<a href="{escape(found)}">{escape(found)}</a>'
    found = "/".join(texts[:2]) if site == "gist" and texts[1:] and "." not in texts[1] else found
    label = "video" if site in {"youtube", "vimeo", "bilibili"} else site
    return f'<a href="{_SITES[site].format(found)}">{label}</a>' if _ID.fullmatch(found) else ""


def _tags(text: str, root: str = "") -> Replacement:
    return pattern(text), partial(_shown, root=root)


LIQUID_MEDIA = (
    _tags(r"\{%-?\s*include(?:_cached|_relative)?\s+(?P<name>[\w./-]+)(?P<words>[^{}%]*?)-?%\}", "/"),
    _tags(r"\{%-?\s*(?P<name>youtube|vimeo|gist|twitter|tweet)\s(?P<words>[^{}%]*?)-?%\}"),
)
GO_MEDIA = (
    _tags(
        r"\{\{[<%]\s*(?P<name>(?:figure|img|image|picture|youtube|vimeo|tweet|twitter|x|instagram|gist|bilibili|toc)[\w-]*)"
        r"(?P<words>(?:\s[^{}]*?)?)/?\s*[>%]\}\}"
    ),
)
NUNJUCKS_MEDIA = (_tags(r"\{%\s*(?P<name>youtube|vimeo|gist|bilibili|image|asset_img|img)\s(?P<words>[^{}%]*?)%\}"),)
TERA_MEDIA = (_tags(r"\{\{\s*(?P<name>\w+)\((?P<words>[^{}]*?)\)\s*\}\}"),)
