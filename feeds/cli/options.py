"""Define the options that several commands share, each once."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from feeds.cli import screen
from feeds.dates import parse_instant
from feeds.model.selection import Selection
from feeds.urls import is_absolute

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SCHEDULER = re.compile(r"dask://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):[0-9]{1,5}", re.ASCII)
_LAST_MOMENT = timedelta(days=1) - timedelta(microseconds=1)
# Groups of options in the help.
SELECTION, READING, REPORT = "Selection", "Reading", "Report"


class FormatName(StrEnum):
    """The formats on the command line."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"
    CSV = "csv"
    HTML = "html"


def parse_file(text: str) -> Path:
    """Return the path of a file to write."""
    if text in {"", "-"}:
        raise typer.BadParameter("a report is written to a file; name one")
    if Path(text).is_dir():
        raise typer.BadParameter(f"{text} is a folder; name a file in it")
    return Path(text)


def parse_since(text: str) -> datetime:
    """Return the instant that a date (its beginning in UTC) or an RFC 3339 date-time names."""
    try:
        return parse_instant(f"{text}T00:00:00Z" if _DAY.fullmatch(text) else text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is neither a date (2024-05-01) nor an instant (2024-05-01T08:30:00Z)"
        ) from None


def parse_until(text: str) -> datetime:
    """Return the instant that a date (its end in UTC) or an RFC 3339 date-time names."""
    return parse_since(text) + (_LAST_MOMENT if _DAY.fullmatch(text) else timedelta())


def parse_base_url(text: str) -> str:
    """Return an address at which output is served."""
    if not is_absolute(text):
        raise typer.BadParameter(f"{text!r} is not an absolute address, as in https://example.org/feeds/")
    return text


def parse_executor(text: str) -> str:
    """Return the address of a cluster's scheduler."""
    if not _SCHEDULER.fullmatch(text):
        raise typer.BadParameter(f"{text!r} is not the address of a scheduler of Dask, as in dask://10.0.0.1:8786")
    return text


def parse_preset(text: str) -> str:
    """Return the name of a preset."""
    from feeds.records.presets import PRESETS  # noqa: PLC0415 - few runs name one

    if text not in PRESETS:
        close = get_close_matches(text, PRESETS, 1)
        hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(PRESETS)}"
        raise typer.BadParameter(f"there is no preset {text!r}; {hint}")
    return text


Source = Annotated[
    str | None,
    typer.Argument(
        help="Folder of records, or a single record: a path, or an address in storage.",
        show_default="source in the configuration",
        metavar="SOURCE",
    ),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help="Configuration file.",
        show_default="feeds.toml or pyproject.toml",
        metavar="FILE",
        rich_help_panel=READING,
    ),
]
Preset = Annotated[
    str | None,
    typer.Option(
        parser=parse_preset,
        help="Read the front matter of this generator, as in hugo.",
        metavar="GENERATOR",
        rich_help_panel=READING,
    ),
]
BaseUrl = Annotated[
    str | None,
    typer.Option(parser=parse_base_url, help="URL at which the output is served.", metavar="URL"),
]
Now = Annotated[
    datetime | None,
    typer.Option(
        parser=parse_since,
        help="Take this for the present; records dated later wait.",
        metavar="INSTANT",
        show_default="now",
        rich_help_panel=SELECTION,
    ),
]

RunReport = Annotated[
    Path | None,
    typer.Option(
        "--report",
        parser=parse_file,
        help="Write what the run did to a file, as JSON.",
        metavar="FILE",
        rich_help_panel=REPORT,
    ),
]
LogFormat = Annotated[
    Literal["text", "json"],
    typer.Option(
        "--log-format", help="Format of messages on stderr; json writes one event a line.", rich_help_panel=REPORT
    ),
]
NoCache = Annotated[
    bool,
    typer.Option("--no-cache", help="Read every file, and leave the cache alone.", rich_help_panel=READING),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        min=1,
        help="Number of processes that read.",
        metavar="N",
        show_default="as many as processors",
        rich_help_panel=READING,
    ),
]
Executor = Annotated[
    str | None,
    typer.Option(
        parser=parse_executor,
        help="Read on a Dask cluster, instead of with --jobs.",
        metavar="dask://HOST:PORT",
        rich_help_panel=READING,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only errors and the result.")]


def _narrowing(help_text: str, metavar: str | None = None, **settings: Any) -> Any:
    return typer.Option(help=help_text, metavar=metavar, rich_help_panel=SELECTION, **settings)


_SELECTION: dict[str, tuple[Any, Any]] = {
    "topic": (Annotated[list[str] | None, _narrowing("Only records with this topic; repeatable.", "NAME")], None),
    "exclude_topic": (Annotated[list[str] | None, _narrowing("No records with this topic; repeatable.", "NAME")], None),
    "status": (Annotated[Literal["published", "unpublished", "all"], _narrowing("Only these records.")], "published"),
    "type": (Annotated[str, _narrowing("Only records of this type, as in article.", "TYPE", show_default=False)], ""),
    "since": (
        Annotated[datetime | None, _narrowing("Only what is dated then or later.", "DATE", parser=parse_since)],
        None,
    ),
    "until": (
        Annotated[datetime | None, _narrowing("Only what is dated then or earlier.", "DATE", parser=parse_until)],
        None,
    ),
    "min_quality": (Annotated[int | None, _narrowing("Only records of this quality or more.", "N")], None),
    "limit": (Annotated[int | None, _narrowing("At most N items in a feed, the newest.", "N", min=1)], None),
    "now": (Now, None),
}


def selecting(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the selection options; it receives them as `selection` and `now`.

    `now` is the present where none is given, or None for a command whose own default that is.
    """

    @wraps(command)
    def run(**options: Any) -> None:
        chosen = {name: options.pop(name) for name in _SELECTION}
        now = chosen.pop("now") or (None if is_optional else datetime.now(UTC))
        topics, excluded = chosen.pop("topic") or (), chosen.pop("exclude_topic") or ()
        selection = Selection(topics=tuple(topics), exclude_topics=tuple(excluded), **chosen)
        command(**options, selection=selection, now=now)

    named = {parameter.name: parameter for parameter in _parameters(command)}
    is_optional = named["now"].default is None
    own = [parameter for name, parameter in named.items() if name not in {"selection", "now"}]
    _sign(run, [*own, *(_option(name, *definition) for name, definition in _SELECTION.items())])
    return run


def with_quiet(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option --quiet, unless it has one of its own."""
    own = _parameters(command)
    if any(parameter.name == "quiet" for parameter in own):
        return command

    @wraps(command)
    def run(*, quiet: bool, **options: Any) -> None:
        if quiet:
            screen.be_quiet()
        command(**options)

    _sign(run, [*own, _option("quiet", Quiet, default=False)])
    return run


def _parameters(command: Callable[..., None]) -> list[inspect.Parameter]:
    return list(inspect.signature(command, eval_str=True).parameters.values())


def _option(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _sign(run: Callable[..., None], parameters: list[inspect.Parameter]) -> None:
    """Give a function the signature that typer reads."""
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
