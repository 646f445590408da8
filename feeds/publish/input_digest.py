"""Hash the inputs of output files, to detect unchanged files without rendering them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import blake2b

from feeds.config.settings import Config
from feeds.planning.feeds import FeedPlan
from feeds.store.record_store import RecordStore
from feeds.text import slug

_HASH_BYTES = 16


def inputs_of_all(store: RecordStore, config: Config, now: datetime, slugs: Mapping[str, str]) -> bytes:
    """Return the hash of inputs that all feeds share: renamed topics, future updates, and settings."""
    renamed = {name: unified for name, unified in store.unified.items() if name != unified}
    odd_slugs = {name: short for name, short in slugs.items() if short != slug(name)}
    settings = (config.csv_bom, config.csv_defuse, config.max_bytes, config.archives)
    return hash_of(sorted(renamed.items()), sorted(odd_slugs.items()), settings, store.future_updates(now))


def inputs_of_feed(plan: FeedPlan, shared_inputs: bytes) -> tuple[bytes, bytes]:
    """Return the hashes of a feed's inputs: with the newest items, and with all; truncation follows from them."""
    newest, every = plan.records[: plan.limit].digests(), plan.records.digests()
    return inputs_with(plan, shared_inputs, newest), inputs_with(plan, shared_inputs, every)


def inputs_with(plan: FeedPlan, shared_inputs: bytes, digests: Iterable[bytes]) -> bytes:
    """Return the hash of a feed's inputs with items of certain digests."""
    channel = plan.channel._replace(topic_slugs={})  # unusual slugs are in the shared inputs
    return hash_of_parts([hash_of(shared_inputs, channel, plan.limit), *digests])


def inputs_of_archive(document: FeedPlan) -> bytes:
    """Return the hash of an archive document's inputs: its own items, and addresses, with that of its stylesheet."""
    channel = document.channel
    addresses = (channel.base_url, channel.name, channel.previous, channel.current, channel.stylesheet)
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
