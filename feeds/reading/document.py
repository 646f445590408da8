"""Split a file's bytes into front matter and body, and keep the place of every value."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from frontmatter.default_handlers import YAMLHandler

from feeds.problem import Problem, Severity
from feeds.reading import core_yaml

Route = tuple[str | int, ...]

MAX_FRONT_MATTER = 1024 * 1024

_HANDLER = YAMLHandler()
_LONE_CR = re.compile(r"\r(?!\n)")
_LINE_END = re.compile(r"\r\n|\n|\r")
# What YAML 1.2.2 (section 5.1) does not count as printable; libyaml refuses it without a place.
_NOT_PRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Document:
    """Hold one file: its text, its front matter as plain data, and its body.

    `path` uses forward slashes; `start` and `body_start` are the character offsets of front matter and body in `text`.
    """

    path: str
    text: str
    start: int
    tree: core_yaml.Tree
    body: str
    body_start: int

    @property
    def data(self) -> Any:
        """Return the front matter: a mapping unless there is a problem."""
        return self.tree.data

    def place(self, route: Route, *, at_key: bool = False) -> tuple[int, int]:
        """Return line and column of the value at a route in the front matter, or of that value's key."""
        return locate(self.text, self.start + self.tree.offset(route, at_key=at_key))

    def problem(
        self,
        route: Route,
        rule: str,
        message: str,
        remedy: str = "",
        *,
        severity: Severity = "error",
        at_key: bool = False,
    ) -> Problem:
        """Return a Problem placed at the value at a route in the front matter, or at that value's key."""
        return Problem(self.path, *self.place(route, at_key=at_key), rule, message, remedy, severity)

    def body_problem(
        self, offset: int, rule: str, message: str, remedy: str, *, severity: Severity = "error"
    ) -> Problem:
        """Return a Problem placed at a character offset of the body."""
        removed = self.text.count("\r\n", self.body_start, self.body_start + offset)
        return Problem(
            self.path, *locate(self.text, self.body_start + offset + removed), rule, message, remedy, severity
        )


def parse_document(path: str, content: bytes) -> Document | list[Problem]:
    """Return the document that a file's bytes hold, or what keeps them from being one."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return [_not_utf8(path, content, error)]
    if "\0" in text:
        remedy = "save the file as UTF-8 text"
        return [_at(path, text, text.index("\0"), "control-character", "a NUL character: this is not text", remedy)]
    text = _LONE_CR.sub("\n", text)  # python-frontmatter knows LF and CRLF only
    stripped = text.lstrip()
    if not _HANDLER.detect(stripped):
        lead = len(text) - len(stripped)
        return [_at(path, text, lead if stripped else 0, "no-front-matter", *_no_front_matter(stripped))]
    try:
        front_matter, body = _HANDLER.split(stripped)
    except ValueError:
        remedy = "end the front matter with a line that holds only ---"
        message = "the front matter is opened here with --- but never closed"
        return [_at(path, text, len(text) - len(stripped), "unclosed-front-matter", message, remedy)]
    # The fence takes the blank lines behind it along, so the front matter begins at its first character.
    start = text.index(front_matter, text.index("---") + 3)
    return _load(path, text, start, front_matter, body)


def locate(text: str, offset: int) -> tuple[int, int]:
    """Return the 1-based line and column, in characters, of an offset; LF, CRLF and CR end a line."""
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


@lru_cache(maxsize=1)
def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


def _load(path: str, text: str, start: int, front_matter: str, body: str) -> Document | list[Problem]:
    if len(front_matter) > MAX_FRONT_MATTER:
        message = f"the front matter is longer than {MAX_FRONT_MATTER // 1024} KiB"
        remedy = "move the long text behind the front matter"
        return [_at(path, text, text.find("\n", start) + 1, "too-large", message, remedy)]
    bad = _NOT_PRINTABLE.search(front_matter)
    if bad:
        message = f"the front matter holds the character U+{ord(bad[0]):04X}, which YAML does not allow"
        return [_at(path, text, start + bad.start(), "control-character", message, "remove it")]
    tree = core_yaml.load(front_matter)
    if tree.mistakes:
        return [_at(path, text, start + m.offset, m.rule, m.message, m.remedy) for m in tree.mistakes]
    if not isinstance(tree.data, dict):
        what = "is empty" if tree.data is None else "is not a mapping of keys to values"
        place = start + tree.offset(()) if tree.root else text.find("\n", start) + 1
        return [_at(path, text, place, "not-a-mapping", f"the front matter {what}", "write `key: value` lines")]
    body_start = len(text) - len(body.lstrip())
    return Document(path, text, start, tree, body.strip().replace("\r\n", "\n"), body_start)


def _no_front_matter(stripped: str) -> tuple[str, str]:
    found = f'the file begins with "{stripped[:20].splitlines()[0]}", not with ---' if stripped else "the file is empty"
    return found, "begin the record with a line of --- and its keys below"


def _not_utf8(path: str, content: bytes, error: UnicodeDecodeError) -> Problem:
    before = content[: error.start].decode("utf-8")
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    found = "the file is UTF-16" if is_utf16 else f"the byte 0x{content[error.start]:02x} is not UTF-8"
    return _at(path, before, len(before), "not-utf-8", found, "save the file as UTF-8")


def _at(path: str, text: str, offset: int, rule: str, message: str, remedy: str) -> Problem:
    return Problem(path, *locate(text, offset), rule, message, remedy)
