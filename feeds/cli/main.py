"""Assemble the commands, and turn what could not be done into a message and an exit status."""

from __future__ import annotations

from typing import Annotated

import typer

import feeds
from feeds.cli import screen
from feeds.cli.build import build
from feeds.cli.convert import convert
from feeds.cli.listing import list_records
from feeds.cli.schema import schema
from feeds.cli.validate import validate
from feeds.problem import CouldNotRun

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("build")(build)
app.command("validate")(validate)
app.command("convert")(convert)
app.command("list")(list_records)
app.command("schema")(schema)


def _show_version(wanted: bool) -> None:
    if wanted:
        screen.say(f"feeds {feeds.__version__}")
        raise typer.Exit


@app.callback()
def feeds_command(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Turn a folder of records with YAML front matter into RSS, Atom, JSON Feed and CSV."""


def main() -> None:
    """Run the program.

    Exit status: 0 nothing wrong, 1 problems found, 2 wrong usage, 3 could not run.
    """
    screen.make_output_safe()
    try:
        app()
    except CouldNotRun as reason:
        screen.give_up(str(reason))
    except Exception as error:  # noqa: BLE001 - nobody shall see a traceback; the message asks for a report
        screen.give_up(f"this is a mistake in feeds, please report it: {type(error).__name__}: {error}")
