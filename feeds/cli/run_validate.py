"""Validate records, fix them if requested, and print problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import feeds
from feeds.cli.display import AskedStyle, exit_with_status_of, print_report, print_statistics
from feeds.cli.screen import FOUND_PROBLEMS, exit_with, read_stdin, warn, write
from feeds.cli.settings import config_with, executor_for, named_location
from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError, Problem, WrongUsageError
from feeds.locations import STDIN, Location, absolute_path, lies_in, resolved
from feeds.text import counted
from feeds.validation.context import with_site
from feeds.validation.executor import Executor

if TYPE_CHECKING:
    from feeds.validation.identity_doubts import Identity


class ValidateOptions(NamedTuple):
    """The options of `feeds validate`."""

    paths: tuple[str, ...] = ()
    schema: Path | None = None
    preset: str | None = None
    stdin_name: str = "stdin.md"
    in_source: bool = False
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    style: AskedStyle = "auto"
    quiet: bool = False
    max_problems: int | None = None
    statistics: bool = False
    jobs: int | None = None
    executor: str | None = None
    config_file: Path | None = None
    now: datetime | None = None


def run_validation(options: ValidateOptions) -> None:
    """Validate records, and exit."""
    config = with_site(config_with(options.config_file, schema=options.schema, preset=options.preset))
    for text in config.site.warnings if config.site and not options.quiet else ():
        warn(text)
    now = options.now or datetime.now(UTC)
    problems = (_problems_of_stdin if STDIN in options.paths else _problems_of_paths)(options, config, now)
    if options.statistics:
        print_statistics([problem for problem in problems if problem.is_error or not options.quiet])
    else:
        print_report(
            problems, options.style, quiet=options.quiet, max_problems=options.max_problems, secret=config.secret
        )
    exit_with_status_of(problems)


def _problems_of_paths(options: ValidateOptions, config: Config, now: datetime) -> Sequence[Problem]:
    """Return the problems of given files, after fixing them if requested."""
    given = [named_location(path) for path in options.paths] or [config.source]
    if options.in_source:
        given = _records_of_source(given, config)
    if options.diff:
        _show_patches(_on_disk(given), config, now, unsafe=options.unsafe_fixes)
    if options.fix or options.unsafe_fixes:
        _fix(_on_disk(given), config, unsafe=options.unsafe_fixes)
    return _problems(given, config, now, executor_for(options.jobs, options.executor))


def _problems_of_stdin(options: ValidateOptions, config: Config, now: datetime) -> Sequence[Problem]:
    """Return the problems of the text on standard input, as of one file; others are not compared with it."""
    from feeds.sources.entry import MAX_BYTES, too_large  # noqa: PLC0415 - hooks name files
    from feeds.validation.check_file import check_bytes  # noqa: PLC0415 - the same
    from feeds.validation.context import context_for  # noqa: PLC0415 - the same

    if len(options.paths) > 1 or options.fix or options.unsafe_fixes or options.diff:
        raise WrongUsageError("- is one text on standard input: name no other file, and no fixes")
    content = read_stdin(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        return [too_large(options.stdin_name)]
    return check_bytes(options.stdin_name, content, context_for(config, now)).problems


def _problems(given: Sequence[Location], config: Config, now: datetime, executor: Executor) -> list[Problem]:
    """Return the problems of the whole source with its index, which reads changed files only, or of single files."""
    if [*given] == [config.source] and not Path(str(config.source)).is_file():
        from feeds.store.open_store import Reading  # noqa: PLC0415 - hooks name files, and need no index
        from feeds.store.source_problems import source_problems  # noqa: PLC0415 - the same

        return source_problems(config, now, Reading(executor))
    among = config.source if _inside(given, config.source) else None
    return feeds.validate(*given, config=config, among=among, now=now, executor=executor, ledger=_identities(config))


def _identities(config: Config) -> Mapping[str, Identity] | None:
    """Return the identities in the ledger, or None if there is none yet."""
    if not (config.ledger and config.ledger.exists()):
        return None
    from feeds.store.id_ledger import read_ledger  # noqa: PLC0415 - a hook need not load it where there is none

    ledger = read_ledger(config.ledger)
    return ledger.identities if ledger else None


def _records_of_source(given: Sequence[Location], config: Config) -> list[Location]:
    """Return the paths that a build would read."""
    if isinstance(config.source, Path) and not config.source.is_dir():
        raise CouldNotRunError(f"{config.source}: no such folder; run feeds init, or set source in feeds.toml")
    from feeds.store.source_part import is_left_out  # noqa: PLC0415 - few runs are of a hook

    return [location for location in _inside(given, config.source) if not is_left_out(location, config)]


def _inside(given: Sequence[Location], source: Location) -> list[Location]:
    """Return the locations inside of the source, before or after symbolic links are resolved."""
    ways = [(way, way(source)) for way in (resolved, absolute_path)]
    return [location for location in given if any(lies_in(way(location), whole) for way, whole in ways)]


def _on_disk(given: Sequence[Location]) -> list[Path]:
    """Return the paths. Raises CouldNotRunError for object storage, where files cannot be fixed."""
    elsewhere = [str(location) for location in given if not isinstance(location, Path)]
    if elsewhere:
        raise CouldNotRunError(f"{elsewhere[0]}: only files on this machine can be fixed")
    return [location for location in given if isinstance(location, Path)]


def _fix(given: Sequence[Path], config: Config, *, unsafe: bool) -> None:
    from feeds.publish.files.atomic_write import write_file  # noqa: PLC0415 - few runs fix anything
    from feeds.validation.fixes.fix import fix_files  # noqa: PLC0415 - the same

    fixes = []
    for file in fix_files(given, config, unsafe=unsafe):
        if file.path.read_bytes() != file.old:
            raise CouldNotRunError(f"{file.path}: the file changed while it was being fixed; run again")
        write_file(file.path.resolve(), [file.new])
        fixes.append(file.fixes)
    if fixes:
        warn(f"fixed {counted(sum(fixes), 'problem')} in {counted(len(fixes), 'file')}")


def _show_patches(given: Sequence[Path], config: Config, now: datetime, *, unsafe: bool) -> None:
    from feeds.publish.conversion.load_feed import refuse_secrets_of  # noqa: PLC0415 - few runs show fixes
    from feeds.validation.fixes.fix import fix_files  # noqa: PLC0415 - the same
    from feeds.validation.fixes.patch import patch_of  # noqa: PLC0415 - the same
    from feeds.validation.redaction import masked_text  # noqa: PLC0415 - the same

    fixes, patches = list[int](), list[bytes]()
    for file in fix_files(given, config, unsafe=unsafe):
        hide = partial(masked_text, file.path.as_posix(), keys=config.secret)
        patches += patch_of(file.path.as_posix(), file.old, file.new, hide)
        fixes.append(file.fixes)
    for source in ([config.source] if _inside(given, config.source) else given) if patches else ():
        refuse_secrets_of(str(source), config, now, b"".join(patches))
    write(b"".join(patches))
    warn(f"--fix would fix {counted(sum(fixes), 'problem')} in {counted(len(fixes), 'file')}")
    exit_with(FOUND_PROBLEMS if fixes else 0)
