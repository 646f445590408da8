"""The front matter and body of a file, with the position of each value."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from feeds.diagnostics.positions import locate, span_of
from feeds.diagnostics.problem import Problem, Route, Span, problem_at
from feeds.frontmatter.dialect import RECORDS, Dialect
from feeds.frontmatter.fast_yaml import read_fast
from feeds.frontmatter.syntax_problem import SyntaxProblem
from feeds.frontmatter.yaml_tree import YamlTree
from feeds.text import code_point

if TYPE_CHECKING:
    from feeds.frontmatter.fences import FrontMatter
    from feeds.frontmatter.indexed_tree import FrontMatterTree
    from feeds.model.record import MarkdownDialect

MAX_FRONT_MATTER = 1024 * 1024

# UTF-32 comes first, as its little-endian byte order mark begins with that of UTF-16.
_OTHER_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_LONE_CR = re.compile(r"\r(?!\n)")
_BLANK_LINES = re.compile(r"(?:[^\S\n]*\n)+|\s+\Z")
# Not printable in YAML 1.2.2 (section 5.1); libyaml rejects these without a position.
_NOT_PRINTABLE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
_BYTE_ORDER_MARK = "\ufeff"


class Document(NamedTuple):
    """One file: its text, its front matter as plain data, and its body.

    `path` uses forward slashes; `start` and `body_start` are the character offsets of front matter and body in `text`.
    Byte order marks inside the front matter are left out of it; `stray_mark` is the span of the first. `warnings` are
    what its dialect allows, although a part of the text has no effect.
    """

    path: str
    text: str
    start: int
    tree: FrontMatterTree
    body: str
    body_start: int
    has_byte_order_mark: bool = False
    stray_mark: Span | None = None
    is_rendered: bool = False
    markdown: MarkdownDialect = "markdown"
    warnings: tuple[Problem, ...] = ()

    @property
    def has_html_body(self) -> bool:
        """Return whether the body is HTML, written or rendered."""
        return self.is_rendered or self.path.lower().endswith((".html", ".htm"))

    @property
    def data(self) -> Any:
        """Return the front matter: a mapping unless there is a problem."""
        return self.tree.data

    def problem(self, route: Route, rule: str, message: str, remedy: str = "", *, at_key: bool = False) -> Problem:
        """Return a problem at a value in the front matter, or at its key."""
        return problem_at(self.path, self.span(route, at_key=at_key), rule, message, remedy, route)

    def span(self, route: Route, *, at_key: bool = False) -> Span:
        """Return the span of a value in the front matter, or of its key."""
        start, end = self.tree.extent(route, at_key=at_key)
        return span_of(self.text, self.start + start, self.start + end)

    def source(self, route: Route) -> str:
        """Return the source text of a value, with its quotes."""
        start, end = self.tree.extent(route)
        return self.text[self.start + start : self.start + end]

    def body_problem(self, start: int, end: int, rule: str, message: str, remedy: str) -> Problem:
        """Return a problem between two character offsets of the body."""
        return problem_at(self.path, self.body_span(start, end), rule, message, remedy)

    def body_span(self, start: int, end: int) -> Span:
        """Return the span in the file of the text between two character offsets of the body."""
        line, column = locate(self.text, self.body_start)
        written, is_unchanged = _written(self.text, self.body_start, self.body)
        if not is_unchanged:
            from feeds.frontmatter.written_offset import written_offset  # noqa: PLC0415 - few bodies were changed

            length = end - start
            start = written_offset(written, self.body, start)
            end = start + length
        return span_of(written, start, min(end, len(written))).moved(line, column)


def parse_document(path: str, content: bytes, dialect: Dialect = RECORDS) -> Document | list[Problem]:
    """Parse a file into a document, or return the problems that make this impossible."""
    has_byte_order_mark = content.startswith(codecs.BOM_UTF8)
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return [_not_utf8(path, content, error)]
    text = _LONE_CR.sub("\n", text)  # python-frontmatter supports only LF and CRLF
    lead = len(text) - len(text.lstrip())
    if "\0" in text:
        nul = text.index("\0")
        message, remedy = "a NUL character: this is not text", "save the file as UTF-8 text"
        return [problem_at(path, span_of(text, nul, nul + 1), "illegal-character", message, remedy)]
    from feeds.frontmatter.fences import split_front_matter  # noqa: PLC0415 - plain files need no PyYAML

    split = split_front_matter(path, text, lead, dialect)
    if isinstance(split, SyntaxProblem):
        return [_problem_of(split, path, text)]
    loaded = _load(path, *_without_marks(text, split), dialect)
    if not isinstance(loaded, Document):
        return loaded
    stray = split.text.find(_BYTE_ORDER_MARK)
    stray_mark = span_of(text, split.start + stray, split.start + stray + 1) if stray >= 0 else None
    return loaded._replace(has_byte_order_mark=has_byte_order_mark, stray_mark=stray_mark)


@lru_cache(maxsize=2)
def _written(text: str, start: int, body: str) -> tuple[str, bool]:
    """Return the body as it is written in the file, and whether it was taken as it is."""
    written = text[start:].replace("\r\n", "\n")
    return written, written.startswith(body)


def _without_marks(text: str, split: FrontMatter) -> tuple[str, FrontMatter]:
    """Return text and front matter without the byte order marks inside the latter."""
    if _BYTE_ORDER_MARK not in split.text:
        return text, split
    clean = split.text.replace(_BYTE_ORDER_MARK, "")
    return text[: split.start] + clean + text[split.start + len(split.text) :], split._replace(text=clean)


def _load(path: str, text: str, split: FrontMatter, dialect: Dialect) -> Document | list[Problem]:
    def at(problem: SyntaxProblem) -> Problem:
        return _problem_of(problem, path, text, split.start)

    lead = len(split.text) - len(split.text.lstrip("\r\n"))
    if problem := _unfit(split.text, lead):
        return [at(problem)]
    tree = split.load(split.text)
    problems = [at(problem) for problem in tree.problems]
    if not all(dialect.may_repeat_keys and problem.rule == "duplicate-key" for problem in problems):
        return problems
    if tree.data is None and dialect.is_optional:
        tree = tree.with_data({})
    if not isinstance(tree.data, dict):
        what = "is empty" if tree.data is None else "is not a mapping of keys to values"
        extent = tree.extent(()) if tree.root else (lead, lead)
        return [at(SyntaxProblem(extent, "not-a-mapping", f"the front matter {what}", "write `key: value` lines"))]
    body, body_start = _trimmed(text, split.body)
    warnings = tuple(problem._replace(severity="warning") for problem in problems)
    return Document(path, text, split.start, tree, body, body_start, warnings=warnings)


def _unfit(front_matter: str, lead: int) -> SyntaxProblem | None:
    """Return a problem that prevents loading front matter in any language."""
    if len(front_matter) > MAX_FRONT_MATTER:
        message = f"the front matter is longer than {MAX_FRONT_MATTER:,} characters"
        return SyntaxProblem((lead, lead), "too-large", message, "move the long text behind the front matter")
    if bad := re.search(_NOT_PRINTABLE, front_matter):
        message = f"the front matter holds the character {code_point(bad[0])}, which YAML does not allow"
        return SyntaxProblem(bad.span(), "illegal-character", message, "remove it")
    return None


def plain_document(path: str, content: bytes) -> Document | None:
    """Parse a file with plain YAML; return None if it needs `parse_document`."""
    end = content.find(b"\n---", 3)
    is_plain = content.startswith(b"---\n") and end > 0 and content[end + 4 : end + 5] in {b"", b"\n"}
    if not is_plain or b"\r" in content or b"\0" in content:
        return None
    try:
        text, front_matter = content.decode(), content[3 : end + 1].decode()
    except UnicodeDecodeError:
        return None
    data = read_fast(front_matter, content[3 : end + 1])
    if data is None:
        return None
    body, body_start = _trimmed(text, text[len(front_matter) + 6 :])
    if body and _may_have_keys(body):
        return None
    return Document(path, text, 3, YamlTree(front_matter, data), body, body_start)


def _may_have_keys(body: str) -> bool:
    from feeds.frontmatter.stray import stray_front_matter  # noqa: PLC0415 - many records have no body

    return body.startswith(("---", "+++")) or stray_front_matter(body, is_behind_other=True) is not None


def _trimmed(text: str, body: str) -> tuple[str, int]:
    """Return the body without blank lines around it, and its offset."""
    # Only blank lines are removed: indentation means code in Markdown.
    blank = _BLANK_LINES.match(body)
    body = body[blank.end() :] if blank else body
    return body.rstrip().replace("\r\n", "\n"), len(text) - len(body)


def _problem_of(problem: SyntaxProblem, path: str, text: str, start: int = 0) -> Problem:
    span = span_of(text, start + problem.extent[0], start + problem.extent[1])
    return problem_at(path, span, problem.rule, problem.message, problem.remedy)


def _not_utf8(path: str, content: bytes, error: UnicodeDecodeError) -> Problem:
    before = content[: error.start].decode("utf-8")
    encoding = next((name for mark, name in _OTHER_ENCODINGS if content.startswith(mark)), "")
    said = f"the file is {encoding}" if encoding else f"the byte 0x{content[error.start]:02x} is not UTF-8"
    return problem_at(path, span_of(before, len(before), len(before)), "not-utf-8", said, "save the file as UTF-8")
