"""Parse XML into elements with lines and columns, without following declarations or references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from feeds.diagnostics.problem import Span
from feeds.lazy_pattern import lazy_pattern
from feeds.lint.lint_rule import LintProblem
from feeds.lint.xml_error import problem_of_error
from feeds.parsers.encoding import declared_encoding
from feeds.parsers.resolve import resolve
from feeds.text import quoted
from feeds.xml_namespaces import XML

MAX_DEPTH = 256  # of libxml2, with which many readers parse
MAX_ELEMENTS = 250_000

_SEPARATOR = "\x1f"  # not in any namespace: invalid in XML
_BUFFER = 1024 * 1024
# Other codecs of Python are not text encodings, or run their own code.
_ENCODINGS = lazy_pattern(
    r"|utf-?8|utf-16(?:[bl]e)?|(?:us-)?ascii|iso-8859-(?:[2-9]|1[013-6]?)|windows-125[0-8]|koi8-[ru]", re.IGNORECASE
)


@dataclass(slots=True, eq=False)
class Element:
    """An element: its name in its namespace, and as written; line and column count from 1.

    `base` is that of its URLs (XML Base), empty if it is unknown.
    """

    name: str
    namespace: str
    label: str
    attributes: dict[str, str]
    line: int
    column: int
    base: str = ""
    children: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    _by_name: dict[tuple[str, str], list[Element]] | None = field(default=None, init=False)

    @property
    def text(self) -> str:
        """Return the text directly in the element."""
        return "".join(self.texts)

    def all(self, name: str, namespace: str | None = None) -> list[Element]:
        """Return the children of that name, in the element's own namespace unless another is given."""
        if self._by_name is None:  # rules ask for many names
            self._by_name = {}
            for child in self.children:
                self._by_name.setdefault((child.namespace, child.name), []).append(child)
        return self._by_name.get((self.namespace if namespace is None else namespace, name), [])

    def first(self, name: str, namespace: str | None = None) -> Element | None:
        """Return the first child of that name."""
        return next(iter(self.all(name, namespace)), None)

    def text_of(self, name: str, namespace: str | None = None) -> str:
        """Return the text of the first child of that name, stripped of white space."""
        child = self.first(name, namespace)
        return child.text.strip() if child else ""

    def xml(self, name: str) -> str | None:
        """Return an attribute of XML itself: `lang` or `base`."""
        return self.attributes.get(f"{XML}{_SEPARATOR}{name}{_SEPARATOR}xml") if self.attributes else None

    def foreign(self, name: str, namespace: str) -> str | None:
        """Return an attribute of another namespace."""
        start = f"{namespace}{_SEPARATOR}{name}{_SEPARATOR}"
        return next((value for key, value in self.attributes.items() if key.startswith(start)), None)

    def resolved(self, address: str) -> str:
        """Return a URL in the element resolved against its base."""
        return resolve(address, self.base) if self.base and address else address

    def problem(self, rule: str, message: str, remedy: str = "") -> LintProblem:
        """Return a problem at this element's start tag."""
        span = Span(self.line, self.column, self.line, self.column + 1 + len(self.label))
        return LintProblem(rule, message, remedy, span)

    def locate(self, problems: Iterable[LintProblem]) -> Iterator[LintProblem]:
        """Yield problems of the element's text or attributes with its span."""
        return (self.problem(*problem[:3]) for problem in problems)


@dataclass(slots=True)
class XmlDocument:
    """A document: its root, its declared encoding, and the namespaces declared and used."""

    root: Element
    encoding: str
    has_declaration: bool
    declared: list[tuple[str, str, int, int]]
    used: set[str]


class _RefusedError(Exception):
    """What the parser reads no further for; it carries the problem."""


class _Builder:
    def __init__(self, encoding: str | None) -> None:
        self.open: list[Element] = []
        self.root: Element | None = None
        self.encoding, self.has_declaration = "", False
        self.declared: list[tuple[str, str, int, int]] = []
        self.used: set[str] = set()
        self.count = 0
        self.parser = parser = expat.ParserCreate(encoding, namespace_separator=_SEPARATOR)
        parser.namespace_prefixes = True
        parser.buffer_text, parser.buffer_size = True, _BUFFER
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._document_type
        parser.SkippedEntityHandler = self._skipped
        parser.StartNamespaceDeclHandler = self._namespace
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:  # noqa: ARG002 - expat's shape
        self.encoding, self.has_declaration = encoding or "", True
        if not _ENCODINGS.fullmatch(self.encoding):
            message = f"the encoding {quoted(self.encoding)} is not supported by readers"
            raise _RefusedError(LintProblem("bad-encoding", message, "write UTF-8"))

    def _document_type(self, name: str, system: str | None, public: str | None, has_subset: int) -> None:  # noqa: ARG002 - expat's shape
        if has_subset:
            raise _RefusedError(LintProblem("xml-doctype", "the document type contains declarations", "remove it"))

    def _skipped(self, name: str, is_parameter: int) -> None:  # noqa: ARG002 - expat's shape
        raise _RefusedError(LintProblem("xml-entity", f"&{name}; is not an XML entity", "write the character itself"))

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        self.declared.append((prefix or "", uri or "", line, column))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, local, label = _names(name)
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        outer = self.open[-1] if self.open else None
        element = Element(local, namespace, label, attributes, line, column, outer.base if outer else "")
        if outer:
            outer.children.append(element)
        else:
            self.root = element
        if base := element.xml("base"):
            element.base = resolve(base, element.base)
        self.open.append(element)
        self.used.add(namespace)
        for attribute in attributes:
            if _SEPARATOR in attribute:
                self.used.add(_names(attribute)[0])
        self.count += 1
        if len(self.open) > MAX_DEPTH:
            message = f"elements are nested more than {MAX_DEPTH} levels deep"
            raise _RefusedError(LintProblem("xml-too-deep", message, "use fewer levels"))
        if self.count > MAX_ELEMENTS:
            message = f"there are more than {MAX_ELEMENTS:,} elements, and the rest was not checked"
            raise _RefusedError(LintProblem("feed-too-large", message, "put fewer items into it"))

    def _end(self, name: str) -> None:  # noqa: ARG002 - expat's shape
        self.open.pop()

    def _text(self, text: str) -> None:
        self.open[-1].texts.append(text)


def parse_xml(content: bytes) -> XmlDocument | LintProblem:
    """Return the elements of a document, or why it cannot be read; nothing external is loaded."""
    is_utf8 = declared_encoding(content).lower() == "utf8"  # a name that many programs write, and expat does not know
    builder = _Builder("UTF-8" if is_utf8 else None)
    parser = builder.parser
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat takes it by position: this is all
    except _RefusedError as refused:
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        problem: LintProblem = refused.args[0]
        return problem._replace(span=Span(line, column, line, column))
    except expat.ExpatError as error:
        opened = [(element.label, element.line) for element in builder.open]
        return problem_of_error(content, error, parser.ErrorByteIndex, opened)
    if builder.root is None:
        return LintProblem("not-well-formed", "the document has no element", "write a feed")
    return XmlDocument(builder.root, builder.encoding, builder.has_declaration, builder.declared, builder.used)


@lru_cache(maxsize=256)
def _names(name: str) -> tuple[str, str, str]:
    """Return the namespace of a name from expat, the name in it, and the name with its prefix."""
    if _SEPARATOR not in name:
        return "", name, name
    namespace, local, *prefix = name.split(_SEPARATOR)
    return namespace, local, ":".join([*prefix, local])
