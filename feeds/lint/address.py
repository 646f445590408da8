"""Check the feed at a URL: how it is served, then the document."""

from feeds.diagnostics.problem import Problem
from feeds.lint import lint
from feeds.lint.lint_rule import problems_of
from feeds.lint.serving import serving_problems
from feeds.parsers import NOTHING, parse
from feeds.sources.probe import probe
from feeds.urls import without_password

_ERRORS = 400
# Rules of files that predict how they are served, which is known here.
_OF_FILES = frozenset({"wrong-suffix"})


def lint_address(url: str) -> list[Problem]:
    """Return the problems of the feed at a URL, sorted. Raises CouldNotRunError if nobody answers."""
    answers, name = probe(url), without_password(url)
    content = answers.first.content
    parsed = parse(content, url=answers.first.url) if answers.first.status < _ERRORS else NOTHING
    problems = problems_of(name, serving_problems(answers, parsed.format, parsed.feed.url))
    if answers.first.status < _ERRORS:
        problems += lint(name, content, _OF_FILES)
    return sorted(problems)
