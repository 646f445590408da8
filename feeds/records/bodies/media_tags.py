"""Translate the tags with which generators and themes show images, videos, links and posts of other sites to HTML.

Such tags may stand in HTML, in which Markdown would be shown as text.
"""

import re
from functools import partial
from html import escape

from feeds.markup.attributes import value_pattern, written_value
from feeds.markup.markdown import markdown
from feeds.media_types import IMAGES
from feeds.records.bodies.replacements import SITE, Replacement, pattern

_VALUE = re.compile(r"(?:\b(?P<key>[\w-]+)\s*=\s*)?" + value_pattern(r"[^\s,\"'=]+") + r"(?=[\s,]|\Z)")
_IMAGE = re.compile(rf"[^\s<>()]+(?:{'|'.join(map(re.escape, IMAGES))})(?:[?#]\S*)?", re.IGNORECASE)
_IMAGE_TAGS = re.compile(
    r"(?:.*/)?(?:\w+_)?(?:figure|fig|image|img|inlineImg|picture|photo|responsive-?image|lightbox)[\w-]*(?:\.\w+)?",
    re.IGNORECASE,
)
_LINK_TAGS = re.compile(
    r"(?:.*/)?(?:aplayer|audio|btn|button|codepen|external-link|iframe|link|mastodon|music|newtabref|pdf|video)(?:\.\w+)?"
)
_ADDRESS = re.compile(rf"https?://\S+|{SITE}?/[^\s{{}}<>]*|[^\s{{}}<>:]+\.(?:mp[34]|m4[av]|ogg|opus|wav|webm|mov|pdf)")
# What is linked by its id, and the address around that.
_SITES = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "bilibili": "https://www.bilibili.com/video/{}",
    "gist": "https://gist.github.com/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "github": "https://github.com/{}",
    "jsfiddle": "https://jsfiddle.net/{}/",
    "asciinema": "https://asciinema.org/a/{}",
}
_ID = re.compile(r"[\w@-]+(?:/[\w@.-]+)?")
_UNSEEN = re.compile(
    r"(?:.*/)?(?:toc|base_path|mathjax|math|katex|clear|(?:\w+-)?icon|fa[bsr]?|add_src_to_code_block)(?:\.\w+)?",
    re.IGNORECASE,
)
_TEXT_TAGS = re.compile(r"badge|glossary_tooltip|kbd|spoiler|term")


def _shown(match: re.Match[str], root: str) -> str:
    """Return what a tag shows: an image, a link, a text, nothing, or the tag itself if this is not known."""
    name = match["name"]
    named, texts = _values(match["words"])
    if _UNSEEN.fullmatch(name):
        return f"${named['body']}$" if named.get("body") else ""
    if _IMAGE_TAGS.fullmatch(name):
        image = _image(named, texts, root)
        return (_figure(image, named) if image and name == "figure" else image) or match[0]
    if _TEXT_TAGS.fullmatch(name):
        return named.get("text") or next(iter(texts), "") or match[0]
    site = f"{name} {named.get('provider', '')}".lower()
    return (
        _link(site, named, texts) or (_LINK_TAGS.fullmatch(name) and _plain_link(name, named, texts, root)) or match[0]
    )


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
    named |= {"alt": named.get("alt") or named.get("default_alt", "")}
    alt = named["alt"] or named.get("caption") or named.get("description") or named.get("title") or next(others, "")
    return f'<img src="{escape(_below(root, address))}" alt="{escape(alt)}">' if address else ""


def _figure(image: str, named: dict[str, str]) -> str:
    """Return an image with its link, and with the texts that Hugo's figure shows below it."""
    if link := named.get("link"):
        image = f'<a href="{escape(link)}">{image}</a>'
    title, caption, attribution = (_inline(named.get(key, "")) for key in ("title", "caption", "attr"))
    if attribution and (link := named.get("attrlink")):
        attribution = f'<a href="{escape(link)}">{attribution}</a>'
    shown = " ".join(filter(None, (title and f"<strong>{title}</strong>", caption, attribution)))
    return f"<figure>{image}<figcaption>{shown}</figcaption></figure>" if shown else image


