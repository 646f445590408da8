"""Say what is wrong with a value that could have been right in several ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from feeds.diagnostics.wording import either
from feeds.validation.schema.complaint import Complaint
from feeds.validation.schema.description import example_in, in_words, told_by, types_in_words
from feeds.validation.schema.key_message import missing_all
from feeds.validation.schema.refusal import Error, Refusal, refusal_of
from feeds.validation.schema.value_message import closest_choice, not_one_of, wrong_kind

Say = Callable[[Iterable[Error]], list[Complaint]]

_CHOICES = {"enum", "const"}


class _Branch(NamedTuple):
    """Hold what is wrong with a value in one of the ways in which it could be right."""

    errors: list[Error]
    said: list[Complaint]

    @property
    def rank(self) -> tuple[int, int]:
        """Tell how near the value came to this: the deeper the mistakes, and the fewer, the nearer."""
        return -min(len(error.relative_path) for error in self.errors), len(self.said)


def no_alternative(refusal: Refusal, errors: Iterable[Error], say: Say) -> Iterable[Complaint]:
    """Say what keeps a value from being right in the way it came closest to; else what the ways are."""
    branches = _branches(errors, say)
    if missing := _missing(branches):
        return _say_missing(refusal, branches, missing, say)
    if all(_is_plain(error) for branch in branches for error in branch.errors):
        return [_other_value(refusal, branches)]
    if sorts := _sorts(branches):
        first = refusal_of(sorts[0], refusal.schemas, refusal.naming)
        return [not_one_of(replace(first, keyword="enum", limit=_choices(sorts)))]
    best = _closest(branches)
    return [each for each in best[0].said if all(each in branch.said for branch in best)] or _tie(refusal, best)


def _branches(errors: Iterable[Error], say: Say) -> list[_Branch]:
    found: dict[int, list[Error]] = {}
    for error in errors:
        found.setdefault(error.relative_schema_path[0], []).append(error)
    return [_Branch(branch, say(branch)) for branch in found.values()]


def _missing(branches: list[_Branch]) -> list[dict[str, Error]]:
    """Return for each branch the keys it lacks, or that are empty; nothing if anything else is wrong."""
    missing = [{_lacked_key(error): error for error in branch.errors} for branch in branches]
    return [] if any(None in keys for keys in missing) else [{str(key): keys[key] for key in keys} for keys in missing]


def _lacked_key(error: Error) -> Any:
    if error.validator == "required" and not error.relative_path:
        return error.validator_value
    is_empty = error.validator == "minLength" and len(error.relative_path) == 1 and not error.instance
    return error.relative_path[0] if is_empty else None


def _say_missing(
    refusal: Refusal, branches: list[_Branch], missing: list[dict[str, Error]], say: Say
) -> Iterable[Complaint]:
    everywhere = [error for key, error in missing[0].items() if all(key in keys for keys in missing)]
    if everywhere:
        return say(everywhere)
    or_empty = any(_must_be_filled(error) for branch in branches for error in branch.errors)
    return [missing_all(refusal, list(dict.fromkeys(key for keys in missing for key in keys)), or_empty=or_empty)]


def _must_be_filled(error: Error) -> bool:
    part = error.schema.get("properties", {}).get(error.validator_value) if error.validator == "required" else {}
    return error.validator == "minLength" or (isinstance(part, dict) and "minLength" in part)


def _is_plain(error: Error) -> bool:
    return not error.relative_path and error.validator in {"type", *_CHOICES}


def _other_value(refusal: Refusal, branches: list[_Branch]) -> Complaint:
    errors = [error for branch in branches for error in branch.errors]
    choices = _choices(errors)
    if all(any(error.validator in _CHOICES for error in branch.errors) for branch in branches):
        return not_one_of(replace(refusal, keyword="enum", limit=choices))
    words = either(_wanted(branch) for branch in branches)
    if {each.rule for branch in branches for each in branch.said} == {"wrong-type"}:
        return wrong_kind(refusal, words, [kind for error in errors for kind in _kinds(error)])
    return refusal.expected("not-allowed", words, closest_choice(refusal.value, choices))


def _kinds(error: Error) -> list[str]:
    return [error.validator_value] if isinstance(error.validator_value, str) else list(error.validator_value)


def _choices(errors: Iterable[Error]) -> list[Any]:
    choices: list[Any] = []
    for error in errors:
        if error.validator in _CHOICES:
            choices += [error.validator_value] if error.validator == "const" else error.validator_value
    return choices


def _sorts(branches: list[_Branch]) -> list[Error]:
    """Return the errors, one a branch, that say that a key names none of the sorts that the branches are for."""
    named = [{tuple(error.relative_path): error for error in branch.errors if _is_sort(error)} for branch in branches]
    paths = [path for path in named[0] if all(path in sorts for sorts in named)]
    return [sorts[min(paths, key=len)] for sorts in named] if paths else []


def _is_sort(error: Error) -> bool:
    is_single = error.validator == "const" or (error.validator == "enum" and len(error.validator_value) == 1)
    return is_single and bool(error.relative_path)


def _closest(branches: list[_Branch]) -> list[_Branch]:
    """Return the branches that are meant, as far as one can tell, and of these the ones that came furthest."""
    meant = [branch for branch in branches if not any(map(_is_other_kind, branch.errors))] or branches
    meant = [branch for branch in meant if not any(map(_is_sort, branch.errors))] or meant
    nearest = min(branch.rank for branch in meant)
    return [branch for branch in meant if branch.rank == nearest]


def _is_other_kind(error: Error) -> bool:
    return error.validator == "type" and not error.relative_path


def _tie(refusal: Refusal, best: list[_Branch]) -> Iterable[Complaint]:
    words = [_wanted(branch) for branch in best]
    if len(best) == 1 or not (refusal.told or all(words)):
        return best[0].said
    rules = {each.rule for branch in best for each in branch.said}
    rule = rules.pop() if len(rules) == 1 else "not-allowed"
    if all(words):
        return [refusal.expected(rule, either(words), refusal.hint)]
    return [refusal.complain(rule, f"{refusal.shown}; expected: {refusal.told}", refusal.hint)]


def _form(schema: dict[str, Any]) -> str:
    if example := example_in([schema]):
        return f"text as in {example}"
    told = told_by([schema])
    return f"text ({told})" if told else in_words({"pattern": schema["pattern"]})


def _wanted(branch: _Branch) -> str:
    """Return in a few words what a branch asks of the value itself, or nothing."""
    error = next((error for error in branch.errors if error.validator in _CHOICES), branch.errors[0])
    if error.relative_path or not isinstance(error.schema, dict):
        return ""
    if error.validator == "pattern":
        return _form(error.schema)
    if error.validator == "type":
        return in_words(error.schema) or types_in_words(error.validator_value)
    return in_words(error.schema) or in_words({str(error.validator): error.validator_value})
