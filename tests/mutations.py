"""Damage the text of records as people and programs do, and tell whether both paths of validation agree on it."""

from __future__ import annotations

from pathlib import Path
from random import Random

from support import REPOSITORY

from feeds.config.settings import Config
from feeds.validation.check_file import check_exactly, check_plain
from feeds.validation.context import ValidationContext, context_for

_HOME = "https://example.org/"
_OWN = REPOSITORY / "tests" / "validation" / "plain-own.schema.json"
CONTEXTS = (
    context_for(Config()),
    context_for(Config(home_page=_HOME, secret=("secured", "x-key", "note"))),
    context_for(Config(schema=_OWN)),
    context_for(Config(preset="hugo", home_page=_HOME)),
    context_for(Config(preset="jekyll", home_page=_HOME, schema=_OWN)),
    context_for(Config(fields={"title": ("title", ":h1"), "webUrl": ("{home_page}{slug}/",)}, home_page=_HOME)),
)
_PIECES = (REPOSITORY / "tests" / "records" / "yaml-pieces.txt").read_text(encoding="utf-8").split("\n")
_ESCAPED = str.maketrans({"⏎": "\n", "⇥": "\t", "␣": " "})
PIECES = [
    *(piece.translate(_ESCAPED) for piece in _PIECES),
    *"\n\r\t \u00a0\u0085\u2028\u3000\u202e\u200b\u00ad\ufeff\ufffe\x07\x00é\u0301😀",
    *"-:#'\"[]{},&*!|>%@`?~\\0123456789_.+eExoT/=;<",
    *("\n- ", "\n  ", ": ", " #", "- - ", "? ", "&a ", "*a", "!x ", "<<: ", "---\n", "\n...\n"),
    *("\\u202e", "\\x07", "\\ud800"),
    *("null", "true", "~", "010", "0o7", "0x1f", "1e3", ".5", ".inf", "1_0", "_7", "+1", "9007199254740993", "0.1"),
    *("2024-02-30T00:00:00Z", "1970-01-01T00:00:00Z", "23:59:60Z", "+02:00", "2999", "0001"),
    *("&amp;", "&lt;b&gt;", "&nbsp;", "&#65;", "<b>", "<br/>", "</i>", "AT&T", "a & b"),
    *("?utm_source=x", "&fbclid=1", ";utm_x=1", "%41", "%zz", "%C2%AD", "%26amp;", "http://", "HTTPS://", "ftp://x"),
    *("localhost", ".local", ".test", "//", "https.", "127.0.0.1", "xn--p1ai", "user@", ":80", ":port", "/../", "-"),
    *("x-a: 1\n", "x-a: [b]\n", "x-draft: true\n", "draft: true\n", "published: false\n", "removed: true\n"),
    *(
        "secured: abc\n",
        "x-key: longsecret\n",
        "note: a long secret\n",
        "title: x\n",
        "topics: [a, A]\n",
        "topics: [a, a]\n",
        'webUrl: ""\n',
    ),
    *("  - x\n", "excerpt: |\n  a\n", "excerpt: >-\n  a\n  b\n", "length: PT1H\n", "length: P\n"),
    *("id: urn:a:b\n", "related: []\n", "  note: {a: long secret}\n", "note:\n"),
]


def mutated(text: str, random: Random) -> str:
    """Return a text with one to three changes of a few characters or of a line."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        at = _place(text, random)
        change = random.random()
        if change < 0.6:
            text = text[:at] + random.choice(PIECES) + text[at + random.choice((0, 0, 0, 1)) :]
        elif change < 0.75:
            text = text[:at] + text[at + random.randrange(1, 6) :]
        else:
            start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at) + 1
            line = text[start:end]
            text = text[:start] + random.choice(("", line + line, f"  {line}", f"- {line}", line.lstrip())) + text[end:]
    return text


def _place(text: str, random: Random) -> int:
    """Return any place, or one where a value or a line begins or ends."""
    at = random.randrange(len(text) + 1)
    sign, offset = random.choice((("", 0), ("", 0), (": ", 2), ('"\n', 0), ("\n", 0), ("\n", 1), ("://", 3)))
    found = text.find(sign, at) if sign else -1
    return found + offset if found >= 0 else at


def is_same(path: str, content: bytes, context: ValidationContext) -> bool:
    """Tell whether a file that takes the fast path is just what the exact one makes of it."""
    plain = check_plain(path, content, context)
    return not plain or repr(plain) == repr(check_exactly(path, content, context))


def contents(*folders: Path) -> list[tuple[str, bytes]]:
    """Return the paths and the bytes of all records in folders."""
    return [(path.name, path.read_bytes()) for folder in folders for path in sorted(folder.rglob("*.md"))]
