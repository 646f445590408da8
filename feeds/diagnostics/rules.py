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


def switchable(severity: Severity, summary: str) -> Rule:
    """Return a rule whose severity the configuration can change."""
    return Rule(severity, summary, is_switchable=True)


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
    "conflict-marker": switchable("error", "the body contains an unresolved merge conflict"),
    "naive-time": switchable("error", "a date and time has no offset from UTC"),
    "date-only": switchable("error", "a date has no time"),
    "duplicate-id": switchable("error", "two published records have the same id"),
    "article-versions": switchable("warning", "several published records are versions of one article"),
    "uncertain-id": switchable("warning", "a record may be another article than its id says"),
    "duplicate-url": switchable("warning", "two published records lead to the same page"),
    "duplicate-topic": switchable("warning", "a record names a topic twice in different spellings"),
    "unknown-topic": switchable("error", "a topic is not among those that the configuration allows"),
    "duplicate-item": switchable("warning", "a list contains the same value twice"),
    "held-back": switchable("warning", "a record is not published because of a key of another program"),
    "related-self": switchable("warning", "a record is related to itself"),
    "dropped-html": switchable("warning", "the body contains HTML or text that subscribers will not see"),
    "unrendered-body": Rule(
        "warning", "a body is of a kind that cannot be rendered", is_switchable=True, is_summarized=True
    ),
    "source-link": switchable("warning", "a link of the body leads to no published record"),
    "html-in-excerpt": switchable("warning", "an excerpt contains HTML"),
    "double-escape": switchable("warning", "a title or excerpt is escaped twice"),
    "html-entity": switchable("warning", "a title or excerpt contains an HTML entity"),
    "cut-by-comment": switchable("warning", "a value without quotes ends where a comment begins"),
    "mangled-url": switchable("warning", "a URL is HTML-escaped, begins twice, or has invisible characters"),
    "local-url": switchable("warning", "a URL has a host that subscribers cannot reach"),
    "unlikely-date": switchable("warning", "a date is too early, or an update is before publication"),
    "future-update": switchable("warning", "an update is still to come"),
    "control-character": switchable("warning", "a text contains a control character"),
    "bidi-character": switchable("warning", "a text contains an invisible change of direction"),
    "site-relative-url": switchable("warning", "an image URL is relative, but home_page is not set"),
    "empty-url": switchable("warning", "a URL is empty"),
    "linked-folder": switchable("warning", "a symbolic link leads to a folder that is read anyway"),
    "empty-value": switchable("warning", "a key has no value"),
    "stray-byte-order-mark": switchable("warning", "a byte order mark inside the front matter"),
    "short-secret": switchable("warning", "a secret value is too short to be searched for"),
    "not-a-record": switchable("info", "a file describes its folder and is not a record"),
    "tracking-parameter": switchable("info", "a URL has a tracking parameter"),
    "untrimmed-text": switchable("info", "a text begins or ends with white space"),
    "byte-order-mark": switchable("info", "a file begins with a byte order mark"),
    "future-date": switchable("info", "a record is dated in the future and waits for its date"),
}
