"""Compute the values of placeholders in templates. Pure."""

import os
import re
import shlex
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from feeds.config.config_file import LEDGER
from feeds.diagnostics.problem import CouldNotRunError
from feeds.hostname import ascii_host
from feeds.publish.output.manifest import MANIFEST
from feeds.scaffold.quoting import (
    apache_text,
    caddy_text,
    cron_words,
    ignore_line,
    nginx_text,
    toml_text,
    unit_command,
    unit_text,
    unit_words,
)
from feeds.scaffold.repository import GitOrigin, Repository
from feeds.store.id_ledger import Ledger

_SOMEWHERE = "https://git.example.org/feeds"
_SOME_HOST = "example.org"
_PAGES = "in Settings, Pages: choose GitHub Actions"
_NOT_ELSEWHERE = "; it publishes there, and nothing to {}"
_HUB_IS_EARLY = "; the hub is told before the pages are there, so subscribers of it get an item with the next one"
_PAGES_OF_A_SITE = "it publishes the feeds alone; if Pages has your site, do what its first lines say"
_HOST = re.compile(r"[\w.:-]+", re.ASCII)
_NGINX_REDIRECT = "\n    location = {} {{\n        absolute_redirect off;\n        return 301 {};\n    }}"
_LINE = re.compile("^(?=.)", re.MULTILINE)


def _ignore_lines(repository: Repository) -> list[str]:
    """Return the lines of a `.gitignore`: the output and the cache, if they are in the folder."""
    made = [path.relative_to(repository.folder) for path in repository.written if repository.folder in path.parents]
    return [ignore_line(path) for path in made]


def missing_from(text: str, repository: Repository) -> list[str]:
    """Return the lines that a `.gitignore` lacks; slashes at either end are ignored."""
    present = {line.strip().strip("/") for line in text.splitlines()}
    return [line for line in _ignore_lines(repository) if line.strip("/") not in present]


def config(repository: Repository) -> dict[str, str]:
    """Return the first settings; the source must be in the folder."""
    source = Path(str(repository.source)).relative_to(repository.folder).as_posix()
    return {"source": toml_text(source), "title": toml_text(repository.folder.name or "Published records")}


def site(repository: Repository) -> dict[str, str]:
    """Return the settings of a site of another generator, and where its feeds go."""
    found = repository.site
    if found is None:
        return config(repository)
    said = f", as {found.file} says it" if found.file else ""
    task = "" if found.is_static else ", which the site has to publish"
    if found.preset == "jekyll" and found.is_static and "/" not in found.output:  # its source is the whole repository
        task = f"; exclude: [feeds.toml, {LEDGER}] in {found.file} keeps these out of the site"
    step = f"preset {found.preset}{f' from {found.file}' if found.file else ''}; feeds go to {found.output}/{task}"
    return {"origin": said, "settings": found.text, "step": step}


def ledger(_: Repository) -> dict[str, str]:
    """Return the content of an empty ledger."""
    return {"empty": Ledger({}).to_text()}


def gitignore(repository: Repository) -> dict[str, str]:
    """Return the lines of a `.gitignore`."""
    return {"ignored": "\n".join(_ignore_lines(repository))}


def origin(repository: Repository) -> dict[str, str]:
    """Return where the program can be installed from, or an example that must be replaced."""
    step = _PAGES_OF_A_SITE if repository.has_site else _PAGES
    if not isinstance(repository.output, Path):
        step += _NOT_ELSEWHERE.format(repository.output)
    if repository.hub:
        step += _HUB_IS_EARLY
    known = repository.origin or GitOrigin(_SOMEWHERE, f"v{repository.version}")
    return {
        "address": known.address,
        "revision": known.revision,
        "requirement": toml_text(f"git+{known.address}@{known.revision}"),
        "cache": toml_text(f"{os.path.relpath(repository.cache, repository.folder)}\n_site"),
        "fill_in": "" if repository.origin else f"replace {_SOMEWHERE}; ",
        "pages": step,
    }


