"""Run `feeds diff`."""

import json
import sys
from datetime import UTC, datetime
from typing import Annotated, Literal

import typer

from feeds.cli.difference_lines import counts_text, difference_lines, difference_value
from feeds.cli.display import left_out, print_problems, status_of
from feeds.cli.options import ConfigFile, Jobs, Now
from feeds.cli.screen import FOUND_PROBLEMS, echo, exit_with, note, print_line, read_stdin
from feeds.cli.settings import config_with, reading_with
from feeds.diagnostics.problem import WrongUsageError
from feeds.locations import STDIN
from feeds.publish.comparison.feed_diff import feed_difference
from feeds.publish.comparison.item_fields import NOT_IN
from feeds.publish.conversion.inputs import plain_name
from feeds.publish.conversion.load_feed import load_feed, refuse_secrets_of

_FEED = "A feed in any format, or a folder of records: a path, a URL, or - for standard input."
_NOTHING: frozenset[str] = frozenset()


def diff(
    *,
    old: Annotated[str, typer.Argument(help=_FEED, metavar="OLD")],
    new: Annotated[str, typer.Argument(help="What to compare it with.", metavar="NEW")],
    style: Annotated[Literal["text", "json"], typer.Option("--format", help="Format of the difference.")] = "text",
    jobs: Jobs = None,
    config_file: ConfigFile = None,
    now: Now = None,
) -> None:
    """Compare two feeds item by item; the exit status is 1 when they differ, or records have errors.

    Example: feeds diff public/all.atom https://example.org/feed.json
    """
    old, new = plain_name(old), plain_name(new)
    if old == new == STDIN:
        raise WrongUsageError("standard input can be only one of the two feeds")
    config = config_with(config_file)
    instant, reading = now or datetime.now(UTC), reading_with(jobs)
    before, after = (load_feed(text, config, instant, read_stdin, reading) for text in (old, new))
    without = NOT_IN.get(before.parsed.format, _NOTHING) | NOT_IN.get(after.parsed.format, _NOTHING)
    difference = feed_difference(before.parsed.feed, after.parsed.feed, without)
    errors = sorted({problem for problem in (*before.problems, *after.problems) if problem.is_error})
    is_json = style == "json"
    shown = json.dumps(difference_value(difference), ensure_ascii=False, indent=1) if is_json else ""
    lines = [shown] if is_json else [*difference_lines(difference)]
    for name in (old, new):
        refuse_secrets_of(name, config, instant, "\n".join(lines).encode(errors="replace"), reading)
    for line in lines:
        print_line(line, sys.stdout) if is_json else echo(line)
    print_problems(errors, config.published_source)
    if not is_json:
        note(f"{counts_text(difference)}{left_out(errors)}")
    exit_with(FOUND_PROBLEMS if difference else status_of(errors))
