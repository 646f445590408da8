"""Guard every output against leaks: secret values, and items that are not published."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from io import BytesIO
from typing import BinaryIO

from feeds.diagnostics.problem import CouldNotRunError
from feeds.publish.changed_rows import changed_rows
from feeds.publish.files.file_content import FileContent
from feeds.publish.output.manifest import MANIFEST
from feeds.publish.output.output_file import OutputFile
from feeds.publish.output.target import FolderTarget, Target
from feeds.publish.output.transaction import Transaction
from feeds.publish.stage import Stage
from feeds.publish.staged_build import StagedBuild
from feeds.secrets.item_ids import item_ids
from feeds.secrets.scanner import SecretHit, SecretScanner, first_line, holds
from feeds.store.database import Index

_SEARCHED = (".rss", ".atom", ".json", ".csv", ".html", ".opml", ".css")  # what a build writes
_TABLE = ".csv"
_ADVICE = "change the record, or take the file away if no feed has it"


def leaks_of(stage: Stage, staged: StagedBuild) -> Iterator[str]:
    """Yield a sentence about each secret value that the output would hold.

    New bytes are searched for every value. Bytes that are published already, whoever wrote them, are searched for new
    values only, unless they have changed since the last search. A value in several files is reported for the first.
    """
    transaction, index = stage.transaction, stage.record_index
    changed = {file.name for file in staged.files if file.has_changed}
    for leak in _found_leaks(transaction, index, staged):
        if leak.output == MANIFEST:
            yield _message(leak, staged.manifest.to_json(), index)
        elif leak.output in changed:
            yield _message(leak, transaction.staged_path(leak.output).read_bytes(), index)
        else:
            yield f"{_message(leak, transaction.target.read(leak.output), index)}, and is published; {_ADVICE}"


def _found_leaks(transaction: Transaction, index: Index, staged: StagedBuild) -> list[SecretHit]:
    every = SecretScanner(index.secret_ngrams, index.secret_values, index.secret_batches)
    fresh = SecretScanner(index.new_secret_ngrams, index.secret_values)
    searched = index.searched()
    for file in staged.files:
        if file.has_changed and not file.is_part:
            was_searched = fresh.is_idle and _was_searched(transaction.target, searched, file.name)
            _inspect_staged(every, transaction, file.name, was_searched=was_searched)
    for name in _unchanged(transaction.target, staged):
        scanner = fresh if _was_searched(transaction.target, searched, name) else every
        if not scanner.is_idle:
            with closing(transaction.target.open(name)) as content:
                scanner.inspect(name, FileContent(content))
    every.inspect(MANIFEST, staged.unsearched.to_json())
    if not fresh.is_idle:
        fresh.inspect(MANIFEST, staged.manifest.to_json())
    return sorted({*every.leaks(), *fresh.leaks()})


def _inspect_staged(scanner: SecretScanner, transaction: Transaction, name: str, *, was_searched: bool) -> None:
    """Search a staged file; if the published one was searched, leave out what both have in common."""
    with transaction.staged_path(name).open("rb") as staged:
        if not (was_searched and isinstance(transaction.target, FolderTarget)):  # a fetch takes longer than a search
            scanner.inspect(name, FileContent(staged))
            return
        with closing(transaction.target.open(name)) as published:
            scanner.inspect(name, FileContent(staged).changed_since(FileContent(published)))


def remember_searched(target: Target, index: Index) -> None:
    """Remember that all published files were searched for every secret value."""
    index.put_searched(
        {target.location(name): target.fingerprint(name) for name in target.names() if _is_searched(name)}
    )


def refuse_leaks(index: Index, name: str, content: bytes) -> None:
    """Raise CouldNotRunError if content to be written under a name contains a secret value."""
    scanner = SecretScanner(index.secret_ngrams, index.secret_values, index.secret_batches)
    scanner.inspect(name, content)
    for leak in scanner.leaks():
        raise CouldNotRunError(f"nothing written: {_message(leak, content, index)}")


def unpublished_in(stage: Stage, staged: StagedBuild, hidden: frozenset[str]) -> Iterator[str]:
    """Yield a sentence about each item in the output that must not be published, whose ids are `hidden`.

    Staged files are read, and those that no build replaces or removes. Of a table that was searched for the same ids
    before, only new rows are read.
    """
    if not hidden:
        return
    for file in staged.files:
        if file.has_changed and not file.is_part:
            ids = file.ids or _new_ids_in(file, stage, hidden)
            yield from (_holds(file.name, identity) for identity in sorted(hidden.intersection(ids)))
    due, target = {file.name for file in staged.files}, stage.transaction.target
    for name in _unchanged(target, staged):
        if name not in due:
            ids = _ids_in(name, target.open(name))
            advice = "take the file away, and its page"
            yield from (f"{_holds(name, identity)}; {advice}" for identity in sorted(hidden & ids))


def _new_ids_in(file: OutputFile, stage: Stage, hidden: frozenset[str]) -> set[str]:
    """Return the ids in a staged file; if the published table was searched before, those in its new rows."""
    staged = stage.transaction.staged_path(file.name)
    if file.name.endswith(_TABLE) and stage.published.was_searched_for(hidden, file.name):
        with staged.open("rb") as new, closing(stage.transaction.target.open(file.name)) as old:
            rows = changed_rows(FileContent(new), FileContent(old))
        if rows is not None:
            return _ids_in(file.name, BytesIO(rows))
    return _ids_in(file.name, staged.open("rb"))


def _ids_in(name: str, file: BinaryIO) -> set[str]:
    with closing(file):
        try:
            return {*item_ids(name, file)}
        except (ValueError, LookupError, SyntaxError, TypeError):  # foreign, or damaged
            return set()


def _holds(name: str, identity: str) -> str:
    return f"{name} holds the item {identity}, whose record is not published"


def _message(leak: SecretHit, content: bytes, index: Index) -> str:
    values = index.secret_values(leak.path)
    folder, _, name = leak.output.rpartition("/")
    output = leak.output if not holds(name.encode(), values) else f"a file in {folder}"
    return f"{output}:{first_line(content, values)} holds a secret value of {leak.path}"


def _unchanged(target: Target, staged: StagedBuild) -> Iterator[str]:
    """Yield the names of published files that stay as they are."""
    others = {MANIFEST, *staged.removed, *(file.name for file in staged.files if file.has_changed or file.is_part)}
    return (name for name in target.names() if name not in others and _is_searched(name))


def _was_searched(target: Target, searched: Mapping[str, str], name: str) -> bool:
    fingerprint = target.fingerprint(name)
    return bool(fingerprint) and searched.get(target.location(name)) == fingerprint


def _is_searched(name: str) -> bool:
    return name.endswith(_SEARCHED)
