"""Put files into storage elsewhere, each only when its bytes change, and none over what someone else has put there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import file_digest, md5
from hashlib import sha256 as _sha256
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from feeds.diagnostics.problem import CouldNotRunError
from feeds.sources.object_storage import Storage, connect, fingerprint_in, list_files, translate_storage_errors

# What S3 answers when a condition does not hold, and when another write of the same object is under way.
_CONDITION_FAILED = {"PreconditionFailed", "ConditionalRequestConflict"}

_Info = Mapping[str, Any]


class _ChangedError(CouldNotRunError):
    """Say that a file is no longer what it was."""


class BucketTarget:
    """A folder of storage, as one listing has it; `cache_control` is how it is served (RFC 9111)."""

    def __init__(self, address: str, cache_control: str) -> None:
        self._address, self._cache_control = address, cache_control

    def location(self, name: str) -> str:
        """Return the file's address."""
        return f"{self._address}/{name}"

    def fingerprint(self, name: str) -> str:
        """Return it as the listing has it, or as the storage answered when the file was put."""
        info = self._seen.get(self.location(name))
        return fingerprint_in(info) if info else ""

    def size(self, name: str) -> int | None:
        """Return it as the listing has it, or as the storage answered when the file was put."""
        info = self._seen.get(self.location(name))
        return int(info["size"]) if info else None

    def names(self) -> Iterator[str]:
        """Take them from the listing."""
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
        """Compare a file by its entity tag, which mostly is the MD5 digest, else by its size, else by its bytes."""
        address = self.location(name)
        info = self._seen.get(address)
        if not info or content.stat().st_size != info["size"]:
            return False
        with content.open("rb") as file:
            digest = file_digest(file, lambda: md5(usedforsecurity=False)).hexdigest()
        return str(info.get("ETag", "")).strip('"') == digest or self.read(name) == content.read_bytes()

    def has(self, name: str, sha256: str) -> bool:
        """Fetch the file, and compare."""
        return self.location(name) in self._seen and _sha256(self.read(name)).hexdigest() == sha256

    def keeps(self, name: str, sha256: str) -> bool:  # noqa: ARG002 - the listing does not tell it
        """Look for the file in the listing."""
        return self.location(name) in self._seen

    def prepare(self, name: str, content: Path) -> None:
        """Do nothing: a file travels when it is put."""

    def put(self, name: str, content: Path, media_type: str) -> None:
        """Put a file. Raises CouldNotRunError if it is no longer what the listing has."""
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
        """Do nothing: storage has what it has answered for."""

    @cached_property
    def _seen(self) -> dict[str, _Info]:
        return list_files(self._address)

    def _headers(self, media_type: str) -> dict[str, str]:
        headers = {"ContentType": f"{media_type}; charset=utf-8", "CacheControl": self._cache_control}
        return {name: value for name, value in headers.items() if value}


def _put_to_s3(storage: Storage, body: bytes, before: _Info | None, headers: Mapping[str, str]) -> _Info:
    """Put an object on the condition that it is what it was (RFC 9110, section 13.1)."""
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
    """Put a file where there are no conditions that all storage knows: between look and put lies a moment."""
    now = _info_of(storage)
    if (fingerprint_in(now) if now else "") != (fingerprint_in(before) if before else ""):
        raise _ChangedError
    if not storage.files.async_impl:  # what is reached without waiting for a network has real folders
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
