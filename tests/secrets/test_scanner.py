"""A secret value is found in an output in whatever way it is encoded; what may go out never is."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from base64 import b64encode, encodebytes, urlsafe_b64encode
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from time import process_time
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from support import CORPUS, NOW, SEEDS, config_for, need, outputs_of, record_files, tree

import feeds
from feeds.records.redact import secret_values
from feeds.secrets import scanner as scanner_module
from feeds.secrets.decode import folded
from feeds.secrets.ngrams import PIECE, grams_of
from feeds.secrets.regions import secret_regions, values_in
from feeds.secrets.scanner import SecretHit, SecretScanner, first_line

BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
Encode = Callable[[str], str]


def as_xml_text(text: str) -> str:
    element = etree.Element("a")
    element.text = text
    return etree.tostring(element, encoding="unicode")[3:-4]


def as_xml_numbers(text: str) -> str:
    return (
        "".join(f"&#x{ord(c):x};" if not c.isalnum() else c for c in text).encode("ascii", "xmlcharrefreplace").decode()
    )


def as_csv(text: str) -> str:
    row = io.StringIO()
    csv.writer(row).writerow([text, '"'])
    return row.getvalue()


ENCODINGS: dict[str, Encode] = {
    "raw": str,
    "JSON": json.dumps,
    "JSON in UTF-8": lambda text: json.dumps(text, ensure_ascii=False),
    "JSON with solidus": lambda text: json.dumps(text).replace("/", "\\/"),
    "XML": as_xml_text,
    "HTML": html.escape,
    "XML by number": as_xml_numbers,
    "CSV": as_csv,
    "URL": lambda text: quote(text, safe=""),
    "URL path": quote,
    "URL in small letters": lambda text: re.sub("%..", lambda m: m[0].lower(), quote(text, safe="")),
    "URL query": quote_plus,
    "base64": lambda text: b64encode(text.encode()).decode(),
    "base64 for URLs": lambda text: urlsafe_b64encode(text.encode()).decode(),
    "base64 in lines": lambda text: encodebytes(text.encode()).decode(),
    "base64 from the second byte": lambda text: b64encode(b"x" + text.encode()).decode(),
    "base64 from the third byte": lambda text: b64encode(b"xy" + text.encode()).decode(),
}
encodings = st.sampled_from(sorted(ENCODINGS))
LAYERS = ["base64", "URL", "XML", "HTML", "CSV", "JSON"]


def layer(encoding: str) -> int:
    """Return how far outside outputs put an encoding, where they put one into another."""
    return next((number for number, name in enumerate(LAYERS) if encoding.startswith(name)), len(LAYERS))


def assume_possible(inner: str, outer: str) -> None:
    is_twice = inner == outer and not inner.startswith("base64") and inner != "XML by number"
    assume("raw" in (inner, outer) or layer(inner) < layer(outer) or is_twice)


ciphertexts = st.text(BASE64, min_size=40, max_size=300)
# Without backslashes, percent signs and ampersands in a row, of which every encoding that is undone leaves one.
characters = st.characters(
    codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"], exclude_characters='\\%&"+'
)
prose = st.lists(st.text(characters, min_size=1, max_size=12), min_size=8, max_size=40).map(" ".join)
secrets = ciphertexts | prose


@cache
def outputs() -> dict[str, bytes]:
    return outputs_of({path.name: path.read_bytes() for path in record_files(SEEDS)})


def scanner_of(*values: str) -> SecretScanner:
    marked = [(value, grams_of([value])) for value in values]
    return SecretScanner(lambda: marked, lambda value: [value])


def leaking(content: bytes, *values: str) -> list[str]:
    """Return the values that an output holds pieces of."""
    scanner = scanner_of(*values)
    scanner.inspect("all.rss", content)
    return [leak.path for leak in scanner.leaks()]


def planted(text: str, name: str, where: float) -> bytes:
    """Return an output with a text in the middle of it, at a place where no escape is torn."""
    content = outputs()[name]
    at = content.index(b">" if name.endswith((".rss", ".atom")) else b" ", int(where * len(content) * 0.9)) + 1
    return b"".join((content[:at], b"|", text.encode(), b"|", content[at:]))


def piece_of(text: str, where: float) -> str:
    """Return the shortest piece of a text that has 24 bytes, from some place on, also in one case and form."""
    start = int(where * len(text))
    for end in range(start, len(text) + 1):
        piece = text[start:end].encode()
        if min(len(piece), len(folded(piece))) >= PIECE:  # a ligature becomes shorter, an accent longer
            return text[start:end]
    assume(False)  # noqa: FBT003 - hypothesis's own signature
    return ""


places = st.floats(0, 1, exclude_max=True)
files = st.sampled_from(["all.rss", "all.atom", "all.json", "all.csv"])


@settings(max_examples=400)
@given(secrets, encodings, encodings, files, places, places)
def test_any_piece_of_a_secret_is_found_in_any_two_encodings(
    secret: str, inner: str, outer: str, name: str, cut: float, where: float
) -> None:
    piece = piece_of(secret, cut)
    assume_possible(inner, outer)
    content = planted(ENCODINGS[outer](ENCODINGS[inner](piece)), name, where)
    assert leaking(content, secret) == [secret]


@settings(max_examples=400)
@given(ciphertexts, encodings, encodings, places)
@example("abcdefgh/ABCDEFG+" * 6, "URL", "XML by number", 0.3)
@example("abcdefgh/ABCDEFG+" * 6, "base64", "JSON with solidus", 0.3)
def test_a_piece_is_found_wherever_an_encoded_secret_is_torn(secret: str, inner: str, outer: str, cut: float) -> None:
    assume_possible(inner, outer)
    units = re.findall(r"%..|&[^;]+;|\\.|.", ENCODINGS[inner](secret).strip('"\r\n, '), re.DOTALL)
    # 24 bytes stand in 35 characters of base64, and there may be a line break.
    fewest = 37 if inner.startswith("base64") else PIECE
    start = int(cut * max(0, len(units) - fewest - 4))
    torn = "".join(units[start : start + fewest])
    assert leaking(planted(ENCODINGS[outer](torn), "all.rss", 0.5), secret) == [secret]


@settings(max_examples=200)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=24), places)
@example("%41" * 40, 0.3)
@example("\\" * 50, 0.1)
@example("&amp;" * 20, 0.5)
@example("line\r\n\tline\n" * 5, 0.5)
def test_any_raw_piece_of_any_text_is_found(secret: str, where: float) -> None:
    secret = secret.strip()
    piece = piece_of(secret, where)
    assume(len(folded(piece.encode())) >= PIECE and folded(piece.encode()) in folded(secret.encode()))
    assert leaking(b"x" + piece.encode() + b"x", secret) == [secret]


@settings(max_examples=100)
@given(st.text(BASE64, min_size=8, max_size=23), encodings, files, places)
def test_a_short_secret_is_found_as_a_whole(secret: str, encoding: str, name: str, where: float) -> None:
    assume(not any(secret.encode() in content for content in outputs().values()))
    assert leaking(planted(ENCODINGS[encoding](secret), name, where), secret) == [secret]
    assert leaking(planted(secret[:-1], name, where), secret) == []
    assert leaking(planted(secret[1:], name, where), secret) == []


@settings(max_examples=100)
@given(ciphertexts, places, files, places)
def test_less_than_a_piece_is_no_leak(secret: str, cut: float, name: str, where: float) -> None:
    start = int(cut * (len(secret) - PIECE))
    piece = secret[start : start + PIECE - 1]
    assert leaking(planted(piece, name, where), secret) == []


@pytest.mark.parametrize("text", ["", "1", "yes", "1234567", " \n 1234567 \n "])
def test_what_is_too_short_has_no_marks(text: str) -> None:
    assert grams_of([text]) == b""


def test_a_piece_in_base64_is_found_across_a_line_break() -> None:
    secret = "".join(Random(1).choices(BASE64, k=120))  # noqa: S311 - nothing here is secret
    first, second, *_ = encodebytes(secret.encode()).decode().splitlines()
    assert leaking(f"|{first[-18:]}\r\n{second[:18]}|".encode(), secret) == [secret]


@pytest.mark.parametrize("outer", ["URL path", "JSON with solidus", "XML by number"])
def test_base64_is_found_with_some_of_its_characters_escaped(outer: str) -> None:
    value = "ab?cd>ef?gh>ij?kl>mn?op>qr?st>"
    encoded = b64encode(value[:24].encode()).decode()
    assert set("+/") <= set(encoded)
    assert leaking(b"|" + ENCODINGS[outer](encoded).encode() + b"|", value) == [value]


@pytest.mark.parametrize("before", range(3))
def test_a_piece_is_found_in_base64_among_other_bytes(before: int) -> None:
    secret = "abcdefgh/ABCDEFG+" * 6
    assert leaking(b64encode(bytes(before) + secret[3 : 3 + PIECE].encode() + bytes(5)), secret) == [secret]


def test_white_space_may_change_on_its_way() -> None:
    value = "one\ttwo\nthree\r\nfour five six seven"
    for blank in b" ", b"\n", b"\t", b"\r", b"+":
        assert leaking(re.sub(rb"\s", lambda _, blank=blank: blank, value.encode()), value) == [value]
    tabbed = "one\ttwo\tthree\tfour\tfive\tsix"
    assert leaking(tabbed.replace("\t", " ").encode(), tabbed) == [tabbed]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("zq_7Kp_9xLm", "zq<em>7Kp</em>9xLm"),
        ("one **two** three", "one <strong>two</strong> three"),
        ("use `code_here` now", "use <code>code_here</code> now"),
        ("k9Qz<!-- x -->7LmP2xVt", "k9Qz7LmP2xVt"),
        ("k9Qz<!-- a > <b> -->7LmP2xVt", "k9Qz7LmP2xVt"),
        ("k9Qz<?x?>7LmP2xVt", "k9Qz7LmP2xVt"),
        ("k9Qz\u200b7LmP2xVt", "k9Qz7LmP2xVt"),
        ("My   secret    phrase", "My secret phrase"),
        ("My secret phrase", "My  secret\n phrase"),
        ("My secret phrase", "My&nbsp;secret phrase"),
        ("My secret phrase", "My\u202fsecret\u2009phrase"),
        ("12 Sea Road\nPort", "12 Sea Road<br>Port"),
        ("12 Sea Road\nPort", "<p>12 Sea Road</p><p>Port</p>"),
        ("<p>12 Sea Road</p>", "at 12 Sea Road."),
        ("k9Qz7LmP2xVt", "K9QZ7LMP2XVT"),
        ("Z\u00fcrcher Schl\u00fcssel", "Zu\u0308rcher Schlu\u0308ssel"),
        ("Zu\u0308rcher Schlu\u0308ssel", "Z\u00fcrcher Schl\u00fcssel"),
        ("\u0441\u0435\u043a\u0440\u0435\u0442", "\u0421\u0415\u041a\u0420\u0415\u0422"),
        ("k9Qz7LmP2xVt", b"k9Qz7LmP2xVt".hex()),
        ("k9Qz7LmP2xVt", b"k9Qz7LmP2xVt".hex().upper()),
        ("k9Qz7LmP2xVt4RbN8sWdk9Qz7LmP2xVt", "a" + b"k9Qz7LmP2xVt4RbN8sWdk9Qz7".hex()),
    ],
)
@pytest.mark.parametrize("outer", ["raw", "JSON", "HTML"])
def test_a_value_is_found_as_an_output_shows_it(value: str, shown: str, outer: str) -> None:
    assert leaking(b"| " + ENCODINGS[outer](shown).encode() + b" |", value) == [value]
    assert leaking(b"| " + ENCODINGS[outer]("therapist").encode() + b" |", "the rapist") == []


@pytest.mark.parametrize(
    "shown",
    [
        *("k9Qz7\u200bLmP2xVt", "k9Qz7\u00adLmP2xVt", "\ufeffk9Qz7L\u2060mP2xVt", "k9Qz7LmP\u202e2xVt"),
        *(f"k9Qz7{chr(code)}LmP2xVt" for code in (0x61C, 0x115F, 0x17B4, 0x180E, 0x206A, 0x3164, 0xFFA0, 0xFFF9)),
        *(f"k9Qz7{chr(code)}LmP2xVt" for code in (0x1BCA0, 0x1D173, 0xE0001, 0xE0020, 0xE01EF)),
        "".join(chr(ord(letter) + 0xFEE0) for letter in "k9Qz7LmP2xVt"),
    ],
)
@pytest.mark.parametrize("outer", ["raw", "JSON", "URL", "URL path", "XML by number"])
def test_a_value_is_found_in_disguise(shown: str, outer: str) -> None:
    content = f"| {ENCODINGS[outer](shown)} | 日本 \u200d".encode()
    assert leaking(content, "k9Qz7LmP2xVt") == ["k9Qz7LmP2xVt"]


def test_a_piece_with_quotation_marks_is_found_in_csv() -> None:
    quoted = 'say "a" or "b" or "c" to the 1st guard'
    assert leaking(as_csv(quoted[:24]).encode(), quoted) == [quoted]


def test_a_gate_names_every_text_that_leaks_and_no_other() -> None:
    random = Random(1)  # noqa: S311 - nothing here is secret
    values = ["".join(random.choices(BASE64, k=200)) for _ in range(30)]
    assert leaking(b"|".join(value[50:80].encode() for value in values[::10]), *values) == sorted(values[::10])


def test_the_same_text_in_two_records_names_both() -> None:
    text = "twenty-four bytes of text"
    scanner = SecretScanner(lambda: [(path, grams_of([text])) for path in ("b.md", "a.md")], lambda _: [text])
    scanner.inspect("all.rss", text.encode())
    assert scanner.leaks() == [SecretHit("a.md", "all.rss"), SecretHit("b.md", "all.rss")]


def test_a_leak_names_the_output() -> None:
    scanner = scanner_of("a text of more than 24 bytes")
    scanner.inspect("all.rss", b"nothing")
    scanner.inspect("all.csv", b"|a text of more than 24 bytes|")
    scanner.inspect("all.json", b"nothing more")
    scanner.inspect("all.atom", b"|the same text: a text of more than 24 bytes|")
    assert scanner.leaks() == [SecretHit("a text of more than 24 bytes", "all.csv")]


def test_a_text_of_which_outputs_hold_less_than_a_piece_does_no_harm() -> None:
    assert leaking(outputs()["all.rss"], "https://medicalxpress.c", "see https://medicalxpress.c#secret")
    assert leaking(outputs()["all.rss"], "see https://medicalx#secret") == []


@pytest.mark.parametrize("encoding", ["raw", "base64", "URL"])
@pytest.mark.parametrize("secret", ["/+aB" * 30, "Nobody is to know of this, least of all the harbour master."])
def test_a_piece_is_found_across_the_border_of_portions(
    monkeypatch: pytest.MonkeyPatch, encoding: str, secret: str
) -> None:
    piece = ENCODINGS[encoding](secret[5 : 5 + PIECE]).encode()
    monkeypatch.setattr(scanner_module, "_PORTION", 10_000)
    monkeypatch.setattr(scanner_module, "_MOST_GRAMS", 1000)
    for before in range(10_000 - len(piece) - 1, 10_002):
        assert leaking((b"Harbour news, " * 800)[:before] + b"|" + piece + b"|", secret) == [secret]


def test_few_places_are_held_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner_module, "_PORTION", 1000)
    monkeypatch.setattr(scanner_module, "OVERLAP", 100)
    monkeypatch.setattr(scanner_module, "_MOST_GRAMS", 1000)
    monkeypatch.setattr(scanner_module, "_MOST_BYTES", 5000)
    scanner = scanner_of("Nobody is to know of this, least of all the harbour master.")
    scanner.inspect("all.rss", b" ".join(b"%d and so on" % number for number in range(10_000)))
    assert len(scanner._grams) <= 1000  # noqa: SLF001 - its size is what matters
    scanner.inspect("all.csv", b"Much of the same, " * 10_000)
    assert sum(len(text) for _, text in scanner._texts) <= 5000  # noqa: SLF001 - and so is theirs


def test_a_leak_has_a_line() -> None:
    values = ["a text of more than 24 bytes", "short"]
    assert first_line(b"1\n2\n3 a text of more than 24 bytes\n4\n", values) == 3
    assert first_line(b"1\n2\n3 &#97; text of more than 24 bytes", values) == 3
    assert first_line(b"1\n2\n3\n", values) == 0


@pytest.mark.parametrize("folder", [SEEDS, CORPUS], ids=["seeds", "corpus"])
def test_no_output_of_real_records_leaks(folder: Path, tmp_path: Path) -> None:
    files = list(record_files(need(folder)))
    values = {str(path): list(secured(path)) for path in files}
    marked = [(path, grams_of(own)) for path, own in values.items() if own]
    assert marked
    feeds.build(config_for(folder, tmp_path / "out"), NOW)
    scanner = SecretScanner(lambda: marked, values.__getitem__)
    for name, content in tree(tmp_path / "out").items():
        scanner.inspect(name, content)
    assert scanner.leaks() == []
    path = marked[-1][0]
    scanner.inspect("more.rss", values[path][0].encode())
    assert scanner.leaks() == [SecretHit(path, "more.rss")]


def secured(path: Path) -> Iterator[str]:
    found = re.search(r'^secured: "?([^"\n]+)', path.read_text(encoding="utf-8"), re.MULTILINE)
    return secret_values({"secured": found[1]} if found else {}, ("secured",))


def test_many_secrets_take_little_memory_and_time() -> None:
    random = Random(1)  # noqa: S311 - nothing here is secret
    values = ["".join(random.choices(BASE64, k=389)) for _ in range(1000)]
    marked = [(value, grams_of([value])) for value in values]
    assert max(len(marks) for _, marks in marked) <= 389 / 2
    scanner = SecretScanner(lambda: marked, lambda value: [value])
    content = b"".join(outputs().values()) * 20
    start = process_time()
    scanner.inspect("all.rss", content)
    assert scanner.leaks() == []
    assert process_time() - start < len(content) / 10_000_000  # a tenth of the speed that was measured


@pytest.mark.parametrize(
    "written",
    [
        *("!vault {}", "[!vault {}]", "[a, !vault {}]", "{{a: !x {}}}", "!!binary {}", "!x &a {}", "&a !x {}"),
        *("!<tag:a,b> {}", "\n  - !x {}", "! {}", "!x '{}'", "!vault |\n  {}"),
    ],
)
def test_a_secret_value_with_a_tag_or_an_anchor_is_known_without_it(written: str) -> None:
    text = f"---\ntitle: A\nsecured: {written.format('k9Qz7LmP2xVt')}\n---\n"
    assert "k9Qz7LmP2xVt" in values_in(text, secret_regions(text, ("secured",)))
