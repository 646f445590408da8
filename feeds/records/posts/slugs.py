"""Slugify names as other generators do, so that links match their pages."""

import re
import unicodedata
from collections.abc import Callable
from html import unescape

_NOT_OF_HUGO = re.compile(r"[^A-Za-z0-9 ./_#+~@-]+")
_OF_HUGO = re.compile(r"[A-Za-z0-9./_#+~@-]*")
_BLANKS = re.compile(" +")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_OF_HEXO = str.maketrans(
    {"ß": "s", "ı": "i", "æ": "ae", "œ": "oe", "Æ": "AE", "Œ": "OE"}
    | dict(zip("øđħłŧØĐĦŁŦ", "odhltODHLT", strict=True))
)
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)


def _jekyll(text: str) -> str:
    """Slugify as Jekyll in its mode `pretty`, keeping case; two dots divide an address there."""
    slug = re.sub(r"[^\w.~!$&'()+,;=@]+|_+(?=-)", "-", text).strip("-")
    return slug.rstrip(".").replace("..", "/").replace("./", "") if "." in slug else slug


def _words(text: str) -> str:
    """Slugify as Jekyll by default: letters and digits, in lower case."""
    return re.sub(r"[\W_]+", "-", text).strip("-").lower()


def _hugo(text: str) -> str:
    """Slugify titles and slugs as Hugo, which treats a plus as a space."""
    return _hugo_plus(text.replace("+", " "))


def _hugo_plus(slug: str) -> str:
    """Slugify slugs as Hugo where no permalink is configured: a plus stays."""
    return _hugo_path(re.sub(r"\s+(?=-)|(?<=-)\s+", "", _hugo_signs(slug)))


def _hugo_path(name: str) -> str:
    """Slugify file names as Hugo: each space is a hyphen, and punctuation is removed."""
    if _OF_HUGO.fullmatch(name):
        return name.lower()
    return _hugo_signs(re.sub(r"\s", "-", name.strip())).lower()


def _hugo_signs(text: str) -> str:
    if text.isascii():
        return _BLANKS.sub(" ", _NOT_OF_HUGO.sub("", text).strip())
    text = "".join(c for c in text if c.isalpha() or c.isdecimal() or c in " ./_#+~-@" or unicodedata.combining(c))
    return _BLANKS.sub(" ", text.strip())


def _hexo(text: str) -> str:
    """Slugify the names of categories as Hexo, without the accents of Latin letters."""
    if not text.isascii():
        first = (unicodedata.normalize("NFD", c)[0] for c in text)
        text = "".join(base if base.isascii() else c for c, base in zip(text, first, strict=True)).translate(_OF_HEXO)
    return re.sub(r"[\s~`!@#$%^&*()\-_+=[\]{}|\\;:\"'<>,.?/]+", "-", text).strip("-")


def _github(text: str) -> str:
    return re.sub(r"[^\w\s/-]", "", text.strip().lower()).replace(" ", "-")


def _ascii(text: str) -> str:
    if text.isascii():
        return text
    from text_unidecode import unidecode  # noqa: PLC0415 - its table is large

    return str(unidecode(text))


def _ascii_words(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", _ascii(text).lower()).strip("-")


def _eleventy(text: str) -> str:
    """Slugify titles as the filter `slugify` of Eleventy."""
    text = re.sub(r"(\w)'([ts])(?=\s|$)", r"\1\2", text.lower())
    return _ascii_words(text.replace("&", " and ").translate(_UMLAUTS))


def _pelican(text: str) -> str:
    text = unescape(_TAG.sub("", text)) if "<" in text or "&" in text else text
    words = re.sub(r"[^\w\s-]", "", _ascii(text))
    return re.sub(r"[-\s]+", "-", words.strip()).lower()


def _mkdocs(text: str) -> str:
    return re.sub(r"[^\w\- ]", "", unicodedata.normalize("NFC", text).lower()).strip().replace(" ", "-")


def _quartz(text: str) -> str:
    text = re.sub(r"[?#]", "", text.replace("&", "-and-").replace("%", "-percent"))
    return re.sub(r"\s", "-", text)


SLUGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "jekyll": _jekyll,
    "words": _words,
    "hugo": _hugo,
    "hugo path": _hugo_path,
    "hugo plus": _hugo_plus,
    "hexo": _hexo,
    "github": _github,
    "zola": _ascii_words,
    "eleventy": _eleventy,
    "pelican": _pelican,
    "mkdocs": _mkdocs,
    "quartz": _quartz,
}
