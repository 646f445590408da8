"""Decide which topic names mean the same topic, and under which file name each is published."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from feeds.model.record import Record
from feeds.text import is_device, slug

_LONGEST_SLUG = 80


class Topic(NamedTuple):
    """A topic, and how many records have it."""

    name: str
    records: int


@lru_cache(maxsize=4096)  # many records are about one topic
def topic_key(name: str) -> str:
    """Return what two spellings of one topic have in common: letters, whatever their case and blanks."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def unified_names(counts: Mapping[str, int], aliases: Mapping[str, str]) -> dict[str, str]:
    """Return the one name to use for each name: aliases replaced, then the spelling most often used.

    `counts` tells how many records use each name.
    """
    targets = {topic_key(name): target for name, target in aliases.items()}
    renamed = {name: targets.get(topic_key(name), name) for name in counts}
    spellings: dict[str, Counter[str]] = {}
    for name, count in counts.items():
        spellings.setdefault(topic_key(renamed[name]), Counter())[renamed[name]] += count
    best = {key: min(names, key=lambda name: (-names[name], name)) for key, names in spellings.items()}
    return {name: best[topic_key(other)] for name, other in renamed.items()}


def with_topics(record: Record, unified: Mapping[str, str]) -> Record:
    """Return a record with the unified names of its topics, each once."""
    names = tuple(dict.fromkeys(unified[name] for name in record.topics))
    return record if names == record.topics else record._replace(topics=names)


def list_topics(counts: Mapping[str, int]) -> list[Topic]:
    """Return the unified topics that so many records have, sorted by name."""
    return [Topic(name, counts[name]) for name in sorted(counts, key=lambda name: (topic_key(name), name))]


def topic_slugs(names: Iterable[str]) -> dict[str, str]:
    """Give each topic a file name that no other has, and that Windows does not take for a device.

    Of several names with the same slug, the one that reads like the slug keeps it, else the first by name; the
    others get a suffix made of their own letters, so that it stays when further topics come and go.
    """
    taken: dict[str, str] = {}
    slugs: dict[str, str] = {}
    for name in sorted(
        names, key=lambda name: (topic_key(name) != slug(name).replace("-", " "), topic_key(name), name)
    ):
        plain = slug(name)
        suffix = sha256(topic_key(name).encode()).hexdigest()[:8]
        fitting = plain if plain and len(plain.encode()) <= _LONGEST_SLUG and not is_device(plain) else ""
        shortened = plain.encode()[:_LONGEST_SLUG].decode(errors="ignore").strip("-") or "topic"
        slugs[name] = fitting if fitting and fitting not in taken else f"{shortened}-{suffix}"
        taken[slugs[name]] = name
    return slugs


def shared_slugs(names: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Return the slugs that several topics would have, each with those topics."""
    groups: dict[str, list[str]] = {}
    for name in sorted(names):
        groups.setdefault(slug(name), []).append(name)
    return [(plain, group) for plain, group in groups.items() if len(group) > 1]
