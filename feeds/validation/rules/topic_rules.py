"""Check for topics in two spellings, and topics that are not allowed."""

from collections.abc import Iterator

from feeds.config.settings import TopicConfig
from feeds.diagnostics.problem import Problem
from feeds.diagnostics.wording import did_you_mean, quote
from feeds.frontmatter.document import Document
from feeds.model.topic import topic_key


def topic_problems(document: Document, settings: TopicConfig) -> Iterator[Problem]:
    """Yield the problems of a record's topics, after aliases are applied."""
    topics = document.data.get("topics")
    aliases = {topic_key(name): target for name, target in settings.aliases.items()}
    allowed = {topic_key(name) for name in settings.allowed}
    first: dict[str, str] = {}
    for index, name in enumerate(topics if isinstance(topics, list) else []):
        if not isinstance(name, str) or not name.strip():
            continue
        key = topic_key(aliases.get(topic_key(name), name))
        other = first.setdefault(key, name)
        if other != name:
            message = f"the topic {quote(name)} is the same as {quote(other)}"
            yield document.problem(("topics", index), "duplicate-topic", message, "remove one of the two")
        if allowed and key not in allowed:
            known = [*settings.allowed, *settings.aliases]
            remedy = did_you_mean(name, known) or "use one of topics.allowed, or add it there"
            message = f"the topic {quote(name)} is not one of those allowed"
            yield document.problem(("topics", index), "unknown-topic", message, remedy)
