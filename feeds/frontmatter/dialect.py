"""What files may begin with."""

from __future__ import annotations

from typing import NamedTuple


class Dialect(NamedTuple):
    """What files may begin with besides a fence: nothing at all, or `Key: value` lines."""

    is_optional: bool = False
    has_headers: bool = False


RECORDS = Dialect()
