"""Undo the encodings in which a value may stand in an output: XML, JSON, URL, CSV, and one inside another."""

from __future__ import annotations

import html
import json
import re

# Two encoders on top of each other are undone in two rounds; a text may hold escapes of its own.
_ROUNDS = 6

# Each begins with one literal character, which is what lets `re` skip to it quickly. Escapes that were escaped once
# more in the same way, such as &amp;lt; and \\\\" and %252F, are undone at once.
_XML = re.compile(rb"&(?:amp;)*([a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_JSON = re.compile(rb'\\(?:\\*(?:(u[0-9a-fA-F]{4}(?:\\+u[0-9a-fA-F]{4})*)|(["/bfnrt]))|\\+)')
_URL = re.compile(rb"%(?:25)*([0-9a-fA-F]{2})")

_XML_CHARACTERS = {b"amp": b"&", b"lt": b"<", b"gt": b">", b"quot": b'"', b"apos": b"'"}
_JSON_CHARACTERS = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b'"': b'"', b"/": b"/"}

BLANKS = b" \t\r\n"
ESCAPED = re.compile(rb'[%&\\]|""')
# A query writes a blank as +; a line of a value may end in a blank where it is shown.
_LIKE_BLANKS = bytes.maketrans(BLANKS, b"++++")


def unescaped(content: bytes) -> bytes:
    """Return UTF-8 without the escapes of XML, JSON and URLs."""
    for _ in range(_ROUNDS):
        before = content
        content = _XML.sub(_xml_character, content)
        content = _JSON.sub(_json_characters, content)
        content = _URL.sub(lambda match: bytes.fromhex(match[1].decode()), content)
        if content == before:
            break
    return content


def folded(content: bytes) -> bytes:
    """Return UTF-8 of the same length in which all white space is the same, as it may change on its way."""
    return content.translate(_LIKE_BLANKS)


def unquoted(content: bytes) -> bytes:
    """Return UTF-8 with its quotation marks as CSV has not doubled them yet."""
    while b'""' in content:
        content = content.replace(b'""', b'"')
    return content


def _xml_character(match: re.Match[bytes]) -> bytes:
    name = match[1]
    return _XML_CHARACTERS.get(name) or html.unescape(f"&{name.decode()};").encode()


def _json_characters(match: re.Match[bytes]) -> bytes:
    if match[1]:
        escapes = re.sub(rb"\\+", rb"\\", match[1]).decode()
        text: str = json.loads(f'"\\{escapes}"')
        return text.encode("utf-8", "surrogatepass")
    return _JSON_CHARACTERS[match[2]] if match[2] else b"\\"
