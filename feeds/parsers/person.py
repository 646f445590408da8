"""Read persons: a name and an e-mail address in one text, as in RSS, or elements, as in Atom and iTunes."""

import re
from functools import lru_cache
from itertools import accumulate
from typing import Any

from feeds.lazy_pattern import lazy_pattern
from feeds.model.markup_text import plain_of_html
from feeds.model.parts import Person
from feeds.parsers.builder import Builder
from feeds.parsers.namespaces import short_name
from feeds.parsers.strays import note_lost_markup, note_others, note_text
from feeds.parsers.xml_markup import plain_text_of, text_of

_EMAIL = lazy_pattern(r"(?:mailto:)?([^\s<>()\[\]@\",;:]+@[^\s<>()\[\]@\",;:]+)")
_URL = lazy_pattern(r"https?://\S+", re.IGNORECASE)
_MOST_COMPARED = 100
_HOSTS = {"", "author", "co-host", "cohost", "creator", "editor", "host", "writer"}  # the usual role is that of a host
_OF_WRITER = {"role", "group", "href", "img"}
_HALVES = {("name",), ("email",)}  # of one person, in `author` and `dc:creator`
_AROUND_NAME = ' \t\r\n<>[]",;:-'
_FIELDS = {
    **dict.fromkeys(("name", "atom:name", "itunes:name"), "name"),
    **dict.fromkeys(("email", "atom:email", "itunes:email"), "email"),
    **dict.fromkeys(("uri", "url", "homepage", "atom:uri", "atom:url", "atom:homepage"), "url"),
    "gd:image": "avatar",
}


@lru_cache(maxsize=256)  # of a few authors there are many items
def parse_person(text: str) -> Person:
    """Return the person in `a@example.org (Ann)`, `Ann <a@example.org>`, or a single name, e-mail or web address."""
    if "@" not in text:
        return Person(url=text) if _URL.fullmatch(text) else Person(text)
    found = _EMAIL.search(text)
    if not found:
        return Person(text)
    before, after = _bare(text[: found.start()]), _bare(text[found.end() :])
    if after == found[1] and not before:  # as an address of a podcast is often written, in place of the name
        return Person(email=found[1])
    is_enclosed = not before and text.endswith(f"({after})")
    is_name = not (before and after) and (is_enclosed or "@" not in before + after)
    return Person(before or after, email=found[1]) if is_name else Person(text)


def _bare(name: str) -> str:
    """Return a name without what stands around it, but with the parentheses that are part of it."""
    name = name.strip(_AROUND_NAME)
    if name.startswith("(") and name.endswith(")") and _is_balanced(name[1:-1]):
        return name[1:-1].strip(_AROUND_NAME)
    return name if _is_balanced(name) else name.strip(_AROUND_NAME + "()")


def _is_balanced(text: str) -> bool:
    depths = [*accumulate((character == "(") - (character == ")") for character in text)]
    return not depths or (min(depths) >= 0 and not depths[-1])


def read_person(builder: Builder, element: Any) -> Person:
    """Return the person in an element."""
    if not len(element):
        text = text_of(element)
        return parse_person(_unmarked(builder, element, text) if "</" in text else text)
    fields = [(child, _FIELDS.get(short_name(child.tag))) for child in element if isinstance(child.tag, str)]
    if not any(field for _, field in fields):
        return parse_person(plain_text_of(element))
    values: dict[str, str] = {}
    for child, field in fields:
        if field:
            values[field] = values.get(field) or text_of(child) or child.get("src") or ""
    url = builder.address(values["url"], element) if "url" in values else ""
    avatar = builder.address(values["avatar"], element) if "avatar" in values else ""
    name, email = values.get("name", ""), values.get("email", "").removeprefix("mailto:")
    return Person("" if name in {email, url} else name, url, email, avatar)


