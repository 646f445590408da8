"""Slow servers take a limited time together; swift ones are always asked."""

from __future__ import annotations

from typing import Any

import pytest

from feeds.diagnostics.problem import CouldNotRunError
from feeds.sources import time_budget
from feeds.sources.addresses import Response
from feeds.sources.time_budget import TimeBudget

ANSWER = Response("https://a.example/", 200, {}, b"")


class Clock:
    """A clock that a fetch moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
        self.now, self.seconds, self.fetched = 0.0, seconds, 0
        monkeypatch.setattr(time_budget, "monotonic", lambda: self.now)
        monkeypatch.setattr(time_budget, "fetch", self.fetch)

    def fetch(self, _url: str, **_options: Any) -> Response:
        self.now += self.seconds
        self.fetched += 1
        return ANSWER


def test_swift_servers_are_always_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, ours = Clock(monkeypatch, 1.5), TimeBudget()
    assert all(ours.fetch(f"https://a.example/{number}") == ANSWER for number in range(1000))
    assert clock.fetched == 1000


def test_slow_servers_are_asked_no_more_once_they_have_taken_five_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, ours = Clock(monkeypatch, 12), TimeBudget()
    for number in range(30):
        ours.fetch(f"https://a.example/{number}")
    with pytest.raises(CouldNotRunError, match=r"^https://a.example/31: not fetched, as slow servers have taken 5 min"):
        ours.fetch("https://a.example/31")
    assert clock.fetched == 30
