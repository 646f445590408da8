"""Run the program, and turn what could not be done into a message and an exit status."""

from __future__ import annotations

import sys
from pathlib import Path

from feeds.cli import screen
from feeds.problem import CouldNotRun

_INTERRUPTED = 130  # as shells report a program that SIGINT has ended


def main() -> None:
    """Run the program.

    Exit status: 0 nothing wrong, 1 problems found, 2 wrong usage, 3 could not run.
    """
    screen.make_output_safe()
    try:
        _run(sys.argv[1:])
        screen.flush()
    except CouldNotRun as reason:
        screen.give_up(str(reason))
    except KeyboardInterrupt:
        screen.leave(_INTERRUPTED)
    except BrokenPipeError:
        screen.leave_quietly()
    except OSError as error:
        screen.give_up(f"the output cannot be written: {error.strerror or error}")
    except Exception as error:  # noqa: BLE001 - nobody shall see a traceback; the message asks for a report
        screen.give_up(f"this is a mistake in feeds, please report it: {type(error).__name__}: {error}")


def _run(words: list[str]) -> None:
    """Run a command; what a hook runs at each commit does without the half of start-up that options take."""
    if words[:1] == ["validate"] and all(word == "--in-source" or not word.startswith("-") for word in words):
        from feeds.cli.validation import run_validation  # noqa: PLC0415 - each way imports what it needs

        paths = [Path(word) for word in words[1:] if word != "--in-source"]
        run_validation(paths, in_source="--in-source" in words)
    else:
        from feeds.cli.app import app  # noqa: PLC0415 - each way imports what it needs

        app()
