"""Undo what happens to a value on its way into an output: escapes, markup, changes of case and of Unicode form."""

import html
import json
import re
import unicodedata

from feeds.lazy_pattern import lazy_pattern
from feeds.text import without_ignorable

# Each begins with one literal character, which is what lets `re` skip to it quickly. Escapes that were escaped once
# more in the same way, such as &amp;lt; and \\\\" and %252F, are undone at once.
_JSON = lazy_pattern(rb'\\(?:\\*(?:(u[0-9a-fA-F]{4}(?:\\+u[0-9a-fA-F]{4})*)|(["/bfnrt]))|\\+)')
_XML = lazy_pattern(rb"&(?:amp;)*([a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_URL = lazy_pattern(rb"%(?:25)*([0-9a-fA-F]{2})")

_XML_CHARACTERS = {b"amp": b"&", b"lt": b"<", b"gt": b">", b"quot": b'"', b"apos": b"'"}
_JSON_CHARACTERS = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b'"': b'"', b"/": b"/"}

BLANKS = b" \t\r\n"
ESCAPED = lazy_pattern(rb"[%&\\]")
# What Markdown makes tags of or escapes with, and what CSV doubles.
MARKUP, DOUBLED = b"*_~`\\", b'"'
# A query writes a blank as +; a line of a value may end in a blank where it is shown.
_LIKE_BLANKS = bytes.maketrans(BLANKS, b"++++")
_NO_BREAK = "\N{NO-BREAK SPACE}"
_REPEATED = lazy_pattern(rb'([+"])\1+')
# The first bytes of ignorable characters, of other white space, and of letters and digits of full width; none is ASCII.
_DISGUISE = lazy_pattern(
    rb"\xc2\xad|\xcd\x8f|\xd8\x9c|\xe1(?:\x85[\x9f\xa0]|\x9e[\xb4\xb5]|\xa0[\x8b-\x8f])|\xe2\x80[\x80-\x8f\xaa-\xaf]"
    rb"|\xe2\x81[\x9f-\xaf]|\xe3\x80\x80|\xe3\x85\xa4|\xef[\xb8\xbb-\xbf]|\xf0(?:\x9b\xb2|\x9d\x85)|\xf3\xa0"
)
_ASCII = bytes(range(128))
# A comment may hold a tag; no markup reaches from one stretch of an output to the next.
_BREAK = lazy_pattern(rb"</?(?:br|p|div|li|t[dhr]|d[dt]|h[1-6]|blockquote|pre)\b[^<>]{0,300}>")
_TAG = lazy_pattern(rb"<!--[^\xff]{0,300}?-->|<(?:/?[a-z]|[!?])[^<>]{0,300}>")


def undisguised(content: bytes) -> bytes:
    """Return UTF-8 without invisible characters, and with plain letters in place of others that look the same."""
    if content.isascii() or not _DISGUISE.search(content.translate(None, _ASCII)):
        return content
    text = without_ignorable(content.decode("utf-8", "surrogateescape"))
    return unicodedata.normalize("NFKC", text).encode("utf-8", "surrogateescape")


def unescaped(content: bytes) -> bytes:
    """Return UTF-8 without the escapes of JSON, XML and URLs, in the order in which outputs put them around a text."""
    content = _JSON.sub(_json_characters, content)
    content = _XML.sub(_xml_character, content)
    return _URL.sub(lambda match: bytes.fromhex(match[1].decode()), content)


def folded(content: bytes) -> bytes:
    """Return UTF-8 in one case and one normal form, in which all white space is the same."""
    if not content.isascii():
        text = unicodedata.normalize("NFD", content.decode("utf-8", "surrogateescape").casefold())
        content = text.replace(_NO_BREAK, " ").encode("utf-8", "surrogateescape")
    return content.lower().translate(_LIKE_BLANKS)


def without_markup(content: bytes) -> bytes:
    """Return folded UTF-8 without tags, comments, signs of Markdown, and repeated white space and quotation marks.

    A tag between two lines is white space.
    """
    return _REPEATED.sub(rb"\1", _TAG.sub(b"", _BREAK.sub(b"+", content)).translate(None, MARKUP))


def _xml_character(match: re.Match[bytes]) -> bytes:
    name = match[1]
    return _XML_CHARACTERS.get(name) or html.unescape(f"&{name.decode()};").encode()


def _json_characters(match: re.Match[bytes]) -> bytes:
    if match[1]:
        escapes = re.sub(rb"\\+", rb"\\", match[1]).decode()
        text: str = json.loads(f'"\\{escapes}"')
        return text.encode("utf-8", "surrogatepass")
    return _JSON_CHARACTERS[match[2]] if match[2] else b"\\"
