"""The hub of the program: what one text file says, in the program's own terms.

Everything in a Record but its body is ready to be published: text is plain and free of characters that XML
forbids, addresses are absolute and in ASCII, instants are timezone-aware UTC. A format only decides where a field
goes; the body is as it was written, and made safe when it is rendered.
"""

from datetime import datetime
from typing import Literal, NamedTuple

from feeds.model.parts import Enclosure, Image, Person, Related

MarkdownDialect = Literal["markdown", "kramdown", "python-markdown"]
BodyType = Literal[MarkdownDialect, "html", "safe html"]


class Record(NamedTuple):
    """What one record says; the comment at a field says where it goes in RSS, Atom and JSON Feed."""

    id: str  # guid isPermaLink=false | id | id
    title: str  # title | title type=text | title
    link: str  # link | link rel=alternate | url
    published: datetime  # pubDate | published | date_published
    updated: datetime  # - | updated | date_modified
    excerpt: str = ""  # description | summary type=text | summary
    web_url: str = ""  # CSV only: link says the same
    original_url: str = ""  # - | link rel=via | external_url, where it differs from the link
    topics: tuple[str, ...] = ()  # category | category | tags
    images: tuple[Image, ...] = ()  # enclosure, media:content | link rel=enclosure, media:content | image, attachments
    enclosures: tuple[Enclosure, ...] = ()  # enclosure | link rel=enclosure | attachments, in place of the first image
    provider: Person | None = None  # dc:creator | author | authors: who published the article
    authors: tuple[Person, ...] = ()  # the same, in place of the provider
    language: str = ""  # dc:language | xml:lang | language
    related: tuple[Related, ...] = ()  # in the content | link rel=related | _related
    body: str = ""  # content:encoded | content type=html | content_html, once it is made safe
    body_type: BodyType = "markdown"
    links: tuple[tuple[str, str], ...] = ()  # in the body: the pages of source files, by the paths that links name
    type: str = ""  # - | - | _feeds.type
    quality: int | None = None  # - | - | _feeds.quality
    heat: int | None = None  # - | - | _feeds.heat
    length: str = ""  # - | - | _feeds.length, the duration as it was written
    duration: int | None = None  # media:content duration, in seconds
    player: str = ""  # media:player: the page that plays the video
    expires: datetime | None = None  # never leaves: from when on the record is not published
    is_published: bool = True  # never leaves: decides whether the rest does
