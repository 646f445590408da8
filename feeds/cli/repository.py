"""Collect what templates need to know of a folder and of this program."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import feeds
from feeds.config.config_file import CACHE, load_config
from feeds.installation import direct_url
from feeds.locations import Location
from feeds.scaffold.feeds_toml import feeds_toml
from feeds.scaffold.generators import find_generator
from feeds.scaffold.repository import GitOrigin, Repository
from feeds.sources.detect import likely_source

_REACHABLE = {"https", "http", "ssh"}


def find_repository(folder: Path) -> Repository:
    """Return what templates need to know of a folder: from its configuration, else from its records.

    Raises CouldNotRunError for an invalid configuration.
    """
    whole = _absolute(folder)
    config = load_config(folder=whole)
    is_configured = not isinstance(config.source, Path) or config.source.is_absolute()  # else it is the default
    output = _located(whole / config.output)
    found = None if is_configured else find_generator(whole)
    site = feeds_toml(found, whole) if found else None
    source = config.source
    if site:
        source, output = Path(site.source), _absolute(whole / site.output)
    elif not is_configured and isinstance(output, Path):
        source = likely_source(whole, output) or source
    return Repository(
        folder=whole,
        source=_located(whole / source),
        output=output,
        cache=_absolute(whole / (config.cache or CACHE)),
        program=_program(),
        owner=_owner(whole),
        version=feeds.__version__,
        configuration=_configuration(whole) if is_configured else None,
        origin=_origin(),
        base_url=config.base_url,
        hub=config.hub,
        site=site,
        has_site=bool(site or config.preset),
    )


def _located(location: Location) -> Location:
    return _absolute(location) if isinstance(location, Path) else location


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would also replace links, which may be moved on


def _configuration(folder: Path) -> Path:
    own = folder / "feeds.toml"
    return own if own.is_file() else folder / "pyproject.toml"


def _program() -> tuple[str, ...]:
    """Return the command that starts this program from any folder, without PATH."""
    sibling = Path(sys.executable).with_name("feeds")
    for script in (_absolute(Path(sys.argv[0])), sibling):
        if script.stem == "feeds" and script.is_file():
            return (str(script),)
    return (sys.executable, "-P", "-m", "feeds")


def _owner(folder: Path) -> str:
    try:
        return folder.owner()
    except (KeyError, NotImplementedError):  # an owner without a name, a system without owners
        return str(folder.stat().st_uid)


def _origin() -> GitOrigin | None:
    """Return the git repository from which pip installed this program, if it has a public URL."""
    installed = direct_url()
    vcs = installed.get("vcs_info", {})
    if vcs.get("vcs") != "git" or urlsplit(installed["url"]).scheme not in _REACHABLE:
        return None
    return GitOrigin(installed["url"], vcs["commit_id"])
