"""Open XML and repair what is not well-formed; each repair is noted with its line.

Nothing is fetched, and only plain-text entities of the document are expanded.
"""

import html
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from html.entities import html5
from typing import Any

from lxml import etree

from feeds.lazy_pattern import lazy_pattern
from feeds.parsers.encoding import declared_encoding, decode
from feeds.parsers.namespaces import local_name
from feeds.parsers.parsed import CUT_OFF, MOST, Notes
from feeds.parsers.xml_reader import OPTIONS, NotWellFormedError, XmlReader
from feeds.text import NOT_XML

_DOCTYPE = lazy_pattern(r"<!DOCTYPE\s[^\[>]*(?:\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*\]\s*)?>", re.IGNORECASE)
_ELEMENT = lazy_pattern(r"<[A-Za-z]")
_ENTITY = lazy_pattern(r"""<!ENTITY\s+([\w.-]+)\s+(?:"([^"&%<]{0,1000})"|'([^'&%<]{0,1000})')\s*>""")
_PARTS = lazy_pattern(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|&|<(?![^\W\d]|[:/!?])", re.DOTALL)
_REFERENCE = lazy_pattern(r"&(#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|([A-Za-z_][\w.-]{0,40});)?|<")
_NUMBER = lazy_pattern(rb"&(#(?:\d{1,7}|x[0-9a-f]{1,6});)", re.IGNORECASE)  # anywhere, as libxml2 can be elsewhere
_NAMESPACE = lazy_pattern(r"""(\sxmlns(?::[\w.-]+)?\s*=\s*)(["'])([^"'<]{1,1000})\2""")
# Begins with a character, which is fast to find, and looks back from there.
_RELATIVE = re.compile(rb"""=(?:(?<=url=|ref=|src=|img=)|(?<=\s=))\s*["'](?!https?://)""")
# Control characters that are read as Windows-1252, as in browsers.
_OF_WINDOWS = (re.compile(rb"\xc2[\x80-\x9f]"), re.compile(rb"&#(?:1(?:2[89]|[345]\d)|x[89]\w);"))
_CONTROLS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_CONTROL = lazy_pattern("[\x80-\x9f]")
_CALLED = {"&": "an ampersand", "<": "a less-than sign"}
_XML_NAMES = {"amp", "lt", "gt", "quot", "apos"}
_DECLARATION = lazy_pattern(r"<\?xml\b[^<>]*\?>")
_FIRST_TAG = lazy_pattern(r"<(?:\?xml|!DOCTYPE|!--|(?:\w{1,20}:)?(?:rss|rdf|feed|entry|channel|opml)\b)", re.IGNORECASE)
_UTF_8 = {"", "utf-8", "utf8"}
_LONGEST_SHOWN = 100
_MOST_REPAIRS = 100_000
_NO_MESSAGE = "Unregistered error message"  # libxml2's text for errors that have none
_WITHOUT_LOSS = "NS_ERR_UNDEFINED_NAMESPACE"
_LIMITS = ("Resource limit", "CData section too big")
_TOO_DEEP = f"boolean({'/*' * 257})"  # as deep as libxml2 goes by itself
_ADVICE_OF_LIBXML2 = lazy_pattern(r",? (?:try|use) XML_PARSE_HUGE\b.*")  # for programmers


def xml_readers(data: bytes, notes: Notes) -> Iterator[XmlReader]:
    """Yield a reader of a document, and of a repaired one for as long as it turns out not to be well-formed."""
    if len(data) > MOST["tags"]:
        notes.count("tags", data.count(b"<"))
    _note_attributes(data, notes)
    is_plain = b"<!DOCTYPE" not in data and not any(pattern.search(data) for pattern in _OF_WINDOWS)
    if is_plain and declared_encoding(data).lower() in _UTF_8:
        yield from _opened(data)
    notes.is_mended = True
    mended = _mended(data, notes)
    _note_attributes(mended, notes)
    yield from _opened(mended)
    root = _recover(mended, notes)
    if root is not None:
        yield XmlReader(mended, root)


def _opened(data: bytes) -> Iterator[XmlReader]:
    with suppress(NotWellFormedError):
        yield XmlReader(data)


def _note_attributes(data: bytes, notes: Notes) -> None:
    """Note what makes elements slow to read, and is rare."""
    has_any = b"xml:" in data
    notes.has_bases = has_any and b"xml:base" in data
    notes.has_languages = has_any and b"xml:lang" in data
    notes.has_relative = bool(_RELATIVE.search(data))


def _mended(data: bytes, notes: Notes) -> bytes:
    decoded = decode(data)
    if decoded.wrong or (not decoded.encoding.startswith("utf-") and not declared_encoding(data)):
        said = f"says that it is in {decoded.wrong}" if decoded.wrong else "is not UTF-8 and declares no encoding"
        message = f"the document {said}; it was read as {decoded.encoding}"
        notes.add("bad-encoding", message, f"declare the encoding {decoded.encoding}")
    return _mend(decoded.text, notes).encode()


def _recover(data: bytes, notes: Notes) -> Any:
    """Return the root of what libxml2 can read of a document, and note what it could not."""
    data = _NUMBER.sub(lambda found: b"" if _mended_number(found[1].decode()) == "" else found[0], data)
    parser = etree.XMLParser(recover=True, **OPTIONS)
    root = _tree(data, parser)
    if any(error.message.startswith(_LIMITS) for error in parser.error_log):  # the document itself is limited
        boundless = etree.XMLParser(recover=True, huge_tree=True, **OPTIONS)
        whole = _tree(data, boundless)
        if whole is not None and not whole.xpath(_TOO_DEEP):
            root, parser = whole, boundless
    _note_errors(parser, notes)
    if root is not None:
        _note_cut(data, local_name(root.tag), notes)
    return root


def _note_errors(parser: etree.XMLParser, notes: Notes) -> None:
    for error in parser.error_log:
        message = _ADVICE_OF_LIBXML2.sub("", " ".join(str(error.message).split()))[:_LONGEST_SHOWN]
        if message == _NO_MESSAGE:
            message = error.type_name.removeprefix("ERR_").replace("_", " ").lower()
        is_limit = message.startswith(_LIMITS)
        remedy = f"{'make texts shorter' if is_limit else 'write well-formed XML'}; what follows may be missing"
        rule = CUT_OFF if is_limit else "not-well-formed" if error.type_name == _WITHOUT_LOSS else "left-out"
        notes.add(rule, f"XML: {message}", remedy, error.line or 1, error.column or 1)


def _note_cut(data: bytes, root: str, notes: Notes) -> None:
    """Note that the end of the root element is missing."""
    if not re.search(rb"</(?:[\w.-]+:)?%s\s*>" % re.escape(root.encode()), data, re.IGNORECASE):
        message = f"the document is cut off before </{root[:_LONGEST_SHOWN]}>"
        notes.add(CUT_OFF, message, "get the whole document", data.rstrip().count(b"\n") + 1)


def _tree(data: bytes, parser: etree.XMLParser) -> Any:
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _mend(text: str, notes: Notes) -> str:
    """Return a document without its document type, stray ampersands, unknown entities and forbidden characters."""
    text = _without_beginning(text.lstrip("\ufeff"), notes)
    text, entities = _without_doctype(text)
    if notes.note_forbidden(text):
        text = NOT_XML.sub("", text)
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        notes.add("bad-encoding", "control characters stand for those of Windows-1252", "write them in Unicode", line)
        text = text.translate(_CONTROLS)
    text = _trim_namespaces(text, notes)
    return _mend_references(text, entities, notes)


def _without_beginning(text: str, notes: Notes) -> str:
    """Return a document without its XML declaration and what precedes it."""
    first = _FIRST_TAG.search(text)
    start = first.start() if first else max(0, text.find("<"))
    if text[:start].strip():
        notes.add("not-well-formed", "XML: there is text before the document", "leave it out")
    declaration = _DECLARATION.match(text, start)
    end = declaration.end() if declaration else start
    return "\n" * text.count("\n", 0, end) + text[end:]


def _trim_namespaces(text: str, notes: Notes) -> str:
    """Return a document with namespaces stripped of blanks, which libxml2 would leave undeclared."""
    padded = next((found for found in _NAMESPACE.finditer(text) if found[3] != found[3].strip()), None)
    if padded is None:
        return text
    line = text.count("\n", 0, padded.start()) + 1
    notes.add("not-well-formed", "XML: a namespace has blanks at its ends", "leave them out", line)
    return _NAMESPACE.sub(lambda found: f"{found[1]}{found[2]}{found[3].strip()}{found[2]}", text)


def _without_doctype(text: str) -> tuple[str, dict[str, str]]:
    element, start = _ELEMENT.search(text), text.find("<!")
    while start >= 0 and text[start + 2 : start + 9].upper() != "DOCTYPE":
        start = text.find("<!", start + 2)
    found = _DOCTYPE.match(text, start) if start >= 0 and not (element and element.start() < start) else None
    if not found:
        return text, {}
    entities = {name: double or single for name, double, single in _ENTITY.findall(found[0])}
    return text[: found.start()] + "\n" * found[0].count("\n") + text[found.end() :], entities


def _mend_references(text: str, entities: dict[str, str], notes: Notes) -> str:
    parts, at, line, counted = list[str](), 0, 1, 0
    for part in _PARTS.finditer(text):
        if part[0] not in {"&", "<"}:
            continue
        found = _REFERENCE.match(text, part.start())
        mended = _mended_reference(found, entities) if found else None
        if found is None or mended is None:
            continue
        line += text.count("\n", counted, part.start())
        counted = part.start()
        shown = f"the entity {found[0]} is not declared" if found[2] else f"{_CALLED[part[0]]} is not escaped"
        shown = f"{found[0]} is not a character" if found[1] and not found[2] else shown
        if found[2] not in entities:
            rule, remedy = ("not-well-formed", f"write {mended}") if mended else ("left-out", "leave it out")
            notes.add(rule, f"XML: {shown}", remedy, line)
        parts += [text[at : part.start()], mended]
        at = found.end()
        if len(parts) > _MOST_REPAIRS:  # libxml2 omits the rest of them
            break
    return "".join([*parts, text[at:]])


def _mended_number(reference: str) -> str | None:
    """Return the correction of `#160;` or `#xa0;`: "" if XML cannot contain it, None if it is right."""
    digits = reference[1:-1].lower()
    number = int(digits[1:], 16) if digits[0] == "x" else int(digits)
    if number in _CONTROLS:
        return f"&#{ord(_CONTROLS[number])};"
    return None if number <= sys.maxunicode and not NOT_XML.match(chr(number)) else ""


def _mended_reference(found: re.Match[str], entities: dict[str, str]) -> str | None:
    """Return the correction of a reference; None if it is right."""
    name = found[2]
    if name in _XML_NAMES:
        return None
    if name in entities:
        return html.escape(html.unescape(entities[name]))
    if name and f"{name};" in html5:
        return "".join(f"&#{ord(character)};" for character in html5[f"{name};"])
    if found[1] and not name and found[1][1] == "X":
        return f"&#x{found[1][2:]}"
    if found[1] and not name:
        return _mended_number(found[1])
    return html.escape(found[0][0]) + found[0][1:]
