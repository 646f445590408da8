"""Run the commands of hooks and timers without typer, whose import takes longer than they do.

It reads only what needs no explanation: with any other argument, or a wrong one, typer does the same and says more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from feeds import __version__
from feeds.cli.screen import say

Options = dict[str, Any]
Reader = Callable[[str], Any]  # of a value; ValueError if it needs explanation


def find_command(argv: Sequence[str]) -> Callable[[], None] | None:
    """Return what runs a command, if it can be run without typer."""
    try:
        command, *rest = argv or [""]
        if argv == ["--version"]:
            return partial(say, f"feeds {__version__}")
        if command == "validate":
            return _validate(rest)
        if command == "convert":
            return _convert(rest)
        return _build(argv) if command == "build" else None
    except ValueError:
        return None


def _validate(argv: Sequence[str]) -> Callable[[], None]:
    paths, options = _read(argv, {"--in-source": ("in_source", True)}, {})
    from feeds.cli.run_validate import run_validation  # noqa: PLC0415 - each command imports what it needs

    return partial(run_validation, paths, **options)


def _build(argv: Sequence[str]) -> Callable[[], None]:
    paths, options = _read(argv[1:], _BUILD_FLAGS, _BUILD_OPTIONS)
    if len(paths) > 1:
        raise ValueError
    source = paths[0] if paths else None
    from feeds.cli.run_build import BuildOptions, run_build  # noqa: PLC0415 - each command imports what it needs

    return partial(run_build, BuildOptions(argv, source=source, **options))


def _convert(argv: Sequence[str]) -> Callable[[], None]:
    inputs, options = _read(argv, _CONVERT_FLAGS, _CONVERT_OPTIONS, frozenset({"-"}))
    from feeds.cli.run_convert import Conversion, format_of, run_conversion  # noqa: PLC0415 - the same

    kind, output = format_of(options.pop("to", ""), options.get("output", "")), options.pop("output", None)
    if not inputs or kind not in _TARGETS:
        raise ValueError
    return partial(run_conversion, Conversion(tuple(inputs), kind, output, **options))


def _read(
    argv: Sequence[str],
    flags: Mapping[str, tuple[str, object]],
    options: Mapping[str, tuple[str, Reader]],
    also: frozenset[str] = frozenset(),
) -> tuple[list[str], Options]:
    """Return the positional arguments, also those in `also`, and the values of flags and options."""
    positional: list[str] = []
    values: Options = {}
    waiting = iter(argv)
    for argument in waiting:
        if argument == "--":
            positional.extend(waiting)
        elif argument in flags:
            name, value = flags[argument]
            values[name] = value
        elif argument in options:
            name, read = options[argument]
            values[name] = read(next(waiting, ""))
        else:
            positional.append(argument if argument in also else _plain(argument))
    return positional, values


def _plain(argument: str) -> str:
    if not argument or argument.startswith("-"):
        raise ValueError
    return argument


def _path(argument: str) -> Path:
    return Path(_plain(argument))


def _base_url(argument: str) -> str:
    from feeds.urls import is_absolute  # noqa: PLC0415 - few runs are given one

    if not is_absolute(argument):
        raise ValueError
    return argument


_TARGETS = ("", "rss", "atom", "json", "csv", "html", "opml")
_CONVERT_FLAGS: dict[str, tuple[str, object]] = {"--strict": ("strict", True), "--lossless": ("lossless", True)}
_CONVERT_OPTIONS: dict[str, tuple[str, Reader]] = {
    "--to": ("to", _plain),
    "-o": ("output", _plain),
    "--output": ("output", _plain),
}
_BUILD_FLAGS: dict[str, tuple[str, object]] = {
    "--strict": ("strict", True),
    "--dry-run": ("dry_run", "files"),
    "--force": ("force", True),
    "--no-cache": ("use_cache", False),
}
_BUILD_OPTIONS: dict[str, tuple[str, Reader]] = {
    "--output": ("output", _plain),
    "--base-url": ("base_url", _base_url),
    "--config": ("config_file", _path),
}
