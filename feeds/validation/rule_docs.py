"""Tell of each rule what it refuses, why, and how a record that breaks it is mended."""

from __future__ import annotations

from importlib.resources import files


def rule_reference(rule: str) -> str:
    """Return what there is to read about a rule of `RULES`: Markdown of at most 100 characters a line, examples apart.

    Raises FileNotFoundError for any other name.
    """
    return files("feeds").joinpath("validation", "reference", f"{rule}.md").read_text(encoding="utf-8")
