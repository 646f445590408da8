"""List and fetch records in object storage, through fsspec."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from feeds.diagnostics.problem import CouldNotRunError, Problem
from feeds.installation import install_command
from feeds.locations import Address
from feeds.sources.entry import MAX_BYTES, SUFFIXES, Entry, folder_named_like_a_record, path_of, too_large, unreadable
from feeds.sources.exclusion import Exclusion
from feeds.sources.remote_file import RemoteFile

_CONNECTIONS = 32
_MOST_BYTES_AT_ONCE = 8 * MAX_BYTES
_S3 = ("s3", "s3a")
# Storage that works answers within seconds; a scheduled run must not hang on one that does not.
_FOR_S3 = {
    "config_kwargs": {"max_pool_connections": _CONNECTIONS, "connect_timeout": 5, "retries": {"max_attempts": 2}}
}
_MAGIC = frozenset("*?[")


class Storage(NamedTuple):
    """A connection to storage, and a path in it."""

    files: Any  # an fsspec file system
    path: str

    @property
    def is_s3(self) -> bool:
        """Return whether this is S3 or a compatible service."""
        return bool({*_S3} & {self.files.protocol, *self.files.protocol})


def connect(address: str) -> Storage:
    """Return the storage of an address. Raises CouldNotRunError when its package is not installed."""
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
def translate_storage_errors(address: str) -> Iterator[None]:
    """Turn any exception of a storage package into a CouldNotRunError that says why."""
    try:
        yield
    except CouldNotRunError:
        raise
    except FileNotFoundError:
        raise CouldNotRunError(f"{address}: there is no such bucket or folder; make one, or correct it") from None
    except PermissionError as error:
        raise CouldNotRunError(f"{address}: access is denied: {_line(error)}") from None
    except Exception as error:
        raise CouldNotRunError(f"{address}: the storage cannot be used: {_line(error)}") from error


def list_files(address: str) -> dict[str, Mapping[str, Any]]:
    """Return the metadata of every file at or below an address, in one listing."""
    with translate_storage_errors(address):
        storage = connect(address)
        storage.files.invalidate_cache()
        found = storage.files.find(storage.path, detail=True)
    return {address + name[len(storage.path) :]: info for name, info in found.items() if info["type"] == "file"}


def find_objects(source: Address, output: Address | None, excluded: Exclusion) -> Iterator[Entry]:
    """Yield the record files at an address, sorted, by the rules for folders. Raises CouldNotRunError for none."""
    found = list_files(source.url)
    if not found:
        raise CouldNotRunError(f"{source}: there are no files there; name the folder that holds your records")
    wanted = {url: info for url, info in found.items() if not excluded.covers(url, source.url)}
    yield from sorted(_chosen(source.url, f"{output}/", wanted), key=path_of)


def fingerprint_in(info: Mapping[str, Any]) -> str:
    """Return the fingerprint of a file: its entity tag, which changes with its content, or else its time."""
    for key in ("ETag", "etag", "md5Hash"):
        if info.get(key):
            return f"etag {info[key]} {info['size']}"
    for key in ("LastModified", "last_modified", "mtime", "created"):
        if info.get(key):
            time = info[key].timestamp() if isinstance(info[key], datetime) else info[key]
            return f"{int(time * 1e9)} {int(time * 1e9)} {info['size']} 0" if isinstance(time, float | int) else ""
    return ""


def fetch(files: Sequence[RemoteFile]) -> None:
    """Fetch the content of files, or a Problem; files of one bucket together, up to a number of bytes at a time.

    Raises CouldNotRunError when the storage does not answer, so that records do not seem to be removed.
    """
    for group in _groups(files):
        with translate_storage_errors(group[0]):
            storage = connect(group[0])
            paths = [storage.files._strip_protocol(file) for file in group]  # noqa: SLF001 - what all packages of fsspec do
            plain = [path for path in paths if not _MAGIC & {*path}]  # fsspec would expand these as globs
            contents = storage.files.cat(plain, on_error="return") if plain else {}
            for file, path in zip(group, paths, strict=True):
                file.content = _content(file, contents[path] if path in contents else _alone(storage, path))


def read_remote(path: str) -> bytes | Problem:
    """Return the content of a file in object storage, as `read_bytes` does."""
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
    """Yield groups of files of one bucket that fit into memory; files that are too large get a Problem instead."""
    group: list[RemoteFile] = []
    size = 0
    for file in files:
        if file.size > MAX_BYTES:
            file.content = too_large(file)
            continue
        if group and (_bucket(file) != _bucket(group[0]) or size + file.size > _MOST_BYTES_AT_ONCE):
            yield group
            group, size = [], 0
        group.append(file)
        size += file.size
    if group:
        yield group


def _bucket(file: str) -> str:
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
