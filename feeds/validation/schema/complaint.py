"""Hold what a schema finds wrong with a value, and leave out what only repeats something else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from feeds.diagnostics.problem import Route

# Of these a value has one at most, however many schemas find it.
_ONCE = {
    *("unknown-key", "wrong-type", "blank-text", "duplicate-item"),
    *("bad-url", "bad-date", "bad-duration", "date-only", "naive-time"),
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """Say what is wrong with the value at a route, or with its key.

    `keys` are those of which one is missing; `is_exact` tells that the message names every value that is right.
    """

    route: Route
    rule: str
    message: str
    remedy: str = ""
    at_key: bool = False
    keys: tuple[str, ...] = ()
    is_exact: bool = False


def without_echoes(complaints: Iterable[Complaint]) -> list[Complaint]:
    """Return complaints without those that another one about the same place makes needless."""
    places: dict[tuple[Route, bool], list[Complaint]] = {}
    for complaint in complaints:
        places.setdefault((complaint.route, complaint.at_key), []).append(complaint)
    return [complaint for place in places.values() for complaint in _told_apart(place)]


def _told_apart(place: list[Complaint]) -> list[Complaint]:
    if len(place) == 1:
        return place
    needless = {"wrong-type"} if any(complaint.is_exact for complaint in place) else set()
    if any(complaint.rule == "wrong-type" for complaint in place):
        needless.add("duplicate-item")  # what is of the wrong kind must change anyway
    missing = {frozenset(complaint.keys) for complaint in place if complaint.keys}
    kept: dict[tuple[str, str | tuple[str, ...]], Complaint] = {}
    for complaint in sorted(place, key=_preference):
        # What one schema wants of several keys, another may want of one of them.
        is_implied = any(keys < set(complaint.keys) for keys in missing)
        if not is_implied and complaint.rule not in needless:
            is_once = complaint.rule in _ONCE or complaint.is_exact
            said = "" if is_once else complaint.keys or complaint.message
            kept.setdefault((complaint.rule, said), complaint)
    return list(kept.values())


def _preference(complaint: Complaint) -> tuple[bool, int, str, str]:
    # The shorter message names fewer ways out: those that all schemas leave.
    return (not complaint.remedy.startswith("did you"), len(complaint.message), complaint.message, complaint.remedy)
