"""Find out in which encoding a document is: by its byte order mark, its declaration, then by what its bytes are."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

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
    (b"\x4c\x6f\xa7\x94", "cp037"),  # "<?xm" in EBCDIC (XML 1.0, appendix F)
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']\s*([A-Za-z0-9._:-]+)\s*["']""")
_DETECTED_FROM = 64 * 1024
# What pages call an encoding and mean its superset (WHATWG Encoding Standard).
_MEANT = {"iso8859-1": "cp1252", "ascii": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}


class Decoded(NamedTuple):
    """A text, the encoding that it was in, and the one that it claimed to be in, if that was wrong."""

    text: str
    encoding: str
    wrong: str = ""


def decode(data: bytes) -> Decoded:
    """Return a document as text; bytes that mean nothing become U+FFFD."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            return _strict(rest, encoding) or Decoded(rest.decode(encoding, "replace"), encoding)
    guessed = next((encoding for start, encoding in _WITHOUT_BOM if data.startswith(start)), "")
    declared = guessed or declared_encoding(data)
    decoded = (_strict(data, declared) if declared else None) or _strict(data, "utf-8")
    decoded = decoded or _strict(data, _detect(data)) or Decoded(data.decode("cp1252", "replace"), "cp1252")
    is_wrong = declared and decoded.encoding != _name(declared)
    return decoded._replace(wrong=declared) if is_wrong else decoded


def declared_encoding(data: bytes) -> str:
    """Return the encoding that an XML declaration names, or nothing."""
    found = _DECLARED.match(data[:1024])
    return found[1].decode() if found else ""


def _strict(data: bytes, encoding: str) -> Decoded | None:
    name = _name(encoding)
    try:
        return Decoded(data.decode(name), name) if name else None
    except (UnicodeError, LookupError):
        return None


def _name(encoding: str) -> str:
    try:
        info = codecs.lookup(encoding)
    except (LookupError, ValueError):
        return ""
    name = _MEANT.get(info.name, info.name)
    return name if getattr(info, "_is_text_encoding", True) else ""


def _detect(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few documents need it

    best = from_bytes(data[:_DETECTED_FROM]).best()
    return best.encoding if best else ""
