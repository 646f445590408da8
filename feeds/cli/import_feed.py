"""Run `feeds import`."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from feeds.cli.display import exit_with_status_of
from feeds.cli.options import ConfigFile, one_of, parse_folder
from feeds.cli.screen import is_quiet, note, print_line, read_stdin, warn
from feeds.cli.settings import config_with
from feeds.diagnostics.problem import WrongUsageError
from feeds.diagnostics.text_report import problem_line
from feeds.locations import Location, lies_in, resolved
from feeds.publish.conversion.inputs import plain_name
from feeds.publish.importing.feed_history import MOST_DOCUMENTS, read_history
from feeds.publish.importing.import_feed import ImportResult
from feeds.publish.importing.import_feed import import_feed as run_import
from feeds.publish.importing.import_notes import settings_of
from feeds.publish.importing.import_state import read_state
from feeds.publish.importing.record_file import HTML_PRESETS, RecordStyle
from feeds.records.posts.presets import PRESETS
from feeds.scaffold.quoting import toml_text
from feeds.sources.visit import shown_url
from feeds.text import counted


def import_feed(
    *,
    feed: Annotated[str, typer.Argument(help="A feed in any format: a file, a URL, or -.", metavar="INPUT")],
    into: Annotated[Path, typer.Option("--into", parser=parse_folder, help="Folder for the records.", metavar="DIR")],
    markdown: Annotated[bool, typer.Option("--markdown", help="Write bodies as Markdown, else as HTML.")] = False,
    images: Annotated[bool, typer.Option("--images", help="Fetch images, keep them and note their sizes.")] = False,
    preset: Annotated[
        str | None,
        typer.Option(
            parser=one_of(PRESETS, "preset"),
            help="Write the front matter of a generator.",
            metavar="NAME",
            show_default="that of the configuration",
        ),
    ] = None,
    documents: Annotated[
        int, typer.Option(min=1, help="Follow the feed's history for so many documents at most.", metavar="N")
    ] = MOST_DOCUMENTS,
    config_file: ConfigFile = None,
) -> None:
    """Write a record for each new item of a feed, including archived ones, with the same id.

    Edited files are not changed. Example: feeds import https://example.org/feed --into records
    """
    config = config_with(config_file)
    style = _style(preset or config.preset, is_markdown=markdown)
    _warn_if_outside(config.source, into)
    feed = plain_name(feed)
    known = read_state(into).validators.get(shown_url(feed))
    history = read_history(feed, read_stdin, documents, known)
    result = run_import(history, into, config, style, with_images=images)
    _show(result)
    if result.new and result.is_first:
        _tell_settings(settings_of(history.documents[0].parsed.feed, config))
    exit_with_status_of(result.problems)


def _style(preset: str, *, is_markdown: bool) -> RecordStyle:
    if preset not in HTML_PRESETS and not is_markdown:
        raise WrongUsageError(f"{preset} reads bodies in Markdown; add --markdown")
    return RecordStyle(is_markdown, preset)


def _warn_if_outside(source: Location, folder: Path) -> None:
    """Say how to build records that are not in the source of the configuration."""
    if not lies_in(resolved(folder), resolved(source)):
        is_default = isinstance(source, Path) and not source.is_absolute()
        which = "the source by default" if is_default else "the source in the configuration"
        what = f"{folder} is not in {source}, {which}"
        warn(f"{what}; build these records with feeds build {folder}, or set source")


def _tell_settings(settings: Mapping[str, str]) -> None:
    """Say which settings make a build say what the head of the feed says, which is in no record."""
    if settings:
        lines = ", ".join(f"{name} = {toml_text(value)}" for name, value in settings.items())
        warn(f"the head of the feed is not in its records; to publish it, set {lines}")


def _show(result: ImportResult) -> None:
    for problem in result.problems:
        if problem.is_error or not is_quiet():
            print_line(problem_line(problem), sys.stderr)
    for action, paths in (("wrote", result.new), ("updated", result.updated)):
        for path in paths:
            note(f"{action} {path.as_posix()}")
    for path in result.edited:
        note(f"{path.as_posix()}: edited, so not updated")
    note(_summary(result) if result.is_modified else "not modified since the last import")


def _summary(result: ImportResult) -> str:
    counts = {
        "updated": len(result.updated),
        "unchanged": result.unchanged,
        "edited here and not updated": len(result.edited),
        "removed here and not written again": result.removed,
        "in other records": result.known,
    }
    others = (f"{number} {outcome}" for outcome, number in counts.items() if number)
    return ", ".join([counted(len(result.new), "new record"), *others])
