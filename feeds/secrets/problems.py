"""Hide the secret values of records in the messages of problems."""

from collections.abc import Callable, Iterable, Sequence

from feeds.diagnostics.hidden_values import without_values
from feeds.diagnostics.problem import Problem
from feeds.secrets.scanner import SecretScanner, holds


def without_secrets(
    problems: Sequence[Problem],
    ngrams: Callable[[], Iterable[tuple[str | bytes, bytes]]],
    values_of: Callable[[str], Iterable[str]],
    batches: Callable[[], Iterable[bytes]] | None = None,
) -> list[Problem]:
    """Return problems without the secret values of any record; the other arguments are those of SecretScanner."""
    if not problems:
        return []
    scanner = SecretScanner(ngrams, values_of, batches)
    scanner.inspect("", b"\n".join(map(_said, problems)))
    values = [value for hit in scanner.leaks() for value in values_of(hit.path)]
    if not values:
        return [*problems]
    return [without_values(problem) if holds(_said(problem), values) else problem for problem in problems]


def _said(problem: Problem) -> bytes:
    return f"{problem.message} {problem.remedy}".encode(errors="replace")
