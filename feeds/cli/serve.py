"""Define the options of `feeds serve`."""

import signal
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from feeds.cli.options import ConfigFile
from feeds.cli.screen import exit_with
from feeds.diagnostics.problem import CouldNotRunError, WrongUsageError
from feeds.installation import install_command

_NEEDED = {"starlette", "uvicorn", "watchfiles"}


def serve(
    *,
    output: Annotated[
        str | None,
        typer.Argument(
            help="Folder to serve as it is.", show_default="output in the configuration, built first", metavar="FOLDER"
        ),
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen at.", metavar="HOST")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen at; 0 is any.", metavar="PORT")] = 8000,
    no_watch: Annotated[bool, typer.Option("--no-watch", help="Build once, and reload no pages.")] = False,
    config_file: ConfigFile = None,
) -> None:
    """Serve the output as a preview that is rebuilt and reloaded when records change.

    Example: feeds serve --port 8080
    """
    if output and config_file:
        raise WrongUsageError("--config says what to build; with a folder to serve, nothing is built")
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        _preview(output, config_file, host, port, no_watch)
    except KeyboardInterrupt:
        exit_with(0)  # Ctrl-C is the usual end of a preview


def _preview(output: str | None, config_file: Path | None, host: str, port: int, no_watch: bool) -> None:
    try:
        from feeds.cli.run_serve import Preview  # noqa: PLC0415 - only this command needs a server, and may have none
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] not in _NEEDED:
            raise
        raise CouldNotRunError(f"a preview needs more packages: {install_command('serve')}") from None
    preview = Preview(host, port, watches=not no_watch)
    if output:
        preview.show_folder(output)
    else:
        preview.show_source(config_file)


def _interrupt(*_: Any) -> NoReturn:
    raise KeyboardInterrupt
