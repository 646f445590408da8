"""The Feed that formats render: the head of a channel, with any items."""

from feeds.formats.format import Format
from feeds.formats.podcast_elements import podcast_elements
from feeds.model.channel import Channel
from feeds.model.feed import Feed, FormatLink, PageLinks
from feeds.model.item import Item, Link
from feeds.model.parts import Person


def feed_of_items(channel: Channel, kind: Format, items: tuple[Item, ...]) -> Feed:
    """Return a feed in one of its formats, on which only its own addresses depend."""
    return Feed(
        title=channel.title,
        items=items,
        id=channel.id,
        link=channel.home_page,
        url=channel.url(kind.suffix),
        description=channel.description,
        language=channel.language,
        updated=channel.updated,
        authors=(Person(channel.author),),
        icon=channel.icon,
        hubs=(channel.hub,) if channel.hub else (),
        current_url=channel.current_url(kind.suffix),
        previous_url=channel.previous_url(kind.suffix),
        links=tuple(
            Link(channel.alternate_url(each, kind.suffix), type=kind.media_type, language=each.language)
            for each in channel.alternates
        ),
        extensions=podcast_elements(channel.podcast, items, channel.author) if kind.name == "rss" else (),
        is_archive=bool(channel.current),
        stylesheet=channel.stylesheet,
        page_links=_page_links(channel),
    )


def format_links(channel: Channel) -> tuple[FormatLink, ...]:
    """Return the formats that subscribers can choose from."""
    return tuple(
        FormatLink(each.label, each.suffix, each.media_type, channel.url(each.suffix), channel.path(each.suffix))
        for each in channel.formats
    )


def _page_links(channel: Channel) -> PageLinks:
    root = "../" * channel.name.count("/") if channel.has_site else channel.base_url
    topics = frozenset(map(channel.term, channel.shown_topics))
    return PageLinks(root, channel.base_url, format_links(channel), topics)
