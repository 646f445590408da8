"""Divide a feed into what subscribers get at once and the archive documents of all older items (RFC 5005, section 4).

Documents are cut from the oldest item on, so that new items change none of them. The feed has as many items as it may
have, so it repeats some of the newest document until a further one is full. The name of each stands for its items and
for all older documents: whatever changes in them, the bytes at an address never do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from feeds.model.channel import Channel
from feeds.planning.feeds import FeedPlan

ARCHIVE = "archive/"
_DIGEST_BYTES = 6


@dataclass(frozen=True, slots=True)
class Cut:
    """Say how many items subscribers get at once, how many archive documents there are, and how many each has."""

    items: int
    documents: int = 0
    per_document: int = 0


def cut_for_archives(total: int, most: int, limit: int) -> Cut:
    """Return how a feed is cut so that every archive document is full, and half as large as a feed may be.

    What is in no document is in the feed, which repeats as many other items as it has room for. `most` is how many
    items subscribers can get at once; where that is much less than the limit, documents are smaller.
    """
    if total <= most:
        return Cut(total)
    per_document = max(1, limit // 2)
    while per_document > most:
        per_document //= 2
    return Cut(most, -(-(total - most) // per_document), per_document)


def divided(plan: FeedPlan, cut: Cut) -> list[FeedPlan]:
    """Return the feed of the newest items, and its archive documents from the oldest to the newest."""
    previous, documents = "", list[FeedPlan]()
    places = list(plan.choice.places()) if cut.documents else []
    for number in range(cut.documents):
        end = len(places) - number * cut.per_document
        within = places[end - cut.per_document : end]
        name = _name_of(plan.head, previous, [digest for _, digest in within])
        head = replace(plan.head, name=name, current=plan.head.name, previous=previous, hub="")
        documents.append(FeedPlan(head, plan.choice.between(within[0][0], within[-1][0]), cut.per_document))
        previous = name
    return [replace(plan, head=replace(plan.head, previous=previous), limit=cut.items), *documents]


def _name_of(head: Channel, previous: str, digests: Sequence[bytes]) -> str:
    digest = blake2b(f"{head.base_url}\n{previous}\n".encode(), digest_size=_DIGEST_BYTES)
    for each in digests:
        digest.update(each)
    return f"{ARCHIVE}{head.name}-{digest.hexdigest()}"
