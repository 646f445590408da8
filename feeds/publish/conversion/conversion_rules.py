"""The rules of conversions, with their severities."""

from feeds.diagnostics.problem import START, Problem, Span
from feeds.diagnostics.rules import Rule
from feeds.parsers.parsed import PARSE_RULES

_SUMMARIES = {
    "not-a-feed": "nothing in the document is a feed",
    "feed-too-large": "a document, or what it unpacks to, is larger than what is read",
    "bad-compression": "a compressed document cannot be unpacked",
    "cut-off": "the end of a document is missing, so its last item may not be whole",
    "bad-encoding": "the bytes are not in the encoding that is declared",
    "not-well-formed": "XML or JSON was mended to be read",
    "bad-date": "a date that nobody can read",
    "bad-number": "a length or a duration that is no number",
    "not-kept": "a part of the document that is not read",
    "wrong-value": "a value of another kind than the format says, which is read all the same",
    "left-out": "a value of another kind than the format says, or broken XML, which cannot be read",
    "shared-address": "items without ids have the same address",
}
LOST, ADDED, NOT_KEPT, NOTHING_SELECTED = "lost", "added", "not-kept", "nothing-selected"
DROPPED = frozenset({NOT_KEPT, "bad-date", "bad-number", "left-out"})
"""The rules of what the document says and a Feed does not, so that every format loses it."""
CONVERSION_RULES: dict[str, Rule] = {
    **{name: Rule(severity, _SUMMARIES[name]) for name, severity in PARSE_RULES.items()},
    "unreadable": Rule("error", "an input cannot be read"),
    "repeated-item": Rule("info", "an item is there several times"),
    "no-title": Rule("warning", "the format requires a title, and the input has none"),
    "no-link": Rule("warning", "the format requires a link to a page, and the input has none"),
    "not-imported": Rule("error", "an item cannot be a record"),
    "history": Rule("warning", "older documents of a feed cannot be read"),
    "image-not-fetched": Rule("warning", "an image of an item cannot be fetched"),
    "redirected": Rule("info", "the document is at another address"),
    NOTHING_SELECTED: Rule("info", "the selection leaves out everything"),
    ADDED: Rule("info", "the format requires something that the input does not have"),
    LOST: Rule("warning", "the format has no place for something that the input holds"),
}


def conversion_problem(path: str, rule: str, message: str, remedy: str = "", span: Span = START) -> Problem:
    """Return a problem of a conversion, with the severity of its rule."""
    return Problem(path, span, rule, message, remedy, CONVERSION_RULES[rule].severity)
