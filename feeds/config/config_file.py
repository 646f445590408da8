"""Read the configuration: `feeds.toml`, or `[tool.feeds]` in `pyproject.toml`."""

import os
import re
from pathlib import Path
from typing import Any

from feeds.config.readers import read_config
from feeds.config.required_text import required_text
from feeds.config.settings import Config
from feeds.config.values import SettingError
from feeds.diagnostics.problem import CouldNotRunError
from feeds.regular_file import read_regular_text

CONFIG_FILES = ("feeds.toml", "pyproject.toml")
CACHE, LEDGER, FORMER_LEDGER = ".feeds_cache", "feeds.ids", "feeds.lock"


def load_config(path: Path | None = None, folder: Path = Path()) -> Config:
    """Return the configuration in a file, or else in `feeds.toml` or `pyproject.toml` of a folder, or the defaults.

    Raises CouldNotRunError if the given file is missing, or if a file has invalid settings.
    """
    if path:
        return _parse(path, _settings(path))
    for name in CONFIG_FILES:
        candidate = folder / name
        if os.path.lexists(candidate):  # one that cannot be read must not look like none
            settings = _settings(candidate)
            if settings or name == "feeds.toml":
                return _parse(candidate, settings)
    return Config(cache=folder / CACHE, ledger=_ledger_in(folder))


def _ledger_in(folder: Path) -> Path:
    """Return the path of the ledger of ids, under its former name if only that exists."""
    ledger, former = folder / LEDGER, folder / FORMER_LEDGER
    return former if not ledger.exists() and is_former_ledger(former) else ledger


def is_former_ledger(path: Path) -> bool:
    """Return whether a file with the ledger's former name is a ledger, and not the lock file of another program."""
    try:
        text = read_regular_text(path, errors="replace")
    except OSError:
        return False
    return not text.strip() or re.search(r'^(# The ids under which|"[^"]+" = )', text, re.MULTILINE) is not None


def _settings(path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - many folders have no configuration

    try:
        content = tomllib.loads(required_text(path, "the configuration"))
    except ValueError as error:
        remedy = "; put text in quotes" if "Invalid value" in str(error) else ""
        raise CouldNotRunError(f"{path}: not valid TOML: {error}{remedy}") from None
    except RecursionError:
        raise CouldNotRunError(f"{path}: the configuration is nested too deep") from None
    if "tool" in content:
        settings = content["tool"].get("feeds", {}) if isinstance(content["tool"], dict) else {}
    else:
        settings = {} if path.name == "pyproject.toml" else content
    if not isinstance(settings, dict):
        raise CouldNotRunError(f"{path}: [tool.feeds] is not a table")
    return settings


def _parse(path: Path, settings: dict[str, Any]) -> Config:
    try:
        config = read_config(settings)
    except SettingError as error:
        raise CouldNotRunError(f"{path}: {error}") from None
    folder = path.parent
    schema = folder / config.schema if config.schema else None
    return config._replace(
        source=folder / config.source,
        output=folder / config.output,
        schema=schema,
        cache=folder / (config.cache or CACHE),
        ledger=_ledger_in(folder),
    )
