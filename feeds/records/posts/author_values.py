"""Convert the people that other generators name as authors, or list in a data file."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from feeds.records.posts.field_values import split_names, url_value
from feeds.records.posts.post import Post
from feeds.records.posts.preset import Words
from feeds.text import is_email
from feeds.urls import is_absolute

_LINK = re.compile(r"\[(?P<label>[^\[\]]+)\]\((?P<url>[^()\s]+)\)")
_MAIL = re.compile(r"\s*(?P<name>[^<>]*?)\s*<(?P<email>[^<>@\s]+@[^<>\s]+)>\s*")

Authors = Mapping[str, Mapping[str, Any]]


def authors_value(known: Authors, words: Words) -> Callable[[Any, Post], Any]:
    """Return a converter to a list of people; keys of the data file of authors are looked up."""

    def convert(value: Any, post: Post) -> Any:
        people = [_reachable(person, post) for person in _people(value, known, words) if person.get("name")]
        return people or None

    return convert


def _people(value: Any, known: Authors, words: Words) -> Iterator[dict[str, str]]:
    if isinstance(value, str):
        is_list = words == "commas or semicolons" and value not in known
        parts = split_names(value, words) if is_list else [value.strip()]
        yield from (_person(part, known) for part in parts if part)
    elif isinstance(value, list):
        for item in value:
            yield from [_person(item, known)] if isinstance(item, str) else _people(item, known, words)
    elif isinstance(value, Mapping):
        yield _from_mapping(value)


def _reachable(person: dict[str, str], post: Post) -> dict[str, str]:
    """Return a person without unusable web and e-mail addresses."""
    url, email = person.get("url", ""), person.get("email", "")
    url = str(url_value(url, post)) if url else ""
    is_found = {"name": True, "url": is_absolute(url), "email": is_email(email)}
    return {key: text for key, text in (person | {"url": url}).items() if text and is_found[key]}


def _person(name: str, known: Authors) -> dict[str, str]:
    if name in known:
        return _from_mapping({"name": name} | dict(known[name]))
    if "[" in name:
        if link := _LINK.fullmatch(name.strip()):
            return {"name": link["label"], "url": link["url"]}
        name = _LINK.sub(r"\g<label>", name)
    match = _MAIL.fullmatch(name) if "<" in name else None
    return {"name": match["name"] or match["email"], "email": match["email"]} if match else {"name": name.strip()}


def _from_mapping(value: Mapping[str, Any]) -> dict[str, str]:
    name = value.get("name") or value.get("title") or value.get("display_name")
    if isinstance(name, Mapping):  # Quarto and MyST
        name = " ".join(str(part) for part in (name.get("given"), name.get("family")) if part)
    found = {
        "name": name,
        "url": value.get("url") or value.get("website") or value.get("uri") or value.get("link"),
        "email": value.get("email"),
    }
    return {key: text.strip() for key, text in found.items() if isinstance(text, str) and text.strip()}
