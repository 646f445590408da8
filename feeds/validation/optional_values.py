"""Leave out optional values of posts that are no use, instead of the post."""

from collections.abc import Collection, Iterator

from feeds.diagnostics.problem import Problem
from feeds.frontmatter.document import Document
from feeds.validation.emptiness import without_routes
from feeds.validation.route import whole_value

# What an item is complete without. Without a value of expires it would be unknown when the post is to go.
_OPTIONAL = {
    *("updatedDateTime", "language", "topics", "excerpt", "authors", "images", "enclosures"),
    *("type", "quality", "heat", "length"),
}


def without_useless(document: Document, problems: Collection[Problem]) -> Document:
    """Return a document without the optional values that have errors."""
    return without_routes(document, {whole_value(problem.route) for problem in problems if _is_useless(problem)})


def less_severe(problems: Collection[Problem]) -> Iterator[Problem]:
    """Yield problems, those of optional values as warnings."""
    for problem in problems:
        yield problem._replace(severity="warning") if _is_useless(problem) else problem


def _is_useless(problem: Problem) -> bool:
    return problem.is_error and bool(problem.route) and problem.route[0] in _OPTIONAL
