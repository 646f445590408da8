"""Make text fit to be published."""

import json
import re
import unicodedata
from collections.abc import Iterator

from feeds.lazy_pattern import lazy_pattern

# XML 1.0, section 2.2: what may not stand in a document, not even as a reference.
NOT_XML = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Characters with the property Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties.txt), and annotations. Those
# behind U+FFFF apart, as `re` looks up a character in a set without them at once.
_IGNORABLE = lazy_pattern(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]"
)
_RARELY_IGNORABLE = lazy_pattern(
    "[\U0001bca0-\U000e0fff](?<=[\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff])"
)
_CONTROLS = bytes({*range(32)} - {*b"\t\n\r"})
_REFERENCE = r"(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_ENTITY = lazy_pattern(f"&{_REFERENCE}")
_OF_ESCAPING = {"amp", "lt", "gt", "quot", "apos"}
ESCAPED_TWICE = f"&amp;{_REFERENCE}"
_EMAIL = r"[^\s@<>]+@[^\s@<>]+"
_FIRST_ACCENT, _LAST_ACCENT = "\u0300", "\u036f"
_MARKS = ("Mn", "Mc")
_JOINER = "\u200d"
_DEVICE = lazy_pattern("con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)


def xml_text(text: str) -> str:
    """Leave out the characters that XML 1.0 cannot carry."""
    return text if text.isprintable() or is_of_xml(text) else NOT_XML.sub("", text)  # most short texts are


def is_of_xml(text: str) -> bool:
    """Return whether a text has only characters that XML allows, checked on bytes for speed; False if unsure."""
    try:
        content = text.encode()
    except UnicodeEncodeError:
        return False
    return len(content.translate(None, _CONTROLS)) == len(content) and not ("\ufffe" in text or "\uffff" in text)


def without_ignorable(text: str) -> str:
    """Return text without the characters that nobody sees."""
    return _RARELY_IGNORABLE.sub("", _IGNORABLE.sub("", text))


def unescape(text: str) -> str:
    """Replace one level of HTML entities, those that end in a semicolon, by what they stand for.

    One that is a word of its own and stands for nothing that can be seen is spoken of, as in `Use &nbsp; in HTML`.
    """
    return _ENTITY.sub(lambda match: match[0] if is_spoken_of(match) else unescape_html(match[0]), text)


def entities(text: str) -> Iterator[re.Match[str]]:
    """Yield the HTML entities with a name that a text holds, but for the five that escaping itself makes."""
    for match in _ENTITY.finditer(text):
        if match[0][1] != "#" and match[0][1:-1].lower() not in _OF_ESCAPING and unescape_html(match[0]) != match[0]:
            yield match


def is_spoken_of(entity: re.Match[str]) -> bool:
    """Return whether an entity is a word of its own among others, and stands for nothing that can be seen."""
    before, after = entity.string[: entity.start()][-1:], entity.string[entity.end() :][:1]
    is_word = not (before.strip() or after.strip()) and bool(_ENTITY.sub("", entity.string).strip())
    char = unescape_html(entity[0])
    return is_word and entity[0][1] != "#" and (char.isspace() or not char.isprintable())


def is_email(text: str) -> bool:
    """Return whether text is an e-mail address and nothing else."""
    return bool(re.fullmatch(_EMAIL, text))


def plain_text(text: str) -> str:
    """Return a title or an excerpt as one line of plain text.

    Scrapers leave entities behind, some of them escaped twice; a reader would show `&amp;` and a validator
    would take it for HTML, so up to two levels are undone.
    """
    if "&" in text:
        text = unescape(unescape(text))
    if text.isprintable():  # then XML can carry it, and there is no white space but blanks
        is_trim = "  " not in text and text[:1] != " " != text[-1:]
        return text if is_trim else " ".join(text.split())
    return " ".join(xml_text(text).split())


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun, whose plural takes an s unless another is given: `1 error`, `2 errors`."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def quoted(text: str, longest: int = 60) -> str:
    """Return text as it is shown in a message: in quotes, on one line, not too long."""
    return json.dumps(shortened(text, longest), ensure_ascii=False)


def shortened(text: str, longest: int = 60) -> str:
    """Return text of at most so many characters, an ellipsis in place of what is cut off."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def slug(name: str) -> str:
    """Return a file name for a topic: lower-case words joined by hyphens, accents of Latin letters dropped.

    Letters of other scripts keep their marks, without which they would be other letters; the signs that tell C++ and
    C# from C become words. A name without any letter or digit gives an empty slug.
    """
    words = name.casefold().replace("+", " plus ").replace("#", " sharp ").replace("&", " and ")
    result, base = "", ""
    for char in unicodedata.normalize("NFKD", words):
        if unicodedata.category(char) in _MARKS or char == _JOINER:
            if base.isalpha() and not unicodedata.name(base, "").startswith("LATIN"):
                result += char.replace(_JOINER, "")
                continue
            char = "" if _FIRST_ACCENT <= char <= _LAST_ACCENT else " "  # noqa: PLW2901 - it stands for nothing else
        else:
            base = char
        result += char if char.isalnum() else " " * bool(char)
    return "-".join(unicodedata.normalize("NFC", result).split())


def unescape_html(text: str) -> str:
    """Replace all HTML entities as browsers do, also those without a semicolon."""
    from html import unescape  # noqa: PLC0415 - its table of names is large, and few texts have entities

    return unescape(text)


def is_device(name: str) -> bool:
    """Return whether Windows takes a file of this name, whatever its suffix, for a device."""
    return bool(_DEVICE.fullmatch(name))


def code_point(char: str) -> str:
    """Return a character as Unicode names it, which shows it where it has no sign of its own: `U+00A0`."""
    return f"U+{ord(char):04X}"


def printable(text: str) -> str:
    """Return text that cannot steer a terminal: line breaks, escapes and the like are spelled out."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode("ascii") for char in text
    )
