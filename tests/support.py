"""Share what several test modules need: places, record bytes, built outputs, a strict JSON Feed check."""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout, suppress
from datetime import UTC, datetime
from functools import cache
from io import StringIO
from pathlib import Path
from pkgutil import iter_modules
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

import feeds
import feeds.cli
from feeds.config.settings import Config
from feeds.publish.output.manifest import MANIFEST

REPOSITORY = Path(__file__).resolve().parents[1]
SEEDS = REPOSITORY / "seeds"
CORPUS = REPOSITORY.parent / "shared" / "corpus"
SHARED_SEEDS = REPOSITORY.parent / "shared" / "seeds"
NOW = datetime(2030, 1, 1, tzinfo=UTC)
BASE_URL = "https://feeds.example.net/out/"
HOME_PAGE = "https://home.example.net/"

_LONGEST_RUN = 120
_READ_BY_THE_PROGRAM = {"COLUMNS", "FEEDS_DEBUG", "GITHUB_ACTIONS", "NO_COLOR", "TERM"}  # and not as it starts
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
    common: dict[str, Any] = {"base_url": BASE_URL, "home_page": HOME_PAGE}
    return Config(source=source, output=output, **common | settings)


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
        built = feeds.build(config_for(source, output, **settings), NOW, force=True)  # if all are refused, too
        assert built.refusals == ()
        return tree(output)


def run_feeds(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program, in a copy of this process that need not import it again wherever that makes no difference."""
    words = [*map(str, arguments)]
    if environment.keys() <= _READ_BY_THE_PROGRAM and hasattr(os, "fork"):
        return _run_copy(words, cwd, environment)
    return start_feeds(*words, cwd=cwd, **environment)


def start_feeds(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "feeds", *map(str, arguments)],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        timeout=_LONGEST_RUN,
        check=False,
    )


def _run_copy(words: list[str], cwd: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
    _import_commands()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        copy = multiprocessing.get_context("fork").Process(
            target=_program, args=(words, cwd, environment, out.fileno(), err.fileno())
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of threads of ours, which a copy has none of
            copy.start()
        copy.join(_LONGEST_RUN)
        if copy.exitcode is None:
            copy.kill()
            raise subprocess.TimeoutExpired(words, _LONGEST_RUN)
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(words, copy.exitcode, out.read(), err.read())


@cache
def _import_commands() -> None:
    """Import what a copy of this process would otherwise import itself, each anew."""
    for module in iter_modules(feeds.cli.__path__):
        with suppress(ModuleNotFoundError):  # what serves a preview may not be installed
            importlib.import_module(f"feeds.cli.{module.name}")
    with redirect_stdout(StringIO()), suppress(SystemExit):
        importlib.import_module("feeds.cli.app").app(["schema", "--help"])  # typer imports the most when it runs


def _program(words: list[str], cwd: Path, environment: Mapping[str, str], out: int, err: int) -> None:
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.chdir(cwd)
    os.environ |= environment
    sys.stdout, sys.stderr = (open(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))  # noqa: SIM115 - of this process
    sys.argv = [str(REPOSITORY / "feeds" / "__main__.py"), *words]
    for name in [name for name in sys.modules if name.startswith("feeds.cli")]:
        del sys.modules[name]  # where the program keeps what a run was asked for
    importlib.import_module("feeds.cli.main").main()


def need(folder: Path) -> Path:
    """Return a folder, or skip the test that needs it."""
    if not folder.is_dir():
        pytest.skip(f"{folder} is missing")
    return folder


@contextmanager
def disk_of(folder: Path, size: str) -> Iterator[Path]:
    """Mount a disk in memory at a folder, or skip the test that needs it."""
    folder.mkdir()
    mount: list[str | Path] = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted: that takes root and mount")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def record_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.suffix in {".md", ".html", ".txt"})


def wait_for(is_so: Callable[[], bool]) -> None:
    """Wait until something is so. Fails after 15 seconds."""
    deadline = time.monotonic() + 15
    while not is_so():
        assert time.monotonic() < deadline, "waited 15 seconds in vain"
        time.sleep(0.05)
