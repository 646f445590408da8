"""Run `feeds lint`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from feeds.cli.display import finish
from feeds.cli.run_validate import AskedStyle, report, style_of
from feeds.cli.screen import read_stdin
from feeds.diagnostics.problem import CouldNotRunError, Problem
from feeds.lint import MAX_BYTES
from feeds.lint import lint as problems_in
from feeds.lint.lint_rule import LINT_RULES
from feeds.publish.inputs import STDIN, plain_name
from feeds.publish.manifest import MANIFEST
from feeds.regular_file import open_regular
from feeds.urls import is_web_address


def lint(
    *,
    files: Annotated[
        list[str],
        typer.Argument(
            help="Feeds: RSS, Atom, JSON Feed, CSV or OPML; files, web addresses, or - for standard input.",
            metavar="FILE",
        ),
    ],
    style: Annotated[
        AskedStyle,
        typer.Option("--format", help="How to write them; auto means github in a workflow of GitHub, else text."),
    ] = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only errors, and no counts.")] = False,
) -> None:
    """Print what readers and validators would find wrong with finished feeds, ours or anybody's.

    Of an address also how it is served. Example: feeds lint public/*.rss https://example.org/feed
    """
    # A glob over an output meets the manifest, which is no feed.
    wanted = [
        name for name in dict.fromkeys(map(plain_name, files)) if is_web_address(name) or Path(name).name != MANIFEST
    ]
    problems = sorted(problem for name in wanted for problem in _problems_of(name))
    report(problems, style_of(style), quiet=quiet, rules=LINT_RULES)
    finish(problems)


def _problems_of(name: str) -> list[Problem]:
    if is_web_address(name):
        from feeds.lint.address import lint_address  # noqa: PLC0415 - most feeds are files

        return lint_address(name)
    if name == STDIN:
        return problems_in(name, read_stdin(MAX_BYTES + 1))
    path = Path(name)
    return problems_in(path.as_posix(), _content_of(path))


def _content_of(path: Path) -> bytes:
    """Return what a file holds, or of a very large one so much that it shows."""
    if path.is_dir():
        raise CouldNotRunError(f"{path}: this is a folder; name the feeds in it, as in {path}/*.rss")
    try:
        with open_regular(path) as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise CouldNotRunError(f"{path}: there is no such file") from None
    except OSError as error:
        raise CouldNotRunError(f"{path}: the file cannot be read: {error.strerror}") from None
