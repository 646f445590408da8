"""Compose the files that make web servers serve the output as feeds want to be served."""

from __future__ import annotations

import re
import shlex
import string
from collections.abc import Iterator
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from feeds.diagnostics.problem import CouldNotRunError
from feeds.hostname import ascii_host
from feeds.publish.manifest import MANIFEST
from feeds.scaffold.quoting import apache_text, caddy_text, nginx_text
from feeds.scaffold.repository import Repository
from feeds.scaffold.templates import NewFile, Template, TemplateGroup, compose, template_text

_SOME_HOST = "example.org"
_HOST = re.compile(r"[\w.:-]+", re.ASCII)
_LINE = re.compile("^(?=.)", re.MULTILINE)


class ServerName(StrEnum):
    """The web servers on the command line; `headers` is for hosts that read a file `_headers`."""

    NGINX = "nginx"
    APACHE = "apache"
    CADDY = "caddy"
    HEADERS = "headers"


def server_files(name: ServerName, repository: Repository) -> Iterator[NewFile]:
    """Return the files for a web server that is to serve the output of a repository.

    Raises CouldNotRunError when the folder's path cannot be written in such a file.
    """
    return compose(_SERVERS[name], repository)


def _nginx(repository: Repository) -> dict[str, str]:
    folder, path = repository.output, _path(repository)
    return {
        **_host(repository),
        "path": nginx_text(path),
        "folder": nginx_text(f"{folder}/"),
        "manifest": nginx_text(f"{path}{MANIFEST}"),
        "manifest_file": nginx_text(folder / MANIFEST),
    }


def _apache(repository: Repository) -> dict[str, str]:
    rules = string.Template(template_text("htaccess")).substitute()
    return {
        "rules": _LINE.sub("    ", rules).rstrip(),
        "path": apache_text(_path(repository)),
        "folder": apache_text(f"{repository.output}/"),
        "section": apache_text(repository.output),
        "htaccess": shlex.quote(str(repository.output / ".htaccess")),
    }


def _caddy(repository: Repository) -> dict[str, str]:
    scheme = "http://" if urlsplit(repository.base_url).scheme == "http" else ""
    return {
        **_host(repository),
        "scheme": scheme,
        "path": caddy_text(f"{_path(repository)}*"),
        "folder": caddy_text(repository.output),
    }


def _headers(repository: Repository) -> dict[str, str]:
    return {"output": shlex.quote(f"{repository.output}/")}


def _path(repository: Repository) -> str:
    """Return the path of the address at which the output is served, as servers compare it: decoded."""
    return unquote(urlsplit(repository.base_url).path).rstrip("/") + "/"


def _host(repository: Repository) -> dict[str, str]:
    """Return the host of that address, which must be replaced where nobody knows it."""
    host = ascii_host(urlsplit(repository.base_url).hostname or _SOME_HOST)
    if not _HOST.fullmatch(host):
        raise CouldNotRunError(f"{repository.base_url}: no web server can have this host; give base_url another")
    return {"host": host, "fill_in": "" if repository.base_url else f"replace {_SOME_HOST}; "}


_SERVERS = {
    ServerName.NGINX: TemplateGroup(
        (
            Template(
                "server/nginx.conf",
                "nginx.conf",
                "${fill_in}sudo cp $path /etc/nginx/conf.d/feeds.conf && sudo nginx -t && sudo nginx -s reload",
            ),
        ),
        _nginx,
    ),
    ServerName.APACHE: TemplateGroup(
        (
            Template(
                "server/apache.conf",
                "apache.conf",
                "in the <VirtualHost> of your site: Include $path; then sudo a2enmod headers deflate"
                " && sudo apachectl graceful",
            ),
            Template("server/htaccess", "htaccess", "where only that is allowed: cp $path $htaccess"),
        ),
        _apache,
    ),
    ServerName.CADDY: TemplateGroup(
        (Template("server/Caddyfile", "Caddyfile", "${fill_in}caddy run --config $path"),),
        _caddy,
    ),
    ServerName.HEADERS: TemplateGroup(
        (Template("server/_headers", "_headers", "Netlify, Cloudflare Pages: after each build cp $path $output"),),
        _headers,
    ),
}
