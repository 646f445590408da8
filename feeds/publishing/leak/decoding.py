"""Undo the encodings in which a value may stand in an output: XML, JSON, URL, CSV, base64, and one inside another.

An output is decoded as a whole, and so is the value that is looked for. What encoders have made of the value then
reads like the value itself, in whatever order and however often they were at work.
"""

from __future__ import annotations

import html
import json
import re
from binascii import a2b_base64
from collections.abc import Iterable, Iterator
from string import ascii_letters, digits

# Two encoders on top of each other are undone in two rounds; a text may hold escapes of its own.
_ROUNDS = 6

# Each begins with one literal character, which is what lets `re` skip to it quickly. Escapes that were escaped once
# more in the same way, such as &amp;lt; and \\\\" and %252F, are undone at once.
_XML = re.compile(rb"&(?:amp;)*([a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_JSON = re.compile(rb'\\(?:\\*(?:(u[0-9a-fA-F]{4}(?:\\+u[0-9a-fA-F]{4})*)|(["/bfnrt]))|\\+)')
_URL = re.compile(rb"%(?:25)*([0-9a-fA-F]{2})")

_XML_CHARACTERS = {b"amp": b"&", b"lt": b"<", b"gt": b">", b"quot": b'"', b"apos": b"'"}
_JSON_CHARACTERS = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b'"': b'"', b"/": b"/"}
# `find` is some times as quick as `re` at finding a run of characters of one kind, once they are all one character.
_BASE64 = (ascii_letters + digits + "+/-_").encode()
_OTHER = b"\1"
_IS_OTHER = bytes(byte not in _BASE64 for byte in range(256))
_STANDARD_BASE64 = bytes.maketrans(b"-_", b"+/")
# A query writes a blank as +; a line of a value may end in a blank where it is shown.
_ALIKE = bytes.maketrans(b"+\n\t", b"   ")


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


def alike(content: bytes) -> bytes:
    """Return unescaped UTF-8 in the form in which values are compared.

    White space counts as blanks, and quotation marks are as CSV has not doubled them yet.
    """
    content = content.translate(_ALIKE, b"\r")
    while b'""' in content:
        content = content.replace(b'""', b'"')
    return content


def base64_runs(content: bytes, shortest: int) -> set[bytes]:
    """Return what may be base64 in unescaped content: so many or more of its characters, line breaks taken out."""
    content = content.translate(None, b"\r\n")
    others = content.translate(_IS_OTHER)
    runs = set()
    start = others.find(bytes(shortest))
    while start >= 0:
        end = others.find(_OTHER, start)
        end = len(content) if end < 0 else end
        runs.add(content[start:end])
        start = others.find(bytes(shortest), end)
    return runs


def from_base64(runs: Iterable[bytes]) -> bytes:
    """Return, unescaped, what runs of either of base64's alphabets stand for.

    What is looked for may begin anywhere in a run, so each is decoded as if its first character were the first,
    second, third and fourth of a group.
    """
    return unescaped(b"\n".join(decoded for run in runs for decoded in _decoded(run)))


def _decoded(run: bytes) -> Iterator[bytes]:
    run = run.translate(_STANDARD_BASE64)
    for lead in range(4):
        rest = -(lead + len(run)) % 4
        decoded = a2b_base64(b"A" * lead + run + b"A" * rest)
        # A byte that is made of what was filled in might look like the beginning of an escape.
        yield decoded[lead : len(decoded) - rest]


def _xml_character(match: re.Match[bytes]) -> bytes:
    name = match[1]
    return _XML_CHARACTERS.get(name) or html.unescape(f"&{name.decode()};").encode()


def _json_characters(match: re.Match[bytes]) -> bytes:
    if match[1]:
        escapes = re.sub(rb"\\+", rb"\\", match[1]).decode()
        text: str = json.loads(f'"\\{escapes}"')
        return text.encode("utf-8", "surrogatepass")
    return _JSON_CHARACTERS[match[2]] if match[2] else b"\\"
