"""The reference page of each rule: what it reports, why, and how to fix it."""

from importlib.resources import files


def rule_reference(rule: str) -> str:
    """Return the reference page of a rule of `RULES`: Markdown of at most 100 characters a line, except in examples.

    Raises FileNotFoundError for any other name.
    """
    return files("feeds").joinpath("validation", "reference", f"{rule}.md").read_text(encoding="utf-8")
