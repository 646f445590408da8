"""Run `feeds init`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from feeds.cli.place import find_place
from feeds.cli.screen import say
from feeds.problem import CouldNotRun
from feeds.publishing.new_file import create_file
from feeds.publishing.place import Place
from feeds.publishing.placeholder import missing_from
from feeds.publishing.recipe import NewFile, RecipeName, recipe_files
from feeds.publishing.server_recipe import ServerName, server_files

_USUAL = (RecipeName.CONFIG, RecipeName.GITIGNORE, RecipeName.LEDGER, RecipeName.PRE_COMMIT)
_FURTHER = [name for name in RecipeName if name not in _USUAL]


def init(
    *,
    folder: Annotated[Path, typer.Argument(help="The repository.", show_default="this folder")] = Path(),
    recipes: Annotated[
        list[RecipeName] | None,
        typer.Option("--recipe", help="What to set up; repeatable.", show_default=", ".join(_USUAL)),
    ] = None,
    servers: Annotated[
        list[ServerName] | None,
        typer.Option("--server", help="Web server to set up for the feeds; repeatable.", show_default=False),
    ] = None,
) -> None:
    """Set feeds up in a repository: new files, each with how to put it to use; what is there stays as it is."""
    if not folder.is_dir():
        raise CouldNotRun(f"{folder}: there is no such folder; name the folder of your repository")
    place = find_place(folder)
    wanted = dict.fromkeys(recipes or (() if servers else _USUAL))
    if RecipeName.CONFIG in wanted and place.configuration:
        wanted.pop(RecipeName.CONFIG)
        _tell("kept", place.configuration, place)
    files = [file for name in wanted for file in recipe_files(name, place)]
    files += [file for name in dict.fromkeys(servers or ()) for file in server_files(name, place)]
    for file in files:
        if create_file(file.path, file.content):
            _tell("wrote", file.path, place, file.step)
        else:
            _tell("kept", file.path, place, _advice(file, place))
    if not (recipes or servers):
        _tell_what_is_next(folder, place)


def _tell(deed: str, path: Path, place: Place, step: str = "") -> None:
    name = _name(path, place)
    say(f"{deed} {name}: {step}" if step else f"{deed} {name}")


def _advice(file: NewFile, place: Place) -> str:
    """Return what to add to a file that is there already; only of `.gitignore` each line stands for itself."""
    if file.path.name != ".gitignore":
        return ""
    try:
        text = file.path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # a folder, or a link to nothing
        return ""
    missing = missing_from(text, place)
    return f"add {' and '.join(missing)}" if missing else ""


def _tell_what_is_next(folder: Path, place: Place) -> None:
    where = "" if folder == Path() else f", in {folder}"
    if not place.source.is_dir():
        say(f"next{where}: put records into {_name(place.source, place)}/; feeds schema tells their keys")
    say(f"next{where}: feeds validate, then feeds build")
    say(f"more{where}: feeds init {' '.join(f'--recipe {name}' for name in _FURTHER)}")
    say(f"more{where}: feeds init --server, with one of {', '.join(ServerName)}")


def _name(path: Path, place: Place) -> str:
    """Return a path as it is seen from the repository."""
    return (path.relative_to(place.folder) if path.is_relative_to(place.folder) else path).as_posix()
