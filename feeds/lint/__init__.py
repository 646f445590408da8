"""Hold finished feed files, ours or anybody's, against what readers and validators expect. Pure: bytes in."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import islice

from feeds.diagnostics.problem import Problem
from feeds.lint.csv_table import csv_findings
from feeds.lint.json_feed import json_findings
from feeds.lint.lint_rule import Fault, Finding, problems_of
from feeds.lint.sniff import Kind, compression_faults, is_of_ours, recognise, suffix_faults
from feeds.lint.xml_feed import xml_findings

MAX_BYTES = 32 * 1024 * 1024
MOST_PROBLEMS = 1000

_MEBIBYTE = 1024 * 1024
# JSON and XML take many times their size in memory; a table is gone through row by row.
_LIMITS: dict[Kind, int] = {"xml": 8 * _MEBIBYTE, "json": 8 * _MEBIBYTE, "csv": MAX_BYTES}


# What is told of the records and settings that our own feeds are made of, and need not be told of each feed again.
OF_OUR_INPUT = frozenset({"mangled-address", "local-address", "odd-year"})


def lint(name: str, content: bytes, without: frozenset[str] = frozenset()) -> list[Problem]:
    """Return what is wrong with a finished RSS 2.0, Atom 1.0, JSON Feed 1.x, CSV or OPML 2.0 file, sorted.

    The content tells the format; `name` is the path that problems name, and its suffix a hint. Of very many
    problems, those of the rules `without` aside, the first 1,000 that are met are returned.
    """
    findings = (found for found in _findings(name, content) if found.fault.rule not in without)
    return problems_of(name, islice(findings, MOST_PROBLEMS))


def _findings(name: str, content: bytes) -> Iterator[Finding]:
    compressed = [Finding(fault) for fault in compression_faults(name, content)]
    if compressed:
        yield from compressed
        return
    kind = recognise(name, content)
    if kind is None and is_of_ours(content):  # a page for people, beside the feeds
        return
    if kind is None:
        remedy = "write RSS 2.0, Atom 1.0, JSON Feed 1.1, CSV or OPML 2.0"
        is_empty = not content.removeprefix(BOM_UTF8).strip()
        what = "the file is empty" if is_empty else "this is neither a feed nor a table"
        yield Finding(Fault("unknown-format", what, remedy))
        return
    if len(content) > _LIMITS[kind]:
        message = f"the file is larger than {_LIMITS[kind] // _MEBIBYTE} MiB and was not looked at"
        yield Finding(Fault("feed-too-large", message, "put fewer items into it"))
        return
    if kind == "xml":
        yield from xml_findings(name, content)
    else:
        yield from (Finding(fault) for fault in suffix_faults(name, "JSON Feed" if kind == "json" else "CSV"))
        yield from json_findings(content) if kind == "json" else csv_findings(content)
