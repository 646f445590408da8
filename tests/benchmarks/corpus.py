"""Write a folder of made-up records: run `python tests/benchmarks/corpus.py FOLDER --records 10000`.

Fields, their shares and sizes are those of real news records. The same arguments give the same bytes on every
machine, and record 17 is the same however many follow it.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import shake_256
from itertools import islice
from json import dumps
from pathlib import Path
from random import Random
from typing import TypeVar

WORDS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
FIRST_DAY = datetime(2016, 1, 1, tzinfo=UTC)
SECONDS = 9 * 365 * 24 * 60 * 60
RELATED = (1, 1, 2, 2, 3, 4, 5, 6, 8, 8)
SIZES = ((1200, 630), (1200, 800), (1280, 720), (670, 377), (960, 540), (600, 315))

_SLOT = re.compile(r"\{(\w+)\}")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")

T = TypeVar("T")


class Dice:
    """Draw by the one method of `random` whose results Python promises to keep."""

    def __init__(self, seed: int, number: int) -> None:
        self._draw = Random(f"{seed}/{number}").random  # noqa: S311 - nothing here is secret

    def below(self, limit: int) -> int:
        return int(self._draw() * limit)

    def chance(self, percent: float) -> bool:
        return self._draw() * 100 < percent

    def pick(self, options: Sequence[T]) -> T:
        return options[self.below(len(options))]

    def text(self, kind: str) -> str:
        """Return one of the texts of a kind with its gaps filled."""
        return _SLOT.sub(lambda slot: self._word(slot[1]), self.pick(WORDS[kind]))

    def _word(self, kind: str) -> str:
        if kind == "number":
            return str(2 + self.below(400))
        return str(1700 + self.below(310)) if kind == "year" else self.text(kind)


def record(seed: int, number: int, topics: int) -> tuple[str, str]:
    """Return the file name and the content of one record."""
    dice = Dice(seed, number)
    title, published = dice.text("title"), FIRST_DAY + timedelta(seconds=dice.below(SECONDS))
    slug = f"{slug_of(title)}-{number}"
    lines = [
        *("---", "category: news", f"title: {dumps(title, ensure_ascii=False)}", f"excerpt: {_excerpt(dice)}"),
        f"publishedDateTime: {_instant(published)}",
        *_main_part(dice, slug, published),
        *("topics:", *(f"  - {dumps(topic, ensure_ascii=False)}" for topic in topics_of(dice, topics)), ""),
        *(_images(dice, "", f"{number}") if dice.chance(92) else ()),
        *(_related(dice, number, published) if dice.chance(39) else ()),
        *(f'secured: "{opaque(seed, number)}"', "---", ""),
    ]
    if dice.chance(2):
        lines += [f"*{dice.text('sentence')}*", "", f"<p>{dice.text('sentence')}</p>", ""]
    return f"{published:%Y-%m-%d}-{slug}.md", "\n".join(lines)


def _main_part(dice: Dice, slug: str, published: datetime) -> Iterator[str]:
    provider = dice.text("place"), dice.text("paper")
    page = f"https://www.{_domain(*provider)}/{published:%Y/%m}/{slug}"
    is_video = dice.chance(8)
    if dice.chance(1):
        yield f"updatedDateTime: {_instant(published + timedelta(hours=dice.below(200)))}"
    yield f'originalUrl: "{page}{"?from=frontpage" if dice.chance(5) else ""}"'
    if not (is_video and dice.chance(85)):
        yield f'webUrl: "{"" if dice.chance(1) else page}"'
        yield from _amp_pages(dice, "", page, 19)
    yield f"type: {'video' if is_video else 'article'}"
    if not (is_video and dice.chance(55)):
        yield f"quality: {10 + dice.below(110)}"
        yield f"heat: {'' if dice.chance(0.5) else dice.below(110) - 1}".rstrip()
        yield f"published: {'true' if dice.chance(58) else 'false'}"
    if dice.chance(0.2):
        yield "removed: true"
    if is_video:
        source = f"https://video.example.org/embed/{slug}"
        frame = f'<iframe width="800" height="450" src="{source}" allowfullscreen></iframe>'
        yield from ("", f"featuredContent: {dumps(frame)}")
    yield from ("", *_provider(dice, "", provider), "")


def _provider(dice: Dice, indent: str, provider: tuple[str, str]) -> Iterator[str]:
    yield f"{indent}provider:"
    yield f"{indent}  name: {' '.join(provider)}"
    yield f"{indent}  domain: {_domain(*provider)}"
    if not indent and dice.chance(52):
        yield f"{indent}  images:"
        yield f'{indent}    - url: "https://pictures.example.org/logos/{_domain(*provider)}-50x50.png"'
        yield from (f"{indent}      width: 50", f"{indent}      height: 50")


def _images(dice: Dice, indent: str, name: str) -> Iterator[str]:
    yield f"{indent}images:"
    for number in range(2 if dice.chance(3) else 1):
        width, height = dice.pick(SIZES)
        yield f'{indent}  - url: "https://pictures.example.org/{name}-{number}.{dice.text("extension")}"'
        yield from (f"{indent}    width: {width}", f"{indent}    height: {height}", f"{indent}    isCached: true")
        if dice.chance(2):
            yield f'{indent}    attribution: "{dice.text("person")}"'
    if not indent:
        yield ""


def _related(dice: Dice, number: int, published: datetime) -> Iterator[str]:
    yield "related:"
    for entry in range(dice.pick(RELATED)):
        title, provider = dice.text("title"), (dice.text("place"), dice.text("paper"))
        slug = f"{slug_of(title)}-{number}-{entry}"
        page = f"https://www.{_domain(*provider)}/{published:%Y/%m}/{slug}"
        yield f"  - title: {dumps(title, ensure_ascii=False)}"
        yield f"    excerpt: {_excerpt(dice, 4)}"
        yield f"    publishedDateTime: {_instant(published + timedelta(minutes=dice.below(20000)))}"
        yield f'    webUrl: "{page}"'
        yield from _amp_pages(dice, "    ", page, 33)
        yield f"    type: {'video' if dice.chance(5) else 'article'}"
        yield from _provider(dice, "    ", provider)
        yield f"    quality: {10 + dice.below(110)}"
        if dice.chance(95):
            yield from _images(dice, "    ", f"{number}/{entry}")
    yield ""


def _amp_pages(dice: Dice, indent: str, page: str, percent: int) -> Iterator[str]:
    if dice.chance(percent):
        yield f'{indent}ampWebUrl: "{page}/amp"'
        yield f'{indent}cdnAmpWebUrl: "https://amp-cache.example.org/c/s/{page.removeprefix("https://")}/amp"'


def _excerpt(dice: Dice, most: int = 3) -> str:
    text = " ".join(dice.text("sentence") for _ in range(1 + dice.below(most)))
    if dice.chance(4):
        text += " " + dice.text("rare_sentence")
    elif dice.chance(5):
        text += " " + dice.text("escaped_sentence")
    return dumps(text, ensure_ascii=False)


def topics_of(dice: Dice, topics: int) -> list[str]:
    """Return one to three topics; some topics have many more records than others."""
    names, rounds = WORDS["topic"], 1 + dice.chance(9) + dice.chance(1)
    places = [min(dice.below(topics), dice.below(3 * topics)) for _ in range(rounds)]
    return list(dict.fromkeys(names[place % len(names)] + _ordinal(place // len(names)) for place in places))


def _ordinal(turn: int) -> str:
    return f" {turn + 1}" if turn else ""


def opaque(seed: int, number: int) -> str:
    secret = shake_256(f"{seed}/{number}".encode()).digest(288)
    return f"{b64encode(secret[16:]).decode()};{b64encode(secret[:16]).decode()}"


def _domain(place: str, paper: str) -> str:
    return f"{slug_of(paper)}-{slug_of(place)}.example"


def slug_of(text: str) -> str:
    return _NOT_IN_SLUG.sub("-", text.lower()).strip("-") or "x"


def _instant(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def records(seed: int, topics: int) -> Iterator[tuple[str, str]]:
    """Yield file names and contents without end."""
    number = 0
    while True:
        yield record(seed, number, topics)
        number += 1


def write_corpus(folder: Path, count: int, *, topics: int = 20, seed: int = 1) -> None:
    """Write a number of records to a folder, which is made if it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in islice(records(seed, topics), count):
        (folder / name).write_bytes(content.encode())


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where to write, one file per record")
    parser.add_argument("--records", type=int, default=10_000, help="how many (default: 10000)")
    parser.add_argument("--topics", type=int, default=20, help="how many topics there are (default: 20)")
    parser.add_argument("--seed", type=int, default=1, help="another number gives other records (default: 1)")
    wanted = parser.parse_args()
    write_corpus(wanted.folder, wanted.records, topics=wanted.topics, seed=wanted.seed)


if __name__ == "__main__":
    main()
