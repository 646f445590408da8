"""Pages of a preview reload themselves when something changes, and a policy of theirs lets them do that only."""

from __future__ import annotations

import asyncio
import hashlib
import re
from base64 import b64encode

import pytest

from feeds.preview.reloading import Reloading, relaxed_policy, with_reloading

PAGE = b"<!doctype html><title>Feeds</title><body><p>Feeds</p></body>"


def script_hash(page: bytes) -> str:
    found = re.search(rb"<script>(.*?)</script>", page, re.DOTALL)
    assert found
    return b64encode(hashlib.sha256(found[1]).digest()).decode()


@pytest.mark.parametrize(
    ("policy", "relaxed"),
    [
        ("default-src 'none'", "default-src 'none'; script-src HASH; connect-src 'self'"),
        (
            "default-src 'none'; script-src 'sha256-abc='; connect-src 'none'",
            "default-src 'none'; script-src 'sha256-abc=' HASH; connect-src 'self'",
        ),
        (
            "Default-Src 'self' https:; style-src *;",
            "default-src 'self' https:; style-src *; script-src 'self' https: HASH; connect-src 'self' https: 'self'",
        ),
        ("script-src-elem 'none'; script-src *", "script-src-elem HASH; script-src *"),
        ("script-src 'unsafe-inline'", "script-src 'unsafe-inline'"),
        ("script-src 'unsafe-inline' 'nonce-a'", "script-src 'unsafe-inline' 'nonce-a' HASH"),
        ("style-src 'self'", "style-src 'self'"),
        ("", ""),
    ],
)
def test_a_policy_lets_pages_reload_themselves_and_nothing_more(policy: str, relaxed: str) -> None:
    ours = f"'sha256-{script_hash(with_reloading(PAGE))}'"
    assert relaxed_policy(policy) == relaxed.replace("HASH", ours)


@pytest.mark.parametrize(
    "meta",
    [
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">',
        "<META content='default-src &#39;none&#39;' HTTP-EQUIV=content-security-policy />",
        '<meta\n http-equiv="Content-Security-Policy"\n content="default-src &#x27;none&#x27;">',
    ],
)
def test_the_policy_in_a_page_is_found_however_it_is_written(meta: str) -> None:
    page = with_reloading(f'<meta charset="utf-8">{meta}<body>'.encode()).decode()
    ours = script_hash(page.encode())
    policy = f"default-src &#x27;none&#x27;; script-src &#x27;sha256-{ours}&#x27;; connect-src &#x27;self&#x27;"
    start = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}"><body><script>'
    assert page.startswith(start)


def test_open_pages_are_told_of_each_change_until_the_end() -> None:
    async def told() -> list[bytes]:
        reloading = Reloading("a")
        events = reloading.events()
        first = await anext(events)
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        reloading.announce()
        second = await waiting
        reloading.end()
        return [first, second, *[event async for event in events]]

    assert asyncio.run(told()) == [b"retry: 500\ndata: a-0\n\n", b"retry: 500\ndata: a-1\n\n"]
