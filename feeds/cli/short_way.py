"""Run the commands of hooks and timers without typer, whose import takes longer than they do.

Only what needs no explanation goes this way: with any other word, or a wrong one, typer does the same and says more.
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


def find_short_way(words: Sequence[str]) -> Callable[[], None] | None:
    """Return what runs a command, if it can be run without typer."""
    try:
        command, *rest = words or [""]
        if words == ["--version"]:
            return partial(say, f"feeds {__version__}")
        if command == "validate":
            return _validate(rest)
        if command == "convert":
            return _convert(rest)
        return _build(words) if command == "build" else None
    except ValueError:
        return None


def _validate(words: Sequence[str]) -> Callable[[], None]:
    paths, options = _read(words, {"--in-source": ("in_source", True)}, {})
    from feeds.cli.validation import run_validation  # noqa: PLC0415 - each command imports what it needs

    return partial(run_validation, paths, **options)


def _build(words: Sequence[str]) -> Callable[[], None]:
    paths, options = _read(words[1:], _BUILD_FLAGS, _BUILD_OPTIONS)
    if len(paths) > 1:
        raise ValueError
    source = paths[0] if paths else None
    from feeds.cli.building import BuildOptions, run_build  # noqa: PLC0415 - each command imports what it needs

    return partial(run_build, BuildOptions(words, source=source, **options))


def _convert(words: Sequence[str]) -> Callable[[], None]:
    inputs, options = _read(words, _CONVERT_FLAGS, _CONVERT_OPTIONS, frozenset({"-"}))
    from feeds.cli.conversion import Conversion, format_of, run_conversion  # noqa: PLC0415 - the same

    kind, output = format_of(options.pop("to", ""), options.get("output", "")), options.pop("output", None)
    if not inputs or kind not in _TARGETS:
        raise ValueError
    return partial(run_conversion, Conversion(tuple(inputs), kind, output, **options))


def _read(
    words: Sequence[str],
    flags: Mapping[str, tuple[str, object]],
    options: Mapping[str, tuple[str, Reader]],
    also: frozenset[str] = frozenset(),
) -> tuple[list[str], Options]:
    """Return the places among words, those in `also` too, and the values of flags and options."""
    places: list[str] = []
    values: Options = {}
    waiting = iter(words)
    for word in waiting:
        if word == "--":
            places.extend(waiting)
        elif word in flags:
            name, value = flags[word]
            values[name] = value
        elif word in options:
            name, read = options[word]
            values[name] = read(next(waiting, ""))
        else:
            places.append(word if word in also else _place(word))
    return places, values


def _place(word: str) -> str:
    if not word or word.startswith("-"):
        raise ValueError
    return word


def _path(word: str) -> Path:
    return Path(_place(word))


def _base_url(word: str) -> str:
    from feeds.urls import is_absolute  # noqa: PLC0415 - few runs are given one

    if not is_absolute(word):
        raise ValueError
    return word


_TARGETS = ("", "rss", "atom", "json", "csv", "html", "opml")
_CONVERT_FLAGS: dict[str, tuple[str, object]] = {"--strict": ("strict", True), "--lossless": ("lossless", True)}
_CONVERT_OPTIONS: dict[str, tuple[str, Reader]] = {
    "--to": ("to", _place),
    "-o": ("output", _place),
    "--output": ("output", _place),
}
_BUILD_FLAGS: dict[str, tuple[str, object]] = {
    "--strict": ("strict", True),
    "--dry-run": ("rehearsal", "files"),
    "--force": ("force", True),
    "--no-cache": ("use_cache", False),
}
_BUILD_OPTIONS: dict[str, tuple[str, Reader]] = {
    "--output": ("output", _place),
    "--base-url": ("base_url", _base_url),
    "--config": ("config_file", _path),
}
