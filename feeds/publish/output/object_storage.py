"""Write files to object storage, only if their bytes change, and never over files that others have changed."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import file_digest, md5
from hashlib import sha256 as _sha256
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from feeds.diagnostics.problem import CouldNotRunError
from feeds.sources.object_storage import Storage, connect, fingerprint_in, list_files, translate_storage_errors

# S3's errors for a failed condition, and for a concurrent write of the same object.
_CONDITION_FAILED = {"PreconditionFailed", "ConditionalRequestConflict"}

_Info = Mapping[str, Any]


class _ChangedError(CouldNotRunError):
    """A file has changed since it was listed."""


class BucketTarget:
    """A folder in object storage, known by one listing; `cache_control` is the header of its files (RFC 9111)."""

    def __init__(self, address: str, cache_control: str) -> None:
        self._address, self._cache_control = address, cache_control

    def location(self, name: str) -> str:
        """Return the file's address."""
        return f"{self._address}/{name}"

    def fingerprint(self, name: str) -> str:
        """Return it from the listing, or from the response to the last write."""
        info = self._seen.get(self.location(name))
        return fingerprint_in(info) if info else ""

    def size(self, name: str) -> int | None:
        """Return it from the listing, or from the response to the last write."""
        info = self._seen.get(self.location(name))
        return int(info["size"]) if info else None

    def names(self) -> Iterator[str]:
        """Yield them from the listing."""
        names = (address.removeprefix(f"{self._address}/") for address in sorted(self._seen))
        return (name for name in names if not any(part.startswith(".") for part in name.split("/")))

    def open(self, name: str) -> BinaryIO:
        """Fetch the file."""
        return BytesIO(self.read(name))

    def read(self, name: str) -> bytes:
        """Fetch the file."""
        address = self.location(name)
        if address not in self._seen:
            return b""
        storage = connect(address)
        with translate_storage_errors(address):
            content: bytes = storage.files.cat_file(storage.path)
        return content

    def equals(self, name: str, content: Path) -> bool:
        """Compare a file by size, then by entity tag, which is mostly the MD5 digest, then by bytes."""
        address = self.location(name)
        info = self._seen.get(address)
        if not info or content.stat().st_size != info["size"]:
            return False
        with content.open("rb") as file:
            digest = file_digest(file, lambda: md5(usedforsecurity=False)).hexdigest()
        return str(info.get("ETag", "")).strip('"') == digest or self.read(name) == content.read_bytes()

    def has(self, name: str, sha256: str) -> bool:
        """Fetch and compare the file."""
        return self.location(name) in self._seen and _sha256(self.read(name)).hexdigest() == sha256

    def still_has(self, name: str, sha256: str) -> bool:  # noqa: ARG002 - the listing has no SHA-256
        """Look for the file in the listing."""
        return self.location(name) in self._seen

    def prepare(self, name: str, content: Path) -> None:
        """Do nothing: a file is uploaded when it is put."""

    def put(self, name: str, content: Path, media_type: str) -> None:
        """Put a file. Raises CouldNotRunError if somebody else has changed it since it was listed."""
        address, body = self.location(name), content.read_bytes()
        storage, before = connect(address), self._seen.get(address)
        try:
            with translate_storage_errors(address):
                put = _put_to_s3 if storage.is_s3 else _put
                self._seen[address] = put(storage, body, before, self._headers(media_type))
        except _ChangedError:
            raise CouldNotRunError(f"{address}: someone else has changed it since this run looked; run again") from None

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        address = self.location(name)
        if self._seen.pop(address, None):
            storage = connect(address)
            with translate_storage_errors(address):
                storage.files.rm_file(storage.path)

    def sync(self) -> None:
        """Do nothing: a write that succeeded is durable."""

    @cached_property
    def _seen(self) -> dict[str, _Info]:
        return list_files(self._address)

    def _headers(self, media_type: str) -> dict[str, str]:
        headers = {"ContentType": f"{media_type}; charset=utf-8", "CacheControl": self._cache_control}
        return {name: value for name, value in headers.items() if value}


def _put_to_s3(storage: Storage, body: bytes, before: _Info | None, headers: Mapping[str, str]) -> _Info:
    """Put an object on the condition that it has not changed (RFC 9110, section 13.1)."""
    bucket, key, _ = storage.files.split_path(storage.path)
    condition = {"IfMatch": before["ETag"]} if before else {"IfNoneMatch": "*"}
    try:
        done = storage.files.call_s3("put_object", Bucket=bucket, Key=key, Body=body, **headers, **condition)
    except OSError as error:
        code = getattr(error.__cause__, "response", {}).get("Error", {}).get("Code")
        if code in _CONDITION_FAILED or (before and code == "NoSuchKey"):
            raise _ChangedError from None
        raise
    return {"ETag": done["ETag"], "size": len(body)}


def _put(storage: Storage, body: bytes, before: _Info | None, _headers: Mapping[str, str]) -> _Info:
    """Put a file if it has not changed; other storage has no common conditions, so this is not atomic."""
    now = _info_of(storage)
    if (fingerprint_in(now) if now else "") != (fingerprint_in(before) if before else ""):
        raise _ChangedError
    if not storage.files.async_impl:  # local file systems have real folders
        storage.files.makedirs(storage.path.rpartition("/")[0], exist_ok=True)
    storage.files.pipe_file(storage.path, body)
    return _info_of(storage) or {}


def _info_of(storage: Storage) -> _Info | None:
    storage.files.invalidate_cache()
    try:
        info: _Info = storage.files.info(storage.path)
    except FileNotFoundError:
        return None
    return info
