"""A task for another machine: its context, and the check that the machine can run it."""

import os
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, chdir, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TypeVar
from zlib import crc32

import feeds
from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.locations import is_address
from feeds.sources.prefetch import entry_of, prefetch
from feeds.validation.context import ValidationContext, context_for

T = TypeVar("T")
R = TypeVar("R")

_one_at_a_time = Lock()  # a process has only one current folder, and the GIL anyway


@dataclass(frozen=True, slots=True)
class DaskTask:
    """Everything a batch of work needs: the program and folder of its origin, and the context in serializable parts.

    `schema` has the files of the user's schema, the main one first; tasks with the same `key` are equal.
    """

    key: str
    program: str = field(compare=False)
    folder: str = field(compare=False)
    config: Config = field(compare=False)
    now: datetime | None = field(compare=False)
    schema: tuple[tuple[str, bytes], ...] = field(compare=False)


def task_for(context: ValidationContext) -> DaskTask:
    """Return the task for work in a context elsewhere. Raises CouldNotRunError as `context_for` does."""
    schema = tuple(_packed(context.schema.files))
    key = repr((context.config, context.now, schema))
    return DaskTask(key, _program(), str(Path.cwd()), context.config, context.now, schema)


def run_task(dask_task: DaskTask, batch: Sequence[T], work: Callable[[T, ValidationContext], R]) -> list[R]:
    """Run work on a batch as on the machine that the task comes from.

    Raises CouldNotRunError when this machine has another version of the program, or cannot find the records.
    """
    if dask_task.program != _program():
        raise CouldNotRunError(
            f"the worker on {socket.gethostname()} has {_program()}, not the {dask_task.program} of this machine; "
            "install the same on both"
        )
    context = _context(dask_task)
    ready = list(prefetch(batch))
    files = [path for path in map(entry_of, ready) if isinstance(path, str) and not is_address(path)]
    with _one_at_a_time, _inside(dask_task.folder) if files else nullcontext():
        if files and not any(map(os.path.lexists, files)):
            raise CouldNotRunError(_unseen(files[0]))  # a missing mount must not look like removed records
        return [work(item, context) for item in ready]


@cache
def _program() -> str:
    """Return the version of this program, with a checksum."""
    package = Path(feeds.__file__).parent
    checksum = 0
    for path in sorted(package.rglob("*.py")):
        checksum = crc32(path.read_bytes(), checksum)
    major, minor, *_ = sys.version_info
    return f"feeds {feeds.__version__} (text {checksum:08x}) on Python {major}.{minor}"


def _packed(files: Sequence[Path]) -> list[tuple[str, bytes]]:
    full_paths = [os.path.abspath(path) for path in files]  # noqa: PTH100 - links are not resolved
    folder = os.path.commonpath(map(os.path.dirname, full_paths)) if full_paths else ""
    return [(os.path.relpath(path, folder), Path(path).read_bytes()) for path in full_paths]


@lru_cache(maxsize=4)
def _context(dask_task: DaskTask) -> ValidationContext:
    if not dask_task.schema:
        return context_for(dask_task.config, dask_task.now)
    with TemporaryDirectory() as folder:
        for name, content in dask_task.schema:
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        own = Path(folder, dask_task.schema[0][0])
        context = context_for(dask_task.config._replace(schema=own), dask_task.now)
    return context._replace(config=dask_task.config)


def _inside(folder: str) -> AbstractContextManager[None]:
    if not Path(folder).is_dir():
        raise CouldNotRunError(_unseen(folder))
    return chdir(folder)


def _unseen(path: str) -> str:
    return f"the worker on {socket.gethostname()} does not see {path}: every worker must find the records at their path"
