"""Match paths with the patterns of a .gitignore."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from feeds.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# More than two in a row match as one does, after a search that takes the longer the more there are.
_STARS = lazy_pattern(r"(?<!\\)\*{3,}")


@lru_cache(maxsize=4)
def pattern_spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    """Return the matcher of some patterns. Raises ValueError for an invalid pattern."""
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - few configurations exclude anything

    return GitIgnoreSpec.from_lines(_STARS.sub("*", pattern) for pattern in patterns)
