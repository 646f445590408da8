"""List the readers that our feeds are read with."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path

from readers import feedparser_items, newsboat_items, node_items, reader_items, sfeed_items
from readers.loss import Loss
from readers.seen import Seen


@dataclass(frozen=True, slots=True)
class Reader:
    """Hold how to read a file with a reader, and what it tells otherwise than records do.

    `installed` returns its version, or nothing if it is missing; `judged` is the version whose losses are listed.
    """

    name: str
    formats: tuple[str, ...]
    read: Callable[[Path], list[Seen]]
    losses: tuple[Loss, ...]
    installed: Callable[[], str]
    judged: str
    remedy: str


def _of_newsboat() -> str:
    if not shutil.which("newsboat"):
        return ""
    told = subprocess.run(["newsboat", "--version"], capture_output=True, text=True, check=True, timeout=60).stdout
    return told.split()[1]


def _of_sfeed() -> str:
    """Return a word: sfeed does not tell its version; its losses are in its manual."""
    return "any" if shutil.which("sfeed") else ""


def _of_python(package: str) -> str:
    try:
        return version_of(package)
    except PackageNotFoundError:
        return ""


def _of_node(package: str) -> str:
    manifest = node_items.MODULES / package / "package.json"
    if not shutil.which("node") or not manifest.is_file():
        return ""
    return str(json.loads(manifest.read_bytes())["version"])


XML = ("rss", "atom")
ALL = ("rss", "atom", "json")
NPM = "npm ci --prefix tests/readers"
PIP = "pip install -e '.[test]'"

READERS = [
    Reader(
        "newsboat",
        XML,  # JSON Feed: "could not parse file"
        newsboat_items.read,
        newsboat_items.LOSSES,
        _of_newsboat,
        "2.21.0",
        "apt-get install newsboat",
    ),
    Reader("sfeed", XML, sfeed_items.read, sfeed_items.LOSSES, _of_sfeed, "any", "apt-get install sfeed"),
    Reader(
        "feedparser",
        XML,
        feedparser_items.read,
        feedparser_items.LOSSES,
        partial(_of_python, "feedparser"),
        "6.0.14",
        PIP,
    ),
    Reader("reader", ALL, reader_items.read, reader_items.LOSSES, partial(_of_python, "reader"), "3.26", PIP),
    Reader(
        "feedsmith",
        ALL,
        node_items.reading_with("feedsmith"),
        node_items.LOSSES,
        partial(_of_node, "feedsmith"),
        "3.0.1",
        NPM,
    ),
    Reader(
        "rss-parser",
        XML,  # JSON Feed: "Non-whitespace before first tag"
        node_items.reading_with("rss-parser"),
        node_items.LOSSES,
        partial(_of_node, "rss-parser"),
        "3.13.0",
        NPM,
    ),
]
