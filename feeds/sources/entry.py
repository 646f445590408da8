"""Entries of a source: its record files, and what is the matter with those that cannot be read."""

from feeds.diagnostics.problem import START, Problem, problem_at

Entry = str | Problem  # the path of a file, or the problem that it cannot be read

OTHER_MARKUP = (".mdx", ".qmd", ".rst", ".adoc", ".asciidoc", ".org", ".textile")  # than Markdown and HTML alone
SUFFIXES = (".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".mdown", ".html", ".htm", ".txt", *OTHER_MARKUP)
MAX_BYTES = 8 * 1024 * 1024


def path_of(entry: Entry) -> str:
    """Return the path of an entry, readable or not."""
    return entry.path if isinstance(entry, Problem) else entry


def not_regular(path: str) -> Problem:
    """Return the problem that a file is no regular file."""
    return _problem(path, "not-a-file", "this is not a regular file", "move it out of the records' folder")


def folder_named_like_a_record(path: str) -> Problem:
    """Return the problem that a folder is named like a record."""
    return _problem(path, "not-a-file", "this is a folder with a record's name", "rename the folder")


def unreadable(path: str, message: str, remedy: str = "check its permissions") -> Problem:
    """Return the problem that a file cannot be read."""
    return _problem(path, "unreadable", message, remedy)


def too_large(path: str) -> Problem:
    """Return the problem that a file is too large."""
    limit = MAX_BYTES // 1024 // 1024
    return _problem(path, "too-large", f"the file is larger than {limit} MiB", "a record is text; split it")


def _problem(path: str, rule: str, message: str, remedy: str) -> Problem:
    return problem_at(str(path), START, rule, message, remedy)
