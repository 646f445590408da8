"""What records are validated by: the schema, the configuration and the time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.validation.schema.record_schema import RecordSchema


@dataclass(frozen=True, slots=True)
class ValidationContext:
    """The schema, configuration and time that records are validated by; without `now` no date is in the future."""

    config: Config
    schema: RecordSchema
    now: datetime | None = None

    def graded(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems with the configured severities, sorted, without those of rules that are switched off."""
        severities = self.config.rules
        if not severities:
            return sorted(problems)
        graded = ((problem, severities.get(problem.rule, problem.severity)) for problem in problems)
        return sorted(replace(problem, severity=severity) for problem, severity in graded if severity != "off")


def context_for(config: Config, now: datetime | None = None) -> ValidationContext:
    """Return the context that a configuration gives.

    Raises CouldNotRunError when its schema cannot be used.
    """
    return ValidationContext(config, RecordSchema(config.schema), now)
