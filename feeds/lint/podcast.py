"""Check what directories of podcasts need of a channel."""

from collections.abc import Iterator

from feeds.lint.elements import repeats_of
from feeds.lint.lint_rule import LintProblem
from feeds.lint.xml_document import Element
from feeds.model.podcast import CATEGORIES
from feeds.text import is_email, quoted
from feeds.xml_namespaces import ITUNES

_NEEDED = ("category", "explicit", "image")
_ONCE = frozenset(
    (ITUNES, name)
    for name in (
        *("author", "block", "complete", "duration", "episode", "episodeType", "explicit", "image", "new-feed-url"),
        *("owner", "season", "title", "type"),
    )
)


def podcast_problems(channel: Element) -> Iterator[LintProblem]:
    """Yield what podcast directories require and a channel with iTunes elements lacks, or has in another form."""
    own = [child for child in channel.children if child.namespace == ITUNES]
    names = [child.name for child in own]
    for name in _NEEDED if own and _has_episodes(channel) else ():
        if name not in names:
            yield channel.problem("podcast-part", f"the channel of a podcast has no itunes:{name}", "add it")
    yield from twice_problems(channel)
    for category in channel.all("category", ITUNES):
        yield from _category_problems(category)
    for owner in channel.all("owner", ITUNES):
        if not is_email(owner.text_of("email")):
            message = f"the <email> of <{owner.label}> is {quoted(owner.text_of('email'))}"
            yield owner.problem("podcast-part", message, "write an address, with which a podcast is claimed")


def _has_episodes(channel: Element) -> bool:
    """Return whether items have sound or video: newsletters use elements of iTunes, too."""
    files = (file for item in channel.all("item") for file in item.all("enclosure"))
    return any(file.attributes.get("type", "").startswith(("audio/", "video/")) for file in files)


def twice_problems(parent: Element) -> Iterator[LintProblem]:
    """Yield a problem for each element of iTunes that a channel or an item has again."""
    yield from repeats_of(parent, _ONCE, "podcast-part")


def _category_problems(category: Element) -> Iterator[LintProblem]:
    text = category.attributes.get("text", "")
    if text not in CATEGORIES:
        message = f"the text of <{category.label}> is {quoted(text)}, which directories do not know"
        yield category.problem("podcast-part", message, "write one of theirs, as in Arts or Society &amp; Culture")
    for narrower in category.all("category", ITUNES):
        if not narrower.attributes.get("text", "").strip():
            yield narrower.problem("podcast-part", f"a <{narrower.label}> has no text", "give it one")
