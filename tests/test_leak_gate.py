"""A secret value is found in an output in whatever way it is encoded; what may go out never is."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import sys
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
from feeds.publishing.leak.gate import LeakGate, first_line
from feeds.publishing.leak.mark import PIECE, marks_of
from feeds.secret import secret_values

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


def gate_of(*values: str) -> LeakGate:
    return LeakGate((value, form) for value in values for form in marks_of(value))


def planted(text: str, name: str, where: float) -> bytes:
    """Return an output with a text in the middle of it, at a place where no escape is torn."""
    content = outputs()[name]
    at = content.index(b">" if name.endswith((".rss", ".atom")) else b" ", int(where * len(content) * 0.9)) + 1
    return b"".join((content[:at], b"|", text.encode(), b"|", content[at:]))


def piece_of(text: str, where: float) -> str:
    """Return the shortest piece of a text that has 24 bytes, from some place on."""
    start = int(where * len(text))
    for end in range(start, len(text) + 1):
        if len(text[start:end].encode()) >= PIECE:
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
    assume(not (inner == "base64 in lines" and outer == "base64 in lines"))
    leaking = planted(ENCODINGS[outer](ENCODINGS[inner](piece)), name, where)
    assert gate_of(secret).leaks(leaking) == [secret]


@settings(max_examples=300)
@given(ciphertexts, encodings.filter(lambda name: name != "XML by number"), places)
@example("abcdefgh/ABCDEFG+" * 6, "URL", 0.3)
@example("abcdefgh/ABCDEFG+" * 6, "JSON with solidus", 0.3)
def test_any_24_bytes_of_an_encoded_ciphertext_are_found(secret: str, encoding: str, cut: float) -> None:
    units = re.findall(r"%..|&[^;]+;|\\.|.", ENCODINGS[encoding](secret).strip('"\r\n, '))
    start = int(cut * len(units))
    end = next((end for end in range(start, len(units)) if len("".join(units[start:end])) >= PIECE), len(units))
    piece = "".join(units[start:end])
    assume(len(piece) >= PIECE)
    assume(end - start >= 15)  # of a text that is nearly all escapes, more is needed
    # The first and the last group of base64 may hold bytes that are not the secret's.
    assume(not encoding.startswith("base64") or 4 <= start <= len(units) - PIECE - 4)
    assert gate_of(secret).leaks(planted(piece, "all.rss", 0.5)) == [secret]


@settings(max_examples=200)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=24), places)
@example("%41" * 40, 0.3)
@example("\\" * 50, 0.1)
@example("&amp;" * 20, 0.5)
@example("line\r\n\tline\n" * 5, 0.5)
def test_any_raw_piece_of_any_text_is_found(secret: str, where: float) -> None:
    secret = secret.strip()
    piece = piece_of(secret, where)
    assert gate_of(secret).leaks(b"x" + piece.encode() + b"x") == [secret]


@settings(max_examples=100)
@given(st.text(BASE64, min_size=8, max_size=23), encodings, files, places)
def test_a_short_secret_is_found_as_a_whole(secret: str, encoding: str, name: str, where: float) -> None:
    assume(not any(secret.encode() in content for content in outputs().values()))
    gate = gate_of(secret)
    assert gate.leaks(planted(ENCODINGS[encoding](secret), name, where)) == [secret]
    assert gate.leaks(planted(secret[:-1], name, where)) == []
    assert gate.leaks(planted(secret[1:], name, where)) == []


@settings(max_examples=100)
@given(ciphertexts, places, files, places)
def test_less_than_a_piece_is_no_leak(secret: str, cut: float, name: str, where: float) -> None:
    start = int(cut * (len(secret) - PIECE))
    piece = secret[start : start + PIECE - 1]
    leaking = planted(piece, name, where)
    assert gate_of(secret).leaks(leaking) == []


@pytest.mark.parametrize("text", ["", "1", "yes", "1234567", " \n 1234567 \n "])
def test_what_is_too_short_has_no_marks(text: str) -> None:
    assert marks_of(text) == []


def test_a_piece_in_base64_is_found_across_a_line_break() -> None:
    secret = "".join(Random(1).choices(BASE64, k=120))  # noqa: S311 - nothing here is secret
    first, second, *_ = encodebytes(secret.encode()).decode().splitlines()
    assert gate_of(secret).leaks(f"|{first[-16:]}\r\n{second[:16]}|".encode()) == [secret]


def test_a_piece_with_quotation_marks_is_found_in_csv() -> None:
    quoted = 'say "a" or "b" or "c" to the 1st guard'
    assert gate_of(quoted).leaks(as_csv(quoted[:24]).encode()) == [quoted]


def test_a_gate_names_every_text_that_leaks_and_no_other() -> None:
    random = Random(1)  # noqa: S311 - nothing here is secret
    values = ["".join(random.choices(BASE64, k=200)) for _ in range(30)]
    gate = LeakGate((f"{number}.md", form) for number, value in enumerate(values) for form in marks_of(value))
    assert gate.leaks(b"|".join(value[50:80].encode() for value in values[::10])) == ["0.md", "10.md", "20.md"]


def test_the_same_text_in_two_records_names_both() -> None:
    gate = LeakGate((path, form) for path in ("b.md", "a.md") for form in marks_of("twenty-four bytes of text"))
    assert gate.leaks(b"twenty-four bytes of text") == ["a.md", "b.md"]


def test_a_text_of_which_outputs_hold_less_than_a_piece_does_no_harm() -> None:
    assert gate_of("https://medicalxpress.c", "see https://medicalxpress.c#secret").leaks(b"x") == []
    assert gate_of("see https://medicalx#secret").leaks(outputs()["all.rss"]) == []


def test_a_leak_has_a_line() -> None:
    gate = gate_of("a text of more than 24 bytes")
    assert first_line(b"1\n2\n3 a text of more than 24 bytes\n4\n", gate) == 3
    assert first_line(b"1\n2\n3 &#97; text of more than 24 bytes", gate) == 3
    assert first_line(b"1\n2\n3\n", gate) == 0


@given(ciphertexts)
def test_marks_do_not_hold_the_text(secret: str) -> None:
    marks = b"".join(marks_of(secret))
    assert not any(secret[at : at + 5].encode() in marks for at in range(len(secret) - 4))


@pytest.mark.parametrize("folder", [SEEDS, CORPUS], ids=["seeds", "corpus"])
def test_no_output_of_real_records_leaks(folder: Path, tmp_path: Path) -> None:
    files = list(record_files(need(folder)))
    marks = [(str(path), form) for path in files for value in secured(path) for form in marks_of(value)]
    assert marks
    feeds.build(config_for(folder, tmp_path / "out"), NOW)
    gate = LeakGate(marks)
    assert {name: gate.leaks(content) for name, content in tree(tmp_path / "out").items() if gate.leaks(content)} == {}
    path, value = next((path, value) for path in files for value in secured(path))
    assert gate.leaks(value.encode()) == [str(path)]


def secured(path: Path) -> Iterator[str]:
    found = re.search(r'^secured: "?([^"\n]+)', path.read_text(encoding="utf-8"), re.MULTILINE)
    return secret_values({"secured": found[1]} if found else {}, ("secured",))


def test_ten_thousand_secrets_take_little_memory_and_time() -> None:
    random = Random(1)  # noqa: S311 - nothing here is secret
    values = ["".join(random.choices(BASE64, k=200)) for _ in range(1000)]
    gate = gate_of(*values)
    assert sum(len(form) for value in values for form in marks_of(value)) <= 1000 * (200 * 8 + 1)
    index = gate._index  # noqa: SLF001 - its size is what matters
    size = sys.getsizeof(index._table) + sum(map(sys.getsizeof, index._buckets))  # noqa: SLF001
    assert size < 30_000_000  # 50 MB for 10,000, of which 22 MB do not depend on their number
    content = b"".join(outputs().values()) * 40
    start = process_time()
    assert gate.leaks(content) == []
    assert process_time() - start < len(content) / 2_000_000  # a tenth of the speed that was measured
