"""Plan a feed for each value of a field (author, language or topic), or each combination."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from feeds.config.settings import FeedBy, FeedConfig
from feeds.model.channel import Alternate, Channel
from feeds.model.topic import topic_key, topic_slugs
from feeds.store.record_list import RecordList


class _Part(NamedTuple):
    """The records with a value in a field, the value as shown, and its slug in URLs."""

    field: FeedBy
    value: str
    slug: str
    chosen: RecordList


def feeds_by(own: FeedConfig, head: Channel, chosen: RecordList) -> Iterator[tuple[Channel, RecordList]]:
    """Yield channel and records of each feed; feeds that differ only in language link to each other."""
    combined = [parts for parts in _combined(own.by, head, chosen) if len(parts[-1].chosen) >= own.min_items]
    heads = [_head(own, head, parts) for parts in combined]
    for parts, each in zip(combined, heads, strict=True):
        rest = _rest(parts)
        alternates = [
            Alternate(other.language, other.name)
            for others, other in zip(combined, heads, strict=True)
            if "language" in own.by and other is not each and _rest(others) == rest
        ]
        yield each._replace(alternates=tuple(alternates)), parts[-1].chosen


def _combined(fields: tuple[FeedBy, ...], head: Channel, chosen: RecordList) -> Iterator[tuple[_Part, ...]]:
    first, *others = fields
    for part in _parts(first, head, chosen):
        if others:
            yield from ((part, *rest) for rest in _combined(tuple(others), head, part.chosen))
        else:
            yield (part,)


def _parts(field: FeedBy, head: Channel, chosen: RecordList) -> Iterator[_Part]:
    if field == "topic":
        for name in sorted(chosen.topic_counts()):
            yield _Part(field, name, head.topic_slugs[name], chosen.of_topic(name))
    elif field == "author":
        people = _people(chosen.label_counts(field))
        slugs = topic_slugs(people)
        for name, spellings in sorted(people.items()):
            yield _Part(field, name, slugs[name], chosen.of_label(field, spellings))
    else:
        for tag, spellings in sorted(_languages(head, chosen).items()):
            yield _Part(field, tag, tag.lower(), chosen.of_label(field, spellings))


def _people(counts: Mapping[str, int]) -> dict[str, list[str]]:
    """Return all spellings of each author, by the most frequent one."""
    spellings: dict[str, list[str]] = {}
    for name in sorted(filter(None, counts), key=lambda name: (-counts[name], name)):
        spellings.setdefault(topic_key(name), []).append(name)
    return {names[0]: names for names in spellings.values()}


def _languages(head: Channel, chosen: RecordList) -> dict[str, list[str]]:
    """Return the spellings of each language; records without one have the feed's language."""
    spellings: dict[str, list[str]] = {}
    for tag in sorted(chosen.label_counts("language")):
        spellings.setdefault((tag or head.language).lower(), []).append(tag)
    return {max(tags) or head.language: tags for tags in spellings.values()}


def _head(own: FeedConfig, head: Channel, parts: tuple[_Part, ...]) -> Channel:
    name = "/".join([own.name, *(part.slug for part in parts)])
    title = f"{own.title or head.title}: {', '.join(part.value for part in parts)}"
    language = next((part.value for part in parts if part.field == "language"), head.language)
    return head._replace(name=name, title=title, description=own.description, language=language)


def _rest(parts: tuple[_Part, ...]) -> list[tuple[str, str]]:
    return [(part.field, part.slug) for part in parts if part.field != "language"]
