"""Check links of Atom (RFC 4287, section 4.2.7), in Atom and in RSS."""

import re
from collections.abc import Iterator, Sequence

from feeds.lazy_pattern import lazy_pattern
from feeds.lint.date import read_rfc3339_date
from feeds.lint.elements import emptiness_problems
from feeds.lint.lint_rule import LintProblem
from feeds.lint.values import address_problems, is_absolute_uri, language_problems, media_type_problems
from feeds.lint.xml_document import Element
from feeds.text import quoted
from feeds.xml_namespaces import THREAD

# https://www.iana.org/assignments/link-relations, those of use in feeds.
_REGISTERED = lazy_pattern(
    r"""about|alternate|amphtml|appendix|archives|author|bookmark|canonical|chapter|cite-as|collection|contents|copyright
    |current|describedby|describes|disclosure|duplicate|edit|edit-form|edit-media|enclosure|external|first|glossary|help
    |hosts|hub|icon|index|item|last|latest-version|license|me|memento|micropub|monitor|monitor-group|next|next-archive
    |original|payment|pingback|predecessor-version|prefetch|preload|prev|prev-archive|preview|previous|privacy-policy
    |profile|publication|related|replies|search|section|self|service|service-desc|service-doc|service-meta|shortlink
    |sponsored|start|status|stylesheet|subsection|successor-version|sunset|tag|terms-of-service|timegate|timemap|type|up
    |version-history|via|webmention|working-copy|working-copy-of""",
    re.IGNORECASE | re.VERBOSE,
)
# In the head of a feed (RFC 5005).
_PAGING = frozenset({"current", "first", "last", "next", "next-archive", "prev", "prev-archive", "previous"})


def link_problems(links: Sequence[Element]) -> Iterator[LintProblem]:
    """Yield the problems of the links of a feed or an entry."""
    alternates: set[tuple[str, str]] = set()
    for link in links:
        yield from emptiness_problems(link)
        yield from _href_problems(link)
        yield from _relation_problems(link)
        media_type, language = link.attributes.get("type", "").lower(), link.attributes.get("hreflang", "").lower()
        if media_type:
            yield from link.locate(media_type_problems(media_type, "the type of a link"))
        if language:
            yield from link.locate(language_problems(language, "hreflang"))
        if not link.attributes.get("length", "0").isdecimal():
            message = f"the length of a link is {quoted(link.attributes['length'])}"
            yield link.problem("wrong-value", message, "write the number of bytes, or leave it out")
        yield from _reply_problems(link)
        if relation_of(link) == "alternate":
            if (media_type, language) in alternates:
                message = f"duplicate alternate link of the type {quoted(media_type)}"
                remedy = "keep one, or give them types or languages of their own"
                yield link.problem("repeated-alternate", message, remedy)
            alternates.add((media_type, language))


def paging_problems(links: Sequence[Element]) -> Iterator[LintProblem]:
    """Yield a problem for each link in an entry to other pages of its feed."""
    for link in links:
        if relation_of(link) in _PAGING:
            message = f"a link with rel={quoted(relation_of(link))} is in an entry; it is for the whole feed"
            yield link.problem("paging-in-entry", message, "move it into the head of the feed")


def self_problems(feed: Element, links: Sequence[Element], media_type: str) -> Iterator[LintProblem]:
    """Yield the problems of the self link of a feed, whose media type is that of its format."""
    own = [link for link in links if relation_of(link) == "self"]
    if not own:
        yield feed.problem("missing-self", "the feed has no self link", 'add a link with rel="self"')
    for link in own[1:]:
        yield link.problem("repeated-part", 'duplicate link with rel="self"', "keep one")
    for link in own:
        named = link.attributes.get("type", media_type).partition(";")[0].strip().lower()
        if named != media_type:
            message = f"the self link has the type {quoted(named)}"
            yield link.problem("self-type", message, f"write {media_type}")


def relation_of(link: Element) -> str:
    """Return the relation of a link without IANA's prefix."""
    return link.attributes.get("rel", "alternate").removeprefix("http://www.iana.org/assignments/relation/")


def _reply_problems(link: Element) -> Iterator[LintProblem]:
    """Yield the problems of what a link says of the replies that it leads to (RFC 4685, section 4)."""
    count, updated = link.foreign("count", THREAD), link.foreign("updated", THREAD)
    if count and not count.isdecimal():
        yield link.problem("wrong-value", f"the thr:count of a link is {quoted(count)}", "write a whole number")
    if updated:
        yield from link.locate(read_rfc3339_date(updated, "the thr:updated of a link").problems)


def _href_problems(link: Element) -> Iterator[LintProblem]:
    if address := link.resolved(link.attributes.get("href", "")):
        yield from link.locate(address_problems(address, "the href of a link"))
    else:
        yield link.problem("missing-part", "a link has no href", "give it one")


def _relation_problems(link: Element) -> Iterator[LintProblem]:
    relation = relation_of(link)
    if not _REGISTERED.fullmatch(relation) and not is_absolute_uri(relation):
        message = f"rel={quoted(relation)} is not a registered relation"
        yield link.problem("unknown-rel", message, "use a registered one, such as related, or an absolute URI")
