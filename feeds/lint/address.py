"""Check the feed at a URL: how it is served, then the document."""

from feeds.diagnostics.problem import Problem
from feeds.lint import lint
from feeds.lint.lint_rule import problems_of
from feeds.lint.serving import serving_problems
from feeds.parsers import NOTHING, parse
from feeds.sources.probe import probe
from feeds.urls import without_password

# Rules of files that predict how they are served, which is known here.
_OF_FILES = frozenset({"wrong-suffix"})


def lint_address(url: str) -> list[Problem]:
    """Return the problems of the feed at a URL, sorted. Raises CouldNotRunError if nobody answers."""
    answers, name = probe(url), without_password(url)
    first = answers.first
    parsed = NOTHING if first.is_error else parse(first.content, url=first.url)
    problems = problems_of(name, serving_problems(answers, parsed.format, parsed.feed.url))
    return problems if first.is_error else sorted([*problems, *lint(name, first.content, _OF_FILES)])
