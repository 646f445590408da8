"""Fill the placeholders of templates with what is known of a repository. Pure."""

from __future__ import annotations

import os
from pathlib import Path

from feeds.scaffold.quoting import cron_words, ignore_line, toml_text, unit_command, unit_text, unit_words
from feeds.scaffold.repository import Origin, Repository
from feeds.store.id_ledger import Ledger

_SOMEWHERE = "https://git.example.org/feeds"


def ignored(repository: Repository) -> list[str]:
    """Return the lines for a `.gitignore`: the output and the cache, if they are below the folder."""
    made = [
        path.relative_to(repository.folder)
        for path in (repository.output, repository.cache)
        if repository.folder in path.parents
    ]
    return [ignore_line(path) for path in made]


def missing_from(text: str, repository: Repository) -> list[str]:
    """Return the lines that a `.gitignore` lacks, with or without a slash at either end."""
    present = {line.strip().strip("/") for line in text.splitlines()}
    return [line for line in ignored(repository) if line.strip("/") not in present]


def config_values(repository: Repository) -> dict[str, str]:
    """Return the settings to begin with; the source must be below the folder."""
    source = repository.source.relative_to(repository.folder).as_posix()
    return {"source": toml_text(source), "title": toml_text(repository.folder.name or "Published records")}


def site_values(repository: Repository) -> dict[str, str]:
    """Return the settings of a site of another generator, which the repository must be, and where its feeds go."""
    site = repository.site
    if site is None:
        return config_values(repository)
    said = f", as {site.file} says it" if site.file else ""
    step = f"preset {site.preset}{f' from {site.file}' if site.file else ''}; feeds go to {site.output}/"
    return {"origin": said, "settings": site.text, "step": step}


def ledger_values(repository: Repository) -> dict[str, str]:  # noqa: ARG001 - shape of a template's values
    """Return what a ledger without any record holds."""
    return {"empty": Ledger({}).to_text()}


def no_values(repository: Repository) -> dict[str, str]:  # noqa: ARG001 - shape of a template's values
    """Return nothing: the file is the same everywhere."""
    return {}


def gitignore_values(repository: Repository) -> dict[str, str]:
    """Return the lines of a `.gitignore`."""
    return {"ignored": "\n".join(ignored(repository))}


def origin_values(repository: Repository) -> dict[str, str]:
    """Return where the program can be installed from, in words that must be replaced where nobody knows."""
    origin = repository.origin or Origin(_SOMEWHERE, f"v{repository.version}")
    return {
        "address": origin.address,
        "revision": origin.revision,
        "requirement": toml_text(f"git+{origin.address}@{origin.revision}"),
        "cache": toml_text(os.path.relpath(repository.cache, repository.folder)),
        "fill_in": "" if repository.origin else f"replace {_SOMEWHERE}; ",
    }


def cron_values(repository: Repository) -> dict[str, str]:
    """Return folder and program as a crontab names them. Raises CouldNotRunError where it cannot."""
    return {"folder": cron_words([repository.folder]), "program": cron_words(repository.program)}


def systemd_values(repository: Repository) -> dict[str, str]:
    """Return what units say of a folder and a program. Raises CouldNotRunError where they cannot.

    A build may write to the whole folder, since what it writes may not be there yet, and systemd does not start a
    unit when a path that it may write to is missing. Records, history and the program in it stay read-only.
    """
    folder, program = repository.folder, Path(repository.program[0])
    made = (repository.output, repository.cache)
    within = [folder / ".git"]
    if repository.source != folder and not any(path.is_relative_to(repository.source) for path in made):
        within.append(repository.source)
    if folder in program.parents:
        within.append(folder / program.relative_to(folder).parts[0])
    return {
        "described": unit_text(folder.name),
        "owner": unit_text(repository.owner),
        "working_directory": unit_text(folder),
        "program": unit_command(repository.program),
        "writable": unit_words([folder, *(path for path in made if not path.is_relative_to(folder))]),
        "readable": unit_words(f"-{path}" for path in within),
    }
