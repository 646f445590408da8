"""Write what directories of podcasts read in the head of RSS (help.apple.com/itc/podcasts_connect)."""

from collections.abc import Iterator
from html import escape

from feeds.model.item import Extension, Item
from feeds.model.podcast import NARROWER, Podcast
from feeds.urls import ascii_url
from feeds.xml_namespaces import ITUNES


def podcast_elements(podcast: Podcast | None, items: tuple[Item, ...], author: str) -> tuple[Extension, ...]:
    """Return the elements of iTunes for a channel, if it has episodes."""
    if not podcast or not any(map(_is_episode, items)):
        return ()
    return tuple(Extension("itunes", name, ITUNES, xml) for name, xml in _elements(podcast, author))


def _is_episode(item: Item) -> bool:
    return any(file.type.startswith(("audio/", "video/")) for file in item.enclosures)


def _elements(podcast: Podcast, author: str) -> Iterator[tuple[str, str]]:
    broad, _, narrow = podcast.category.partition(NARROWER)
    author = podcast.author or author
    yield "image", _element("image", href=ascii_url(podcast.image))
    yield "category", _element("category", _element("category", text=narrow.strip()) if narrow else "", text=broad)
    yield "explicit", _element("explicit", str(podcast.explicit).lower())
    yield "author", _element("author", escape(author))
    if podcast.owner:
        yield "owner", _element("owner", _element("name", escape(author)) + _element("email", escape(podcast.owner)))
    if podcast.type:
        yield "type", _element("type", podcast.type)


def _element(name: str, content: str = "", **attributes: str) -> str:
    said = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f'<itunes:{name} xmlns:itunes="{ITUNES}"{said}>{content}</itunes:{name}>'