def _inline(text: str) -> str:
    rendered: str = markdown().renderInline(text) if text else ""
    return " ".join(rendered.split())


def _below(root: str, address: str) -> str:
    """Return an address below a root, unless it has a host or a root already."""
    return address if not root or "://" in address or address.startswith(SITE) else root + address.lstrip("/")


def _link(name: str, named: dict[str, str], texts: list[str]) -> str:
    site = "tweet" if name.startswith("x ") else next((site for site in _SITES if site in name), "")
    own = next((named[key] for key in ("id", "video", "repo", "key", "url") if named.get(key)), "").partition("?si=")[0]
    found = own or (texts[-1] if site == "tweet" and texts else next(iter(texts), ""))
    if not site or not found:
        return ""
    if re.match(r"https?://", found):
        return f'<a href="{escape(found)}">{escape(found)}</a>'
    found = "/".join(texts[:2]) if site == "gist" and texts[1:] and "." not in texts[1] else found
    label = "video" if site in {"youtube", "vimeo", "bilibili"} else found if site == "github" else site
    return f'<a href="{_SITES[site].format(found)}">{label}</a>' if _ID.fullmatch(found) else ""


def _plain_link(name: str, named: dict[str, str], texts: list[str], root: str) -> str:
    """Return a link to the address in a tag, with its other words or the name of the tag as its text."""
    keys = ("href", "url", "link", "src", "mp3", "status", "path")
    values = (*(named.get(key, "") for key in keys), *texts)
    address = next((value for value in values if _ADDRESS.fullmatch(value)), "")
    own = next((named[key] for key in ("text", "content", "title", "name", "label", "caption") if named.get(key)), "")
    other = next((text for text in texts if text != address and not text.isdecimal()), "")
    label = own or other or name.rpartition("/")[2].partition(".")[0]
    return f'<a href="{escape(_below(root, address))}">{escape(label)}</a>' if address else ""


def _tags(text: str, root: str = "") -> Replacement:
    return pattern(text), partial(_shown, root=root)


# Of the plugin liquid_tags of Pelican; any other tag is text there.
LIQUID_TAG = (
    r"\{%\s*(?:audio|b64img|flickr|gist|giphy|graphviz|img|include_code|notebook|soundcloud|video|vimeo|youtube)"
    r"\s[^%]*%\}"
)
LIQUID_MEDIA = (
    _tags(r"\{%-?\s*include(?:_cached|_relative)?\s+(?P<name>[\w./-]+)(?P<words>[^{}%]*?)-?%\}", f"{SITE}/"),
    _tags(
        r"\{%-?\s*(?P<name>(?i:youtube|vimeo|gist|github|twitter|tweet|img|jsfiddle|video|audio|pdf))\s(?P<words>[^{}%]*?)-?%\}"
    ),
)
GO_MEDIA = (
    _tags(
        r"\{\{[<%]\s*(?P<name>(?:figure|img|image|picture|youtube|vimeo|tweet|twitter|x|instagram|gist|bilibili|toc)[\w-]*"
        r"|asciinema|audio|badge|button|codepen|fa|[\w-]*icon|github|glossary_tooltip|iframe|jsfiddle|katex|kbd"
        r"|link|mastodon|mathjax|music|newtabref|pdf|video)(?P<words>(?:\s[^{}]*?)?)/?\s*[>%]\}\}"
    ),
)
NUNJUCKS_MEDIA = (
    _tags(
        r"\{%\s*(?P<name>youtube|vimeo|gist|bilibili|image|asset_img|img|inlineImg|jsfiddle|iframe|video|audio|aplayer|pdf)"
        r"\s(?P<words>[^{}%]*?)%\}"
    ),
)
TERA_MEDIA = (_tags(r"\{\{\s*(?P<name>\w+)\((?P<words>[^{}]*?)\)\s*\}\}"),)
