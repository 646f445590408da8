"""Explain why XML is not well-formed."""

from collections.abc import Callable, Sequence
from typing import NamedTuple
from xml.parsers import expat

from feeds import text
from feeds.diagnostics.problem import Span
from feeds.lazy_pattern import lazy_pattern
from feeds.lint.lint_rule import LintProblem

_ENTITY = lazy_pattern(r"&([^\s;&<]{1,40});")
_REFERENCE = lazy_pattern(r"&#(x[0-9a-fA-F]{1,8}|[0-9]{1,10});")
_AROUND = 400
_SHOWN = 20


class _Stop(NamedTuple):
    """Where a parser stopped: the byte before, the bytes after, and the open elements with their lines."""

    before: bytes
    behind: bytes
    opened: Sequence[tuple[str, int]]

    @property
    def text(self) -> str:
        return self.behind.decode("utf-8", "replace")

    @property
    def innermost(self) -> str:
        name, line = self.opened[-1]
        return f"<{name}> of line {line}"


def problem_of_error(
    content: bytes, error: expat.ExpatError, index: int, opened: Sequence[tuple[str, int]]
) -> LintProblem:
    """Return the problem that stopped the parser at a byte, given the open elements with their lines."""
    line, column = error.lineno, error.offset + 1
    said = expat.ErrorString(error.code)
    index = max(index, 0)
    stop = _Stop(content[max(index - 1, 0) : index], content[index : index + _AROUND], opened)
    found = _PROBLEMS[said](stop) if said in _PROBLEMS else _not_well_formed(said)
    return found._replace(span=Span(line, column, line, column))


def _not_well_formed(reason: str, remedy: str = "fix the program that writes it") -> LintProblem:
    return LintProblem("not-well-formed", f"the XML is broken: {reason}", remedy)


def _entity(stop: _Stop) -> LintProblem:
    entity = _ENTITY.match(stop.text)
    message = f"&{entity[1]}; is not an XML entity" if entity else "the document refers to an unknown entity"
    return LintProblem("xml-entity", message, "write the character itself")


def _token(stop: _Stop) -> LintProblem:
    reference, forbidden = _REFERENCE.match(stop.text), text.NOT_XML.match(stop.text)
    if reference:
        return LintProblem("forbidden-character", f"{reference[0]} is not an XML character", "leave it out")
    if forbidden:
        message = f"XML does not allow the character {text.code_point(forbidden[0])}"
        return LintProblem("forbidden-character", message, "leave it out")
    if not _is_utf8(stop.behind):
        return LintProblem("bad-encoding", "these bytes are not UTF-8 text", "write UTF-8, or declare the encoding")
    if stop.before == b"&" or stop.behind.startswith(b"&"):
        return _not_well_formed("an ampersand is not escaped", "write &amp;")
    return _not_well_formed(f"{text.quoted(stop.text[:_SHOWN])} is not allowed here")


def _mismatch(stop: _Stop) -> LintProblem:
    return _not_well_formed(f"{stop.innermost} is not closed here", f"write </{stop.opened[-1][0]}>")


def _end(stop: _Stop) -> LintProblem:
    if not stop.opened:
        return _not_well_formed("the document has no element", "write a feed")
    return _not_well_formed(f"the file ends before {stop.innermost} is closed", "publish the complete file")


def _torn(stop: _Stop) -> LintProblem:
    return _not_well_formed(f"the file ends inside of {text.quoted(stop.text[:_SHOWN])}", "publish the complete file")


def _encoding(_: _Stop) -> LintProblem:
    return LintProblem("bad-encoding", "the file is not in the encoding that it declares", "write UTF-8")


def _is_utf8(part: bytes) -> bool:
    try:
        part.decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True


_PROBLEMS: dict[str, Callable[[_Stop], LintProblem]] = {
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: _entity,
    expat.errors.XML_ERROR_INVALID_TOKEN: _token,
    expat.errors.XML_ERROR_BAD_CHAR_REF: _token,
    expat.errors.XML_ERROR_TAG_MISMATCH: _mismatch,
    expat.errors.XML_ERROR_NO_ELEMENTS: _end,
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: _torn,
    expat.errors.XML_ERROR_UNBOUND_PREFIX: lambda _: _not_well_formed(
        "a namespace prefix is not declared", "declare its namespace"
    ),
    expat.errors.XML_ERROR_UNKNOWN_ENCODING: _encoding,
    expat.errors.XML_ERROR_INCORRECT_ENCODING: _encoding,
}
