"""What files may begin with."""

from __future__ import annotations

from typing import NamedTuple


class Dialect(NamedTuple):
    """What files may begin with besides a fence: nothing, `Key: value` lines, or YAML that ends with a fence."""

    is_optional: bool = False
    has_headers: bool = False
    has_late_fence: bool = False


RECORDS = Dialect()
