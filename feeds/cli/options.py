"""Define the options that several commands share."""

import inspect
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial, wraps
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from feeds.cli import screen
from feeds.cli.fill_options import fill
from feeds.cli.settings import named_location
from feeds.dates import is_date_only, parse_instant
from feeds.diagnostics.wording import suggestion
from feeds.model.selection import Status
from feeds.records.posts.presets import PRESETS
from feeds.urls import is_folder

_SCHEDULER = re.compile(r"dask://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):[0-9]{1,5}", re.ASCII)
_END_OF_DAY = timedelta(days=1) - timedelta(microseconds=1)
T = TypeVar("T")


def parse_file(text: str) -> Path:
    """Return the path of a file to write. Raises BadParameter for standard output and folders."""
    if text in {"", "-"}:
        raise typer.BadParameter("a report is written to a file; name one")
    if Path(text).is_dir():
        raise typer.BadParameter(f"{text} is a folder; name a file in it")
    return Path(text)


def parse_folder(text: str) -> Path:
    """Return the path of a folder to write to. Raises BadParameter for files and addresses."""
    folder = named_location(text)
    if not isinstance(folder, Path) or folder.is_file():
        raise typer.BadParameter(f"{text} is no folder on this machine; name one")
    return folder


def _parse_since(text: str) -> datetime:
    """Return the instant of an RFC 3339 date-time, or the beginning of a date in UTC."""
    try:
        return parse_instant(f"{text}T00:00:00Z" if is_date_only(text) else text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is neither a date (2024-05-01) nor an instant (2024-05-01T08:30:00Z)"
        ) from None


def _parse_until(text: str) -> datetime:
    """Return the instant of an RFC 3339 date-time, or the end of a date in UTC."""
    return _parse_since(text) + (_END_OF_DAY if is_date_only(text) else timedelta())


def text_that(is_valid: Callable[[str], object], words: str) -> Callable[[str], str]:
    """Return a parser of valid text; `words` describe what is valid."""

    def parse(text: str) -> str:
        if not is_valid(text):
            raise typer.BadParameter(f"{text!r} is not {words}")
        return text

    return parse


def one_of(known: Collection[str], what: str) -> Callable[[str], str]:
    """Return a parser of a known name of `what`."""

    def parse(text: str) -> str:
        if text not in known:
            raise typer.BadParameter(f"there is no {what} {text!r}; {suggestion(text, known)}")
        return text

    return parse


def _grouped(panel: str) -> Callable[..., Any]:
    """Return a function that defines an option in a group of the help."""
    return partial(typer.Option, rich_help_panel=panel)


_selection, _reading = _grouped("Selection"), _grouped("Reading")
in_report, in_fixes = _grouped("Report"), _grouped("Fixes")

ConfigFile = Annotated[
    Path | None,
    _reading("--config", help="Configuration file.", show_default="feeds.toml or pyproject.toml", metavar="FILE"),
]
Preset = Annotated[
    str | None,
    _reading(
        parser=one_of(PRESETS, "preset"),
        help="Read the front matter of this generator, as in hugo.",
        metavar="GENERATOR",
    ),
]
Jobs = Annotated[
    int | None,
    _reading(min=1, help="Number of processes that read.", metavar="N", show_default="as many as processors"),
]
Now = Annotated[
    datetime | None,
    _selection(
        parser=_parse_since,
        help="Take this for the present; records dated later wait.",
        metavar="INSTANT",
        show_default="now",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only errors and the result.")]

_Names = list[str] | None
_Instant = datetime | None
# By the names of fields: those of RecordOptions, of the Selection in it, and of several commands.
_OPTIONS: dict[str, Any] = {
    "source": Annotated[
        str | None,
        typer.Argument(
            help="Folder of records, or a single record: a path, or a URL in object storage.",
            show_default="source in the configuration",
            metavar="SOURCE",
        ),
    ],
    "base_url": Annotated[
        str | None,
        typer.Option(
            parser=text_that(is_folder, "the absolute URL of a folder, as in https://example.org/feeds/"),
            help="URL at which the output is served.",
            metavar="URL",
        ),
    ],
    "preset": Preset,
    "no_cache": Annotated[bool, _reading("--no-cache", help="Read every file, and leave the cache alone.")],
    "jobs": Jobs,
    "executor": Annotated[
        str | None,
        _reading(
            parser=text_that(_SCHEDULER.fullmatch, "the address of a Dask scheduler, as in dask://10.0.0.1:8786"),
            help="Read on a Dask cluster, instead of with --jobs.",
            metavar="dask://HOST:PORT",
        ),
    ],
    "config_file": ConfigFile,
    "topics": Annotated[
        _Names, _selection("--topic", help="Only records with this topic; repeatable.", metavar="NAME")
    ],
    "exclude_topics": Annotated[
        _Names, _selection("--exclude-topic", help="No records with this topic; repeatable.", metavar="NAME")
    ],
    "status": Annotated[Status, _selection(help="Only these records.")],
    "type": Annotated[
        str, _selection(help="Only records of this type, as in article.", metavar="TYPE", show_default=False)
    ],
    "since": Annotated[
        _Instant, _selection(help="Only what is dated then or later.", metavar="DATE", parser=_parse_since)
    ],
    "until": Annotated[
        _Instant, _selection(help="Only what is dated then or earlier.", metavar="DATE", parser=_parse_until)
    ],
    "min_quality": Annotated[int | None, _selection(help="Only records of this quality or more.", metavar="N")],
    "limit": Annotated[int | None, _selection(help="At most N items in a feed, the newest.", metavar="N", min=1)],
    "now": Now,
}


def takes(kind: type[T], **own: Any) -> Callable[[Callable[[T], None]], Callable[..., None]]:
    """Decorate a command that takes its options as a named tuple, so that typer sees an option for each field.

    `own` defines the options that only this command has; all others are shared ones.
    """

    def decorate(command: Callable[[T], None]) -> Callable[..., None]:
        @wraps(command)
        def run(**values: Any) -> None:
            command(fill(kind, values))

        _sign(run, list(_parameters_of(kind, _OPTIONS | own)))
        return run

    return decorate


def with_quiet(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option --quiet to a command that does not define it."""
    own = [*inspect.signature(command, eval_str=True).parameters.values()]
    if any(parameter.name == "quiet" for parameter in own):
        return command

    @wraps(command)
    def run(*, quiet: bool, **options: Any) -> None:
        if quiet:
            screen.set_quiet()
        command(**options)

    _sign(run, [*own, _parameter("quiet", Quiet, default=False)])
    return run


def _parameters_of(kind: Any, options: Mapping[str, Any]) -> Iterator[inspect.Parameter]:
    for name in kind._fields:
        default = kind._field_defaults.get(name, inspect.Parameter.empty)
        if hasattr(default, "_fields"):
            yield from _parameters_of(default, options)
        else:
            yield _parameter(name, options[name], None if default == () else default)


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _sign(run: Callable[..., None], parameters: list[inspect.Parameter]) -> None:
    """Set the signature of a function, which typer reads."""
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
