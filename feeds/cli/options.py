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


class FormatName(StrEnum):
    """Name the formats on the command line."""

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
    typer.Argument(help="Folder of records, or a record; or its address.", show_default="source in the configuration"),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", help="Configuration file.", show_default="feeds.toml or pyproject.toml", metavar="FILE"),
]
Preset = Annotated[
    str | None,
    typer.Option(
        parser=parse_preset, help="Files are posts of this generator, as in --preset hugo.", metavar="GENERATOR"
    ),
]
BaseUrl = Annotated[
    str | None,
    typer.Option(parser=parse_base_url, help="Address at which the output is served.", metavar="URL"),
]
Now = Annotated[
    datetime | None,
    typer.Option(parser=parse_since, help="Hold records dated after this.", metavar="INSTANT", show_default="now"),
]

RunReport = Annotated[
    Path | None,
    typer.Option("--report", parser=parse_file, help="Write what the run did to a file, as JSON.", metavar="FILE"),
]
LogFormat = Annotated[
    Literal["text", "json"],
    typer.Option("--log-format", help="How to write what is not the result; json has one event a line."),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Read everything anew, and remember nothing.")]
Jobs = Annotated[
    int | None, typer.Option(min=1, help="Processes that read.", metavar="N", show_default="as many as processors")
]
Executor = Annotated[
    str | None,
    typer.Option(
        parser=parse_executor, help="Dask cluster that reads, in place of --jobs.", metavar="dask://HOST:PORT"
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only errors beside what is asked for.")]

_SELECTION: dict[str, tuple[Any, Any]] = {
    "topic": (
        Annotated[list[str] | None, typer.Option(help="Only records with this topic; repeatable.", metavar="NAME")],
        None,
    ),
    "exclude_topic": (
        Annotated[list[str] | None, typer.Option(help="No records with this topic; repeatable.", metavar="NAME")],
        None,
    ),
    "status": (
        Annotated[Literal["published", "unpublished", "all"], typer.Option(help="Which records.")],
        "published",
    ),
    "type": (Annotated[str, typer.Option(help="Only records of this type.", metavar="TYPE", show_default=False)], ""),
    "since": (
        Annotated[datetime | None, typer.Option(parser=parse_since, help="Published then or later.", metavar="DATE")],
        None,
    ),
    "until": (
        Annotated[datetime | None, typer.Option(parser=parse_until, help="Published then or before.", metavar="DATE")],
        None,
    ),
    "min_quality": (Annotated[int | None, typer.Option(help="Only with this quality or more.", metavar="N")], None),
    "limit": (Annotated[int | None, typer.Option(min=1, help="Only the newest N in a feed.", metavar="N")], None),
    "now": (Now, None),
}


def selecting(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the selection options; it receives them as `selection` and `now`."""

    @wraps(command)
    def run(**options: Any) -> None:
        chosen = {name: options.pop(name) for name in _SELECTION}
        now = chosen.pop("now") or datetime.now(UTC)
        topics, excluded = chosen.pop("topic") or (), chosen.pop("exclude_topic") or ()
        selection = Selection(topics=tuple(topics), exclude_topics=tuple(excluded), **chosen)
        command(**options, selection=selection, now=now)

    own = [parameter for parameter in _parameters(command) if parameter.name not in {"selection", "now"}]
    _sign(run, [*own, *(_option(name, *told) for name, told in _SELECTION.items())])
    return run


def with_quiet(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option that has only errors printed beside its result, unless it has one of its own."""
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
