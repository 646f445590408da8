"""Assemble the commands, each imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

import feeds
from feeds.cli import screen
from feeds.cli.options import with_quiet
from feeds.diagnostics.wording import did_you_mean

# Which function of which module runs a command.
_COMMANDS = {
    "build": ("build", "build"),
    "validate": ("validate", "validate"),
    "convert": ("convert", "convert"),
    "import": ("import_feed", "import_feed"),
    "diff": ("diff", "diff"),
    "lint": ("lint", "lint"),
    "topics": ("topics", "topics"),
    "health": ("health", "health"),
    "ids": ("ids", "ids"),
    "rule": ("rule", "rule"),
    "schema": ("schema", "schema"),
    "init": ("init", "init"),
    "serve": ("serve", "serve"),
}
_RENAMED = {
    "list": "feeds topics for what there is, feeds health --report FILE for the page",
    "check": "feeds ids",
}
_SETTINGS: dict[str, Any] = {"rich_markup_mode": None, "context_settings": {"help_option_names": ["-h", "--help"]}}


class _Commands(TyperGroup):
    """Know every command, and import the one that is run."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - shape of a group
        return list(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name in _RENAMED:
            ctx.fail(f"feeds {cmd_name} has another name; use {_RENAMED[cmd_name]}")
        if cmd_name not in _COMMANDS:
            hint = did_you_mean(cmd_name, list(_COMMANDS)) or f"commands are {', '.join(_COMMANDS)}"
            ctx.fail(f'there is no command "{cmd_name}"; {hint}')
        module, function = _COMMANDS[cmd_name]
        single = typer.Typer(add_completion=False, **_SETTINGS)
        single.command(cmd_name)(with_quiet(getattr(import_module(f"feeds.cli.{module}"), function)))
        return get_command(single)


app = typer.Typer(cls=_Commands, no_args_is_help=True, pretty_exceptions_enable=False, **_SETTINGS)


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
