"""Parse the usual command lines of hooks and timers without typer, whose import takes longer than they do.

Any other argument, or a wrong one, is left to typer, which explains it.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, get_args

from feeds import __version__
from feeds.cli.fill_options import fill
from feeds.cli.screen import echo, set_quiet

Reader = Callable[[str], Any]  # of a value; ValueError if it needs explanation


class _Command(NamedTuple):
    """A command that runs without typer: its module, and the names of its function and of its options class there.

    `flags` and `values` map the names of options to fields of that class, the latter with a function that parses the
    value. `arguments` is the field of positional arguments, of which there are `least` to `most`.
    """

    module: str
    function: str
    options: str
    arguments: str
    flags: Mapping[str, str]
    values: Mapping[str, tuple[str, Reader]] = {}
    least: int = 0
    most: int | None = None
    also: frozenset[str] = frozenset()  # arguments that begin with a hyphen


def find_command(argv: Sequence[str]) -> Callable[[], None] | None:
    """Return a function that runs a command, or None if typer has to parse its arguments."""
    if argv == ["--version"]:
        return partial(echo, f"feeds {__version__}")
    command = _COMMANDS.get(argv[0]) if argv else None
    if command is None:
        return None
    try:
        return partial(_run, command, _read(argv[1:], command))
    except ValueError:
        return None


def _run(command: _Command, values: Mapping[str, Any]) -> None:
    module = import_module(f"feeds.cli.{command.module}")
    options = getattr(module, command.options)
    if values.get(_QUIET) and _QUIET not in options._fields:
        set_quiet()
    getattr(module, command.function)(fill(options, values))


def _read(argv: Sequence[str], command: _Command) -> dict[str, Any]:
    """Return the values of arguments and options by field. Raises ValueError for what typer has to explain."""
    arguments: list[str] = []
    values: dict[str, Any] = {}
    flags, options = {**_FLAGS, **command.flags}, {**_VALUES, **command.values}
    waiting = iter(argv)
    for argument in waiting:
        if argument == "--":
            arguments.extend(waiting)
        elif argument in flags:
            values[flags[argument]] = True
        elif argument in options:
            field, read = options[argument]
            values[field] = read(next(waiting, ""))
        else:
            arguments.append(argument if argument in command.also else _plain(argument))
    if len(arguments) < command.least or len(arguments) > (command.most or len(arguments)):
        raise ValueError
    return values | {command.arguments: next(iter(arguments), None) if command.most == 1 else arguments}


def _plain(argument: str) -> str:
    if not argument or argument.startswith("-"):
        raise ValueError
    return argument


def _path(argument: str) -> Path:
    return Path(_plain(argument))


def _report(argument: str) -> Path:
    if Path(argument).is_dir():
        raise ValueError
    return _path(argument)


def _count(argument: str) -> int:
    if not (argument.isascii() and argument.isdigit() and int(argument)):
        raise ValueError
    return int(argument)


def _preset(argument: str) -> str:
    from feeds.records.posts.presets import PRESETS  # noqa: PLC0415 - few runs are given one

    return _among(argument, PRESETS)


def _base_url(argument: str) -> str:
    from feeds.urls import is_folder  # noqa: PLC0415 - few runs are given one

    if not is_folder(argument):
        raise ValueError
    return argument


def _target(argument: str) -> str:
    from feeds.cli.run_convert import TargetFormat  # noqa: PLC0415 - only its command needs the module

    return _among(argument, get_args(TargetFormat))


def _log_format(argument: str) -> str:
    from feeds.cli.run_build import LogFormat  # noqa: PLC0415 - the same

    return _among(argument, get_args(LogFormat))


def _among(argument: str, known: Container[str]) -> str:
    if argument not in known:
        raise ValueError
    return argument


_QUIET = "quiet"
# Of every command here.
_FLAGS = {"--quiet": _QUIET, "-q": _QUIET}
_VALUES: Mapping[str, tuple[str, Reader]] = {
    "--config": ("config_file", _path),
    "--jobs": ("jobs", _count),
    "--preset": ("preset", _preset),
}
_COMMANDS = {
    "validate": _Command("run_validate", "run_validation", "ValidateOptions", "paths", {"--in-source": "in_source"}),
    "build": _Command(
        *("run_build", "run_build", "BuildOptions", "source"),
        {"--strict": "strict", "--dry-run": "dry_run", "--force": "force", "--no-cache": "no_cache"},
        {
            "--output": ("output", _plain),
            "--base-url": ("base_url", _base_url),
            "--report": ("report", _report),
            "--log-format": ("log_format", _log_format),
        },
        most=1,
    ),
    "convert": _Command(
        *("run_convert", "run_convert", "ConvertOptions", "inputs"),
        {"--strict": "strict", "--lossless": "lossless"},
        {
            "--to": ("to", _target),
            "-o": ("output", _plain),
            "--output": ("output", _plain),
        },
        least=1,
        also=frozenset({"-"}),
    ),
}
