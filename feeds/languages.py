"""Judge the names of languages."""

import re

from feeds.lazy_pattern import lazy_pattern

# RFC 5646, section 2.1; no language has a subtag of more than three letters. x-default is for links only.
_TAG = r"""(?ix)[a-z]{2,3}(?:-[a-z]{3}){0,3}  # the language, as in zh-yue
    (?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?  # script and region
    (?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?
    |[ix](?:-[a-z0-9]{1,8})+|en-gb-oed|sgn-(?:be-fr|be-nl|ch-de)"""

_CHARACTER_SET = lazy_pattern(r"\.[\w-]+")
_MODIFIER = lazy_pattern(r"@\w+")
_OTHER_HYPHENS = str.maketrans(dict.fromkeys("_ \u2010\u2011\u2013", "-"))
_NAMES = {
    "en": "english englisch anglais inglés inglese",
    "de": "german deutsch allemand alemán tedesco",
    "fr": "french français francais französisch",
    "es": "spanish español espanol spanisch castellano",
    "it": "italian italiano italienisch",
    "pt": "portuguese português portugues",
    "nl": "dutch nederlands niederländisch",
    "pl": "polish polski",
    "cs": "czech čeština",
    "sv": "swedish svenska",
    "da": "danish dansk",
    "no": "norwegian norsk",
    "fi": "finnish suomi",
    "ru": "russian русский",
    "uk": "ukrainian українська",
    "tr": "turkish türkçe",
    "el": "greek ελληνικά",
    "hu": "hungarian magyar",
    "ro": "romanian română",
    "zh": "chinese 中文",
    "ja": "japanese 日本語",
    "ko": "korean 한국어",
    "ar": "arabic العربية",
    "he": "hebrew עברית",
    "hi": "hindi हिन्दी",
}
_TAGS = {name: tag for tag, names in _NAMES.items() for name in names.split()}


def tag_of(text: str) -> str:
    """Return the tag of a language that is written as a locale is, as in `de_DE.UTF-8`, or nothing."""
    tag = _CHARACTER_SET.sub("", _MODIFIER.sub("", text.strip())).translate(_OTHER_HYPHENS)
    return tag if is_language(tag) else ""


def tag_of_name(text: str) -> str:
    """Return the tag of a language that is named, as in `german`, or nothing."""
    return _TAGS.get(text.strip().casefold(), "")


def is_language(text: str) -> bool:
    """Return whether text can be a language tag, such as `en` or `pt-BR`."""
    return bool(re.fullmatch(_TAG, text))
