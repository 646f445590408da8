"""Replace many files atomically, and wait for the disk once for hundreds of them."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from feeds.publish.files.atomic_write import copy_permissions, replace_file, temporary_for, write_locked
from feeds.publish.files.disk_errors import translate_write_errors

_MOST_OPEN = 200  # temporary files, which stay open so that no other process removes them


class FileBatch:
    """Files that are replaced together; an exception leaves those as they were that are not renamed yet."""

    def __init__(self) -> None:
        self._files: dict[Path, BinaryIO] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self._discard()

    def __contains__(self, path: Path) -> bool:
        """Return whether a file waits for being replaced."""
        return path in self._files

    def put(self, path: Path, content: bytes) -> None:
        """Write a temporary file for a file. Raises CouldNotRunError when the folder cannot be written to."""
        if path.exists() and not path.is_file():  # as a device, or a folder, which is in the way
            replace_file(path, [content])
            return
        with translate_write_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._files[path] = file = temporary_for(path).open("wb")
            write_locked(file, [content])
        if len(self._files) >= _MOST_OPEN:
            self.commit()

    def commit(self) -> None:
        """Sync all temporary files, and rename them. Raises CouldNotRunError when one cannot be."""
        if sys.platform == "linux":  # elsewhere sync does not wait
            os.sync()
        else:
            for path, file in self._files.items():
                with translate_write_errors(path):
                    os.fsync(file.fileno())
        for path in list(self._files):
            temporary = temporary_for(path)
            with translate_write_errors(path):
                with suppress(FileNotFoundError):
                    copy_permissions(path, temporary)
                temporary.replace(path)
            self._files.pop(path).close()

    def _discard(self) -> None:
        for path, file in self._files.items():
            file.close()
            with suppress(OSError):
                temporary_for(path).unlink()
