"""Run `feeds lint`."""

from pathlib import Path
from typing import Annotated

import typer

from feeds.cli.display import AskedStyle, exit_with_status_of, print_report
from feeds.cli.screen import read_stdin
from feeds.diagnostics.problem import CouldNotRunError, Problem
from feeds.lint import MAX_BYTES
from feeds.lint import lint as problems_in
from feeds.lint.lint_rule import LINT_RULES
from feeds.locations import STDIN
from feeds.publish.conversion.inputs import plain_name
from feeds.publish.output.manifest import MANIFEST
from feeds.regular_file import open_regular, why_unread
from feeds.urls import is_web_address


def lint(
    *,
    files: Annotated[
        list[str],
        typer.Argument(
            help="Feeds: RSS, Atom, JSON Feed, CSV or OPML; files, URLs, or - for standard input.", metavar="FILE"
        ),
    ],
    style: Annotated[
        AskedStyle,
        typer.Option("--format", help="Format of the problems; auto is github in a GitHub workflow, else text."),
    ] = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only errors.")] = False,
) -> None:
    """Print what feed readers and validators would find wrong with finished feeds of any program.

    For a URL it also checks how the feed is served. Example: feeds lint public/*.rss https://example.org/feed
    """
    # A glob over an output includes the manifest, which is not a feed.
    names = dict.fromkeys(map(plain_name, files))
    wanted = [name for name in names if is_web_address(name) or Path(name).name != MANIFEST]
    problems = sorted(problem for name in wanted for problem in _problems_of(name))
    print_report(problems, style, quiet=quiet, rules=LINT_RULES)
    exit_with_status_of(problems)


def _problems_of(name: str) -> list[Problem]:
    if is_web_address(name):
        from feeds.lint.address import lint_address  # noqa: PLC0415 - most feeds are files

        return lint_address(name)
    if name == STDIN:
        return problems_in(name, read_stdin(MAX_BYTES + 1))
    path = Path(name)
    return problems_in(path.as_posix(), _content_of(path))


def _content_of(path: Path) -> bytes:
    """Return the content of a file, or the beginning of one that is too large."""
    if path.is_dir():
        raise CouldNotRunError(f"{path}: this is a folder; name the feeds in it, as in {path}/*.rss")
    try:
        with open_regular(path) as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CouldNotRunError(f"{path}: the file cannot be read: {why_unread(error)}") from None
