"""Kinds of front matter without an opening fence."""

from typing import NamedTuple


class Dialect(NamedTuple):
    """Front matter allowed without an opening fence: none, `Key: value` lines, or YAML closed by a fence.

    With `has_tabs`, YAML may be indented with tabs; with `may_repeat_keys`, the last of several equal keys counts.
    """

    is_optional: bool = False
    has_headers: bool = False
    has_late_fence: bool = False
    has_tabs: bool = False
    may_repeat_keys: bool = False


RECORDS = Dialect()
POSTS = Dialect(is_optional=True)
