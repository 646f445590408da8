"""Assemble the commands; each is imported only when it runs."""

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

import feeds
from feeds.cli import screen
from feeds.cli.command_help import GroupedCommand, write_description
from feeds.cli.options import with_quiet
from feeds.diagnostics.wording import suggestion

_COMMANDS = (
    *("build", "validate", "convert", "import", "diff", "lint"),
    *("topics", "health", "ids", "rule", "schema", "init", "serve"),
)
_RENAMED = {"list": "feeds topics for what there is, feeds health --report FILE for the page", "check": "feeds ids"}
_LONGEST_SUMMARY = 1000  # characters, so that no sentence is cut
_SETTINGS: dict[str, Any] = {"rich_markup_mode": None, "context_settings": {"help_option_names": ["-h", "--help"]}}


class _Commands(TyperGroup):
    """The group of all commands, which imports only the one that runs."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - shape of a group
        return list(_COMMANDS)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - the same
        write_description(self.help or "", formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the first sentence of each command without shortening it."""
        with formatter.section("Commands"):
            lines = [(name, self.get_command(ctx, name).get_short_help_str(_LONGEST_SUMMARY)) for name in _COMMANDS]
            formatter.write_dl(lines)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name in _RENAMED:
            ctx.fail(f"feeds {cmd_name} has been renamed; use {_RENAMED[cmd_name]}")
        if cmd_name not in _COMMANDS:
            ctx.fail(f'there is no command "{cmd_name}"; {suggestion(cmd_name, [*_COMMANDS, "--help", "--version"])}')
        name = "import_feed" if cmd_name == "import" else cmd_name  # of its module, and of the function in it
        single = typer.Typer(add_completion=False, **_SETTINGS)
        command = getattr(import_module(f"feeds.cli.{name}"), name)
        single.command(cmd_name, cls=GroupedCommand)(with_quiet(command))
        return get_command(single)


app = typer.Typer(cls=_Commands, pretty_exceptions_enable=False, **_SETTINGS)


def _show_version(wanted: bool) -> None:
    if wanted:
        screen.echo(f"feeds {feeds.__version__}")
        raise typer.Exit


@app.callback()
def feeds_command(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Turn a folder of text files with front matter, or any feed, into RSS, Atom, JSON Feed, CSV and pages.

    Example: feeds build seeds
    """
