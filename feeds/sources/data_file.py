"""Read data files that list a site's authors or tags by key."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple


class DataFile(NamedTuple):
    """Authors or tags by key, the file that lists them, and a warning if it could not be read."""

    entries: Mapping[str, Mapping[str, Any]]
    path: Path | None = None
    warning: str = ""


def read_data_file(source: Path, names: Iterable[str], what: str) -> DataFile:
    """Return what the first file lists that exists in the source or above it; messages call it `what`."""
    candidates = [folder / name for name in names for folder in (source, source.parent, source.parent.parent)]
    path = next((path for path in candidates if path.is_file()), None)
    if not path:
        return DataFile({})
    try:
        data = _load(path.suffix.lower(), path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        return DataFile({}, path, f"{path.as_posix()}: the {what} cannot be read: {reason}")
    return DataFile(_entries(data), path)


def _load(suffix: str, text: str) -> Any:
    if suffix == ".json":
        return json.loads(text)
    return tomllib.loads(text) if suffix == ".toml" else _load_yaml(text)


def _load_yaml(text: str) -> Any:
    import yaml  # noqa: PLC0415 - few sites have such a file

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def _entries(data: Any) -> dict[str, Mapping[str, Any]]:
    """Return a mapping for each key; Material for MkDocs nests them under `authors`, and a value may be only a name."""
    if not isinstance(data, Mapping):
        return {}
    if set(data) == {"authors"} and isinstance(data["authors"], Mapping):
        data = data["authors"]
    named = {key: {"name": value} if isinstance(value, str) else value for key, value in data.items()}
    return {key: value for key, value in named.items() if isinstance(key, str) and isinstance(value, Mapping)}
