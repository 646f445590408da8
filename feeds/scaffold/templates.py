"""Compose the files that set feeds up in a repository, each from a template in `files/`."""

import shlex
import string
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from feeds.scaffold import placeholders
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


class ServerName(StrEnum):
    """The web servers on the command line; `headers` is for hosts that read a file `_headers`."""

    NGINX = "nginx"
    APACHE = "apache"
    CADDY = "caddy"
    HEADERS = "headers"


class NewFile(NamedTuple):
    """A file to write: its absolute path, its content, and how to put it to use."""

    path: Path
    content: bytes
    step: str


class Template(NamedTuple):
    """Where a file goes, the values of its placeholders, and how to put it to use.

    It is made from the file of that name, without a leading dot, in `files/`, unless that has a `name` of its own. The
    step has the same placeholders, and `$path` for the path of the file.
    """

    target: str
    values: Callable[[Repository], Mapping[str, str]]
    step: str = ""
    name: str = ""


def template_files(name: TemplateName | ServerName, repository: Repository) -> Iterator[NewFile]:
    """Yield the files of a template, or for a web server, of a repository.

    Raises CouldNotRunError when a path cannot be written in such a file.
    """
    is_site = name is TemplateName.CONFIG and repository.site
    for target, values_of, step, own_name in _SITE if is_site else _TEMPLATES[name]:
        path, values = repository.folder / target, values_of(repository)
        source = own_name or path.name.removeprefix(".")
        use = string.Template(step).substitute(values, path=shlex.quote(str(path)))
        yield NewFile(path, string.Template(_template_text(source)).substitute(values).encode(), use)


def _template_text(name: str) -> str:
    """Return a file of `files/`."""
    return files("feeds").joinpath("scaffold", "files", name).read_text(encoding="utf-8")


def _apache(repository: Repository) -> dict[str, str]:
    return placeholders.apache(repository, string.Template(_template_text("htaccess")).substitute())


_SITE = [Template("feeds.toml", placeholders.site, "$step", "site.toml")]
_TEMPLATES: dict[TemplateName | ServerName, list[Template]] = {
    TemplateName.CONFIG: [
        Template("feeds.toml", placeholders.config, "the source is ${source}; fill in base_url and title")
    ],
    TemplateName.GITIGNORE: [Template(".gitignore", placeholders.gitignore)],
    TemplateName.LEDGER: [Template("feeds.ids", placeholders.ledger, "commit it: records keep the ids that it lists")],
    TemplateName.PRE_COMMIT: [
        Template(".pre-commit-config.yaml", placeholders.origin, "in each clone: pre-commit install")
    ],
    TemplateName.GITHUB: [
        Template(".github/workflows/feeds.yml", placeholders.origin, "${fill_in}${pages}"),
    ],
    TemplateName.CRON: [Template("feeds.cron", placeholders.cron, "(crontab -l; cat $path) | crontab -")],
    TemplateName.SYSTEMD: [
        Template("feeds.service", placeholders.systemd, "sudo cp $path /etc/systemd/system/"),
        Template(
            "feeds.timer",
            placeholders.systemd,
            "sudo cp $path /etc/systemd/system/ && sudo systemctl enable --now feeds.timer",
        ),
    ],
    TemplateName.VSCODE: [Template(".vscode/tasks.json", lambda _: {}, "Terminal, Run Task, feeds")],
    ServerName.NGINX: [
        Template(
            "server/nginx.conf",
            placeholders.nginx,
            "${fill_in}sudo cp $path /etc/nginx/conf.d/feeds.conf && sudo nginx -t && sudo nginx -s reload",
        )
    ],
    ServerName.APACHE: [
        Template(
            "server/apache.conf",
            _apache,
            "in the <VirtualHost> of your site: Include $path; then sudo a2enmod headers deflate"
            " && sudo apachectl graceful",
        ),
        Template("server/htaccess", _apache, "where only that is allowed: cp $path $htaccess"),
    ],
    ServerName.CADDY: [Template("server/Caddyfile", placeholders.caddy, "${fill_in}caddy run --config $path")],
    ServerName.HEADERS: [
        Template(
            "server/_headers", placeholders.headers, "Netlify, Cloudflare Pages: after each build cp $path $output"
        )
    ],
}
