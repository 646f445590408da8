"""Say what records are held against: the schema, the configuration and the time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.validation.schema.record_schema import RecordSchema


@dataclass(frozen=True, slots=True)
class ValidationContext:
    """Hold what records are checked against; without `now` no record is told that it waits for its date."""

    config: Config
    schema: RecordSchema
    now: datetime | None = None

    def graded(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems as grave as the configuration wants them, those of rules switched off left out; sorted."""
        severities = self.config.rules
        if not severities:
            return sorted(problems)
        graded = ((problem, severities.get(problem.rule, problem.severity)) for problem in problems)
        return sorted(replace(problem, severity=severity) for problem, severity in graded if severity != "off")


def context_for(config: Config, now: datetime | None = None) -> ValidationContext:
    """Return what a configuration wants records to be held against.

    Raises CouldNotRunError when its schema cannot be used.
    """
    return ValidationContext(config, RecordSchema(config.schema), now)
