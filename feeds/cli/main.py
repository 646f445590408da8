"""Run the program, and turn exceptions into a message and an exit status."""

import gc
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from typing import NoReturn

from feeds.cli import screen
from feeds.cli.no_change_cache import Answer, cached_answer

_WORTH_COLLECTING = 20_000  # objects: little of what a run makes is garbage, and looking for it takes time
_NO_MEMORY = "failed to map segment"  # the words of the loader of libraries, which has no others
_INTERRUPTED = 130  # as shells report a program that SIGINT has ended


def main() -> None:
    """Run the program.

    Exit status: 0 nothing wrong, 1 problems found, 2 wrong usage, 3 could not run.
    """
    gc.set_threshold(_WORTH_COLLECTING)
    screen.escape_unprintable_output()
    argv = sys.argv[1:]
    try:
        answer = cached_answer(argv)
        if answer:
            _print_answer(answer)
        _run(argv)
        screen.flush()
    except KeyboardInterrupt:
        screen.exit_anyway(_INTERRUPTED)
    except BrokenPipeError:
        screen.exit_anyway(screen.FOUND_PROBLEMS)
    except Exception as error:  # noqa: BLE001 - users see a traceback only if they ask for it
        screen.show_traceback(error)
        screen.fail(_reason(error), _status(error))
    finally:
        gc.freeze()  # or the interpreter would look through everything once more before it ends


def _print_answer(answer: Answer) -> NoReturn:
    for lines, stream in ((answer.stderr, sys.stderr), (answer.stdout, sys.stdout)):
        for line in lines:
            screen.print_line(line, stream)
    screen.exit_with(answer.status)


def _run(argv: Sequence[str]) -> None:
    """Run a command, if possible without importing typer, which takes half of start-up."""
    from feeds.cli.fast_args import find_command  # noqa: PLC0415 - a run that is repeated needs none of this

    run = find_command(argv)
    if run:
        run()
        return
    from feeds.cli.app import app  # noqa: PLC0415 - each way imports what it needs

    if not argv:
        with redirect_stdout(sys.stderr):
            app(["--help"], prog_name="feeds", standalone_mode=False)
        screen.exit_with(screen.WRONG_USAGE)
    screen.exit_with(app(argv, prog_name="feeds", standalone_mode=False) or 0)  # errors are raised


def _reason(error: Exception) -> str:
    from feeds.cli.usage_error import usage_message  # noqa: PLC0415 - the same
    from feeds.diagnostics.problem import CouldNotRunError  # noqa: PLC0415 - the same

    message = usage_message(error)
    if message:
        return message
    if isinstance(error, CouldNotRunError):
        return str(error)
    if isinstance(error, FileNotFoundError) and not error.filename:
        return "this folder exists no more; change to another one"
    if isinstance(error, OSError):
        return _why_refused(error)
    if isinstance(error, MemoryError) or (isinstance(error, ImportError) and _NO_MEMORY in str(error)):
        return "out of memory; a run with --jobs 1 needs the least"
    return _why_unencoded(error) or screen.internal_error(error)


def _why_unencoded(error: Exception) -> str:
    encoding = sys.getfilesystemencoding()
    if encoding == "utf-8" or not isinstance(error, UnicodeEncodeError):
        return ""
    return f"names of files are in {encoding} here, which lacks characters; set PYTHONUTF8=1"


def _why_refused(error: OSError) -> str:
    from feeds.regular_file import why_unread, why_unwritten  # noqa: PLC0415 - the same

    if error.filename:
        return f"{error.filename}: {why_unread(error)}"
    return f"the output cannot be written: {why_unwritten(error)}"


def _status(error: Exception) -> int:
    from feeds.diagnostics.problem import WrongUsageError  # noqa: PLC0415 - the same

    is_wrong_usage = isinstance(error, WrongUsageError) or hasattr(error, "format_message")
    return screen.WRONG_USAGE if is_wrong_usage else screen.COULD_NOT_RUN
