"""Check elements with a limited set of values, of RSS and of modules."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from feeds.lazy_pattern import lazy_pattern
from feeds.lint.elements import repeats_of
from feeds.lint.lint_rule import LintProblem
from feeds.lint.values import address_problems, language_problems, plain_text_problems
from feeds.lint.vocabularies import ELEMENTS, undefined_problem
from feeds.lint.xml_document import Element
from feeds.text import quoted
from feeds.xml_namespaces import (
    ADMIN,
    APP,
    CONTENT,
    CREATIVE_COMMONS,
    DC,
    DCTERMS,
    EVENT,
    FEEDBURNER,
    GEO,
    GEORSS,
    ITUNES,
    OPENSEARCH,
    PODCAST,
    RDF,
    SLASH,
    SY,
    THREAD,
    TRACKBACK,
    WFW,
)


class Value(NamedTuple):
    """The allowed values of an element, and the remedy."""

    pattern: re.Pattern[str]
    remedy: str


def _value(pattern: str, remedy: str) -> Value:
    return Value(lazy_pattern(pattern, re.ASCII), remedy)


def _one_of(*words: str) -> Value:
    return _value("|".join(words), f"write one of {', '.join(words)}")


_COUNT = _value(r"\d+", "write a whole number")
_POSITIVE = _value(r"0*[1-9]\d*", "write a whole number from 1")
_YES = _value(r"[Yy]es|[Nn]o", "write yes, or leave it out")
_LATITUDE = r"[+-]?0*(?:90(?:\.0+)?|[0-8]?\d(?:\.\d+)?)"
_LONGITUDE = r"[+-]?0*(?:180(?:\.0+)?|(?:1[0-7]|\d)?\d(?:\.\d+)?)"
_POINT = rf"{_LATITUDE}[\s,]+{_LONGITUDE}"
_NUMBER = _value(r"[+-]?\d+(?:\.\d+)?", "write a number")
_DATE = _value(
    r"\d{4}(?:-(?!02-3|(?:0[469]|11)-31)(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])"
    r"(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:\.\d+)?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?)?)?",
    "write it as in 2024-05-01T08:30:00Z",
)
# https://www.rssboard.org/rss-specification, and the specifications of modules.
_VALUES: Mapping[tuple[str, str], Value] = {
    ("", "ttl"): _value(r"0*[1-9]\d*", "write a number of minutes, as in 60"),
    ("", "hour"): _value("0?[0-9]|1[0-9]|2[0-3]", "write an hour from 0 to 23"),
    ("", "day"): _one_of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    (DC, "date"): _DATE,
    (DCTERMS, "created"): _DATE,
    (DCTERMS, "issued"): _DATE,
    (DCTERMS, "modified"): _DATE,
    (ITUNES, "block"): _YES,
    (ITUNES, "complete"): _YES,
    (ITUNES, "duration"): _value(r"\d+|(?:\d+:)?[0-5]?\d:[0-5]?\d", "write seconds, or hours:minutes:seconds"),
    (ITUNES, "episode"): _POSITIVE,
    (ITUNES, "episodeType"): _one_of("full", "trailer", "bonus"),
    (ITUNES, "explicit"): _value("(?i:true|false|yes|no|clean|explicit)", "write true or false"),
    (ITUNES, "season"): _POSITIVE,
    (ITUNES, "type"): _one_of("episodic", "serial"),
    (PODCAST, "locked"): _one_of("yes", "no"),
    (SLASH, "comments"): _COUNT,
    (SLASH, "hit_parade"): _value(r"\d+(?:\s*,\s*\d+)*", "write whole numbers with commas"),
    (SY, "updateBase"): _DATE,
    (SY, "updateFrequency"): _POSITIVE,
    (SY, "updatePeriod"): _one_of("hourly", "daily", "weekly", "monthly", "yearly"),
    (GEORSS, "point"): _value(_POINT, "write latitude and longitude, as in 45.256 -71.92"),
    (GEORSS, "line"): _value(rf"{_POINT}(?:[\s,]+{_POINT})+", "write two or more points, as in 45.2 -71.9 46.4 -72.1"),
    (GEORSS, "polygon"): _value(rf"({_POINT})(?:[\s,]+{_POINT}){{2,}}[\s,]+\1", "write points, the last as the first"),
    (GEORSS, "box"): _value(rf"{_POINT}[\s,]+{_POINT}", "write the south-western and the north-eastern corner"),
    (GEORSS, "elev"): _NUMBER,
    (GEORSS, "floor"): _NUMBER,
    (GEORSS, "radius"): _NUMBER,
    (GEO, "lat"): _value(_LATITUDE, "write degrees, as in 45.256"),
    (GEO, "long"): _value(_LONGITUDE, "write degrees, as in -71.92"),
    (THREAD, "total"): _COUNT,
    (APP, "draft"): _one_of("yes", "no"),
    (APP, "edited"): _DATE,
    (EVENT, "startdate"): _DATE,
    (EVENT, "enddate"): _DATE,
    (OPENSEARCH, "itemsPerPage"): _COUNT,
    (OPENSEARCH, "startIndex"): _COUNT,
    (OPENSEARCH, "totalResults"): _COUNT,
}
_ONCE = {
    *((APP, "edited"), (CONTENT, "encoded"), (SLASH, "comments"), (SLASH, "department"), (SLASH, "hit_parade")),
    *((SLASH, "section"), (SY, "updateBase"), (SY, "updateFrequency"), (SY, "updatePeriod"), (WFW, "comment")),
    (WFW, "commentRss"),
}
_ADDRESSES = {
    *((WFW, "comment"), (WFW, "commentRss"), (ITUNES, "new-feed-url"), (CREATIVE_COMMONS, "license")),
    *((FEEDBURNER, "origLink"), (TRACKBACK, "ping"), (TRACKBACK, "about")),
}
_PLAIN_TEXTS = {
    *((DC, "title"), (DC, "creator"), (DC, "subject"), (DC, "publisher"), (DC, "rights")),
    *((ITUNES, "title"), (ITUNES, "subtitle"), (ITUNES, "summary"), (ITUNES, "author"), (ITUNES, "keywords")),
}


def value_problems(parent: Element) -> Iterator[LintProblem]:
    """Yield the problems of the values of a channel, an item, a feed or an entry."""
    yield from repeats_of(parent, _ONCE)
    for child in parent.children:
        key, text = (child.namespace, child.name), child.text.strip()
        known, allowed = ELEMENTS.get(child.namespace), _VALUES.get(key)
        if known and child.name not in known:
            yield undefined_problem(child, known)
        elif allowed and not allowed.pattern.fullmatch(text):
            yield child.problem("wrong-value", f"<{child.label}> is {quoted(text)}", allowed.remedy)
        elif key in _ADDRESSES:
            yield from child.locate(address_problems(text, f"<{child.label}>"))
        elif key in _PLAIN_TEXTS:
            yield from child.locate(plain_text_problems(text, f"<{child.label}>"))
        elif key == (DC, "language"):
            yield from child.locate(language_problems(text, f"<{child.label}>"))
        elif key == (ITUNES, "image"):
            address = child.attributes.get("href", "")
            yield from child.locate(address_problems(address, f"the href of <{child.label}>"))
        elif child.namespace == ADMIN:
            address = child.foreign("resource", RDF) or ""
            yield from child.locate(address_problems(address, f"the rdf:resource of <{child.label}>"))
        elif key == (APP, "control"):
            yield from value_problems(child)
