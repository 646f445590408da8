"""Build feeds, print what changed, and cache that for the next run."""

import sys
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

import feeds
from feeds.cli import screen
from feeds.cli.display import exit_with_status_of, left_out, problem_lines, status_of
from feeds.cli.feed_table import feed_table
from feeds.cli.kept_files import refuse_place
from feeds.cli.no_change_cache import Answer, cache_answer
from feeds.cli.record_options import ALL_RECORDS, RecordOptions
from feeds.cli.run_report import write_run_report
from feeds.cli.settings import config_warnings
from feeds.config.config_file import CONFIG_FILES
from feeds.config.settings import Config
from feeds.dates import format_rfc3339
from feeds.publish.build import BuildResult
from feeds.publish.output.output_file import OutputFile
from feeds.store.index_key import program_files
from feeds.text import counted, printable

LogFormat = Literal["text", "json"]
# With these a run prints more than what has changed.
_NOT_CACHED = ("--now", "--report", "--log-format")


class BuildOptions(NamedTuple):
    """The options of `feeds build`; with `diff`, changes are shown by item instead of by file."""

    source: str | None = None
    output: str | None = None
    base_url: str | None = None
    formats: tuple[str, ...] = ()
    strict: bool = False
    dry_run: bool = False
    diff: bool = False
    force: bool = False
    records: RecordOptions = ALL_RECORDS
    report: Path | None = None
    log_format: LogFormat = "text"

    @property
    def is_dry_run(self) -> bool:
        """Return whether nothing is to be written."""
        return self.dry_run or self.diff

    def config(self) -> Config:
        """Return the configuration with these options in place of its settings."""
        formats = tuple(dict.fromkeys(self.formats))
        return self.records.config(source=self.source, output=self.output, base_url=self.base_url, formats=formats)


def run_build(options: BuildOptions) -> None:
    """Build feeds, print the result, and exit."""
    if options.log_format == "json":
        screen.use_json_log()
    started = datetime.now(UTC)
    config = options.config()
    if options.report:
        refuse_place(options.report, config, options.records.config_file)
    built = build_with(options, config, options.records.now or started)
    stderr_lines = print_result(built, config, options)
    if not options.is_dry_run and not built.refusals:
        _notify_hub(built, config)
        _cache_answer(options, built, stderr_lines, started)
    seconds = round((datetime.now(UTC) - started).total_seconds(), 3)
    if options.report:
        write_run_report(options.report, built, started, seconds, is_dry_run=options.is_dry_run)
    if built.refusals:
        screen.fail(f"nothing published: {'; '.join(built.refusals)}")
    screen.log("finished", seconds=seconds, read=built.origin.read)
    exit_with_status_of(built.problems)


def build_with(options: BuildOptions, config: Config, now: datetime) -> BuildResult:
    """Build feeds with options that are already merged into the configuration."""
    return feeds.build(
        config,
        now,
        options.records.selection,
        strict=options.strict,
        dry_run=options.is_dry_run,
        force=options.force,
        reading=options.records.reading,
    )


def print_result(built: BuildResult, config: Config, options: BuildOptions, preview: str = "") -> list[str]:
    """Print problems and changes; return the lines printed on stderr."""
    warnings = [] if screen.is_quiet() else [*config_warnings(config, preview), *built.warnings]
    stderr_lines = [
        *map(screen.warning, warnings),
        *problem_lines(built.problems, config.published_source, built.feed_problems),
    ]
    for line in stderr_lines:
        screen.print_line(line, sys.stderr)
    _print_changes(built, options)
    return stderr_lines


def _print_changes(built: BuildResult, options: BuildOptions) -> None:
    is_done = not options.is_dry_run and not built.refusals
    write, remove = ("wrote", "removed") if is_done else ("would write", "would remove")
    changed = [file for file in built.files if file.has_changed]
    for line in feed_table(changed) if is_done else (_file_line(write, file) for file in changed):
        screen.note(line)
    for file in changed:
        screen.log(write, path=file.path.as_posix(), items=file.items)
    for path in built.removed:
        screen.note(f"{remove} {path.as_posix()}")
        screen.log(remove, path=path.as_posix())
    if options.diff:
        from feeds.cli.difference_lines import feed_lines  # noqa: PLC0415 - few runs are asked for items

        for line in chain.from_iterable(map(feed_lines, built.differences)):
            screen.echo(line)
    for line in _summary(built, "would change" if options.is_dry_run else "changed"):
        screen.note(line)


def _file_line(action: str, file: OutputFile) -> str:
    held = f" ({counted(file.items, 'item')})" if file.items is not None else ""
    return f"{action} {file.path.as_posix()}{held}"


def _summary(built: BuildResult, outcome: str) -> list[str]:
    changed = sum(file.has_changed for file in built.files)
    lines = [] if built.files or built.refusals else ["nothing published: there are errors, and --strict was given"]
    lines += [
        f"skipped: {path.as_posix()} was not created by feeds, or has been changed since" for path in built.foreign
    ]
    if built.next_due:
        lines.append(f"next scheduled record: {format_rfc3339(built.next_due)}")
    if built.files and not built.refusals:
        unchanged = f"{len(built.files) - changed} unchanged"
        lines.append(f"{counted(changed, 'file')} {outcome}, {unchanged}{left_out(built.problems)}")
    return lines


def _notify_hub(built: BuildResult, config: Config) -> None:
    changed = [file.url for file in built.files if file.has_changed and file.is_feed]
    if changed and config.hub and config.base_url:
        from feeds.publish.websub import notify  # noqa: PLC0415 - few runs have something to tell a hub

        for sentence in notify(config.hub, changed):
            screen.print_error(sentence)


def _cache_answer(options: BuildOptions, built: BuildResult, stderr_lines: list[str], now: datetime) -> None:
    """Cache the output of a run that would find nothing changed."""
    if not built.origin.clock or any(argument.startswith(_NOT_CACHED) for argument in sys.argv):
        return
    same = built._replace(files=tuple(file._replace(has_changed=False) for file in built.files))
    until = _nanoseconds(built.until) if built.until else sys.maxsize
    result = [] if screen.is_quiet() else [printable(line) for line in _summary(same, "changed")]
    answer = Answer(result, stderr_lines, status_of(built.problems), _nanoseconds(now), until)
    config_file = options.records.config_file
    configuration = [str(config_file)] if config_file else list(CONFIG_FILES)
    read = [*configuration, *program_files(), *built.origin.paths]
    written = [str(path) for path in (*(file.path for file in built.files), *built.foreign)]
    with suppress(OSError):  # then only the next run takes longer
        cache_answer(sys.argv[1:], answer, read, written, built.origin.clock)


def _nanoseconds(instant: datetime) -> int:
    return int(instant.timestamp()) * 1_000_000_000
