"""Write the persons, links and sources of Atom (RFC 4287), which RSS can have too."""

from collections.abc import Iterable
from typing import Any

from feeds.dates import format_rfc3339
from feeds.formats._feedgen import add_extensions, as_attributes, child
from feeds.model.item import Link, Source
from feeds.model.parts import Person
from feeds.xml_namespaces import GOOGLE

_IMAGE = f"{{{GOOGLE}}}image"
_THUMBNAIL = f"{GOOGLE}#thumbnail"


def add_persons(parent: Any, name: str, people: Iterable[Person], namespace: str = "") -> None:
    """Append an element for each person; `namespace` is in Clark notation."""
    for person in people:
        element = child(parent, f"{namespace}{name}")
        for part, value in (("name", name_of(person)), ("uri", person.url), ("email", person.email)):
            if value:
                child(element, f"{namespace}{part}", value)
        add_avatar(element, person)


def add_avatar(parent: Any, person: Person) -> None:
    """Append the picture of a person, as Blogger does."""
    if person.avatar:
        child(parent, _IMAGE, rel=_THUMBNAIL, src=person.avatar)


def name_of(person: Person) -> str:
    """Return the name of a person, which Atom requires."""
    return person.label or "-"


def add_links(parent: Any, links: Iterable[Link], namespace: str = "") -> None:
    """Append links; `namespace` is in Clark notation."""
    for link in links:
        facts = {"type": link.type, "hreflang": link.language, "href": link.href}
        add_link(parent, link.rel, {**facts, "title": link.title, "length": link.length}, namespace)


def add_link(parent: Any, rel: str, facts: dict[str, str], namespace: str = "") -> None:
    """Append a link with the facts that are known."""
    child(parent, f"{namespace}link", rel=rel, **as_attributes(facts))


def add_source(parent: Any, source: Source, namespace: str = "") -> None:
    """Append the feed that an item is from; `namespace` is in Clark notation."""
    element = child(parent, f"{namespace}source")
    if source.id:
        child(element, f"{namespace}id", source.id)
    if source.title:
        child(element, f"{namespace}title", source.title, type="text")
    if source.updated:
        child(element, f"{namespace}updated", format_rfc3339(source.updated))
    for rel, href in (("self", source.url), ("alternate", source.link)):
        if href:
            child(element, f"{namespace}link", rel=rel, href=href)
    add_extensions(element, source.extensions, without={""})
