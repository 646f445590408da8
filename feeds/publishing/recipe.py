"""Compose the files that set feeds up in a repository, each from a template in `recipes/`."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from string import Template

from feeds.publishing.quoting import cron_words, ignore_line, unit_text, unit_words

CACHE = Path(".feeds_cache")
_SOMEWHERE = "https://git.example.org/feeds"


class RecipeName(StrEnum):
    """Name the recipes on the command line."""

    CONFIG = "config"
    GITIGNORE = "gitignore"
    PRE_COMMIT = "pre-commit"
    GITHUB = "github"
    CRON = "cron"
    SYSTEMD = "systemd"


@dataclass(frozen=True, slots=True)
class Origin:
    """Say where the running program was installed from: the address of a git repository, and a revision in it."""

    address: str
    revision: str


@dataclass(frozen=True, slots=True)
class Place:
    """Hold what recipes need to know: absolute paths, the words that start the program, who owns the folder.

    `configuration` is the path of what configures the folder already, if anything does. `origin` is None where nobody
    knows from where the program came; `version` is then all there is to ask for.
    """

    folder: Path
    source: Path
    output: Path
    program: tuple[str, ...]
    owner: str
    version: str
    configuration: Path | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class NewFile:
    """Hold a file to write: its absolute path, its content, and in one line how it is put to use."""

    path: Path
    content: bytes
    step: str


@dataclass(frozen=True, slots=True)
class _Template:
    """Say where a file goes, which file of `recipes/` it is made of, and how it is put to use."""

    target: str
    name: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class _Recipe:
    """Pair templates with the values of their placeholders; steps may also name the `$path` of their file."""

    templates: tuple[_Template, ...]
    values: Callable[[Place], Mapping[str, str]]


def recipe_files(name: RecipeName, place: Place) -> Iterator[NewFile]:
    """Yield the files of a recipe for a place.

    Raises CouldNotRun when a path cannot be written in such a file.
    """
    recipe = _RECIPES[name]
    values = recipe.values(place)
    for template in recipe.templates:
        path = place.folder / template.target
        text = files("feeds").joinpath("publishing", "recipes", template.name).read_text(encoding="utf-8")
        step = Template(template.step).substitute(values, path=shlex.quote(str(path)))
        yield NewFile(path, Template(text).substitute(values).encode(), step)


def ignored(place: Place) -> list[str]:
    """Return the lines for a `.gitignore`: the output, if it is below the folder, and the cache."""
    output = [place.output.relative_to(place.folder)] if place.folder in place.output.parents else []
    return [ignore_line(path) for path in (*output, CACHE)]


def missing_from(text: str, place: Place) -> list[str]:
    """Return the lines that a `.gitignore` lacks, with or without a slash at either end."""
    present = {line.strip().strip("/") for line in text.splitlines()}
    return [line for line in ignored(place) if line.strip("/") not in present]


def _config(place: Place) -> dict[str, str]:
    source = place.source.relative_to(place.folder).as_posix()
    return {"source": _quoted(source), "title": _quoted(place.folder.name or "Published records")}


def _gitignore(place: Place) -> dict[str, str]:
    return {"ignored": "\n".join(ignored(place))}


def _origin(place: Place) -> dict[str, str]:
    origin = place.origin or Origin(_SOMEWHERE, f"v{place.version}")
    return {
        "address": origin.address,
        "revision": origin.revision,
        "requirement": _quoted(f"git+{origin.address}@{origin.revision}"),
        "fill_in": "" if place.origin else f"replace {_SOMEWHERE}; ",
    }


def _cron(place: Place) -> dict[str, str]:
    return {"folder": cron_words([place.folder]), "program": cron_words(place.program)}


def _systemd(place: Place) -> dict[str, str]:
    folder, program = place.folder, Path(place.program[0])
    writable = [folder] if folder in (place.output, *place.output.parents) else [folder, place.output]
    within = [folder / ".git"]
    if place.source != folder and place.source not in (place.output, *place.output.parents):
        within.append(place.source)
    if folder in program.parents:
        within.append(folder / program.relative_to(folder).parts[0])
    return {
        "described": unit_text(folder.name),
        "owner": unit_text(place.owner),
        "working_directory": unit_text(folder),
        "program": unit_words(place.program),
        "writable": unit_words(writable),
        "readable": unit_words(f"-{path}" for path in within),
    }


def _quoted(text: str) -> str:
    """Return text in quotes as TOML and YAML read them alike."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


_RECIPES = {
    RecipeName.CONFIG: _Recipe((_Template("feeds.toml", "feeds.toml", "fill in base_url and title"),), _config),
    RecipeName.GITIGNORE: _Recipe((_Template(".gitignore", "gitignore"),), _gitignore),
    RecipeName.PRE_COMMIT: _Recipe(
        (_Template(".pre-commit-config.yaml", "pre-commit-config.yaml", "in each clone: pre-commit install"),), _origin
    ),
    RecipeName.GITHUB: _Recipe(
        (_Template(".github/workflows/feeds.yml", "feeds.yml", "${fill_in}in Settings, Pages: choose GitHub Actions"),),
        _origin,
    ),
    RecipeName.CRON: _Recipe((_Template("feeds.cron", "feeds.cron", "(crontab -l; cat $path) | crontab -"),), _cron),
    RecipeName.SYSTEMD: _Recipe(
        (
            _Template("feeds.service", "feeds.service", "sudo cp $path /etc/systemd/system/"),
            _Template(
                "feeds.timer",
                "feeds.timer",
                "sudo cp $path /etc/systemd/system/ && sudo systemctl enable --now feeds.timer",
            ),
        ),
        _systemd,
    ),
}
