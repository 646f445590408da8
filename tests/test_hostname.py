"""Host names are told from what is none."""

from __future__ import annotations

import pytest

from feeds.hostname import is_domain


@pytest.mark.parametrize(
    ("domain", "possible"),
    [("example.org", True), ("Example.ORG", True), ("localhost", False), ("a b.org", False), ("https://a.org", False)],
)
def test_host_of_an_address(domain: str, *, possible: bool) -> None:
    assert is_domain(domain) == possible
