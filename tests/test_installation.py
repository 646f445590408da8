"""Advice on installing more packages names this program as it was installed."""

from __future__ import annotations

import shlex
from typing import Any

import pytest
from packaging.requirements import Requirement

from feeds.installation import install_command, requirement

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, ["feeds[serve]"]),
        ({"url": "file:///srv/my%20feeds", "dir_info": {}}, ["/srv/my feeds[serve]"]),
        ({"url": "file:///srv/feeds", "dir_info": {"editable": True}}, ["-e", "/srv/feeds[serve]"]),
        ({"url": "file:///srv/feeds-1-py3-none-any.whl", "archive_info": {}}, ["/srv/feeds-1-py3-none-any.whl[serve]"]),
        (
            {"url": "https://example.org/feeds-1-py3-none-any.whl", "archive_info": {}},
            ["feeds[serve] @ https://example.org/feeds-1-py3-none-any.whl"],
        ),
        (
            {"url": "https://git.example.net/feeds", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            [f"feeds[serve] @ git+https://git.example.net/feeds@{COMMIT}"],
        ),
        (
            {"url": "file:///srv/feeds", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            [f"feeds[serve] @ git+file:///srv/feeds@{COMMIT}"],
        ),
    ],
)
def test_the_requirement_leads_to_where_the_program_came_from(told: dict[str, Any], words: list[str]) -> None:
    assert shlex.split(requirement("serve", told)) == words
    if "@" in words[-1]:
        assert Requirement(words[-1]).extras == {"serve"}


def test_the_command_is_for_the_python_that_runs() -> None:
    assert " -m pip install " in install_command("s3")
    assert shlex.split(install_command("s3"))[-1].endswith("[s3]")
