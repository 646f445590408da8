"""Share what several test modules need: places, record bytes, built outputs, a strict JSON Feed check."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

import feeds
from feeds.config.settings import Config
from feeds.publish.manifest import MANIFEST

REPOSITORY = Path(__file__).resolve().parents[1]
SEEDS = REPOSITORY / "seeds"
CORPUS = REPOSITORY.parent / "shared" / "corpus"
SHARED_SEEDS = REPOSITORY.parent / "shared" / "seeds"
NOW = datetime(2030, 1, 1, tzinfo=UTC)
BASE_URL = "https://feeds.example.net/out/"
HOME_PAGE = "https://home.example.net/"

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_SCHEMA = REPOSITORY / "tests" / "schemas" / "json-feed-1.1.schema.json"
_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("date-time", raises=ValueError)
def _is_date_time(value: object) -> bool:
    return not isinstance(value, str) or bool(_RFC3339.fullmatch(value) and datetime.fromisoformat(value))


@_FORMATS.checks("uri", raises=ValueError)
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or (value.isascii() and bool(urlsplit(value).scheme) and " " not in value)


JSON_FEED = Draft202012Validator(json.loads(_SCHEMA.read_text(encoding="utf-8")), format_checker=_FORMATS)


class _Dumper(yaml.SafeDumper):
    """Put all text in quotes: what PyYAML leaves plain by YAML 1.1, such as 0E0, may be a number in YAML 1.2."""

    def represent_quoted(self, text: str) -> yaml.Node:
        return self.represent_scalar("tag:yaml.org,2002:str", text, style='"')


_Dumper.add_representer(str, _Dumper.represent_quoted)


def record_bytes(data: Mapping[str, Any], body: str = "") -> bytes:
    """Return a record as it stands in a file, every character outside ASCII written as a YAML escape."""
    front_matter = yaml.dump(dict(data), Dumper=_Dumper, allow_unicode=False, sort_keys=False, width=10**9)
    return f"---\n{front_matter}---\n{body}".encode()


def config_for(source: Path, output: Path, **settings: Any) -> Config:
    return Config(**{"source": source, "output": output, "base_url": BASE_URL, "home_page": HOME_PAGE} | settings)


def all_files(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by name, hidden ones and the manifest of a publication left out."""
    hidden = re.compile(rf"(^|/)(\.|{MANIFEST}$)")
    return {name: content for name, content in all_files(folder).items() if not hidden.search(name)}


def outputs_of(files: Mapping[str, bytes], **settings: Any) -> dict[str, bytes]:
    """Return every file that a build makes of record files, by name."""
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder, "records"), Path(folder, "out")
        source.mkdir()
        for name, content in files.items():
            (source / name).write_bytes(content)
        built = feeds.build(config_for(source, output, **settings), NOW)
        assert built.refusals == ()
        return tree(output)


def run_feeds(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "feeds", *map(str, arguments)],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        timeout=120,
        check=False,
    )


def need(folder: Path) -> Path:
    """Return a folder, or skip the test that needs it."""
    if not folder.is_dir():
        pytest.skip(f"{folder} is missing")
    return folder


def record_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.suffix in {".md", ".html", ".txt"})
