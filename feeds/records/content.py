"""Compose the content of an item: the record's body, or lead image and excerpt, and the related articles."""

from functools import lru_cache
from html import escape

from feeds.markup.video import embedded_video
from feeds.model.parts import Image, Related
from feeds.model.record import Record


@lru_cache(maxsize=1024)
def content_html(record: Record) -> str:
    """Return the full content of an item as safe HTML; never empty, every address absolute.

    The last results are cached, as an item goes into several feeds and formats.
    """
    body = safe_body(record)
    parts = [body] if body else _composed(record)
    return "\n".join([*parts, *related_list(record.related)])


def safe_body(record: Record) -> str:
    """Return the body of a record as HTML that any reader can show."""
    if not record.body or record.body_type == "safe html":
        return record.body
    from feeds.markup.safe_html import safe_html  # noqa: PLC0415 - many records have no text of their own

    pages = dict(record.links)
    if record.body_type == "html":
        return safe_html(record.body, record.link, is_markdown=False, pages=pages)
    return safe_html(record.body, record.link, is_markdown=True, dialect=record.body_type, pages=pages)


def poster_of(record: Record) -> Image | None:
    """Return the poster of a record's video, if it follows from the video's address."""
    video = embedded_video(record.player) if record.player else None
    return Image(video[1]) if video and video[1] else None


def _composed(record: Record) -> list[str]:
    parts = []
    if lead := _lead(record):
        parts.append(f"<p>{lead}</p>")
    if record.excerpt:
        parts.append(f"<p>{escape(record.excerpt, quote=False)}</p>")
    source = f"Read on at {escape(record.provider.name, quote=False)}" if record.provider else "Read on"
    parts.append(f'<p><a href="{escape(record.link)}">{source}</a></p>')
    return parts


def _lead(record: Record) -> str:
    lead = record.images[0] if record.images else poster_of(record)
    video = embedded_video(record.player) if record.player else None
    target = video[0] if video else record.link
    shown = _img(lead, record.title) if lead else "Watch the video" if video else ""
    return f'<a href="{escape(target)}">{shown}</a>' if shown else ""


def _img(image: Image, title: str) -> str:
    size = f' width="{image.width}" height="{image.height}"' if image.width and image.height else ""
    return f'<img src="{escape(image.url)}" alt="{escape(image.title or title)}"{size}>'


def related_list(related: tuple[Related, ...]) -> list[str]:
    """Return the HTML list of related articles that follows the content, as lines."""
    if not related:
        return []
    return ["<p>Related:</p>", "<ul>", *(f"<li>{_related_link(article)}</li>" for article in related), "</ul>"]


def _related_link(article: Related) -> str:
    author = f" ({escape(article.author.name, quote=False)})" if article.author else ""
    title = escape(article.title or article.url, quote=False)
    return f'<a href="{escape(article.url)}">{title}</a>{author}'
