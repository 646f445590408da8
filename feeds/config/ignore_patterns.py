"""Match paths with the patterns of a .gitignore."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@lru_cache(maxsize=4)
def pattern_spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    """Return the matcher of some patterns. Raises ValueError for an invalid pattern."""
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - few configurations exclude anything

    return GitIgnoreSpec.from_lines(patterns)
