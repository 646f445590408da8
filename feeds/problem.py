"""Make a mistake in a file an ordered value instead of an exception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Name one mistake and its place.

    `line` and `column` count characters from 1; `rule` is a kebab-case name; `remedy` says how to mend it.
    An error holds the record back, a warning lets it pass.
    """

    path: str
    line: int
    column: int
    rule: str
    message: str
    remedy: str = ""
    severity: Severity = "error"

    @property
    def is_error(self) -> bool:
        """Tell whether the record is held back."""
        return self.severity == "error"


class CouldNotRun(Exception):  # noqa: N818 - it says what happened; nothing of the user's is at fault by itself
    """Say why the program could not do its work at all; the text is written for the user."""
