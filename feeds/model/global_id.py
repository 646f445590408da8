"""Ids that mean the same everywhere: IRIs, which Atom wants (RFC 4287, section 4.2.6)."""

from uuid import NAMESPACE_URL, uuid5

from feeds.lazy_pattern import lazy_pattern
from feeds.model.feed import Feed

_IRI = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def is_iri(identity: str) -> bool:
    """Return whether an id is a whole IRI."""
    return bool(_IRI.fullmatch(identity))


def global_id(identity: str, feed: Feed) -> str:
    """Return an id as it is, or one made of it and its feed where it means something in that feed only."""
    if not identity or is_iri(identity):
        return identity
    return uuid5(NAMESPACE_URL, f"{feed.id or feed.url or feed.link or feed.title} {identity}").urn
