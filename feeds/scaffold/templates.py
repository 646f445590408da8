"""Compose the files that set feeds up in a repository, each from a template in `files/`."""

from __future__ import annotations

import shlex
import string
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from feeds.scaffold.placeholders import (
    config_values,
    cron_values,
    gitignore_values,
    ledger_values,
    no_values,
    origin_values,
    site_values,
    systemd_values,
)
from feeds.scaffold.repository import Repository


class TemplateName(StrEnum):
    """The templates on the command line."""

    CONFIG = "config"
    GITIGNORE = "gitignore"
    LEDGER = "ledger"
    PRE_COMMIT = "pre-commit"
    GITHUB = "github"
    CRON = "cron"
    SYSTEMD = "systemd"
    VSCODE = "vscode"


class NewFile(NamedTuple):
    """A file to write: its absolute path, its content, and in one line how it is put to use."""

    path: Path
    content: bytes
    step: str


class Template(NamedTuple):
    """Where a file goes, which file it is made of, and how it is put to use."""

    target: str
    name: str
    step: str = ""


class TemplateGroup(NamedTuple):
    """Pair templates with the values of their placeholders; steps may also name the `$path` of their file."""

    templates: tuple[Template, ...]
    values: Callable[[Repository], Mapping[str, str]]


def template_files(name: TemplateName, repository: Repository) -> Iterator[NewFile]:
    """Return the files of a template for a repository.

    Raises CouldNotRunError when a path cannot be written in such a file.
    """
    is_site = name is TemplateName.CONFIG and repository.site
    return compose(_SITE if is_site else _TEMPLATES[name], repository)


def compose(group: TemplateGroup, repository: Repository) -> Iterator[NewFile]:
    """Yield the files of any group for a repository.

    Raises CouldNotRunError when a path cannot be written in such a file.
    """
    values = group.values(repository)
    for template in group.templates:
        path = repository.folder / template.target
        step = string.Template(template.step).substitute(values, path=shlex.quote(str(path)))
        yield NewFile(path, string.Template(template_text(template.name)).substitute(values).encode(), step)


def template_text(name: str) -> str:
    """Return a file of `files/`."""
    return files("feeds").joinpath("scaffold", "files", name).read_text(encoding="utf-8")


_SITE = TemplateGroup((Template("feeds.toml", "site.toml", "$step"),), site_values)
_TEMPLATES = {
    TemplateName.CONFIG: TemplateGroup(
        (Template("feeds.toml", "feeds.toml", "fill in base_url and title"),), config_values
    ),
    TemplateName.GITIGNORE: TemplateGroup((Template(".gitignore", "gitignore"),), gitignore_values),
    TemplateName.LEDGER: TemplateGroup(
        (Template("feeds.ids", "feeds.ids", "commit it: records keep the ids that it lists"),), ledger_values
    ),
    TemplateName.PRE_COMMIT: TemplateGroup(
        (Template(".pre-commit-config.yaml", "pre-commit-config.yaml", "in each clone: pre-commit install"),),
        origin_values,
    ),
    TemplateName.GITHUB: TemplateGroup(
        (Template(".github/workflows/feeds.yml", "feeds.yml", "${fill_in}in Settings, Pages: choose GitHub Actions"),),
        origin_values,
    ),
    TemplateName.CRON: TemplateGroup(
        (Template("feeds.cron", "feeds.cron", "(crontab -l; cat $path) | crontab -"),), cron_values
    ),
    TemplateName.SYSTEMD: TemplateGroup(
        (
            Template("feeds.service", "feeds.service", "sudo cp $path /etc/systemd/system/"),
            Template(
                "feeds.timer",
                "feeds.timer",
                "sudo cp $path /etc/systemd/system/ && sudo systemctl enable --now feeds.timer",
            ),
        ),
        systemd_values,
    ),
    TemplateName.VSCODE: TemplateGroup(
        (Template(".vscode/tasks.json", "tasks.json", "Terminal, Run Task, feeds"),),
        no_values,
    ),
}
