"""Detect the encoding of a document from its byte order mark, its declaration, or its bytes."""

import codecs
import re
from typing import NamedTuple

from feeds.parsers.guess_encoding import guess_encoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITHOUT_BOM = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"{\0", "utf-16-le"),
    (b"\0{", "utf-16-be"),
)
_DECLARED = re.compile(rb"""^[^<{]*<\?xml[^>]*?\sencoding\s*=\s*["']\s*([A-Za-z0-9._:-]+)\s*["']""")
_EBCDIC = b"\x4c\x6f\xa7\x94"  # "<?xm" (XML 1.0, appendix F)
_WIDE = ("utf-16", "utf-32")
# Codecs of Python that no document uses; UTF-7 hides markup in the bytes.
_REFUSED = {"utf_7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "mbcs", "oem"}
# Names that stand for a superset (WHATWG Encoding Standard).
_MEANT = {
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
# Names of the Encoding Standard that Python does not have; others begin with "x-" alone.
_ALSO_CALLED = {
    "iso-8859-8-i": "iso-8859-8",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "windows-949": "cp949",
    "ks_c_5601-1989": "cp949",
    "ksc_5601": "cp949",
    "gb_2312-80": "gb18030",
    "cn-big5": "big5",
    "mac": "mac-roman",
    "csmacintosh": "mac-roman",
    "mac-ukrainian": "mac-cyrillic",
    "koi8-ru": "koi8-u",
}
# The beginnings of documents in encodings that do not have ASCII as a part.
_UNLIKE_ASCII = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, *(start for start, _ in _WITHOUT_BOM), b"\0\0", _EBCDIC)


class DecodedText(NamedTuple):
    """A text, its actual encoding, and the one that it declared, if that was wrong."""

    text: str
    encoding: str
    wrong: str = ""


def decode(data: bytes) -> DecodedText:
    """Return a document as text; invalid bytes become U+FFFD."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            rest = data[len(bom) :]
            return _strict(rest, encoding) or DecodedText(rest.decode(encoding, "replace"), encoding)
    guessed = next((encoding for start, encoding in _WITHOUT_BOM if data.startswith(start)), "")
    declared = guessed or declared_encoding(data)
    if not guessed and _name(declared).startswith(_WIDE):  # else the declaration is unreadable
        return (_strict(data, "utf-8") or _western(data))._replace(wrong=declared)
    is_western = _name(declared) == "cp1252"  # whose letters are rarely UTF-8 by chance
    candidates = ("utf-8", declared) if is_western else (declared, "utf-8")
    decoded = next((found for encoding in candidates if (found := _strict(data, encoding))), None) or _almost_utf8(data)
    decoded = decoded or _strict(data, guess_encoding(data)) or _western(data)
    is_wrong = declared and decoded.encoding != _name(declared) and not (is_western and data.isascii())
    return decoded._replace(wrong=declared) if is_wrong else decoded


def with_ascii(data: bytes) -> bytes:
    """Return a document whose encoding does not have ASCII as a part in UTF-8, and others as they are."""
    return decode(data).text.encode() if data.startswith(_UNLIKE_ASCII) else data


def declared_encoding(data: bytes) -> str:
    """Return the encoding in an XML declaration, or ""."""
    head = data[:1024]
    if head.startswith(_EBCDIC):
        head = head.decode("cp037").encode("ascii", "replace")
    found = _DECLARED.match(head)
    return found[1].decode() if found else ""


def _strict(data: bytes, encoding: str) -> DecodedText | None:
    name = _name(encoding)
    try:
        return DecodedText(data.decode(name), name) if name else None
    except (UnicodeError, LookupError):
        return None


def _western(data: bytes) -> DecodedText:
    return DecodedText(data.decode("cp1252", "replace"), "cp1252")


def _almost_utf8(data: bytes) -> DecodedText | None:
    """Return a text in UTF-8 except for a few bytes of Windows-1252."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return DecodedText(data.decode("utf-8", "feeds-cp1252"), "utf-8") if good > bad else None


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("feeds-cp1252", _as_windows)


def _name(encoding: str) -> str:
    encoding = encoding.lower().removeprefix("x-")
    try:
        info = codecs.lookup(_ALSO_CALLED.get(encoding, encoding))
    except (LookupError, ValueError):
        return ""
    name = _MEANT.get(info.name, info.name)
    return name if name.replace("-", "_") not in _REFUSED and getattr(info, "_is_text_encoding", True) else ""
