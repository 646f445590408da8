"""Detect formats by their first characters, or by suffix if those are inconclusive, and decode text."""

import codecs
import shlex
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Literal

from feeds.compression import compression_of
from feeds.diagnostics.positions import span_of
from feeds.lazy_pattern import lazy_pattern
from feeds.lint.lint_rule import LintProblem

Kind = Literal["xml", "json", "csv"]

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FIRST = 4096
_GENERATOR = lazy_pattern(rb'\bgenerator\W+(?:content=")?feeds\b')
_KINDS: dict[str, Kind] = {".rss": "xml", ".atom": "xml", ".xml": "xml", ".opml": "xml", ".json": "json", ".csv": "csv"}
_BROTLI = ("brotli", "brotli -dc")  # it has no magic number
_COMPRESSED_SUFFIXES = {".7z", ".br", ".bz2", ".gz", ".xz", ".zip", ".zst"}
# The formats that web servers infer from suffixes.
_FORMATS = {".rss": "RSS", ".atom": "Atom", ".opml": "OPML", ".json": "JSON Feed", ".csv": "CSV"}


def recognise(name: str, content: bytes) -> Kind | None:
    """Return the kind of a file; None if it is empty, a web page, or neither a feed nor a table."""
    first = content[:_FIRST].decode("utf-16" if is_wide(content) else "utf-8-sig", "replace").lstrip("\ufeff").lstrip()
    if not first:
        return None
    if first.startswith("<"):
        return None if first.lower().startswith("<!doctype html") else "xml"
    suffix = _KINDS.get(PurePosixPath(name).suffix.lower())
    if first.startswith(("{", "[")) and suffix != "csv":
        return "json"
    return suffix or ("csv" if "," in first.partition("\n")[0] else None)


def compression_problems(name: str, content: bytes) -> Iterator[LintProblem]:
    """Yield a problem if a file is compressed, which is left to servers."""
    found = compression_of(content)
    path = PurePosixPath(name)
    if path.suffix.lower() == ".br" and not found:
        found = _BROTLI
    if found:
        suffix = "" if PurePosixPath(path.stem).suffix else ".xml"
        plain = f"{path.stem}{suffix}" if path.suffix.lower() in _COMPRESSED_SUFFIXES else f"plain{path.suffix}"
        remedy = f"decompress it, and lint what comes out: {found[1]} < {shlex.quote(name)} > {shlex.quote(plain)}"
        yield LintProblem("compressed", f"the file is compressed with {found[0]}", remedy)


def is_of_ours(content: bytes) -> bool:
    """Return whether a file that is not a feed names this program as its generator."""
    return bool(_GENERATOR.search(content[:_FIRST]))


def is_wide(content: bytes) -> bool:
    """Return whether a file has a byte order mark of UTF-16."""
    return content.startswith(_WIDE_MARKS)


def suffix_problems(name: str, format_name: str) -> Iterator[LintProblem]:
    """Yield a problem if the suffix of a file is of another format."""
    suffix = PurePosixPath(name).suffix
    served_as = _FORMATS.get(suffix.lower(), format_name)
    if served_as != format_name:
        message = f"this is {format_name}, and servers take {suffix} for {served_as}"
        remedy = next(known for known, of in _FORMATS.items() if of == format_name)
        yield LintProblem("wrong-suffix", message, f"name it {remedy}")


def decoded(content: bytes) -> str | LintProblem:
    """Return bytes as text without a byte order mark, or a problem where they are not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        span = span_of(before, len(before), len(before))
        return LintProblem("bad-encoding", "these bytes are not UTF-8 text", "write UTF-8", span)
