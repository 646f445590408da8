"""Hash all that the bytes of files are made of, to know without rendering them that they would come out as before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b

from feeds.config.settings import Config
from feeds.model.topic import topic_slugs
from feeds.planning.feeds import FeedPlan
from feeds.store.record_store import RecordStore
from feeds.text import slug

_HASH_BYTES = 16


def inputs_of_all(store: RecordStore, config: Config, now: datetime) -> bytes:
    """Return a hash of what all feeds have in common: what is not as written, topics and updates, and settings."""
    renamed = {name: unified for name, unified in store.unified.items() if name != unified}
    odd_slugs = {name: short for name, short in topic_slugs(set(store.unified.values())).items() if short != slug(name)}
    settings = (config.csv_bom, config.csv_defuse, config.max_bytes, config.archives)
    return hash_of(sorted(renamed.items()), sorted(odd_slugs.items()), settings, store.future_updates(now))


def inputs_of_feed(plan: FeedPlan, common: bytes, *, all_items: bool) -> bytes:
    """Return a hash of what a feed is made of: of all its items, or of the newest; how it is cut follows from it."""
    channel = replace(plan.channel, topic_slugs={})  # those that are not plain are in what all have in common
    records = plan.records if all_items else plan.records[: plan.limit]
    return hash_of(common, channel, plan.limit, hash_of_parts(records.digests()))


def inputs_of_archive(document: FeedPlan) -> bytes:
    """Return a hash of what decides whether an archive document is written anew: its own items, and addresses."""
    channel = document.channel
    addresses = (channel.base_url, channel.name, channel.previous, channel.current)
    return hash_of(addresses, hash_of_parts(document.records.digests()))


def hash_of(*values: object) -> bytes:
    """Return a hash of plain values."""
    return hash_of_parts([repr(values).encode(errors="replace")])


def hash_of_parts(parts: Iterable[bytes]) -> bytes:
    """Return a hash of bytes, given in pieces."""
    digest = blake2b(digest_size=_HASH_BYTES)
    for part in parts:
        digest.update(part)
    return digest.digest()
