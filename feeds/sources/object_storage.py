"""Records in object storage, listed and fetched by the package that fsspec has for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from feeds.diagnostics.problem import CouldNotRunError, Problem
from feeds.installation import install_command
from feeds.locations import Address
from feeds.sources.exclusion import Exclusion
from feeds.sources.files import MAX_BYTES, SUFFIXES, Entry, folder_named_like_a_record, path_of, too_large, unreadable
from feeds.sources.prefetch import RemoteFile

_CONNECTIONS = 32
_MOST_BYTES_AT_ONCE = 8 * MAX_BYTES
_S3 = ("s3", "s3a")
# A listing that fails is not for want of patience: what listens answers within seconds, so that a timer's run ends.
_FOR_S3 = {
    "config_kwargs": {"max_pool_connections": _CONNECTIONS, "connect_timeout": 5, "retries": {"max_attempts": 2}}
}
_MAGIC = frozenset("*?[")


class Storage(NamedTuple):
    """A connection to storage, and the path of an address in it."""

    files: Any  # an fsspec file system
    path: str

    @property
    def is_s3(self) -> bool:
        """Return whether this is S3, or what speaks as it does."""
        return bool({*_S3} & {self.files.protocol, *self.files.protocol})


def connect(address: str) -> Storage:
    """Return the storage that an address leads to. Raises CouldNotRunError when there is no package for it."""
    protocol = address.partition("://")[0]
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - most runs need none, and may have none

        return Storage(*url_to_fs(address, **(_FOR_S3 if protocol in _S3 else {})))
    except ImportError as error:
        needed = install_command("s3") if protocol in _S3 else f"one that gives fsspec {protocol}:// ({error})"
        raise CouldNotRunError(f"{address}: this needs another package: {needed}") from None
    except ValueError as error:
        raise CouldNotRunError(f"{address}: there is no such kind of storage: {error}") from None


@contextmanager
def explained(address: str) -> Iterator[None]:
    """Return why storage cannot be used; each kind has exceptions of its own."""
    try:
        yield
    except CouldNotRunError:
        raise
    except FileNotFoundError:
        raise CouldNotRunError(f"{address}: there is no such bucket or folder") from None
    except PermissionError as error:
        raise CouldNotRunError(f"{address}: access is denied: {_line(error)}") from None
    except Exception as error:
        raise CouldNotRunError(f"{address}: the storage cannot be used: {_line(error)}") from error


def listed(address: str) -> dict[str, Mapping[str, Any]]:
    """Return every file below an address, or the file there, with what the storage says of it: one listing."""
    with explained(address):
        storage = connect(address)
        storage.files.invalidate_cache()
        found = storage.files.find(storage.path, detail=True)
    return {address + name[len(storage.path) :]: info for name, info in found.items() if info["type"] == "file"}


def find_objects(source: Address, output: Address | None, excluded: Exclusion) -> Iterator[Entry]:
    """Yield the record files at an address, sorted, by the rules for folders. Raises CouldNotRunError for none."""
    found = listed(source.url)
    if not found:
        raise CouldNotRunError(f"{source}: there are no files there; name the folder that holds your records")
    wanted = {url: info for url, info in found.items() if not excluded.covers(url, source.url)}
    yield from sorted(_chosen(source.url, f"{output}/", wanted), key=path_of)


def fingerprint_in(info: Mapping[str, Any]) -> str:
    """Return how a file looks from outside: by its entity tag, which changes with its content, or else its time."""
    for key in ("ETag", "etag", "md5Hash"):
        if info.get(key):
            return f"etag {info[key]} {info['size']}"
    for key in ("LastModified", "last_modified", "mtime", "created"):
        if info.get(key):
            time = info[key].timestamp() if isinstance(info[key], datetime) else info[key]
            return f"{int(time * 1e9)} {int(time * 1e9)} {info['size']} 0" if isinstance(time, float | int) else ""
    return ""


def fetch(files: Sequence[RemoteFile]) -> None:
    """Give files their content, or a Problem; those of one storage together, a bounded number of bytes at a time.

    Raises CouldNotRunError when the storage does not answer: that must not look like removed records.
    """
    for group in _groups(files):
        with explained(group[0]):
            storage = connect(group[0])
            paths = [storage.files._strip_protocol(file) for file in group]  # noqa: SLF001 - what all packages of fsspec do
            plain = [path for path in paths if not _MAGIC & {*path}]  # fsspec would look for what a pattern matches
            contents = storage.files.cat(plain, on_error="return") if plain else {}
            for file, path in zip(group, paths, strict=True):
                file.content = _content(file, contents[path] if path in contents else _alone(storage, path))


def read_remote(path: str) -> bytes | Problem:
    """Return what a file in storage elsewhere holds, as `read_bytes` does."""
    file = path if isinstance(path, RemoteFile) else RemoteFile(path)
    if file.content is None:
        fetch([file])
    content, file.content = file.content, None
    return content if content is not None else unreadable(path, "nothing came")


def _chosen(source: str, output: str, found: Mapping[str, Mapping[str, Any]]) -> Iterator[Entry]:
    folders = set()
    for url, info in found.items():
        *above, name = url[len(source) :].strip("/").split("/")
        if url.startswith(output) or any(part.startswith(".") for part in (*above, name)):
            continue
        like_record = next((depth for depth, part in enumerate(above) if part.endswith(SUFFIXES)), None)
        if like_record is not None:
            folders.add("/".join([source, *above[: like_record + 1]]))
        elif url == source or name.lower().endswith(SUFFIXES):
            yield RemoteFile(url, fingerprint_in(info), info["size"])
    yield from map(folder_named_like_a_record, folders)


def _groups(files: Iterable[RemoteFile]) -> Iterator[list[RemoteFile]]:
    """Yield files of the same storage, so many at a time as memory is meant to hold; none that is too large."""
    group: list[RemoteFile] = []
    size = 0
    for file in files:
        if file.size > MAX_BYTES:
            file.content = too_large(file)
            continue
        if group and (_place(file) != _place(group[0]) or size + file.size > _MOST_BYTES_AT_ONCE):
            yield group
            group, size = [], 0
        group.append(file)
        size += file.size
    if group:
        yield group


def _place(file: str) -> str:
    return "/".join(file.split("/", 3)[:3])


def _alone(storage: Storage, path: str) -> bytes | Exception:
    try:
        content: bytes = storage.files.cat_file(path)
    except (FileNotFoundError, PermissionError) as error:
        return error
    return content


def _content(file: str, content: bytes | Exception) -> bytes | Problem:
    if isinstance(content, FileNotFoundError):
        return unreadable(file, "the file has vanished", "run again")
    if isinstance(content, PermissionError):
        return unreadable(file, f"the file cannot be read: {_line(content)}")
    if isinstance(content, Exception):
        raise content
    return too_large(file) if len(content) > MAX_BYTES else content


def _line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