def cron(repository: Repository) -> dict[str, str]:
    """Return folder and program, quoted for a crontab. Raises CouldNotRunError if that is impossible."""
    return {"folder": cron_words([repository.folder]), "program": cron_words(repository.program)}


def systemd(repository: Repository) -> dict[str, str]:
    """Return the settings of systemd units. Raises CouldNotRunError for a path that units cannot contain.

    A build may write to the whole folder, since systemd does not start a unit if a writable path is missing, and the
    output may not exist yet. Records, git history and the program stay read-only.
    """
    folder, program = repository.folder, Path(repository.program[0])
    made, source = repository.written, repository.source
    within = [folder / ".git"]
    if isinstance(source, Path) and source != folder and not any(path.is_relative_to(source) for path in made):
        within.append(source)
    if folder in program.parents:
        within.append(folder / program.relative_to(folder).parts[0])
    is_online = bool(repository.hub) or not (isinstance(source, Path) and isinstance(repository.output, Path))
    return {
        "described": unit_text(folder.name),
        "owner": unit_text(repository.owner),
        "working_directory": unit_text(folder),
        "program": unit_command(repository.program),
        "writable": unit_words([folder, *(path for path in made if not path.is_relative_to(folder))]),
        "readable": unit_words(f"-{path}" for path in within),
        "is_offline": "no" if is_online else "yes",
        "families": "AF_UNIX AF_INET AF_INET6" if is_online else "AF_UNIX",
    }


def nginx(repository: Repository) -> dict[str, str]:
    """Return the parameters of nginx. Raises CouldNotRunError for a path that they cannot contain."""
    folder, path = repository.served, _path(repository)
    return {
        **_host(repository),
        "path": nginx_text(path),
        "folder": nginx_text(f"{folder}/"),
        "without_slash": _NGINX_REDIRECT.format(nginx_text(path[:-1]), nginx_text(quote(path))) if path != "/" else "",
        "manifest": nginx_text(f"{path}{MANIFEST}"),
        "manifest_file": nginx_text(folder / MANIFEST),
    }


def apache(repository: Repository, rules: str) -> dict[str, str]:
    """Return the arguments for Apache. Raises CouldNotRunError for a path that they cannot contain."""
    path, folder = _path(repository), f"{repository.served}/"
    if path != "/":  # without slashes, Apache redirects to the address with one
        path, folder = path[:-1], folder[:-1]
    return {
        "rules": _LINE.sub("    ", rules).rstrip(),
        "path": apache_text(path),
        "folder": apache_text(folder),
        "section": apache_text(repository.served),
        "htaccess": shlex.quote(str(repository.served / ".htaccess")),
    }


def caddy(repository: Repository) -> dict[str, str]:
    """Return the tokens of a Caddyfile. Raises CouldNotRunError for a path that they cannot contain."""
    scheme = "http://" if urlsplit(repository.base_url).scheme == "http" else ""
    path = _path(repository)
    return {
        **_host(repository),
        "scheme": scheme,
        "path": caddy_text(f"{path}*"),
        "without_slash": f"\n\tredir {caddy_text(path[:-1])} {caddy_text(quote(path))} 301" if path != "/" else "",
        "folder": caddy_text(repository.served),
    }


def headers(repository: Repository) -> dict[str, str]:
    """Return the folder to which `_headers` is copied."""
    return {"output": shlex.quote(f"{repository.served}/")}


def _path(repository: Repository) -> str:
    """Return the decoded path of the URL of the output, as web servers compare it."""
    return unquote(urlsplit(repository.base_url).path).rstrip("/") + "/"


def _host(repository: Repository) -> dict[str, str]:
    """Return the host of the URL of the output, or an example that must be replaced."""
    host = ascii_host(urlsplit(repository.base_url).hostname or _SOME_HOST)
    if not _HOST.fullmatch(host):
        raise CouldNotRunError(f"{repository.base_url}: no web server can have this host; give base_url another")
    return {"host": host, "fill_in": "" if repository.base_url else f"replace {_SOME_HOST}; "}
