"""Run `feeds init`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from feeds.cli.repository import find_repository
from feeds.cli.screen import note, warn
from feeds.config.config_file import FORMER_LEDGER, LEDGER, is_former_ledger
from feeds.diagnostics.problem import CouldNotRunError
from feeds.regular_file import read_regular_text
from feeds.scaffold.new_file import create_file
from feeds.scaffold.placeholders import missing_from
from feeds.scaffold.repository import Repository
from feeds.scaffold.templates import NewFile, ServerName, TemplateName, template_files
from feeds.scaffold.unread_posts import posts_of_others

_USUAL = (TemplateName.CONFIG, TemplateName.GITIGNORE, TemplateName.LEDGER, TemplateName.PRE_COMMIT)
_FURTHER = [name for name in TemplateName if name not in _USUAL]


def init(
    *,
    folder: Annotated[
        Path, typer.Argument(help="The repository.", show_default="this folder", metavar="FOLDER")
    ] = Path(),
    templates: Annotated[
        list[TemplateName] | None,
        typer.Option(
            "--template",
            help=f"What to set up: {', '.join(TemplateName)}; repeatable.",
            show_default=", ".join(_USUAL),
            metavar="NAME",
        ),
    ] = None,
    recipes: Annotated[list[TemplateName] | None, typer.Option("--recipe", hidden=True)] = None,
    servers: Annotated[
        list[ServerName] | None,
        typer.Option(
            "--server",
            help=f"Web server to set up for the feeds: {', '.join(ServerName)}; repeatable.",
            show_default=False,
            metavar="NAME",
        ),
    ] = None,
) -> None:
    """Set feeds up in a repository.

    It writes new files, prints how to use each, and never changes existing files. For a site of another generator,
    as Jekyll or Hugo, it derives the settings from the configuration of that generator.

    Example: feeds init --template github --server nginx
    """
    if not folder.is_dir():
        raise CouldNotRunError(f"{folder}: no such folder; name the folder of your repository")
    if recipes:
        warn("--recipe has been renamed; use --template")
    _set_up(folder, [*(templates or ()), *(recipes or ()), *(servers or ())])


def _set_up(folder: Path, asked: Sequence[TemplateName | ServerName]) -> None:
    """Write the files of some templates, or of the usual ones, and print how to use each."""
    repository = find_repository(folder)
    existing, wanted = _existing(folder, repository), dict.fromkeys(asked or _USUAL)
    files = [file for name in wanted if name not in existing for file in template_files(name, repository)]
    for path, advice in (found for name, found in existing.items() if name in wanted):
        _report("kept", path, repository, advice)
    for file in files:
        if create_file(file.path, file.content):
            _report("wrote", file.path, repository, file.step)
        else:
            _report("kept", file.path, repository, _advice(file, repository))
    if TemplateName.CONFIG in wanted:
        for unknown in repository.site.unknown if repository.site else posts_of_others(folder):
            note(f"unknown: {unknown}")
    if not asked:
        _list_next_steps(folder, repository)


def _existing(folder: Path, repository: Repository) -> dict[TemplateName | ServerName, tuple[Path, str]]:
    """Return the templates whose files exist under another name, and what to do about them."""
    found: dict[TemplateName | ServerName, tuple[Path, str]] = {}
    if repository.configuration:
        found[TemplateName.CONFIG] = repository.configuration, ""
    former = folder / FORMER_LEDGER
    if not (folder / LEDGER).exists() and is_former_ledger(former):
        found[TemplateName.LEDGER] = former, f"rename it to {LEDGER}"
    return found


def _report(action: str, path: Path, repository: Repository, step: str = "") -> None:
    name = _display_name(path, repository)
    note(f"{action} {name}: {step}" if step else f"{action} {name}")


def _advice(file: NewFile, repository: Repository) -> str:
    """Return the lines to add to an existing `.gitignore`; other files are not merged."""
    if file.path.name != ".gitignore":
        return ""
    try:
        text = read_regular_text(file.path, errors="replace")
    except OSError:  # a folder, or a link to nothing
        return ""
    missing = missing_from(text, repository)
    return f"add {' and '.join(missing)}" if missing else ""


def _list_next_steps(folder: Path, repository: Repository) -> None:
    where = "" if folder == Path() else f", in {folder}"
    if isinstance(repository.source, Path) and not repository.source.is_dir():
        source = _display_name(repository.source, repository)
        schema = f"feeds schema --preset {repository.site.preset}" if repository.site else "feeds schema"
        note(f"next{where}: put records into {source}/; {schema} tells their keys")
    note(f"next{where}: feeds validate, then feeds build")
    note(f"more{where}: feeds init {' '.join(f'--template {name}' for name in _FURTHER)}")
    note(f"more{where}: feeds init --server, with one of {', '.join(ServerName)}")


def _display_name(path: Path, repository: Repository) -> str:
    """Return a path relative to the repository."""
    return (path.relative_to(repository.folder) if path.is_relative_to(repository.folder) else path).as_posix()
