"""Convert what was asked for, and report what was found and what is lost."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NoReturn

import feeds
from feeds.cli import screen
from feeds.cli.display import finish, show_problems, with_progress
from feeds.diagnostics.problem import CouldNotRunError, Problem, WrongUsageError
from feeds.diagnostics.report import Report, counts_of, render
from feeds.diagnostics.rules import RULES
from feeds.diagnostics.text_report import count_line
from feeds.formats import FORMATS
from feeds.locations import location_of
from feeds.model.selection import EVERYTHING_PUBLISHED, Selection
from feeds.parsers import NOTHING
from feeds.publish.conversion_rules import CONVERSION_RULES, LOST, conversion_problem
from feeds.publish.convert_feeds import Terms, convert_feeds
from feeds.publish.inputs import STDIN, FeedInput, holds_records, open_inputs, plain_name
from feeds.publish.summary import summary_of, summary_of_items
from feeds.publish.write_output import write_output

if TYPE_CHECKING:
    from feeds.cli.run_validate import AskedStyle
    from feeds.config.settings import Config
    from feeds.publish.records_feed import RecordsFeed
    from feeds.store.open_store import Reading

    Use = Callable[[Sequence[RecordsFeed]], list[Problem]]

_OPML = "text/x-opml"
_SUFFIXES = {
    ".rss": ("rss",),
    ".atom": ("atom",),
    ".json": ("json",),
    ".csv": ("csv",),
    ".html": ("html",),
    ".htm": ("html",),
    ".opml": ("opml",),
    ".xml": ("rss", "atom", "opml"),
}


@dataclass(frozen=True, slots=True)
class Conversion:
    """What is to be converted, to which format, if to any, where it goes, and on which terms."""

    inputs: tuple[str, ...]
    format: str
    output: str | None = None
    strict: bool = False
    lossless: bool = False
    title: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    style: AskedStyle = "auto"
    base_url: str | None = None
    preset: str | None = None
    use_cache: bool = True
    jobs: int | None = None
    executor: str | None = None
    config_file: Path | None = None
    selection: Selection = EVERYTHING_PUBLISHED
    now: datetime | None = None

    def config(self, source: str | None = None) -> Config:
        """Return the configuration for records in a folder or storage."""
        from feeds.cli.settings import configured  # noqa: PLC0415 - a feed alone needs no configuration

        return configured(
            self.config_file, use_cache=self.use_cache, source=source, base_url=self.base_url, preset=self.preset
        )

    @property
    def reading(self) -> Reading:
        """Return how records are read."""
        from feeds.cli.settings import executor_for  # noqa: PLC0415 - the same
        from feeds.store.open_store import Reading  # noqa: PLC0415 - a feed alone needs no store

        return Reading(executor_for(self.jobs, self.executor), with_progress)


def format_of(to: str, output: str) -> str:
    """Return the format that is asked for, or nothing where only a summary is. Raises ValueError for a mismatch."""
    suffix = PurePath(output).suffix.lower()
    known = _SUFFIXES.get(suffix, ())
    if to and known and to not in known:
        raise ValueError(f"{output} would not be {' or '.join(known)}, but {to}; rename it, or change --to")
    if output and not to and len(known) != 1:
        what = f"{suffix} can be {', '.join(known)}" if known else "the name of the file tells no format"
        raise ValueError(f"{what}; give one with --to")
    return to or (known[0] if known else "")


def run_conversion(asked: Conversion) -> NoReturn:
    """Do what `feeds convert` is asked to, and exit."""
    asked = replace(asked, inputs=tuple(map(plain_name, asked.inputs)))
    if asked.inputs.count(STDIN) > 1:
        raise WrongUsageError("standard input can be only one of the inputs")
    was_enabled = gc.isenabled()
    gc.disable()  # feeds are many values without cycles
    try:
        _run(asked)
    finally:
        if was_enabled:
            gc.enable()


def _run(asked: Conversion) -> NoReturn:
    has_terms = asked.strict or asked.lossless
    if len(asked.inputs) == 1 and asked.format in FORMATS and not has_terms and holds_records(asked.inputs[0]):
        _convert_records(asked)
    folders = [name for name in asked.inputs if holds_records(name)]
    inputs = [each for name in asked.inputs if name not in folders for each in _open(asked, name)]
    use = partial(_convert, asked, inputs) if asked.format else partial(_summarize, inputs)
    problems = _with_records(asked, folders, use) if folders else use(())
    _report(asked, problems)
    finish(problems)


def _with_records(asked: Conversion, folders: Sequence[str], use: Use) -> list[Problem]:
    from feeds.publish.records_feed import Wanted, with_records  # noqa: PLC0415 - a feed alone needs no store

    kind = asked.format if asked.format in FORMATS else ""
    wanted = Wanted(asked.selection, _instant(asked), asked.reading, kind)
    return with_records([asked.config(name) for name in folders], wanted, use)


def _convert_records(asked: Conversion) -> NoReturn:
    """Make a feed of a folder of records, as a build would."""
    from feeds.cli.settings import config_warnings  # noqa: PLC0415 - a feed alone needs no configuration

    config = asked.config(asked.inputs[0])
    if asked.format != "csv":
        for text in config_warnings(config):
            screen.warn(text)
    output = location_of(asked.output) if asked.output else None
    found = feeds.convert(config, asked.format, _instant(asked), asked.selection, output, reading=asked.reading)
    content, problems = found
    if not asked.output:
        screen.write(content)
    if asked.style in {"auto", "text"}:
        show_problems([problem for problem in problems if problem.rule != LOST], config.source)
        _report(asked, [problem for problem in problems if problem.rule == LOST])
    else:
        _report(asked, problems)
    finish(problems)


def _open(asked: Conversion, name: str) -> list[FeedInput]:
    """Return the feeds of an input; one of several inputs that cannot be read is a problem."""
    try:
        return list(open_inputs(name, asked.columns, _standard_input))
    except CouldNotRunError as error:
        if len(asked.inputs) == 1 or isinstance(error, WrongUsageError):
            raise
        message, _, remedy = str(error).removeprefix(f"{name}: ").partition("; ")
        return [FeedInput(name, b"", NOTHING, (conversion_problem(name, "unreadable", message, remedy),))]


def _standard_input(most: int) -> bytes:
    return sys.stdin.buffer.read(most) if sys.stdin else b""


def _convert(asked: Conversion, inputs: Sequence[FeedInput], folders: Sequence[RecordsFeed]) -> list[Problem]:
    terms = Terms(asked.strict, asked.lossless, asked.title)
    ours = [folder.read for folder in folders]
    if asked.format == "opml":
        from feeds.publish.convert_list import convert_list  # noqa: PLC0415 - few runs write a list

        result = convert_list(inputs, ours, terms)
    else:
        kind = FORMATS[asked.format]
        result = convert_feeds(inputs, kind, asked.selection, asked.now, terms=terms, ours=ours)
    of_records = [problem for folder in folders for problem in folder.problems]
    problems = [*result.problems, *of_records]
    if result.content is None or (asked.strict and any(problem.is_error for problem in of_records)):
        screen.print_error("nothing written")
        return problems
    for folder in folders:
        folder.refuse_leaks(asked.output or f"the {asked.format} feed", result.content)
    if asked.output:
        media_type = FORMATS[asked.format].media_type if asked.format in FORMATS else _OPML
        write_output(location_of(asked.output), result.content, media_type, asked.config)
    else:
        screen.write(result.content)
    return problems


def _summarize(inputs: Sequence[FeedInput], folders: Sequence[RecordsFeed]) -> list[Problem]:
    for read in inputs:
        if read.is_readable:
            _print(read.name, summary_of(read.parsed), is_alone=len(inputs) == 1 and not folders)
    for folder in folders:
        lines = ["format: records", *summary_of_items(folder.read.parsed.feed)]
        _print(folder.read.name, lines, is_alone=len(folders) == 1 and not inputs)
    problems = [problem for read in inputs for problem in read.problems]
    return [*problems, *(problem for folder in folders for problem in folder.problems)]


def _print(name: str, lines: Iterable[str], *, is_alone: bool) -> None:
    if not is_alone:
        screen.say(f"{name}:")
    for line in lines:
        screen.say(line if is_alone else f"  {line}")


def _report(asked: Conversion, problems: Sequence[Problem]) -> None:
    """Print what was found and what is lost beside the result."""
    if not problems and asked.style in {"auto", "text"}:
        return
    from feeds.cli.run_validate import style_of  # noqa: PLC0415 - a feed that is whole needs no report

    style = style_of(asked.style)
    shown = [problem for problem in problems if problem.is_error or not screen.is_quiet()]
    for line in render(style, Report(shown, counts_of(problems), rules={**RULES, **CONVERSION_RULES})):
        screen.print_line(line, sys.stderr)
    if style == "text" and any(problem.rule != LOST for problem in shown):
        screen.warn(count_line(problems))


def _instant(asked: Conversion) -> datetime:
    return asked.now or datetime.now(UTC)
