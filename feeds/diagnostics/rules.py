"""The table of rules, with their severities."""

from typing import Literal, NamedTuple, get_args

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


class Rule(NamedTuple):
    """A rule: its severity, and what it reports.

    If `is_switchable`, the configuration can change its severity or switch it off. If `is_summarized`, warnings with
    the same message are one line in the text style.
    """

    severity: Severity
    summary: str
    is_switchable: bool = False
    is_summarized: bool = False


def error(summary: str) -> Rule:
    """Return a rule of errors, which the configuration cannot change."""
    return Rule("error", summary)


RULES: dict[str, Rule] = {
    "not-a-file": error("a path with the name of a record is not a regular file"),
    "unreadable": error("a file or folder cannot be read"),
    "too-large": error("a file, its front matter or its body is too large to be a record"),
    "not-utf-8": error("a file is not UTF-8 text"),
    "illegal-character": error("a character that is not allowed in text or in YAML"),
    "no-front-matter": error("a file does not begin with a line of ---"),
    "unclosed-front-matter": error("the line of --- that ends the front matter is missing"),
    "not-a-mapping": error("the front matter is not a mapping of keys to values"),
    "yaml-syntax": error("the front matter is not valid YAML"),
    "toml-syntax": error("the front matter between lines of +++ is not valid TOML"),
    "json-syntax": error("the front matter in braces is not valid JSON"),
    "yaml-tag": error("a YAML tag that plain data does not allow"),
    "yaml-alias": error("YAML aliases expand to too many values, or without end"),
    "yaml-key": error("a list or mapping is used as a key"),
    "yaml-value": error("a number that is infinite, too long, or does not match its tag"),
    "yaml-too-deep": error("values are nested too deep"),
    "duplicate-key": error("a key is given twice in one mapping"),
    "unknown-key": Rule("error", "a key that no record has", is_switchable=True, is_summarized=True),
    "missing-key": error("a key that every record needs is missing"),
    "wrong-type": error("a value has the wrong type for its key"),
    "not-allowed": error("a value is not allowed for its key"),
    "blank-text": error("a text has no visible character"),
    "out-of-range": error("a number is too small or too large"),
    "wrong-size": error("a text or list is too short or too long"),
    "bad-url": error("a text is not an absolute URL"),
    "bad-date": error("a text is not a date and time"),
    "bad-duration": error("a text is not an ISO 8601 duration"),
    "bad-format": error("a text does not have the format that its key requires"),
    "conflict-marker": Rule("error", "the body contains an unresolved merge conflict", is_switchable=True),
    "naive-time": Rule("error", "a date and time has no offset from UTC", is_switchable=True),
    "date-only": Rule("error", "a date has no time", is_switchable=True),
    "duplicate-id": Rule("error", "two published records have the same id", is_switchable=True),
    "article-versions": Rule("warning", "several published records are versions of one article", is_switchable=True),
    "uncertain-id": Rule("warning", "a record may be another article than its id says", is_switchable=True),
    "duplicate-url": Rule("warning", "two published records lead to the same page", is_switchable=True),
    "duplicate-topic": Rule("warning", "a record names a topic twice in different spellings", is_switchable=True),
    "unknown-topic": Rule("error", "a topic is not among those that the configuration allows", is_switchable=True),
    "duplicate-item": Rule("warning", "a list contains the same value twice", is_switchable=True),
    "held-back": Rule("warning", "a record is not published because of a key of another program", is_switchable=True),
    "related-self": Rule("warning", "a record is related to itself", is_switchable=True),
    "dropped-html": Rule("warning", "the body contains HTML or text that subscribers will not see", is_switchable=True),
    "unrendered-body": Rule(
        "warning", "a body is of a kind that cannot be rendered", is_switchable=True, is_summarized=True
    ),
    "source-link": Rule("warning", "a link of the body leads to no published record", is_switchable=True),
    "html-in-excerpt": Rule("warning", "an excerpt contains HTML", is_switchable=True),
    "double-escape": Rule("warning", "a title or excerpt is escaped twice", is_switchable=True),
    "html-entity": Rule("warning", "a title or excerpt contains an HTML entity", is_switchable=True),
    "cut-by-comment": Rule("warning", "a value without quotes ends where a comment begins", is_switchable=True),
    "mangled-url": Rule(
        "warning", "a URL is HTML-escaped, begins twice, or has invisible characters", is_switchable=True
    ),
    "local-url": Rule("warning", "a URL has a host that subscribers cannot reach", is_switchable=True),
    "unlikely-date": Rule("warning", "a date is too early, or an update is before publication", is_switchable=True),
    "future-update": Rule("warning", "an update is still to come", is_switchable=True),
    "control-character": Rule("warning", "a text contains a control character", is_switchable=True),
    "bidi-character": Rule("warning", "a text contains an invisible change of direction", is_switchable=True),
    "site-relative-url": Rule("warning", "an image URL is relative, but home_page is not set", is_switchable=True),
    "empty-url": Rule("warning", "a URL is empty", is_switchable=True),
    "linked-folder": Rule("warning", "a symbolic link leads to a folder that is read anyway", is_switchable=True),
    "empty-value": Rule("warning", "a key has no value", is_switchable=True),
    "stray-byte-order-mark": Rule("warning", "a byte order mark inside the front matter", is_switchable=True),
    "short-secret": Rule("warning", "a secret value is too short to be searched for", is_switchable=True),
    "not-a-record": Rule("info", "a file describes its folder and is not a record", is_switchable=True),
    "tracking-parameter": Rule("info", "a URL has a tracking parameter", is_switchable=True),
    "untrimmed-text": Rule("info", "a text begins or ends with white space", is_switchable=True),
    "byte-order-mark": Rule("info", "a file begins with a byte order mark", is_switchable=True),
    "future-date": Rule("info", "a record is dated in the future and waits for its date", is_switchable=True),
}
