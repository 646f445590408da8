"""Convert inputs, and report problems and losses."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal, NamedTuple, NoReturn, get_args
from urllib.parse import quote

import feeds
from feeds.cli import screen
from feeds.cli.display import AskedStyle, exit_with_status_of, print_problems, style_of
from feeds.cli.record_options import ALL_RECORDS, RecordOptions
from feeds.diagnostics.problem import CouldNotRunError, Problem, WrongUsageError
from feeds.diagnostics.report import Report, counts_of, render
from feeds.diagnostics.rules import RULES
from feeds.diagnostics.text_report import count_line
from feeds.formats import FORMATS, OPML
from feeds.locations import EMPTY_PATH, STDIN, Location, location_of
from feeds.parsers import NOTHING
from feeds.publish.conversion.conversion_rules import CONVERSION_RULES, LOST, NOTHING_SELECTED, conversion_problem
from feeds.publish.conversion.convert_feeds import Conversion, ServedAt, Terms, convert_feeds
from feeds.publish.conversion.convert_list import convert_list
from feeds.publish.conversion.inputs import FeedInput, holds_records, open_inputs, plain_name, shown_name
from feeds.publish.conversion.summary import summary_of, summary_of_items
from feeds.publish.output.write_output import write_output

if TYPE_CHECKING:
    from feeds.config.settings import Config
    from feeds.publish.conversion.records_feed import RecordsFeed


TargetFormat = Literal["rss", "atom", "json", "csv", "html", "opml"]
_SUFFIXES: dict[str, tuple[str, ...]] = {
    **{f".{name}": (name,) for name in get_args(TargetFormat)},
    ".htm": ("html",),
    ".xml": ("rss", "atom", "opml"),
}
_TERMS = Terms()


class ConvertOptions(NamedTuple):
    """The options of `feeds convert`."""

    inputs: tuple[str, ...]
    to: TargetFormat | None = None
    output: str | None = None
    terms: Terms = _TERMS
    columns: Mapping[str, str] | None = None
    style: AskedStyle = "auto"
    base_url: str | None = None
    records: RecordOptions = ALL_RECORDS

    @property
    def target(self) -> Location | None:
        """Return the file to write, or None for standard output."""
        return location_of(self.output) if self.output and self.output != STDIN else None

    @property
    def served_at(self) -> ServedAt:
        """Return where the result is served, as far as options say it."""
        if not self.base_url:
            return ServedAt()
        folder = f"{self.base_url.rstrip('/')}/"
        return ServedAt(folder, folder + quote(self.target.name) if self.target else "")

    def config(self, source: str | None = None) -> Config:
        """Return the configuration for records in a folder or storage."""
        config = self.records.config(source=source, base_url=self.base_url)
        return config._replace(title=self.terms.title or config.title)


def _format_of(to: str, output: str) -> str:
    """Return the format of the result, or nothing for a summary.

    Raises WrongUsageError for a folder, and for a file whose suffix says another format or none.
    """
    if output and Path(output).is_dir():
        raise WrongUsageError(f"--output: {output} is a folder; name a file in it")
    suffix = PurePath(output).suffix.lower()
    known = _SUFFIXES.get(suffix, ())
    if to and known and to not in known:
        raise WrongUsageError(f"{output} would not be {' or '.join(known)}, but {to}; rename it, or change --to")
    if output and not to and len(known) != 1:
        what = f"{suffix} can be {', '.join(known)}" if known else "the name of the file has no suffix of a format"
        raise WrongUsageError(f"{what}; give one with --to")
    return to or (known[0] if known else "")


def run_convert(options: ConvertOptions) -> NoReturn:
    """Convert inputs to one feed, or summarize them, and exit."""
    gc.disable()  # feeds are many values without cycles, and the program ends with them
    options = options._replace(inputs=tuple(map(plain_name, options.inputs)))
    if options.output == "":
        raise WrongUsageError(f"--output: {EMPTY_PATH}")
    if options.inputs.count(STDIN) > 1:
        raise WrongUsageError("standard input can be only one of the inputs")
    kind = _format_of(options.to or "", str(options.target or ""))
    folders = [name for name in options.inputs if holds_records(name)]
    if isinstance(options.target, Path) and (folders or options.target.exists()):
        _refuse_place(options, options.target, folders)
    is_one_folder = len(options.inputs) == len(folders) == 1
    if is_one_folder and kind in FORMATS and not (options.terms.strict or options.terms.lossless):
        _convert_records(options, kind)
    inputs = [each for name in options.inputs if name not in folders for each in _open(options, name)]
    with _open_records(options, kind, folders) as records:
        problems = _convert(options, kind, inputs, records) if kind else _summarize(inputs, records)
    _report(options, problems)
    exit_with_status_of(problems)


def _refuse_place(options: ConvertOptions, target: Path, folders: Sequence[str]) -> None:
    from feeds.cli.kept_files import NO_CONFIG, refuse_kept_file, refuse_place  # noqa: PLC0415 - many results are new files

    for config in map(options.config, folders):
        refuse_place(target, config, options.records.config_file)
    if not folders:
        refuse_kept_file(target, NO_CONFIG, options.records.config_file)


def _open_records(
    options: ConvertOptions, kind: str, folders: Sequence[str]
) -> AbstractContextManager[Sequence[RecordsFeed]]:
    if not folders:
        return nullcontext(())
    from feeds.publish.conversion.records_feed import open_records  # noqa: PLC0415 - a feed alone needs no store

    configs, records = [options.config(name) for name in folders], options.records
    format_name = kind if kind in FORMATS else ""
    return open_records(configs, records.selection, records.instant, records.reading, format_name)


def _convert_records(options: ConvertOptions, kind: str) -> NoReturn:
    """Render the feed of a folder of records, as a build does, and exit."""
    from feeds.cli.settings import config_warnings  # noqa: PLC0415 - a feed alone needs no configuration

    config, records = options.config(options.inputs[0]), options.records
    for text in config_warnings(config) if kind != "csv" else ():
        screen.warn(text)
    content, problems = feeds.convert(
        config, kind, records.instant, records.selection, options.target, reading=records.reading
    )
    if not options.target:
        screen.write(content)
    if options.style in {"auto", "text"}:
        ours = {LOST, NOTHING_SELECTED}
        print_problems([problem for problem in problems if problem.rule not in ours], config.published_source)
        _report(options, [problem for problem in problems if problem.rule in ours])
    else:
        _report(options, problems)
    exit_with_status_of(problems)


def _open(options: ConvertOptions, name: str) -> list[FeedInput]:
    """Return the feeds of an input; if there are other inputs, one that cannot be read becomes a problem."""
    try:
        return list(open_inputs(name, options.columns or {}, screen.read_stdin))
    except CouldNotRunError as error:
        if len(options.inputs) == 1 or isinstance(error, WrongUsageError):
            raise
        shown = shown_name(name)
        message, _, remedy = str(error).removeprefix(f"{shown}: ").partition("; ")
        return [FeedInput(shown, b"", NOTHING, (conversion_problem(shown, "unreadable", message, remedy),))]


def _convert(
    options: ConvertOptions, kind: str, inputs: Sequence[FeedInput], folders: Sequence[RecordsFeed]
) -> list[Problem]:
    """Write all inputs as one feed or one list of feeds, and return all problems."""
    result = _converted(options, kind, inputs, [folder.read for folder in folders])
    of_records = [problem for folder in folders for problem in folder.problems]
    problems = [*result.problems, *of_records]
    content = result.content
    if content is None or (options.terms.strict and any(problem.is_error for problem in of_records)):
        screen.print_error("nothing written")
        return problems
    if folders:
        content = [b"".join(content)]
        for folder in folders:
            folder.refuse_leaks(str(options.target or f"the {kind} feed"), content[0])
    if options.target:
        media_type = FORMATS[kind].media_type if kind in FORMATS else OPML
        write_output(options.target, content, media_type, options.config)
    else:
        screen.write_pieces(content)
    return problems


def _converted(
    options: ConvertOptions, kind: str, inputs: Sequence[FeedInput], ours: Sequence[FeedInput]
) -> Conversion:
    if kind == "opml":
        return convert_list(inputs, ours, options.terms)
    records, served_at = options.records, options.served_at
    return convert_feeds(
        inputs, FORMATS[kind], records.selection, records.now, terms=options.terms, ours=ours, served_at=served_at
    )


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
        screen.echo(f"{name}:")
    for line in lines:
        screen.echo(line if is_alone else f"  {line}")


def _report(options: ConvertOptions, problems: Sequence[Problem]) -> None:
    """Print problems and losses on stderr."""
    if not problems and options.style in {"auto", "text"}:
        return
    style = style_of(options.style)
    shown = [problem for problem in problems if problem.is_error or not screen.is_quiet()]
    for line in render(style, Report(shown, counts_of(problems), rules={**RULES, **CONVERSION_RULES})):
        screen.print_line(line, sys.stderr)
    if style == "text" and any(problem.rule != LOST for problem in shown):
        screen.warn(count_line(problems))
