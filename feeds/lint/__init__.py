"""Check finished feed files, ours or others', for what readers and validators expect. Pure."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import islice

from feeds.diagnostics.problem import Problem
from feeds.lint.lint_rule import LintProblem, problems_of
from feeds.lint.sniff import Kind, compression_problems, is_of_ours, recognise, suffix_problems
from feeds.locations import Location

_MEBIBYTE = 1024 * 1024
MAX_BYTES = 32 * _MEBIBYTE
MOST_PROBLEMS = 1000

# JSON and XML take many times their size in memory; a table is read row by row.
_LIMITS: dict[Kind, int] = {"xml": 8 * _MEBIBYTE, "json": 8 * _MEBIBYTE, "csv": MAX_BYTES}

# Reported for the records and settings of our own feeds, so not again for each feed.
_OF_OUR_INPUT = frozenset({"mangled-address", "local-address", "odd-spelling", "odd-year"})


def lint(name: str, content: bytes, without: frozenset[str] = frozenset()) -> list[Problem]:
    """Return the problems of a finished RSS 2.0, Atom 1.0, JSON Feed 1.x, CSV or OPML 2.0 file, sorted.

    The content decides the format; `name` is the path in problems, and its suffix a hint. Problems of the rules
    `without` are left out. At most the first 1,000 are returned.
    """
    problems = (found for found in _problems(name, content) if found.rule not in without)
    return problems_of(name, islice(problems, MOST_PROBLEMS))


def lint_output(path: Location, content: bytes) -> tuple[Problem, ...]:
    """Return the problems of a feed of ours, without those that its records and settings have."""
    return tuple(lint(str(path), content, _OF_OUR_INPUT))


def _problems(name: str, content: bytes) -> Iterator[LintProblem]:
    if compressed := [*compression_problems(name, content)]:
        yield from compressed
        return
    kind = recognise(name, content)
    if kind is None and is_of_ours(content):  # a page for people, beside the feeds
        return
    if kind is None:
        remedy = "write RSS 2.0, Atom 1.0, JSON Feed 1.1, CSV or OPML 2.0"
        is_empty = not content.removeprefix(BOM_UTF8).strip()
        what = "the file is empty" if is_empty else "this is neither a feed nor a table"
        yield LintProblem("unknown-format", what, remedy)
        return
    if len(content) > _LIMITS[kind]:
        message = f"the file is larger than {_LIMITS[kind] // _MEBIBYTE} MiB and was not checked"
        yield LintProblem("feed-too-large", message, "put fewer items into it")
        return
    yield from _problems_of(kind, name, content)


def _problems_of(kind: Kind, name: str, content: bytes) -> Iterator[LintProblem]:
    if kind == "xml":
        from feeds.lint.xml_feed import xml_problems  # noqa: PLC0415 - a run needs few kinds, and often none

        yield from xml_problems(name, content)
    elif kind == "json":
        from feeds.lint.json_feed import json_problems  # noqa: PLC0415 - the same

        yield from suffix_problems(name, "JSON Feed")
        yield from json_problems(content)
    else:
        from feeds.lint.csv_table import csv_problems  # noqa: PLC0415 - the same

        yield from suffix_problems(name, "CSV")
        yield from csv_problems(content)
