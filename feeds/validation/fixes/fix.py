"""Fix files: change what has exactly one right answer, and keep every other byte."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from feeds.config.settings import Config
from feeds.diagnostics.positions import line_start
from feeds.diagnostics.problem import Problem
from feeds.frontmatter.document import Document, parse_document
from feeds.records.excluded_files import excluded_by
from feeds.sources.files import find_files, read_bytes
from feeds.validation.check_file import CheckedFile, check_bytes
from feeds.validation.context import ValidationContext, context_for
from feeds.validation.fixes.known_fixes import REMOVED, Fix, blank_edit, fix_of, quoting_edit
from feeds.validation.fixes.yaml_edit import Edit
from feeds.validation.route import value_at

_MOST_PASSES = 100
_MOST_ATTEMPTS = 200
_MOST_WORK = 100_000  # problems tried one by one


class FixResult(NamedTuple):
    """The result of fixing a file: its bytes, and how many problems were fixed."""

    content: bytes
    fixes: int


class FixedFile(NamedTuple):
    """The bytes of a file before and after, and how many problems were fixed."""

    path: Path
    old: bytes
    new: bytes
    fixes: int


def fix_files(sources: Iterable[Path], config: Config, *, unsafe: bool = False) -> Iterator[FixedFile]:
    """Yield each file that can be fixed, for the caller to write.

    With `unsafe`, suggestions of messages are applied as well. Raises CouldNotRunError when a source is missing or the
    schema cannot be used.
    """
    context = context_for(config)
    for entry in find_files(sources, excluded=excluded_by(config)):
        content = read_bytes(entry) if isinstance(entry, str) else entry
        if isinstance(entry, str) and isinstance(content, bytes):
            mended = fix(entry, content, context, unsafe=unsafe)
            if mended.content != content:
                yield FixedFile(Path(entry), content, mended.content, mended.fixes)


def fix(path: str, content: bytes, context: ValidationContext, *, unsafe: bool = False) -> FixResult:
    """Fix a file's bytes until no problem with one right answer remains.

    A change is kept only if it has exactly the intended effect on the data, fixes its problem and adds no other.
    """
    state = _State(path, content, check_bytes(path, content, context), context, unsafe)
    for _ in range(_MOST_PASSES):
        better = state.better()
        if not better:
            break
        state = better
    return FixResult(state.content, state.fixes)


class _State(NamedTuple):
    """A file in the course of being fixed."""

    path: str
    content: bytes
    checked_file: CheckedFile
    context: ValidationContext
    unsafe: bool
    fixes: int = 0

    def better(self) -> _State | None:
        """Return the file with as many problems fixed as possible at once, or None."""
        document = parse_document(self.path, self.content, self.context.dialect)
        if not isinstance(document, Document):
            return self._with_quotes(document[0])
        if any(problem.rule == "byte-order-mark" for problem in self.checked_file.problems):
            return self._with(self.content.removeprefix(codecs.BOM_UTF8))
        if document.stray_mark:
            return self._with(_without_stray_marks(self.content, document))
        if self.context.site or not document.tree.root:  # a post's problems advise on the record's fields
            return None
        secret = self.context.config.secret
        public = (
            problem for problem in self.checked_file.problems if not any(step in secret for step in problem.route)
        )
        found = (fix_of(problem, document, self.context, unsafe=self.unsafe) for problem in public)
        fixes = [fix for fix in found if fix]
        return self._attempt(document, fixes) or self._attempt_singly(document, fixes)

    def _attempt_singly(self, document: Document, fixes: list[Fix]) -> _State | None:
        most = min(_MOST_ATTEMPTS, _MOST_WORK // (len(self.checked_file.problems) + 1))
        sound = [fix for fix in fixes[: max(1, most)] if self._attempt(document, [fix])]
        return self._attempt(document, sound) or self._attempt(document, sound[:1])

    def _attempt(self, document: Document, fixes: list[Fix]) -> _State | None:
        apart = _apart(fixes)
        if not apart:
            return None
        better = self._with(_edited(self.content, [fix.edit for fix in apart]), len(apart))
        changed = parse_document(self.path, better.content, self.context.dialect)
        if not isinstance(changed, Document) or changed.body != document.body:
            return None
        is_as_meant = repr(changed.data) == repr(_expected(document.data, apart))
        return better if is_as_meant and _is_better(self.checked_file, better.checked_file, apart) else None

    def _with_quotes(self, problem: Problem) -> _State | None:
        if problem.rule != "yaml-syntax":
            return None
        text = self.content.decode().removeprefix("\ufeff")
        edit = blank_edit(text, problem) or quoting_edit(text, line_start(text, problem.span.line))
        if not edit:
            return None
        better = self._with(_edited(self.content, [edit]))
        reparsed = parse_document(self.path, better.content, self.context.dialect)
        return better if isinstance(reparsed, Document) or reparsed[0].span.line > problem.span.line else None

    def _with(self, content: bytes, mended: int = 1) -> _State:
        checked_file = check_bytes(self.path, content, self.context)
        return _State(self.path, content, checked_file, self.context, self.unsafe, self.fixes + mended)


def _is_better(before: CheckedFile, after: CheckedFile, fixes: Iterable[Fix]) -> bool:
    """Return whether all fixes removed their problems and added none."""
    remaining = Counter(problem.rule for problem in before.problems) - Counter(fix.rule for fix in fixes)
    return Counter(problem.rule for problem in after.problems) <= remaining


def _without_stray_marks(content: bytes, document: Document) -> bytes:
    text = content.decode()
    start = document.start + text.startswith("\ufeff")
    end = len(text) - len(document.text) + document.start + len(document.tree.text)
    return (text[:start] + text[start:end].replace("\ufeff", "") + text[end:]).encode()


def _apart(fixes: Iterable[Fix]) -> list[Fix]:
    """Return the fixes in the order of the text, without overlapping ones."""
    chosen: list[Fix] = []
    for fix in sorted(fixes, key=lambda fix: fix.edit):
        if not chosen or chosen[-1].edit.end <= fix.edit.start:
            chosen.append(fix)
    return chosen


def _edited(content: bytes, edits: list[Edit]) -> bytes:
    text = content.decode()
    lead = 1 if text.startswith("\ufeff") else 0
    for edit in reversed(edits):
        text = text[: lead + edit.start] + edit.text + text[lead + edit.end :]
    return text.encode()


def _expected(data: Any, fixes: list[Fix]) -> Any:
    """Return the data expected after the fixes, applied from the last to the first so that routes stay valid."""
    changed = deepcopy(data)
    for fix in reversed(fixes):
        holder = value_at(changed, fix.route[:-1])
        last: Any = fix.route[-1]
        if fix.key:
            entries = [(fix.key if key == last else key, value) for key, value in holder.items()]
            holder.clear()
            holder.update(entries)
        elif fix.becomes is REMOVED:
            del holder[last]
        else:
            holder[last] = fix.becomes
    return changed
