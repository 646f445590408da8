"""Show the changes of a file as a unified diff that `git apply` and `patch` accept."""

import codecs
import difflib
import re
from collections.abc import Callable, Iterator

Mask = Callable[[bytes], str]

_SPECIAL = re.compile(rb'[\x00-\x1f\x7f"\\]')
_NO_NEWLINE = b"\n\\ No newline at end of file\n"


def patch_of(path: str, old: bytes, new: bytes, mask: Mask) -> Iterator[bytes]:
    """Yield the lines of the diff between the old and the new content of a file.

    The context is shortened if `mask` changes a line of it; a changed line that `mask` changes is shown masked, and the
    diff cannot be applied.
    """
    shown = {**_shown(old, mask), **_shown(new, mask)}
    for context in (3, 2, 1, 0):
        lines = _diff(path, old, new, context)
        if not any(line[1:] in shown for line in lines):
            break
    masked = (line[:1] + shown.get(line[1:], line[1:]) for line in lines)
    return (line if line.endswith(b"\n") else line + _NO_NEWLINE for line in masked)


def _diff(path: str, old: bytes, new: bytes, context: int) -> list[bytes]:
    name = path.encode(errors="surrogateescape")
    names = (_quoted(b"a/" + name), _quoted(b"b/" + name))
    return [*difflib.diff_bytes(difflib.unified_diff, _lines(old), _lines(new), *names, n=context, lineterm=b"\n")]


def _quoted(name: bytes) -> bytes:
    """Return a name as git writes and reads it: in quotes if it has a control character, a quote or a backslash."""
    escaped = _SPECIAL.sub(lambda found: b"\\%03o" % ord(found[0]), name)
    return name if escaped == name else b'"%b"' % escaped


def _shown(content: bytes, mask: Mask) -> dict[bytes, bytes]:
    lines = zip(_lines(content.removeprefix(codecs.BOM_UTF8)), _lines(mask(content).encode()), strict=True)
    return {line: masked for line, masked in lines if line != masked}


def _lines(content: bytes) -> list[bytes]:
    lines = content.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
