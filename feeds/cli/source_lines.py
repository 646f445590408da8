"""Read the lines of a file for excerpts on a terminal."""

import re
from collections.abc import Collection

from feeds.diagnostics.problem import Problem
from feeds.sources.files import read_bytes
from feeds.validation.redaction import masked_text

_LINE_END = re.compile(r"\r\n|\n|\r")


def read_lines(path: str, secret: Collection[str] = ()) -> list[str]:
    """Return the lines of a file without byte order mark and values of secret keys; none if it cannot be read."""
    content = read_bytes(path)
    return [] if isinstance(content, Problem) else _LINE_END.split(masked_text(path, content, secret))
