"""Messages for anyOf and oneOf: a value matches none of the alternatives, or several."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from feeds.diagnostics.wording import either
from feeds.validation.schema.description import description_in, example_in, in_words, types_in_words
from feeds.validation.schema.key_message import missing_all
from feeds.validation.schema.schema_problem import SchemaProblem
from feeds.validation.schema.value_message import closest_choice, not_one_of, wrong_kind
from feeds.validation.schema.violation import Error, Violation, violation_of

Describe = Callable[[Iterable[Error]], list[SchemaProblem]]

_CHOICES = {"enum", "const"}


class _Branch(NamedTuple):
    """One alternative: the errors of the value, and the problems that they become."""

    errors: list[Error]
    problems: list[SchemaProblem]

    @property
    def rank(self) -> tuple[int, int]:
        """Return the distance of the value: deep errors and few problems are near."""
        return -min(len(error.relative_path) for error in self.errors), len(self.problems)


def no_alternative(violation: Violation, errors: Iterable[Error], describe: Describe) -> Iterable[SchemaProblem]:
    """Return the problems of the alternative that a value nearly matches, or else one about all of them."""
    branches = _branches(errors, describe)
    if missing := _missing(branches):
        return _missing_problems(violation, branches, missing, describe)
    if all(_is_of_whole_value(error) for branch in branches for error in branch.errors):
        return [_wrong_value(violation, branches)]
    if discriminators := _discriminators(branches):
        first = violation_of(discriminators[0], violation.schemas, violation.naming)
        return [not_one_of(replace(first, keyword="enum", limit=_choices(discriminators)))]
    best = _closest(branches)
    return [each for each in best[0].problems if all(each in branch.problems for branch in best)] or _joint_problem(
        violation, best
    )


def several_alternatives(violation: Violation) -> SchemaProblem:
    """Return the problem that a value matches several alternatives of oneOf."""
    message = f"{violation.name} matches more than one alternative; expected exactly one"
    return violation.problem("not-allowed", message)


def _branches(errors: Iterable[Error], describe: Describe) -> list[_Branch]:
    found: dict[int, list[Error]] = {}
    for error in errors:
        found.setdefault(error.relative_schema_path[0], []).append(error)
    return [_Branch(branch, describe(branch)) for branch in found.values()]


def _missing(branches: list[_Branch]) -> list[dict[str, Error]]:
    """Return the missing or empty keys of each branch; nothing if there are other errors."""
    missing = [{_lacked_key(error): error for error in branch.errors} for branch in branches]
    return [] if any(None in keys for keys in missing) else [{str(key): keys[key] for key in keys} for keys in missing]


def _lacked_key(error: Error) -> Any:
    if error.validator == "required" and not error.relative_path:
        return error.validator_value
    is_empty = error.validator == "minLength" and len(error.relative_path) == 1 and not error.instance
    return error.relative_path[0] if is_empty else None


def _missing_problems(
    violation: Violation, branches: list[_Branch], missing: list[dict[str, Error]], describe: Describe
) -> Iterable[SchemaProblem]:
    everywhere = [error for key, error in missing[0].items() if all(key in keys for keys in missing)]
    if everywhere:
        return describe(everywhere)
    or_empty = any(_must_be_filled(error) for branch in branches for error in branch.errors)
    return [missing_all(violation, list(dict.fromkeys(key for keys in missing for key in keys)), or_empty=or_empty)]


def _must_be_filled(error: Error) -> bool:
    part = error.schema.get("properties", {}).get(error.validator_value) if error.validator == "required" else {}
    return error.validator == "minLength" or (isinstance(part, dict) and "minLength" in part)


def _is_of_whole_value(error: Error) -> bool:
    return not error.relative_path and error.validator in {"type", *_CHOICES}


def _wrong_value(violation: Violation, branches: list[_Branch]) -> SchemaProblem:
    errors = [error for branch in branches for error in branch.errors]
    choices = _choices(errors)
    if all(any(error.validator in _CHOICES for error in branch.errors) for branch in branches):
        return not_one_of(replace(violation, keyword="enum", limit=choices))
    words = either(_expected_by(branch) for branch in branches)
    if {each.rule for branch in branches for each in branch.problems} == {"wrong-type"}:
        limits = [error.validator_value for error in errors]
        return wrong_kind(
            violation, words, [kind for limit in limits for kind in ([limit] if isinstance(limit, str) else limit)]
        )
    return violation.expected("not-allowed", words, closest_choice(violation.value, choices))


def _choices(errors: Iterable[Error]) -> list[Any]:
    choices: list[Any] = []
    for error in errors:
        if error.validator in _CHOICES:
            choices += [error.validator_value] if error.validator == "const" else error.validator_value
    return choices


def _discriminators(branches: list[_Branch]) -> list[Error]:
    """Return the errors, one per branch, of the key that discriminates between alternatives."""
    named = [
        {tuple(error.relative_path): error for error in branch.errors if _is_discriminator(error)}
        for branch in branches
    ]
    paths = [path for path in named[0] if all(path in discriminators for discriminators in named)]
    return [discriminators[min(paths, key=len)] for discriminators in named] if paths else []


def _is_discriminator(error: Error) -> bool:
    is_single = error.validator == "const" or (error.validator == "enum" and len(error.validator_value) == 1)
    return is_single and bool(error.relative_path)


def _closest(branches: list[_Branch]) -> list[_Branch]:
    """Return the nearest of the branches that are probably meant."""
    meant = [branch for branch in branches if not any(map(_is_other_type, branch.errors))] or branches
    meant = [branch for branch in meant if not any(map(_is_discriminator, branch.errors))] or meant
    nearest = min(branch.rank for branch in meant)
    return [branch for branch in meant if branch.rank == nearest]


def _is_other_type(error: Error) -> bool:
    return error.validator == "type" and not error.relative_path


def _joint_problem(violation: Violation, best: list[_Branch]) -> Iterable[SchemaProblem]:
    words = [_expected_by(branch) for branch in best]
    if len(best) == 1 or not (violation.description or all(words)):
        return best[0].problems
    rules = {each.rule for branch in best for each in branch.problems}
    rule = rules.pop() if len(rules) == 1 else "not-allowed"
    if all(words):
        return [violation.expected(rule, either(words), violation.hint)]
    return [violation.problem(rule, f"{violation.shown}; expected: {violation.description}", violation.hint)]


def _pattern_in_words(schema: dict[str, Any]) -> str:
    if example := example_in([schema]):
        return f"text as in {example}"
    description = description_in([schema])
    return f"text ({description})" if description else in_words({"pattern": schema["pattern"]})


def _expected_by(branch: _Branch) -> str:
    """Return in a few words what a branch expects of the value, or nothing."""
    error = next((error for error in branch.errors if error.validator in _CHOICES), branch.errors[0])
    if error.relative_path or not isinstance(error.schema, dict):
        return ""
    if error.validator == "pattern":
        return _pattern_in_words(error.schema)
    if error.validator == "type":
        return in_words(error.schema) or types_in_words(error.validator_value)
    return in_words(error.schema) or in_words({str(error.validator): error.validator_value})