def _unmarked(builder: Builder, element: Any, markup: str) -> str:
    """Return a name without its markup, as of links to those who wrote it."""
    plain = " ".join(plain_of_html(markup).split())
    note_lost_markup(builder, markup, plain, element)
    return plain


def read_author(builder: Builder, element: Any) -> None:
    """Read an author."""
    _note_rest(builder, element)
    add_author(builder, read_person(builder, element))


def add_author(builder: Builder, author: Person) -> None:
    """Add an author, or fill in the one of the same name, unless something else is said of that one."""
    for at, known in enumerate(builder.authors[:_MOST_COMPARED]):
        if known.name == author.name and _merged(known, author) == _merged(author, known):
            builder.authors[at] = _merged(known, author)
            return
    if any(author):
        builder.authors.append(author)


def read_contributor(builder: Builder, element: Any) -> None:
    """Read a contributor."""
    _note_rest(builder, element)
    if any(person := read_person(builder, element)):
        builder.contributors.append(person)


def _note_rest(builder: Builder, element: Any) -> None:
    if not len(element):
        return
    names = [short_name(child.tag) for child in element.iterchildren("*")]
    if any(name in _FIELDS for name in names) and not _is_all_read(element, names):
        note_others(builder, element, _FIELDS)
        note_text(builder, element)


def _is_all_read(element: Any, names: list[str]) -> bool:
    """Return whether an element has nothing but fields, each once, as nearly every person has."""
    has_other = any(len(child) or child.keys() or (child.tail or "").strip() for child in element)
    return not has_other and not (element.text or "").strip() and len(_FIELDS.keys() & names) == len(names)


def read_known_person(builder: Builder, element: Any) -> None:
    """Read the owner, host or editor of a podcast or channel, an author if there is no other; a guest is none."""
    person, facts = read_person(builder, element), dict(element.items())
    if element.get("href") or element.get("img"):  # podcast:person
        url, avatar = (builder.address(element.get(name) or "", element) for name in ("href", "img"))
        person = person._replace(url=url, avatar=avatar)
    builder.fallback.setdefault("persons", []).append(person)
    if facts.keys() <= _OF_WRITER and (facts.get("role"), facts.get("group", "writing")) == ("author", "writing"):
        builder.fallback.setdefault("writers", []).append((person, element))
    else:
        builder.keep(element)
    if (element.get("role") or "").strip().lower() in _HOSTS:
        builder.fallback.setdefault("host", person)


def join_halves(builder: Builder) -> None:
    """Make one author of two, of whom one is known by name alone and the other by e-mail address alone."""
    halves = {tuple(name for name, value in each._asdict().items() if value) for each in builder.authors}
    if halves == _HALVES and len(builder.authors) == len(halves):
        builder.authors = [_merged(*builder.authors)]


def complete_authors(builder: Builder) -> None:
    """Fill in the authors from modules; without any, use the first host in a module."""
    persons = builder.fallback.get("persons", ())
    if not builder.authors and "author" in builder.fallback:
        add_author(builder, parse_person(builder.fallback["author"]))
    if not builder.authors and "host" in builder.fallback:
        add_author(builder, builder.fallback["host"])
    if not persons:
        return
    by_name: dict[str, Person] = {}
    for person in persons:
        by_name[person.name] = _merged(by_name.get(person.name, person), person)
    builder.authors = [
        _merged(author, by_name.get(author.name, author)) if author.name else author for author in builder.authors
    ]
    for person, element in builder.fallback.get("writers", ()):
        if not any(_says_all(author, person) for author in builder.authors):
            builder.keep(element)


def _says_all(author: Person, person: Person) -> bool:
    return all(said in {"", held} for held, said in zip(author, person, strict=True))


@lru_cache(maxsize=256)  # of a few authors there are many items
def _merged(person: Person, other: Person) -> Person:
    """Return a person whose empty fields are filled in from what is said of the same person elsewhere."""
    return Person(*(own or added for own, added in zip(person, other, strict=True)))
