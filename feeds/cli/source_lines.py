"""Read the lines that a terminal shows of a file."""

import re
from collections.abc import Collection

from feeds.diagnostics.problem import Problem
from feeds.sources.files import read_bytes
from feeds.validation.redaction import masked_text

_LINE_END = re.compile(r"\r\n|\n|\r")


def read_lines(path: str, secret: Collection[str] = ()) -> list[str]:
    """Return the lines of a file, without a byte order mark and what stands under secret keys.

    A file that cannot be read has none.
    """
    content = read_bytes(path)
    return [] if isinstance(content, Problem) else _LINE_END.split(masked_text(path, content, secret))
